"""When a centre is closed out of turn, and the prepared look at it."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from onedoor.kernel.aggregate import Aggregate, Reference, prepared
from onedoor.kernel.mirrors import Mirror
from onedoor.kernel.mirrors.reference import looked


class Closure(Aggregate):
    """A centre takes nobody in from an instant to the end of a day; ``ended_at`` when it was opened again before."""

    mirror = Mirror(direction="up", privacy="open", fields="*")

    centre = Reference("access.Unit", related_name="+")
    kind = models.CharField(max_length=10)
    since = models.DateTimeField()
    last_day = models.DateField()
    reason = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["evening", "unplanned"]), name="centres_closure_kind"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="unplanned", reason={}), name="centres_closed_for_a_reason"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["centre", "last_day"], condition=models.Q(ended_at=None), name="centres_closed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.last_day}"


_CLOSED = (
    "SELECT id, centre_id, kind, since, last_day, reason::text FROM centres_closure"
    " WHERE centre_id = ANY(%s) AND last_day >= %s AND ended_at IS NULL ORDER BY since, id"
)


@looked("centres_closure")
def look_at_closures(*, centres: tuple[UUID, ...], since: date) -> tuple[tuple[Any, ...], ...]:
    """Id, centre, kind, since, last day and reason (JSON text) of what closes these centres on a day or later."""
    with prepared() as cursor:
        return tuple(cursor.execute(_CLOSED, [list(centres), since]).fetchall())
