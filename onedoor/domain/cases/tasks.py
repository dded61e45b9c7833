"""What the worker does for cases."""

from datetime import datetime

from onedoor.domain.cases.actions import fire_timers, run_services
from onedoor.kernel.clock import every


@every(seconds=5)
def terms(*, at: datetime) -> int:
    """Fire the terms that have run out."""
    return fire_timers(at=at)


@every(seconds=0.5)
def services(*, at: datetime) -> int:
    """Run the service tasks that wait."""
    return run_services(at=at)
