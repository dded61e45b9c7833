"""Worklists: what waits in the lanes of an actor, by due date, page by page. No names of applicants stand in a list."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from onedoor.domain.access.api import require, unit
from onedoor.domain.cases.models import Case, count_failed, failed_rows, lane_page, lane_tally
from onedoor.domain.cases.permissions import ENTER, MEND, Lanes, lanes_of
from onedoor.domain.cases.rules import WHENS, ZONE, Row, Worklist, due_words, local, span_of, when
from onedoor.domain.catalogue.api import process_of, service_version
from onedoor.kernel.ids import mark, marked_day
from onedoor.kernel.scope import Actor, everything

MOST = 200
BEGINNING = (date(1, 1, 1), UUID(int=0))


def worklist(
    by: Actor, *, at: datetime, due: str | None = None, after: str | None = None, limit: int = 50
) -> Worklist:
    """The back office's tasks in this actor's lanes, by due date; those who received a case do not see it to decide.

    Args:
        due: one of overdue, today, week, later, open; None for all. after: where the last page ended.
    Errors: Invalid (a cursor that is none).
    """
    lanes = lanes_of(by)
    return _page(lanes, "back", lanes.back, at=at, due=due, after=after, limit=limit)


def front_list(
    by: Actor, *, centre: UUID, at: datetime, after: str | None = None, limit: int = 50
) -> Worklist:
    """The front office's tasks at a centre: corrections, checks, hand-overs. Errors: Refused."""
    require(by, ENTER, at=centre)
    return _page(lanes_of(by), "front", frozenset({centre}), at=at, due=None, after=after, limit=limit)


def _page(
    lanes: Lanes,
    audience: str,
    units: frozenset[UUID],
    *,
    at: datetime,
    due: str | None,
    after: str | None,
    limit: int,
) -> Worklist:
    today = local(at, ZONE)
    first, last = span_of(due, today) or (date(1, 1, 1), date(9999, 12, 31))
    size = max(1, min(limit, MOST))
    found = lane_page(
        units=units,
        lane=_lane(lanes, audience),
        first=first,
        last=last,
        after=marked_day(after, UUID) or BEGINNING,
        limit=size + 1,
    )
    rows = tuple(_row(each, today) for each in found[:size])
    end = found[size - 1] if len(found) > size else None
    return Worklist(
        rows=rows,
        counts=tally(lanes, audience, units, today=today),
        after=mark(end[9], end[0]) if end else None,
    )


def tally(lanes: Lanes, audience: str, units: frozenset[UUID], *, today: date) -> dict[str, int]:
    """How many tasks wait, by when they are due."""
    counts = dict.fromkeys(WHENS, 0)
    for due_order, number in lane_tally(units=units, lane=_lane(lanes, audience)):
        counts[when(None if due_order.year == 9999 else due_order, today)] += number
    return counts


def failed_services(by: Actor) -> list[dict[str, Any]]:
    """Service tasks that failed or are being tried again, at the units where this actor may mend them."""
    require(by, MEND)
    lanes = lanes_of(by)
    return [
        {
            "task": task,
            "number": number,
            "names": process_of(edition).node(node).names,
            "centre_names": unit(centre).name,
            "since": since,
            "fault": fault,
            "attempts": attempts,
            "state": state,
        }
        for task, number, node, edition, centre, since, fault, attempts, state in failed_rows(
            units=None if lanes.everyone else lanes.mend
        )
    ]


def unfinished(*, service: UUID, centre: UUID | None = None) -> int:
    """How many applications to a service were received, at one centre or anywhere, and have no end yet; a number only."""
    with everything("a count of cases names nobody"):
        rows = Case.objects.filter(service_id=service, closed_at=None)
        rows = rows.filter(centre_id=centre) if centre else rows
        return int(rows.exclude(status="draft").count())


def failed_steps() -> int:
    """How many steps of the system wait here for a person to have them tried again; a number for the node's metrics."""
    return count_failed()


def _lane(lanes: Lanes, audience: str) -> dict[str, Any]:
    return {
        "audience": audience,
        "any_role": lanes.everyone,
        "roles": sorted(lanes.roles),
        "hand": f'["{lanes.actor}"]',
    }


def _row(found: Sequence[Any], today: date) -> Row:
    task, case, number, node, edition, centre, received_at, opened_at, due_on, _order, returned = found
    return Row(
        task=task,
        case=case,
        number=number or "",
        names=process_of(edition).node(node).names,
        service_names=service_version(edition).name,
        centre=centre,
        centre_names=unit(centre).name,
        received_at=received_at,
        opened_at=opened_at,
        due_on=due_on,
        due_words=due_words(due_on, today),
        when=when(due_on, today),
        returned=bool(returned),
    )
