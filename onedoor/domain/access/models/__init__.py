"""Tables of access."""

from onedoor.domain.access.models.keys import Device, Token
from onedoor.domain.access.models.local import Kept, Origin, Sight, Stamp, Try
from onedoor.domain.access.models.logins import Login, Secret
from onedoor.domain.access.models.units import Grant, Role, Unit

__all__ = [
    "Device",
    "Grant",
    "Kept",
    "Login",
    "Origin",
    "Role",
    "Secret",
    "Sight",
    "Stamp",
    "Token",
    "Try",
    "Unit",
]
