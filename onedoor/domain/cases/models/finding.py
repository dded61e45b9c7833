"""Plain SQL of the case list: newest first, page by page, only within the units that are given.

Each unit is read on its own through an index that stands in the list's order, and the heads of these lists are merged: a page
costs about the same over a thousand cases and over a million. Search looks up the trigrams first; a word that thousands of
cases have is rather looked for along the list, where it is soon met (by `strpos`, which no index of words can answer).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from onedoor.kernel.aggregate import prepared

RARE = 4000
OPEN_STATUSES = ("received", "in_progress", "waiting_for_applicant", "approved", "refused", "issued")

_COLUMNS = """
c.id, c.number, c.status, c.service_id, c.edition_id, c.centre_id, c.received_at, c.due_on, c.closed_at, c.origin
"""
_SIGHT = """
(c.origin = 'log' OR (
  SELECT true FROM cases_task t WHERE t.case_id = c.id AND t.kind = 'user' AND t.audience = 'back'
     AND t.unit_id = ANY(%(authorities)s) AND (%(any_role)s OR t.role = ANY(%(roles)s) OR t.unit_id = ANY(%(overseen)s)) LIMIT 1))
"""
# A limited subquery is asked case by case; EXISTS was answered by reading all tasks of the units first.
_BRANCH = """
SELECT c.* FROM unnest(%({units})s::uuid[]) AS u (id) CROSS JOIN LATERAL (
  SELECT {columns} FROM cases_case c
  WHERE c.{column} = u.id AND c.received_at IS NOT NULL {behind} {filters} {part} {sight}
  ORDER BY c.received_at DESC, c.id DESC LIMIT %(limit)s) c
"""
_AMONG = """
WITH hit AS MATERIALIZED (
  SELECT {columns}, c.authority_id FROM cases_case c WHERE c.received_at IS NOT NULL AND {key} LIMIT %(rare)s)
SELECT n.count, found.* FROM (SELECT count(*) FROM hit) n LEFT JOIN LATERAL (
  SELECT {columns} FROM hit c WHERE ({reach}) {behind} {filters}
  ORDER BY c.received_at DESC, c.id DESC LIMIT %(limit)s) found ON true
"""
_BY_NUMBER, _BY_WORDS = "c.number = %(number)s", "c.words LIKE %(like)s"
_ORDERED = "SELECT * FROM ({found}) found ORDER BY received_at DESC, id DESC LIMIT %(limit)s"
_THESE = f"""
SELECT {_COLUMNS}, c.visit FROM cases_case c
WHERE (c.id = ANY(%(cases)s) OR c.visit = ANY(%(visits)s)) AND c.received_at IS NOT NULL
"""
_NAMES = "SELECT case_id, name FROM cases_trace WHERE case_id = ANY(%s)"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for; None or empty: anything. ``like`` is a spelling of `rules.finding`, ``number`` a whole number."""

    like: str = ""
    number: str = ""
    status: str = ""
    service: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    due: str = ""
    first: date | None = None
    last: date | None = None


def case_page(
    *,
    centres: Collection[UUID],
    authorities: Collection[UUID],
    roles: Collection[str],
    everyone: bool,
    wanted: Wanted,
    after: tuple[datetime, UUID] | None,
    limit: int,
    overseen: Collection[UUID] = (),
) -> list[Sequence[Any]]:
    """Received cases of these centres, and of these authorities once a task brought them there; newest first.

    Args:
        everyone: the node itself reads; no task and no role is asked for.
        after: where the last page ended. overseen: offices whose steps are seen in whatever role.
    """
    values: dict[str, Any] = {
        "centres": list(centres),
        "authorities": list(authorities),
        "roles": list(roles),
        "any_role": everyone,
        "overseen": list(overseen),
        "limit": limit,
        "like": f"%{_plain(wanted.like)}%",
        "word": wanted.like,
        "number": wanted.number,
        "rare": RARE + 1,
        "status": wanted.status,
        "service": wanted.service,
        "since": wanted.since,
        "until": wanted.until,
        "first": wanted.first,
        "last": wanted.last,
        "after_at": after[0] if after else None,
        "after_id": after[1] if after else None,
    }
    if not centres and not authorities:
        return []
    sight = "" if everyone else f"AND {_SIGHT}"
    for key, given in ((_BY_NUMBER, wanted.number), (_BY_WORDS, wanted.like)):
        if given:
            hits, rows = _among(key, wanted, values, after=after, sight=sight)
            if rows or (key == _BY_WORDS and hits <= RARE):
                return rows
    return _rows(
        _along(wanted, after=after, sight=sight, centres=bool(centres), authorities=bool(authorities)), values
    )


def rows_of_cases(*, cases: Collection[UUID], visits: Collection[UUID] = ()) -> list[Sequence[Any]]:
    """These cases and those of these visits, in the columns of a page and the visit; the caller asks who may see them."""
    return _rows(_THESE, {"cases": list(cases), "visits": list(visits)})


def trace_names(*, cases: Collection[UUID]) -> dict[UUID, str]:
    """What these cases were called in the log that they came from."""
    with prepared() as cursor:
        cursor.execute(_NAMES, [list(cases)])
        return dict(cursor.fetchall())


def _among(
    key: str, wanted: Wanted, values: Mapping[str, Any], *, after: Any, sight: str
) -> tuple[int, list[Sequence[Any]]]:
    """Those that an index of numbers or words finds, and how many it found (at most one more than `RARE`)."""
    reach = f"c.centre_id = ANY(%(centres)s) OR c.authority_id = ANY(%(authorities)s) {sight}"
    statement = _AMONG.format(
        columns=_COLUMNS, key=key, reach=reach, behind=_behind(after), filters=_filters(wanted, words=False)
    )
    found = _rows(statement, values)
    hits = int(found[0][0])
    return hits, [row[1:] for row in found if row[1] is not None] if hits <= RARE else []


def _along(wanted: Wanted, *, after: Any, sight: str, centres: bool, authorities: bool) -> str:
    """The lists of all units, each by the index that has the part that is asked for."""
    branches = []
    for units, column, seen in (("centres", "centre_id", ""), ("authorities", "authority_id", sight)):
        if (units == "centres" and not centres) or (units == "authorities" and not authorities):
            continue
        for part in _parts(wanted):
            filters = _filters(wanted, words=True)
            branches.append(
                _BRANCH.format(
                    units=units,
                    columns=_COLUMNS,
                    column=column,
                    behind=_behind(after),
                    filters=filters,
                    part=part,
                    sight=seen,
                )
            )
    union = "UNION ALL" if not (centres and authorities) else "UNION"
    return _ORDERED.format(found=f" {union} ".join(f"({one})" for one in branches))


def _parts(wanted: Wanted) -> tuple[str, ...]:
    """Open and closed cases have indexes of their own; a list without a status needs neither."""
    if wanted.due:
        return ("AND c.closed_at IS NULL",)
    if wanted.status:
        return ("AND c.closed_at IS NOT NULL",) + (
            ("AND c.closed_at IS NULL",) if wanted.status in OPEN_STATUSES else ()
        )
    return ("",)


def _behind(after: Any) -> str:
    return "AND (c.received_at, c.id) < (%(after_at)s, %(after_id)s)" if after else ""


def _filters(wanted: Wanted, *, words: bool) -> str:
    asked = [
        (wanted.status, "c.status = %(status)s"),
        (wanted.service, "c.service_id = %(service)s"),
        (wanted.since, "c.received_at >= %(since)s"),
        (wanted.until, "c.received_at < %(until)s"),
        (wanted.first, "c.due_on >= %(first)s"),
        (wanted.last, "c.due_on <= %(last)s"),
        (wanted.due == "open", "c.due_on IS NULL"),
        (words and wanted.like, "strpos(c.words, %(word)s) > 0"),
        (wanted.due, "c.closed_at IS NULL AND c.origin = ''"),  # what a log left open nobody here can answer
    ]
    return "".join(f" AND {condition}" for given, condition in asked if given)


def _plain(like: str) -> str:
    return like.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _rows(statement: str, values: Any) -> list[Sequence[Any]]:
    with prepared() as cursor:
        cursor.execute(statement, values)
        found: list[Sequence[Any]] = cursor.fetchall()
    return found
