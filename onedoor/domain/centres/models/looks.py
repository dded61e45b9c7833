"""Prepared looks at what every ticket and every call needs to know of a centre; kept as long as nothing of it changes."""

from typing import Any
from uuid import UUID

from django.db import connection

from onedoor.kernel.aggregate import prepared
from onedoor.kernel.mirrors.reference import looked

_CENTRE = "SELECT id, version FROM centres_centre WHERE unit_id = ANY(%s)"
_CALENDARS = "SELECT unit_id, id, version FROM centres_officecalendar WHERE unit_id = ANY(%s)"
_COUNTER = (
    "SELECT c.id, c.centre_id, c.code, c.name::text, coalesce(s.state, 'open'), p.zone, s.back_at,"
    " c.remote::text"
    " FROM centres_counter c JOIN centres_centre p ON p.unit_id = c.centre_id"
    " LEFT JOIN centres_counterstate s ON s.counter_id = c.id WHERE "
)


@looked("centres_centre")
def look_at_centre(*, centres: tuple[UUID, ...]) -> tuple[UUID, int] | None:
    """The row and version of the one centre of these units; a prepared look, as every ticket needs it."""
    with prepared() as cursor:
        return cursor.execute(_CENTRE, [list(centres)]).fetchone()


@looked("centres_officecalendar")
def look_at_calendars(*, units: tuple[UUID, ...]) -> dict[UUID, tuple[UUID, int]]:
    """The calendars of these units: row and version by unit."""
    with prepared() as cursor:
        return {unit: (key, version) for unit, key, version in cursor.execute(_CALENDARS, [list(units)])}


@looked("centres_counter", "centres_counterstate", "centres_centre")
def look_at_counter(*, counter: UUID) -> tuple[Any, ...] | None:
    """Id, centre, code, name, state, zone, end of break, `remote` of a counter (name and remote as JSON text)."""
    with prepared() as cursor:
        return cursor.execute(_COUNTER + "c.id = %s", [counter]).fetchone()


@looked("centres_counter", "centres_counterstate", "centres_centre")
def look_at_counters(*, centres: tuple[UUID, ...], code: str | None = None) -> list[tuple[Any, ...]]:
    """The same of all counters of these centres, or of those with one code."""
    with prepared() as cursor:
        if code is not None:
            return cursor.execute(
                _COUNTER + "c.centre_id = ANY(%s) AND c.code = %s", [list(centres), code]
            ).fetchall()
        return cursor.execute(_COUNTER + "c.centre_id = ANY(%s)", [list(centres)]).fetchall()


def database_clock() -> float:
    """The database's own clock, in seconds since 1970."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        return float(cursor.fetchone()[0])
