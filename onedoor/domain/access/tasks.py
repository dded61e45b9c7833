"""What the worker does for access."""

from datetime import datetime

from django.contrib.sessions.models import Session

from onedoor.domain.access.actions import forget_tries
from onedoor.domain.access.permissions.snapshot import refresh
from onedoor.kernel.clock import every


@every(seconds=1)
def notice_changed_rights(*, at: datetime) -> int | None:
    """Read rights anew in the worker when they changed."""
    return int(refresh())


@every(seconds=3600)
def forget_old_tries(*, at: datetime) -> int | None:
    """Forget wrong codes of long ago."""
    return forget_tries(at=at)


@every(seconds=3600)
def forget_ended_sessions(*, at: datetime) -> int | None:
    """Delete sessions whose time is over."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]
