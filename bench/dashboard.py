"""National key figures with ten million finished cases in the projections, and how soon a letter shows in them.

Subject: the console's own pages over HTTP, as the owner of the network opens them: the country, and key figures by centre,
service, ministry, channel, month, sex. Floor: the SELECT of the same tallies by a prepared statement, nothing else. Fresh: from
the answer to a machine that took a ticket until the country's count has grown, asked every 50 ms.
ONEDOOR_BENCH_CASES tries it with fewer.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench import nation
from bench.clients import Line, Times
from bench.frontline import session_of
from bench.harness import finish, machine_token, node, open_always, say, served

CASES = int(os.environ.get("ONEDOOR_BENCH_CASES", "10000000"))
ROUNDS, FRESH = 40, 12
CENTRE = "0103-1"
GOALS = {"p95_ms": ("<=", 100), "fresh_s": ("<=", 5), "agrees": ("==", True)}
PAGES = {
    "country": "/console/",
    "centre": "/console/figures/?by=centre&measure=wait_median",
    "service": "/console/figures/?by=service&measure=duration_median",
    "ministry": "/console/figures/?by=ministry&measure=on_time",
    "channel": "/console/figures/?by=channel&measure=satisfied",
    "month": "/console/figures/?by=month&measure=on_time",
    "sex": "/console/figures/?by=sex",
}
FLOOR = (
    "SELECT centre, waits, durations, served, wait_n, wait_sum, wait_within, done, due_n, on_time, rated, satisfied"
    " FROM monitoring_tally WHERE grain = 'y' AND dim = '' AND service = %s AND period = %s AND centre <> %s"
)


class Owner:
    """The browser of the network's owner."""

    def __init__(self, address: str, session: str) -> None:
        host, port = address.removeprefix("http://").split(":")
        self.line, self.times = Line(host, int(port)), Times()
        self.headers = f"Cookie: onedoor_session={session}; onedoor_language=lo\r\n"

    def get(self, path: str) -> tuple[float, bytes]:
        """How long a page took (milliseconds), and the page."""
        began = time.perf_counter()
        status, _, content = self.line.ask("GET", path, self.headers, b"", self.times)
        took = (time.perf_counter() - began) * 1000
        if status != 200:
            raise SystemExit(f"{path} gave {status}: {content[:300]!r}")
        return took, content


def main() -> None:
    """Fills a node, serves it, opens the pages in turn, then times fresh letters."""
    with node() as place:
        say(f"{CASES} cases in {place}")
        open_always(CENTRE)
        nation.more_centres(nation.CENTRES)
        token = machine_token(CENTRE, "queue.take")
        from onedoor.domain.access.api import login_by_name
        from onedoor.kernel.clock import now

        session = session_of(login_by_name("owner").id)
        began = time.monotonic()
        parts = nation.fill(CASES, until=now())
        filled = time.monotonic() - began
        from django.db import connection

        with connection.cursor() as cursor:
            agrees = nation.check(cursor)
            floor = _floor(cursor)
        with served(place) as server:
            owner = Owner(server.address, session)
            looks = _looks(owner)
            fresh = _fresh(owner, server.address, token)
        size = _size(place)
    every = [took for those in looks.values() for took in those]
    figures = {
        "p50_ms": round(statistics.median(every), 1),
        "p95_ms": round(statistics.quantiles(every, n=20)[18], 1),
        "fresh_s": round(max(fresh), 2),
        "fresh_median_s": round(statistics.median(fresh), 2),
        "floor_p50_ms": round(statistics.median(floor), 1),
        "cases": CASES,
        "agrees": agrees,
        "fill_s": round(filled),
        "database_gb": size,
        **{
            f"{name}_p95_ms": round(statistics.quantiles(those, n=20)[18], 1) for name, those in looks.items()
        },
    }
    finish("dashboard", figures, GOALS, more={"filling": parts})


def _looks(owner: Owner) -> dict[str, list[float]]:
    """Each page in turn, after one look at each that is not counted."""
    for path in PAGES.values():
        owner.get(path)
    looks: dict[str, list[float]] = {name: [] for name in PAGES}
    for number in range(ROUNDS):
        for name, path in PAGES.items():
            looks[name].append(owner.get(path)[0])
        if number % 10 == 9:
            say(
                f"round {number + 1}: "
                + ", ".join(f"{name} {those[-1]:.0f} ms" for name, those in looks.items())
            )
    return looks


def _fresh(owner: Owner, address: str, token: str) -> list[float]:
    """Seconds from the answer to a ticket until it is in the day's figures of the country."""
    from onedoor.domain.centres.api import centre_by_code
    from onedoor.kernel.scope import everything

    host, port = address.removeprefix("http://").split(":")
    machine, times = Line(host, int(port)), Times()
    with everything("a benchmark asks"):
        service = str(centre_by_code(CENTRE).offers[0].service)
    waited = []
    for _number in range(FRESH):
        before = owner.get("/console/")[1]
        headers = f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\nIdempotency-Key: {uuid4().hex}\r\n"
        body = json.dumps({"service": service}).encode()
        status, _, content = machine.ask("POST", f"/api/v1/centres/{CENTRE}/tickets", headers, body, times)
        if status != 201:
            raise SystemExit(f"a ticket gave {status}: {content[:300]!r}")
        began = time.monotonic()
        while _waiting(owner.get("/console/")[1]) <= _waiting(before):
            if time.monotonic() - began > 60:
                raise SystemExit("a letter did not show within a minute")
            time.sleep(0.05)
        waited.append(time.monotonic() - began)
    return waited


def _waiting(page: bytes) -> int:
    """The first figure of the headline: how many wait now."""
    return int(
        page.split(b'class="headline"', 1)[1].split(b"<dd>", 1)[1].split(b"</dd>", 1)[0].replace(b".", b"")
    )


def _floor(cursor: Any) -> list[float]:
    """The rows of the dearest page by one statement."""
    cursor.execute("SELECT max(period) FROM monitoring_tally WHERE grain = 'y'")
    year = cursor.fetchone()[0]
    took, zero = [], "00000000-0000-0000-0000-000000000000"
    for _number in range(ROUNDS):
        began = time.perf_counter()
        cursor.execute(FLOOR, [zero, year, zero])
        cursor.fetchall()
        took.append((time.perf_counter() - began) * 1000)
    return took


def _size(place: Path) -> float:
    return round(sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) / 2**30, 1)


if __name__ == "__main__":
    main()
