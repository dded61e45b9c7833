"""The day's close of a centre, by its head: every drawer is counted, and what was taken is kept by service and officer."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.payments import errors
from onedoor.domain.payments.actions.locking import OURS, another_person, hold_day, today_at
from onedoor.domain.payments.events import DayClosed
from onedoor.domain.payments.models import Day, Receipt, Session
from onedoor.domain.payments.permissions import APPROVE
from onedoor.domain.payments.queries import summary, undeclared
from onedoor.domain.payments.rules import clean, highest_of
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything


@transaction.atomic
def day_close(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    day: date,
    lost_reason: str = "",
    highest: Mapping[str, str] | None = None,
) -> Day:
    """Close a day: no drawer is open any more, and none can be opened. Closing again changes nothing.

    Args:
        lost_reason: what is known of the numbers that have no receipt (`lost_numbers`), where there are any.
        highest: by the key of a lost range, the highest number that was found on a slip.
    Errors: Refused, OutOfReach, SecondPersonNeeded (a machine), DayIsNotOver (a day to come), DrawersAreOpen,
        NumbersAreMissing, HighestInvalid.
    """
    require(by, APPROVE, at=centre)
    another_person(by)
    if day > today_at(centre, at):
        raise errors.DayIsNotOver(field="day")
    before = hold_day(centre, day)
    if before is not None:
        return before
    with everything(OURS):
        if Session.objects.filter(centre_id=centre, state="open", day__lte=day).exists():
            raise errors.DrawersAreOpen
        numbers = sorted(Receipt.objects.filter(centre_id=centre, day=day).values_list("number", flat=True))
    held, lost = summary(centre=centre, day=day), _declared(centre, clean(lost_reason), highest or {})
    row = Day(
        centre_id=centre,
        day=day,
        total=held.total,
        closed_by=by.id,
        closed_at=at,
        content={
            "rows": [
                {
                    "service": str(each.service or ""),
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
            "to_safe": held.moved("to_safe"),
            "to_drawer": held.moved("to_drawer"),
            "first": numbers[0] if numbers else "",
            "last": numbers[-1] if numbers else "",
            **({"lost": lost} if lost else {}),
        },
    )
    row.save()
    event = DayClosed(centre=centre, day=day, total=row.total, lost=len(lost))
    publish(event, of=row, by=by, at=at, centre=centre)
    return row


def _declared(centre: UUID, reason: str, highest: Mapping[str, str]) -> list[dict[str, str]]:
    """The lost numbers as the closed day keeps them, each with what the head says of it."""
    lost = undeclared(centre)
    if lost and not reason:
        raise errors.NumbersAreMissing(field="lost_reason")
    return [
        {
            "key": each.key,
            "first": each.first,
            "last": each.last or highest_of(each, highest.get(each.key, "")),
            "cause": "restore" if each.restored else "hole",
            "reason": reason,
        }
        for each in lost
    ]
