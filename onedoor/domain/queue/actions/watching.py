"""Who asked to be told of a ticket hears that its place was kept; the wish goes with the place to the other ticket."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from onedoor.domain.notices import api as notices
from onedoor.domain.queue.models.phone import Watch
from onedoor.domain.queue.models.tables import Ticket
from onedoor.kernel.letters import read_payloads
from onedoor.kernel.scope import Actor

KEPT = "place_kept"


def tell_kept(moved: Mapping[UUID, Ticket], *, by: Actor, at: datetime) -> None:
    """The wishes of tickets whose places were kept go to the new ones, and whoever asked is told the number and the day.

    Args:
        moved: the new ticket by the old one's id, all of one centre, under the lock of the line.
    """
    followed = _follow(moved)
    if not followed:
        return
    known = read_payloads({watch.id: bytes(watch.sealed) for watch in followed if watch.sealed})
    messages = [
        notices.Message(
            subject=moved[watch.ticket].id,
            kind=KEPT,
            values={"number": moved[watch.ticket].number, "day": moved[watch.ticket].day},
            phone=known.get(watch.id, {}).get("phone"),
            language=watch.language,
        )
        for watch in followed
    ]
    notices.tell_each(by=by, at=at, centre=followed[0].centre_id, messages=messages)
    _move(followed, moved)


def take_back(moved: Mapping[UUID, Ticket], *, by: Actor, at: datetime) -> None:
    """The places came back into their own day: so do the wishes, and nobody is told of the other day any more."""
    followed = _follow(moved)
    if not followed:
        return
    subjects = [watch.ticket for watch in followed]
    notices.withdraw_each(by=by, at=at, centre=followed[0].centre_id, subjects=subjects, kinds=(KEPT,))
    _move(followed, moved)


def _follow(moved: Mapping[UUID, Ticket]) -> list[Watch]:
    return list(Watch.objects.select_for_update().filter(ticket__in=moved).order_by("id"))


def _move(followed: list[Watch], moved: Mapping[UUID, Ticket]) -> None:
    for watch in followed:
        ticket = moved[watch.ticket]
        watch.ticket, watch.day, watch.told_at = ticket.id, ticket.day, None
    Watch.objects.bulk_update(followed, ["ticket", "day", "told_at"])
