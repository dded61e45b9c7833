"""What the worker does for notices."""

from datetime import datetime

from onedoor.domain.notices.actions import deliver, forget_old
from onedoor.kernel.clock import every


@every(seconds=5)
def send_what_is_due(*, at: datetime) -> int:
    """Messages that are due go to the provider."""
    return deliver(at=at)


@every(seconds=3600)
def forget_what_is_old(*, at: datetime) -> int:
    """Numbers and words of old messages are destroyed."""
    return forget_old(at=at)
