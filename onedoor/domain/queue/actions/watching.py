"""Who asked to be told of a ticket hears that its place was kept; the wish goes with the place to the other ticket."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from onedoor.domain.notices import api as notices
from onedoor.domain.queue.models.phone import Watch
from onedoor.domain.queue.models.tables import Ticket
from onedoor.kernel.letters.payload import read_payload
from onedoor.kernel.scope import Actor

KEPT = "place_kept"


def tell_kept(moved: Mapping[UUID, Ticket], *, by: Actor, at: datetime) -> None:
    """The wishes of tickets whose places were kept go to the new ones, and whoever asked is told the number and the day.

    Args:
        moved: the new ticket by the old one's id, under the lock of the line.
    """
    for watch in _follow(moved):
        kept = moved[watch.ticket]
        known = read_payload(person=watch.id, sealed=bytes(watch.sealed)) if watch.sealed else None
        notices.tell(
            by=by,
            at=at,
            centre=kept.centre_id,
            subject=kept.id,
            kind=KEPT,
            values={"number": kept.number, "day": kept.day},
            phone=(known or {}).get("phone"),
            language=watch.language,
        )
        _move(watch, kept)


def take_back(moved: Mapping[UUID, Ticket], *, by: Actor, at: datetime) -> None:
    """The places came back into their own day: so do the wishes, and nobody is told of the other day any more."""
    for watch in _follow(moved):
        notices.withdraw_notices(
            by=by, at=at, subject=watch.ticket, kinds=(KEPT,), centre=moved[watch.ticket].centre_id
        )
        _move(watch, moved[watch.ticket])


def _follow(moved: Mapping[UUID, Ticket]) -> list[Watch]:
    return list(Watch.objects.select_for_update().filter(ticket__in=moved).order_by("id"))


def _move(watch: Watch, ticket: Ticket) -> None:
    watch.ticket, watch.day, watch.told_at = ticket.id, ticket.day, None
    watch.save(update_fields=["ticket", "day", "told_at"])
