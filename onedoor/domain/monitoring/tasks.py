"""What the worker does for monitoring."""

from datetime import datetime, timedelta

from onedoor.domain.monitoring.actions import forget_old
from onedoor.kernel.clock import every

KEPT = timedelta(days=40)


@every(seconds=3600)
def forget_old_visits(*, at: datetime) -> int:
    """Visits and marks of what was counted are let go after some weeks; the tallies stay."""
    return forget_old(before=at - KEPT)
