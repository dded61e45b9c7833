"""What arrives more than once has its effect once: people's repeated requests, and other nodes' letters."""

from onedoor.kernel.inbox.requests import Answer, KeyReused, remember, remembered, said

__all__ = ["Answer", "KeyReused", "remember", "remembered", "said"]
