"""What the worker does for centres."""

from datetime import datetime

from onedoor.domain.centres.actions.mobile import forget_old_numbers
from onedoor.domain.centres.actions.roster import forget_old_helpers
from onedoor.kernel.clock import every
from onedoor.kernel.scope import Actor


@every(seconds=3600)
def forget_helpers(*, at: datetime) -> int:
    """What was kept of helpers whose time ended 90 days ago is forgotten."""
    return forget_old_helpers(by=Actor.system(), at=at)


@every(seconds=3600)
def forget_numbers(*, at: datetime) -> int:
    """Telephone numbers of villages' requests that are half a year old are forgotten."""
    return forget_old_numbers(by=Actor.system(), at=at)
