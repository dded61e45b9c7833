"""The whole line of today in the order of its places, page by page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.queries.days import today_rows
from onedoor.domain.queue.rules import Status
from onedoor.kernel.scope import open_scope


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceInLine:
    """Somebody who waits, and how many of the same line wait before."""

    ticket: Ticket
    ahead: int


def whole_line(
    centre: UUID, *, at: datetime, zone: str = "", after: UUID | None = None, limit: int = 50
) -> list[PlaceInLine]:
    """Who waits at a centre today, first who is called first. Three statements at most, however long the line.

    Args:
        zone: only this part of the hall. after: the ticket that the last page ended with, also when it waits no more.
    """
    with open_scope(centre=[centre]):
        today = today_rows(centre, at)
        rows = today.filter(status=Status.WAITING, **({"zone": zone} if zone else {}))
        ended = today.filter(id=after).first() if after else None
        before = 0
        if ended is not None:
            behind = Q(place__gt=ended.place) | Q(place=ended.place, id__gt=ended.id)
            before, rows = rows.exclude(behind).count(), rows.filter(behind)
        found = rows.order_by("place", "id")[:limit]
        return [PlaceInLine(ticket=one, ahead=before + number) for number, one in enumerate(found)]
