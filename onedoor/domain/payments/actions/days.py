"""The day's close of a centre, by its head: every drawer is counted, and what was taken is kept by service and officer."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.payments import errors
from onedoor.domain.payments.actions.locking import OURS, hold_day, today_at
from onedoor.domain.payments.events import DayClosed
from onedoor.domain.payments.models import Day, Receipt, Session
from onedoor.domain.payments.permissions import APPROVE
from onedoor.domain.payments.queries import summary
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything


@transaction.atomic
def day_close(*, by: Actor, at: datetime, centre: UUID, day: date) -> Day:
    """Close a day: no drawer is open any more, and none can be opened. Closing again changes nothing.

    Errors: Refused, OutOfReach, DayIsNotOver (a day to come), DrawersAreOpen.
    """
    require(by, APPROVE, at=centre)
    if day > today_at(centre, at):
        raise errors.DayIsNotOver(field="day")
    before = hold_day(centre, day)
    if before is not None:
        return before
    with everything(OURS):
        if Session.objects.filter(centre_id=centre, state="open", day__lte=day).exists():
            raise errors.DrawersAreOpen
        numbers = sorted(Receipt.objects.filter(centre_id=centre, day=day).values_list("number", flat=True))
    held = summary(centre=centre, day=day)
    row = Day(
        centre_id=centre,
        day=day,
        total=held.total,
        closed_by=by.id,
        closed_at=at,
        content={
            "rows": [
                {
                    "service": str(each.service),
                    "officer": str(each.officer),
                    "receipts": each.receipts,
                    "voided": each.voided,
                    "waived": each.waived,
                    "fee": each.fee,
                    "incidental": each.incidental,
                    "waived_fee": each.waived_fee,
                }
                for each in held.rows
            ],
            "difference": held.difference,
            "handed_in": sum(session.counted or 0 for session in held.sessions),
            "float": sum(session.float_total for session in held.sessions),
            "first": numbers[0] if numbers else "",
            "last": numbers[-1] if numbers else "",
        },
    )
    row.save()
    publish(DayClosed(centre=centre, day=day, total=row.total), of=row, by=by, at=at, centre=centre)
    return row
