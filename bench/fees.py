"""Comparing the country's receipts with its fee table: receipts a second, against reading the same rows and nothing else.

A million receipts (`BENCH_RECEIPTS`) with their charges and cases stand in the node, of every service whose fee is set, each
by a quote of the catalogue; one in 5,000 is over more than the table says. The check is the worker's, batch by batch.
"""

from __future__ import annotations

import json
import os
import resource
import time
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

from bench.harness import Goal, finish, node, say
from bench.nation import more_centres, only_the_key

GOALS: dict[str, Goal] = {
    "receipts_per_s": (">=", 1_000),
    "ratio_to_reading": ("<=", 8),
    "statements_a_batch": ("<=", 9),
    "memory_mb": ("<=", 64),
    "page_ms": ("<=", 100),
    "found": ("==", "all"),
}
RECEIPTS = int(os.environ.get("BENCH_RECEIPTS", "1000000"))
CENTRES, MONTHS, WRONG, MOST_OF_ONE = 110, 12, 5_000, 40
BATCH, WARM = 500, 9
TABLES = ("cases_case", "payments_charge", "payments_receipt")
READING = """
SELECT r.id, r.lines, r.fee, r.state, c.lines, c.corrected, c.made_at, k.data
FROM (SELECT * FROM payments_receipt WHERE id > %s ORDER BY id LIMIT 500) r
JOIN payments_charge c ON c.subject = r.subject JOIN cases_case k ON k.id = r.subject ORDER BY r.id
"""


def main() -> None:
    """Fills a node, reads everything once, checks everything once, and looks at the page that tells what was found."""
    with node():
        more_centres(CENTRES)
        filled = fill(RECEIPTS)
        reading = read()
        say(f"reading alone: {reading:,.0f} receipts/s")
        figures = checked() | {"fill_s": filled}
        figures["ratio_to_reading"] = round(reading / float(figures["receipts_per_s"]), 2)
        finish("fees", figures, GOALS)


def checked() -> dict[str, Any]:
    """The check from beginning to end; whether it found each receipt that is wrong, and nothing else."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from onedoor.domain.cases import api as cases
    from onedoor.kernel.clock import now

    id = cases.start_fee_check(at=now())
    for _ in range(WARM):  # editions and centres are read once
        cases.fee_check_batch(at=now())
    with CaptureQueriesContext(connection) as seen:
        cases.fee_check_batch(at=now())
    before, began, batches = memory(), time.monotonic(), WARM + 1
    while cases.fee_check_batch(at=now()):
        batches += 1
        if batches % 200 == 0 and (held := cases.fee_check(id)) is not None:
            say(f"{held.examined:,} of {held.total:,}, {memory() - before:+.0f} MB")
    took = time.monotonic() - began
    done = cases.fee_check(id)
    assert done is not None
    wanted = {"equal": RECEIPTS - RECEIPTS // WRONG, "different": RECEIPTS // WRONG}
    counts = {standing: number for standing, number in done.counts.items() if number}
    if counts != wanted:
        say(f"counted {counts}, not {wanted}")
    return {
        "receipts_per_s": round((RECEIPTS - (WARM + 1) * BATCH) / took),
        "batch_ms": round(took / (batches - WARM - 1) * 1e3, 1),
        "statements_a_batch": sum(one["sql"] not in ("BEGIN", "COMMIT") for one in seen.captured_queries),
        "memory_mb": round(memory() - before, 1),
        "page_ms": round(page(id), 1),
        "found": "all" if counts == wanted else "not all",
        "receipts": RECEIPTS,
    }


def page(check: Any) -> float:
    """Milliseconds of what the console's page asks for, for somebody who sees the whole country; median of nine."""
    from statistics import median

    from onedoor.domain.access import api as access
    from onedoor.domain.cases import api as cases
    from onedoor.kernel.clock import now
    from onedoor.kernel.ids import new_id
    from onedoor.kernel.scope import Actor, everything

    by, id = Actor.system(), new_id()
    with everything("a benchmark looks as the owner does"):
        country = access.units(kind="country")[0].id
        access.save_login(by=by, at=now(), id=id, username="bench-owner", name={"lo": "ເຈົ້າ", "en": "Owner"})
        access.grant(by=by, at=now(), login=id, role="owner", unit=country, valid_from=date(2020, 1, 1))
    access.forget()
    owner, took = Actor("staff", id), []
    for _ in range(9):
        began = time.monotonic()
        cases.fee_checks(by=owner)
        cases.fee_findings(by=owner, check=check)
        cases.fee_tallies(by=owner, check=check, per="centre_id")
        took.append((time.monotonic() - began) * 1e3)
    return median(took)


def memory() -> float:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read() -> float:
    """Receipts a second with their charge and answers, by one prepared statement a batch, values made and thrown away."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        began, seen, last = time.monotonic(), 0, "00000000-0000-0000-0000-000000000000"
        while rows := connection.execute(READING, [last], prepare=True).fetchall():
            seen, last = seen + len(rows), rows[-1][0]
        return seen / (time.monotonic() - began)


def quotes() -> list[dict[str, Any]]:
    """Answers of every service whose fee is set, with what the catalogue takes for them at each end of the year."""
    from onedoor.domain.access.api import today
    from onedoor.domain.catalogue import api as catalogue

    found = []
    for view in catalogue.services():
        asked = view.form.get("properties", {})
        names = sorted(name for name in catalogue.fee_questions(view.fee) if name in asked)
        for values in list(product(*(answers(asked[name]) for name in names)))[:MOST_OF_ONE]:
            data = dict(zip(names, values, strict=True))
            try:
                days = (today(), today() - timedelta(days=31 * MONTHS))
                quote, early = (
                    catalogue.quote(service=view.version_id, answers=data, on=day) for day in days
                )
            except catalogue.FeeNeedsAnswer:
                continue
            if quote.state == early.state == "set" and 0 < quote.total == early.total:
                lines = [
                    {"kind": "fee", "code": one.code, "name": one.name, "amount": one.amount, "number": 1}
                    for one in quote.lines
                ]
                found.append({"view": view, "data": data, "lines": lines, "fee": quote.total})
    return found


def answers(question: dict[str, Any]) -> list[Any]:
    """Some answers of a question."""
    if choices := question.get("enum"):
        return list(choices)
    if question.get("type") == "boolean":
        return [True, False]
    if question.get("format") == "date":
        return ["2026-01-05"]
    least = int(question.get("minimum", 1))
    return sorted({least, least + 7, min(least + 240, int(question.get("maximum", 10**9)))})


def fill(number: int) -> float:
    """So many receipts over a year with the charge and the case of each; gives the seconds."""
    from django.db import connection

    from onedoor.domain.centres.api import centres
    from onedoor.kernel.clock import now

    began, held = time.monotonic(), quotes()
    say(f"{len(held)} quotes of {len({one['view'].code for one in held})} services")
    with connection.cursor() as cursor:
        _stage(cursor, held, [view.id for view in centres()])
        for table in TABLES:
            only_the_key(cursor, table, but=("subject",))
        about: dict[str, Any] = {"number": number, "until": _day(now()), "quotes": len(held), "wrong": WRONG}
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(DRAW, about | {"span": 86_400 * 30 * MONTHS})
        for statement in (CASES, CHARGES, RECEIPTS_OF):
            cursor.execute(statement)
        cursor.execute("DROP TABLE drawn, quoted, places")
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")
    took = round(time.monotonic() - began, 1)
    say(f"{number:,} receipts in {took} s")
    return took


def _day(at: datetime) -> datetime:
    """Receipts end an hour ago, so that none is of a day to come."""
    return at - timedelta(hours=1)


def _stage(cursor: Any, held: list[dict[str, Any]], places: list[Any]) -> None:
    cursor.execute("CREATE UNLOGGED TABLE places (n int, id uuid)")
    cursor.executemany("INSERT INTO places VALUES (%s, %s)", list(enumerate(places, start=1)))
    cursor.execute(
        "CREATE UNLOGGED TABLE quoted (n int, service uuid, edition uuid, authority uuid, data jsonb, lines jsonb, fee bigint)"
    )
    cursor.executemany(
        "INSERT INTO quoted VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [
            (
                n,
                v.id,
                v.version_id,
                v.authority,
                json.dumps(one["data"]),
                json.dumps(one["lines"]),
                one["fee"],
            )
            for n, one in enumerate(held, start=1)
            for v in (one["view"],)
        ],
    )


DRAW = """
CREATE UNLOGGED TABLE drawn AS
SELECT r.n, {id} AS id, p.id AS centre, q.service, q.edition, q.authority, q.data, q.fee + more AS fee,
       CASE WHEN more = 0 THEN q.lines
            ELSE jsonb_set(q.lines, '{{0,amount}}', to_jsonb((q.lines->0->>'amount')::bigint + more)) END AS lines,
       %(until)s::timestamptz - make_interval(secs => %(span)s * (1 - r.n::float / %(number)s)) AS at
FROM (SELECT n, random() AS r1, random() AS r2, CASE WHEN n %% %(wrong)s = 0 THEN 5000 ELSE 0 END AS more
      FROM generate_series(1, %(number)s) AS n OFFSET 0) AS r
JOIN places p ON p.n = 1 + floor(power(r.r1, 1.6) * (SELECT count(*) FROM places))::int
JOIN quoted q ON q.n = 1 + floor(r.r2 * %(quotes)s)::int
""".format(
    id="(lpad(to_hex(1728000000000 + r.n), 12, '0') || '70008000' || lpad(to_hex(r.n), 12, '0'))::uuid"
)
NOBODY = "'00000000-0000-0000-0000-000000000001'"
CASES = f"""
INSERT INTO cases_case (id, owner, epoch, version, number, centre_id, authority_id, service_id, edition_id, status, outcome, data,
                        hands, opened_by, opened_at, received_at, closed_at, due_why, steps)
SELECT id, kernel_this_node(), 1, 5, id::text, centre, authority, service, edition, 'handed_over', 'approve', data, '[]',
       {NOBODY}, at, at, at, '{{}}', 3 FROM drawn
"""
CHARGES = f"""
INSERT INTO payments_charge (id, owner, epoch, version, subject, centre_id, service, edition, currency, fee, state, made_by,
                             made_at, ended_at, waiver, ground, note, lines)
SELECT id, kernel_this_node(), 1, 2, id, centre, service, edition, 'LAK', fee, 'settled', {NOBODY}, at, at, '', '', '', lines
FROM drawn
"""
RECEIPTS_OF = f"""
INSERT INTO payments_receipt (id, owner, epoch, version, number, code_hash, kind, state, subject, centre_id, service, officer,
                              day, issued_at, currency, lines, fee, incidental, total, tendered, change_given, change_owed,
                              ground, void_reason, void_note, prints, charge_id, session_id)
SELECT id, kernel_this_node(), 1, 1, 'bench-' || n, '', 'cash', 'valid', id, centre, service, {NOBODY},
       (at AT TIME ZONE 'Asia/Vientiane')::date, at, 'LAK', lines, fee, 0, fee, fee, 0, 0, '', '', '', 1, id, id
FROM drawn
"""

if __name__ == "__main__":
    main()
