"""Reading the live floor, by plain SQL narrowed to centres and services."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from onedoor.domain.monitoring.errors import OutOfSight

_OPEN = """
SELECT centre, count(*) FILTER (WHERE status = 'waiting'), count(*) FILTER (WHERE status IN ('called', 'serving')),
       min(taken_at) FILTER (WHERE status = 'waiting')
FROM monitoring_visit WHERE status IN ('waiting', 'called', 'serving', 'held') AND day = %s AND taken_at <= %s
"""
_OVERDUE = """
SELECT centre, service, count(*) FILTER (WHERE due < %s AND channel <> 'log'), min(due) FILTER (WHERE channel <> 'log'),
       count(*) FILTER (WHERE due < %s AND channel = 'log')
FROM monitoring_matter WHERE done_at IS NULL AND received_at <= %s
"""
_RUNG = """
SELECT due >= %s, holder, told, level, count(*), min(due) FROM monitoring_matter
WHERE done_at IS NULL AND channel <> 'log' AND (due < %s OR warned_at IS NOT NULL) AND received_at <= %s
"""
_OWED = """
SELECT centre, count(*), min(due) FROM monitoring_grievance WHERE answered_at IS NULL AND due < %s AND made_at <= %s
"""
_HALLS = "SELECT centre, last_seen FROM monitoring_hall WHERE true"
_POSTS = "SELECT centre, count(*) FILTER (WHERE is_open), count(*) FROM monitoring_post WHERE true"
_TILLS = """
SELECT centre, count(*) FILTER (WHERE closed_at IS NULL), min(opened_at) FILTER (WHERE closed_at IS NULL), max(closed_at)
FROM monitoring_till WHERE (closed_at IS NULL OR closed_at >= %s)
"""
_OVER = """
SELECT centre, taken_at, called_at FROM monitoring_visit
WHERE day = %s AND taken_at <= %s AND (status = 'waiting' AND called_at IS NULL OR called_at > %s AND called_at - taken_at > %s)
"""
_IDLE = (
    "SELECT centre, count(*) FROM monitoring_post WHERE is_open AND officer IS NOT NULL AND free_since <= %s"
)
_COUNTERS = """
SELECT p.code, p.is_open, v.number, v.status, v.service, coalesce(v.started_at, v.called_at),
       (SELECT count(*) FROM monitoring_visit d WHERE d.centre = p.centre AND d.day = %(day)s AND d.counter = p.counter
        AND d.status = 'served' AND (%(services)s::uuid[] IS NULL OR d.service = ANY(%(services)s))),
       (SELECT avg(extract(epoch FROM d.ended_at - d.started_at)) FROM monitoring_visit d WHERE d.centre = p.centre
        AND d.day = %(day)s AND d.counter = p.counter AND d.status = 'served'
        AND (%(services)s::uuid[] IS NULL OR d.service = ANY(%(services)s))),
       %(services)s::uuid[] IS NULL AND EXISTS (
         SELECT FROM monitoring_till t WHERE t.centre = p.centre AND t.counter = p.counter AND t.closed_at IS NULL)
FROM monitoring_post p
LEFT JOIN LATERAL (SELECT * FROM monitoring_visit o WHERE o.centre = p.centre AND o.counter = p.counter
                   AND o.day = %(day)s AND o.status IN ('called', 'serving')
                   AND (%(services)s::uuid[] IS NULL OR o.service = ANY(%(services)s))
                   ORDER BY o.called_at DESC LIMIT 1) v ON true
WHERE p.centre = ANY(%(units)s) ORDER BY length(p.code), p.code
"""
_HOURS = """
SELECT extract(hour FROM ended_at AT TIME ZONE %s)::int, count(*), avg(extract(epoch FROM called_at - taken_at))
FROM monitoring_visit WHERE day = %s AND status = 'served'
"""


def lines(
    *, units: Sequence[UUID] | None, services: Sequence[UUID] | None, day: date, at: datetime
) -> dict[UUID, tuple[int, int, datetime | None]]:
    """By centre: how many wait, how many are at counters, since when the first of the line waits."""
    rows = _read(_OPEN, [day, at], units, services, "GROUP BY centre")
    return {centre: (waiting, served, since) for centre, waiting, served, since in rows}


def unfinished(
    *, units: Sequence[UUID] | None, services: Sequence[UUID] | None, day: date, at: datetime
) -> list[tuple[UUID, UUID, int, date | None, int]]:
    """By centre and service: open cases past their due date, the oldest due date, and those past it that come from a log.

    What an event log left open was decided elsewhere, if at all: nobody here can act on it, so it is counted apart.
    """
    rows = _read(_OVERDUE, [day, day, at], units, services, "GROUP BY centre, service")
    return [(centre, service, late, first, logged) for centre, service, late, first, logged in rows]


def rung(
    *, units: Sequence[UUID] | None, services: Sequence[UUID] | None, day: date, at: datetime
) -> list[tuple[bool, UUID | None, UUID | None, int, int, date | None]]:
    """Open cases of which an office was reminded or that are late: whether it is still time, whose step, who was told last,
    how high, how many, the oldest due date. Those of a log are left out.
    """
    rows = _read(_RUNG, [day, day, at], units, services, "AND due IS NOT NULL GROUP BY 1, 2, 3, 4")
    return [(near, holder, told, level, number, first) for near, holder, told, level, number, first in rows]


def owed(*, units: Sequence[UUID] | None, day: date, at: datetime) -> dict[UUID, tuple[int, date]]:
    """By centre: complaints whose answer is overdue, and the oldest of their days."""
    rows = _read(_OWED, [day, at], units, None, "GROUP BY centre")
    return {centre: (number, first) for centre, number, first in rows}


def last_seen(*, units: Sequence[UUID] | None) -> dict[UUID, datetime]:
    """When each centre was last heard of."""
    return dict(_read(_HALLS, [], units, None, ""))


def posts(*, units: Sequence[UUID] | None) -> dict[UUID, tuple[int, int]]:
    """By centre: open counters, all counters."""
    return {
        centre: (is_open, every)
        for centre, is_open, every in _read(_POSTS, [], units, None, "GROUP BY centre")
    }


def tills(
    *, units: Sequence[UUID] | None, since: datetime
) -> dict[UUID, tuple[int, datetime | None, datetime | None]]:
    """By centre: open cash sessions, since when the oldest, when the last was closed (after ``since``)."""
    rows = _read(_TILLS, [since], units, None, "GROUP BY centre")
    return {centre: (number, first, closed) for centre, number, first, closed in rows}


def over(
    *,
    units: Sequence[UUID] | None,
    services: Sequence[UUID] | None,
    day: date,
    at: datetime,
    since: datetime,
    limit: timedelta,
) -> dict[UUID, list[tuple[datetime, datetime | None]]]:
    """By centre: when those who waited longer than the limit, as far as it was after ``since``, had done so, and until when."""
    spans: dict[UUID, list[tuple[datetime, datetime | None]]] = {}
    for centre, taken, called in _read(_OVER, [day, at - limit, since, limit], units, services, ""):
        spans.setdefault(centre, []).append((taken + limit, called))
    return spans


def idle(*, units: Sequence[UUID] | None, since: datetime) -> dict[UUID, int]:
    """By centre: open counters whose officer has called nobody since an instant."""
    return dict(_read(_IDLE, [since], units, None, "GROUP BY centre"))


def counters(*, units: Sequence[UUID], services: Sequence[UUID] | None, day: date) -> list[tuple[Any, ...]]:
    """The counters of these centres: code, open, ticket, its status, service and instant, served today, seconds each, drawer."""
    with connection.cursor() as cursor:
        known = list(services) if services is not None else None
        cursor.execute(_COUNTERS, {"units": list(units), "services": known, "day": day})
        return list(cursor.fetchall())


def by_hour(
    *,
    units: Sequence[UUID] | None,
    services: Sequence[UUID] | None,
    day: date,
    zone: str,
    counter: UUID | None = None,
) -> list[tuple[int, int, float]]:
    """By hour of a day: people served, and how long (seconds) they had waited on average."""
    sql, values = _HOURS, [zone, day]
    if counter is not None:
        sql, values = sql + " AND counter = %s", [*values, counter]
    rows = _read(sql, values, units, services, "GROUP BY 1 ORDER BY 1")
    return [(hour, served, float(waited or 0)) for hour, served, waited in rows]


def _read(
    sql: str, values: list[Any], units: Sequence[UUID] | None, services: Sequence[UUID] | None, end: str
) -> list[tuple[Any, ...]]:
    for column, asked in (("centre", units), ("service", services)):
        if asked is not None:
            sql += f" AND {column} = ANY(%s)"
            values = [*values, list(asked)]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} {end}", values)
        return list(cursor.fetchall())


def post(*, units: Sequence[UUID], code: str) -> UUID:
    """The counter of this code. Raises OutOfSight."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT counter FROM monitoring_post WHERE centre = ANY(%s) AND code = %s", [list(units), code]
        )
        row = cursor.fetchone()
    if row is None or row[0] is None:
        raise OutOfSight
    found: UUID = row[0]
    return found
