"""What the worker does for monitoring."""

from datetime import datetime, timedelta

from onedoor.domain.monitoring.actions import forget_old, pack_days
from onedoor.kernel.clock import every

KEPT = timedelta(days=40)
PACKED_AFTER = timedelta(days=2)


@every(seconds=3600)
def forget_old_visits(*, at: datetime) -> int:
    """Visits and marks of what was counted are let go after some weeks; the tallies stay."""
    return forget_old(before=at - KEPT)


@every(seconds=900)
def pack_past_days(*, at: datetime) -> int:
    """A day is packed when it has been over for two days, so that what comes late from a centre is in it."""
    return pack_days(before=(at - PACKED_AFTER).date())
