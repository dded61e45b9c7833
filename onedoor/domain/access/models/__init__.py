"""Tables of access: who there is and what proves it."""

from onedoor.domain.access.models.logins import Login, Secret

__all__ = ["Login", "Secret"]
