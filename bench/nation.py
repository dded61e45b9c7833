"""A nation's finished cases, made fast: the same draw becomes the cases themselves, their projections and the tallies.

The tallies are what `monitoring` would have counted from the letters: the same keys, the same buckets; `check` compares a
month's sums with the projected cases. Everything is plain SQL inside the database of a benchmark's own node.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from uuid import UUID

from bench.harness import say

CENTRES = 110
MONTHS = 24
COUNTED = """
count(*) AS taken, 0 AS missed, 0 AS gone, count(*) AS served, count(*) AS wait_n, sum(wait) AS wait_sum,
sum((wait <= 1500)::int) AS wait_within, count(*) AS received, count(*) AS done, sum((draw < 0.04)::int) AS refused,
0 AS withdrawn, sum(duration) AS duration_sum, count(*) AS due_n, sum((done_on <= due)::int) AS on_time,
count(score) AS rated, coalesce(sum(score), 0) AS score_sum, coalesce(sum(score * score), 0) AS score_squares,
coalesce(sum((score >= 4)::int), 0) AS satisfied, sum((score IS NULL)::int) AS unanswered, count(*) AS documents,
0 AS complaints, 0 AS receipts, 0 AS money, 0 AS waived
"""
DRAW = """
CREATE UNLOGGED TABLE drawn AS
SELECT id, centre, service, authority, edition, channel, sex, age, disability, language, draw, wait, score,
       received_at, duration, (received_at + make_interval(secs => duration)) AS done_at,
       ((received_at + make_interval(secs => duration)) AT TIME ZONE 'Asia/Vientiane')::date AS done_on,
       (received_at AT TIME ZONE 'Asia/Vientiane')::date + 7 AS due,
       date_trunc('month', (received_at + make_interval(secs => duration)) AT TIME ZONE 'Asia/Vientiane')::date AS month,
       least(89, CASE WHEN wait < 30 THEN 0 ELSE 1 + floor(ln(wait::float / 30) / ln(1.1::float))::int END) AS waited,
       least(129, CASE WHEN duration < 600 THEN 0 ELSE 1 + floor(ln(duration::float / 600) / ln(1.1::float))::int END) AS lasted
FROM (
  SELECT (lpad(to_hex(1728000000000 + r.n), 12, '0') || '70008000' || lpad(to_hex(r.n), 12, '0'))::uuid AS id,
         c.id AS centre, s.id AS service, s.authority, s.edition,
         (ARRAY['counter', 'counter', 'counter', 'kiosk', 'online'])[1 + floor(r1 * 5)::int] AS channel,
         (ARRAY['female', 'male'])[1 + floor(r2 * 2)::int] AS sex,
         (ARRAY['18-34', '18-34', '35-59', '60+'])[1 + floor(r3 * 4)::int] AS age,
         CASE WHEN r2 < 0.03 THEN 'yes' ELSE 'no' END AS disability,
         CASE WHEN r3 < 0.9 THEN 'lo' ELSE 'en' END AS language,
         r1 AS draw, (exp(6.2 + 0.25 * c.slow + 0.8 * (r1 + r2 + r3 - 1.5) * 2))::int AS wait,
         CASE WHEN r4 < 0.6 THEN least(5, 1 + floor((r2 + r5 + c.kind) * 2)::int) END AS score,
         %(until)s::timestamptz - make_interval(secs => 86400 * 16 + r4 * 86400 * 30.4 * 24) AS received_at,
         (exp(12.2 + 0.3 * c.slow + 1.7 * (r3 + r5 - 1)))::int AS duration
  FROM (SELECT n, random() AS r1, random() AS r2, random() AS r3, random() AS r4, random() AS r5
        FROM generate_series(1, %(number)s) AS n OFFSET 0) AS r
  JOIN places c ON c.n = 1 + floor(power(r.r1, 1.6) * %(centres)s)::int
  JOIN offered s ON s.n = 1 + floor(power(r.r5, 1.4) * %(services)s)::int
) AS rolled
"""
CASES = """
INSERT INTO cases_case (id, owner, epoch, version, number, centre_id, authority_id, service_id, edition_id, status, outcome, data,
                        hands, opened_by, opened_at, received_at, closed_at, due_on, due_why, steps, origin, words)
SELECT id, kernel_this_node(), 1, 5, id::text, centre, authority, service, edition, 'handed_over', 'approve', '{}', '[]',
       '00000000-0000-0000-0000-000000000001', received_at, received_at, done_at, due, '{}', 3, '', '' FROM drawn
"""
MATTERS = """
INSERT INTO monitoring_matter (id, version, centre, service, channel, sex, age, disability, language, status, received_at,
                               due, done_at)
SELECT id, 5, centre, service, channel, sex, age, disability, language, 'handed_over', received_at, due, done_at FROM drawn
"""
KEYS = "month AS period, centre, service, {value} AS value"
NAMES = (
    "taken missed gone served wait_n wait_sum wait_within received done refused withdrawn duration_sum due_n on_time"
    " rated score_sum score_squares satisfied unanswered documents complaints receipts money waived"
).split()
ALL = "'00000000-0000-0000-0000-000000000000'::uuid"
LEVELS = ((ALL, ALL), ("centre", ALL), (ALL, "service"), ("centre", "service"))
OF_TICKETS = {
    "taken",
    "served",
    "wait_n",
    "wait_sum",
    "wait_within",
    "rated",
    "score_sum",
    "score_squares",
    "satisfied",
    "unanswered",
}
DIMS = ("", "channel", "sex", "age", "disability", "language")


def more_centres(number: int) -> None:
    """Set up demonstration centres until there are so many: the country is to grow to 110."""
    from onedoor.domain.access import api as access
    from onedoor.domain.centres import api as centres
    from onedoor.kernel.clock import now
    from onedoor.kernel.ids import named_id
    from onedoor.kernel.scope import Actor, everything

    by, at = Actor.system(), now()
    with everything("a benchmark builds its nation"):
        held = centres.centres()
        taken = {view.code for view in held}
        districts = [one for one in access.units(kind="district") if f"{one.code}-1" not in taken]
        for district in districts[: number - len(held)]:
            code, id = f"{district.code}-1", named_id("bench", f"centre/{district.code}")
            name = {word: f"{text} 1" for word, text in district.name.items()}
            access.save_unit(
                by=by,
                at=at,
                id=id,
                code=code,
                kind="centre",
                tree="territory",
                name=name,
                parent=district.id,
                valid_from=district.valid_from,
                source="bench",
            )
            centres.save_centre(
                by=by,
                at=at,
                id=id,
                code=code,
                name=name,
                district=district.id,
                demonstration=True,
                offers=held[0].offers,
                source="bench",
            )
    access.forget()


def fill(number: int, *, until: datetime, cases: bool = True) -> dict[str, float]:
    """Write so many finished cases, their projections and tallies; gives the seconds of each part."""
    from django.db import connection

    took: dict[str, float] = {}
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '768MB'")
        cursor.execute("SELECT setseed(0.5)")
        about = _stage(cursor)
        steps = [("draw", DRAW, {**about, "until": until, "number": number})]
        if cases:
            only_the_key(cursor, "cases_case")
            steps.append(("cases", CASES, None))
        steps.append(("projected cases", MATTERS, None))
        for name, sql, values in steps:
            took[name] = _timed(cursor, name, sql, values)
        began = time.monotonic()
        for dim in DIMS:
            _tallies(cursor, dim)
        took["tallies"] = round(time.monotonic() - began, 1)
        say(f"tallies: {took['tallies']} s")
        _days(cursor)
        cursor.execute("DROP TABLE drawn, places, offered")
        took["analyse"] = _timed(
            cursor, "analyse", "VACUUM ANALYZE monitoring_tally, monitoring_matter", None
        )
    return took


def _stage(cursor: Any) -> dict[str, int]:
    from onedoor.domain.catalogue.api import services
    from onedoor.domain.centres.api import centres

    places: list[UUID] = [view.id for view in centres()]
    offered = services()
    cursor.execute("CREATE UNLOGGED TABLE places (n int, id uuid, slow float, kind float)")
    cursor.executemany(
        "INSERT INTO places VALUES (%s, %s, %s, %s)",
        [(n, id, (n * 7 % 11) / 5 - 1, 0.6 + (n * 5 % 13) / 20) for n, id in enumerate(places, start=1)],
    )
    cursor.execute("CREATE UNLOGGED TABLE offered (n int, id uuid, authority uuid, edition uuid)")
    cursor.executemany(
        "INSERT INTO offered VALUES (%s, %s, %s, %s)",
        [(n, view.id, view.authority, view.version_id) for n, view in enumerate(offered, start=1)],
    )
    return {"centres": len(places), "services": len(offered)}


def only_the_key(cursor: Any, table: str, *, but: tuple[str, ...] = ()) -> None:
    """Millions of rows by plain SQL: the guard of single writes and the indexes that no figure reads are left out.

    Args:
        but: columns whose indexes are read.
    """
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    cursor.execute(
        "SELECT indexrelid::regclass FROM pg_index i WHERE indrelid = %s::regclass AND NOT indisunique",
        [table],
    )
    for (index,) in cursor.fetchall():
        if not any(f"_{column}" in index for column in but):
            cursor.execute(f"DROP INDEX {index}")


def _tallies(cursor: Any, dim: str) -> None:
    """The rows of one trait: sums and sparse histograms by SQL, made dense here, copied back."""
    traits = dim not in ("", "channel")
    keys = KEYS.format(value=dim or "''")
    for table, counted in (
        ("sums", COUNTED),
        ("waits", "waited AS bucket, count(*) AS n"),
        ("lasts", "lasted AS bucket, count(*) AS n"),
    ):
        if traits and table == "waits":
            continue
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
        by = "1, 2, 3, 4" if table == "sums" else "1, 2, 3, 4, 5"
        cursor.execute(f"CREATE UNLOGGED TABLE {table} AS SELECT {keys}, {counted} FROM drawn GROUP BY {by}")
    for centre, service in LEVELS:
        if traits and centre != ALL and service != ALL:
            continue
        for grain, period in (("m", "period"), ("y", "date_trunc('year', period)::date")):
            key = f"{period} AS period, {centre} AS centre, {service} AS service, value"
            cursor.execute(
                f"SELECT {key}, {', '.join(f'sum({name})::bigint' for name in NAMES)} FROM sums GROUP BY 1, 2, 3, 4"
            )
            rows = cursor.fetchall()
            waits = {} if traits else _dense(cursor, key, "waits")
            lasts = _dense(cursor, key, "lasts")
            columns = f"grain, period, centre, service, dim, value, waits, durations, {', '.join(NAMES)}"
            with cursor.copy(f"COPY monitoring_tally ({columns}) FROM STDIN") as copy:
                for row in rows:
                    counts = [
                        0 if traits and name in OF_TICKETS else count
                        for name, count in zip(NAMES, row[4:], strict=True)
                    ]
                    copy.write_row(
                        (grain, *row[:3], dim, row[3], waits.get(row[:4]), lasts.get(row[:4]), *counts)
                    )
    cursor.execute("DROP TABLE IF EXISTS sums, waits, lasts")


def _dense(cursor: Any, key: str, table: str) -> dict[tuple[Any, ...], list[int]]:
    """The histograms of a table by key, zeros filled in."""
    cursor.execute(
        "SELECT period, centre, service, value, array_agg(bucket), array_agg(n) FROM ("
        f"SELECT {key}, bucket, sum(n)::bigint AS n FROM {table} GROUP BY 1, 2, 3, 4, 5) AS s GROUP BY 1, 2, 3, 4"
    )
    found = {}
    for *held, buckets, numbers in cursor.fetchall():
        counts = [0] * (max(buckets) + 1)
        for bucket, number in zip(buckets, numbers, strict=True):
            counts[bucket] = number
        found[tuple(held)] = counts
    return found


def _days(cursor: Any) -> None:
    """The days of the last weeks, from the months' rows: a thirtieth each, so that live pages have something to show."""
    cursor.execute(
        "INSERT INTO monitoring_tally (grain, period, centre, service, dim, value, waits, durations, "
        + ", ".join(NAMES)
        + ") SELECT 'd', (now() AT TIME ZONE 'Asia/Vientiane')::date - d, centre, service, '', '', waits, durations, "
        + ", ".join(f"{name} / 30" for name in NAMES)
        + " FROM monitoring_tally, generate_series(1, 14) AS d WHERE grain = 'm' AND dim = ''"
        " AND period = (SELECT max(period) FROM monitoring_tally WHERE grain = 'm')"
    )


def check(cursor: Any) -> bool:
    """Whether a month of the country is what its projected cases come to: their number, their median within the bound."""
    from onedoor.domain.monitoring.rules.histogram import DURATION, ERROR_PERCENT

    cursor.execute(
        "SELECT t.done, t.durations, m.counted, m.median FROM monitoring_tally t CROSS JOIN LATERAL ("
        " SELECT count(*) AS counted, percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM done_at - received_at))"
        " AS median FROM monitoring_matter WHERE done_at >= t.period::timestamp AT TIME ZONE 'Asia/Vientiane'"
        " AND done_at < (t.period + interval '1 month') AT TIME ZONE 'Asia/Vientiane') m"
        " WHERE grain = 'm' AND dim = '' AND centre = service ORDER BY period LIMIT 1 OFFSET 3"
    )
    done, durations, counted, true = cursor.fetchone()
    median = DURATION.quantile(durations, 0.5)
    say(f"median duration of a month: {median:.0f} s from the tally, {true:.0f} s from {counted} cases")
    return bool(done == counted and abs(median - float(true)) <= float(true) * ERROR_PERCENT / 100)


def _timed(cursor: Any, name: str, sql: str, values: Any) -> float:
    began = time.monotonic()
    cursor.execute(sql, values)
    took = round(time.monotonic() - began, 1)
    say(f"{name}: {took} s")
    return took
