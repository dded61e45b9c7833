"""Who carries messages to telephones, behind one small face; which one, the settings say."""

from typing import Any

from django.conf import settings

from onedoor.domain.notices.providers.base import Fault, Provider
from onedoor.domain.notices.providers.file import FileProvider
from onedoor.domain.notices.providers.http import HttpProvider

__all__ = ["Fault", "Provider", "provider"]


def provider() -> Provider | None:
    """The installation's provider; None: messages are shown on pages only."""
    held: dict[str, Any] = settings.SMS
    if held["provider"] == "file":
        return FileProvider(settings.HOME / "sms")
    if held["provider"] == "http":
        return HttpProvider(address=held["address"], secret=held["secret"], timeout=held["timeout"])
    return None
