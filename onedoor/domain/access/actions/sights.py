"""Who looked at what is written down."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from onedoor.domain.access.models import Sight
from onedoor.kernel.scope import Actor


def record_sight(
    *, by: Actor, at: datetime, subject: UUID, why: str, kind: str = "", centre: UUID | None = None
) -> None:
    """Write down that somebody looked.

    Args:
        subject: what they saw, e.g. a case or a person.
        why: a short code of the reason, e.g. ``task`` or ``search``; never contents.
        kind: what the subject is, e.g. ``cases.case``.
    """
    Sight.objects.create(
        at=at, actor_kind=by.kind, actor=by.id, subject=subject, subject_kind=kind, why=why, centre=centre
    )
