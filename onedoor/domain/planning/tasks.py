"""What the worker does for planning."""

from datetime import datetime

from onedoor.domain.planning.actions import run_slice
from onedoor.kernel.clock import every


@every(seconds=0.5)
def experiments(*, at: datetime) -> int:
    """Go on with the experiment that waits longest."""
    return run_slice(at=at)
