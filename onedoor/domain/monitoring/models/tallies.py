"""Adding to the tallies and reading them, by plain SQL: one statement a batch, one a question."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from onedoor.domain.monitoring.rules.tallies import ALL, COUNTS, Key, Tally

PROJECTING_LOCK = 0x0D00_0010
_NAMES = ", ".join(COUNTS)
_ADD = f"""
INSERT INTO monitoring_tally AS t (grain, period, centre, service, dim, value, waits, durations, {_NAMES})
SELECT grain, period, centre, service, dim, value, waits::int[], durations::int[], {_NAMES}
FROM unnest(%s::text[], %s::date[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[],
            {", ".join("%s::bigint[]" for _ in COUNTS)})
     AS n(grain, period, centre, service, dim, value, waits, durations, {_NAMES})
ORDER BY grain, dim, service, period, centre, value
ON CONFLICT (grain, dim, service, period, centre, value) DO UPDATE SET
  waits = monitoring_added(t.waits, EXCLUDED.waits), durations = monitoring_added(t.durations, EXCLUDED.durations),
  {", ".join(f"{name} = t.{name} + EXCLUDED.{name}" for name in COUNTS)}
"""


def only_projector() -> None:
    """Wait until nobody else projects; until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PROJECTING_LOCK])


def add_tallies(tallies: Mapping[Key, Tally], *, units: Iterable[UUID]) -> None:
    """Add to the rows of these centres (and of all together)."""
    allowed = {*units, ALL}
    rows = [(key, tally) for key, tally in tallies.items() if key.centre in allowed]
    if not rows:
        return
    columns: list[list[Any]] = [
        [key.grain for key, _ in rows],
        [key.period for key, _ in rows],
        [key.centre for key, _ in rows],
        [key.service for key, _ in rows],
        [key.dim for key, _ in rows],
        [key.value for key, _ in rows],
        [_array(tally.waits) for _, tally in rows],
        [_array(tally.durations) for _, tally in rows],
        *([tally.counts.get(name, 0) for _, tally in rows] for name in COUNTS),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, columns)


def read_tallies(
    *,
    units: Sequence[UUID] | None,
    services: Sequence[UUID] | None,
    grain: str,
    since: date,
    until: date,
    dim: str = "",
    by_centre: bool = False,
    by_service: bool = False,
    histograms: bool = True,
) -> list[tuple[Key, Tally]]:
    """The rows that answer a question: their sum is the figure of whoever asks.

    Args:
        units: the centres, or None for the whole country. services: these only, or None for all.
        by_centre, by_service: whether each is told by itself, also when all are asked for.
    """
    wanted = COUNTS if histograms else tuple(name for name in COUNTS)
    shown = "waits, durations" if histograms else "NULL, NULL"
    values: list[Any]
    where, values = ["grain = %s", "dim = %s", "period BETWEEN %s AND %s"], [grain, dim, since, until]
    for column, asked, each in (("centre", units, by_centre), ("service", services, by_service)):
        if asked is not None:
            where.append(f"{column} = ANY(%s)")
            values.append(list(asked))
        else:
            where.append(f"{column} {'<>' if each else '='} %s")
            values.append(ALL)
    sql = (
        f"SELECT period, centre, service, value, {shown}, {', '.join(wanted)} FROM monitoring_tally"
        f" WHERE {' AND '.join(where)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    return [
        (
            Key(grain, period, centre, service, dim, value),
            Tally(dict(zip(wanted, counts, strict=True)), waits or [], durations or []),
        )
        for period, centre, service, value, waits, durations, *counts in rows
    ]


def _array(counts: Sequence[int]) -> str | None:
    return "{" + ",".join(map(str, counts)) + "}" if counts else None
