"""What arrives more than once has its effect once: people's repeated requests, and other nodes' letters."""

from onedoor.kernel.inbox.hot import REQUEST_CTE, Once, replaying, request_values
from onedoor.kernel.inbox.requests import Answer, KeyReused, remember, remembered, said

__all__ = [
    "REQUEST_CTE",
    "Answer",
    "KeyReused",
    "Once",
    "remember",
    "remembered",
    "replaying",
    "request_values",
    "said",
]
