"""The case list and search: received cases within one's units, newest first, page by page. No names stand in it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.access.api import holding, reach, require, unit
from onedoor.domain.cases.errors import TooShortToLookFor
from onedoor.domain.cases.models import Wanted, case_page, rows_of_cases, trace_names
from onedoor.domain.cases.permissions import AUDIT, NOWHERE, OVERSEE, Lanes, lanes_of
from onedoor.domain.cases.rules import WHENS, ZONE, CaseRow, Found, due_words, local, span_of, status_words
from onedoor.domain.cases.rules.due import OPEN
from onedoor.domain.cases.rules.finding import asked_words
from onedoor.domain.cases.rules.logs import LOG
from onedoor.domain.cases.rules.words import STATUS_WORDS, clean_number
from onedoor.domain.catalogue.api import service_version
from onedoor.kernel.errors import Invalid
from onedoor.kernel.ids import mark, marked
from onedoor.kernel.numbers import is_whole
from onedoor.kernel.scope import Actor

MOST = 200


def find_cases(
    by: Actor,
    *,
    at: datetime,
    text: str = "",
    status: str = "",
    due: str = "",
    service: UUID | None = None,
    centre: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Found:
    """Cases at this actor's centres and of their authority (once a task brought them there), newest first.

    Args:
        text: a number or part of it, or a name of the applicant, in any spelling; at least two signs.
        status: of `STATUS_WORDS`. due: of `WHENS`, of open cases only that were not replayed from a log.
        since, until: days of receipt, both included.
        centre: only those of this centre, for whoever works there.
        after: where the last page ended.
    Errors: Invalid (field names the filter that is none), TooShortToLookFor.
    """
    if status and status not in STATUS_WORDS:
        raise Invalid(field="status")
    if due and due not in WHENS:
        raise Invalid(field="due")
    if since and until and until < since:
        raise Invalid(field="until")
    like = asked_words(text)
    if text.strip() and not like:
        raise TooShortToLookFor(field="q")
    today, size = local(at, ZONE), max(1, min(limit, MOST))
    first, last = (span_of(due, today) or (None, None)) if due and due != OPEN else (None, None)
    number = clean_number(text)
    wanted = Wanted(
        like=like,
        number=number if like and is_whole(number) else "",
        status=status,
        service=service,
        since=_start(since, field="since") if since else None,
        until=_start(until, field="until") + timedelta(days=1) if until else None,
        due=due,
        first=first,
        last=last,
    )
    lanes = lanes_of(by)
    found = case_page(
        centres=_centres(by, lanes) & {centre} if centre else _centres(by, lanes),
        authorities=() if centre else lanes.back,
        roles=lanes.roles,
        everyone=lanes.everyone,
        wanted=wanted,
        after=marked(after, UUID),
        limit=size + 1,
        overseen=holding(by).where.get(OVERSEE, NOWHERE),
    )
    rows = found[:size]
    names = trace_names(cases=[row[0] for row in rows if row[9] == LOG])
    end = rows[-1] if len(found) > size else None
    return Found(
        rows=tuple(_row(row, names, today) for row in rows),
        after=mark(end[6], end[0]) if end else None,
    )


def audited(
    by: Actor, *, at: datetime, cases: Collection[UUID], visits: Collection[UUID] = ()
) -> dict[UUID, CaseRow]:
    """These cases, and those of these visits, as lines of a list by case and by visit; where this actor may audit.

    Errors: Refused.
    """
    require(by, AUDIT)
    today = local(at, ZONE)
    here = holding(by).where.get(AUDIT, frozenset())
    rows = [row for row in rows_of_cases(cases=cases, visits=visits) if row[5] in here]
    names = trace_names(cases=[row[0] for row in rows if row[9] == LOG])
    lines = [(row, _row(row[:10], names, today)) for row in rows]
    return {row[10]: line for row, line in lines if row[10]} | {row[0]: line for row, line in lines}


def _centres(by: Actor, lanes: Lanes) -> frozenset[UUID]:
    """The centres whose cases this actor may open."""
    if lanes.everyone:
        return reach(by).units
    return lanes.front | (lanes.mend & reach(by).units)


def _start(day: date, *, field: str) -> datetime:
    if not 1900 <= day.year <= 9000:
        raise Invalid(field=field)
    return datetime.combine(day, time(), ZoneInfo(ZONE))


def _row(found: Sequence[Any], names: dict[UUID, str], today: date) -> CaseRow:
    id, number, status, service, edition, centre, received_at, due_on, closed_at, origin = found
    return CaseRow(
        case=id,
        number=number or "",
        former=names.get(id, ""),
        service=service,
        service_names=service_version(edition).name,
        centre=centre,
        centre_names=unit(centre).name,
        status=status,
        status_words=status_words(status),
        received_at=received_at,
        closed_at=closed_at,
        due_on=due_on,
        due_words="" if closed_at or origin or due_on is None else due_words(due_on, today),
        late=closed_at is None and not origin and due_on is not None and due_on < today,
    )
