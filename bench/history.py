"""What a million past visits cost those who come today: the steps of the front line and its pages, before and after.

One node. First nothing is in it but the pack; then a million finished tickets of 110 centres and two years are written by plain
SQL, with a tenth of them at the centre that is measured, and every step and page is timed again. ``slowdown`` is the worst
ratio of medians; each is told. What reads four weeks of the past by its nature (the head's page of told waits) has nothing
to read on an empty node: it is shown by itself (``told_days_ms``) and is no ratio. BENCH_VISITS asks for fewer.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any
from uuid import UUID

from bench.harness import Figures, Goal, finish, node, open_always, say

GOALS: dict[str, Goal] = {"slowdown": ("<=", 1.3)}
VISITS, ROUNDS = int(os.environ.get("BENCH_VISITS", "1000000")), int(os.environ.get("BENCH_ROUNDS", "60"))
CODE, OWN = "0103-1", 0.1
LINE = 12
WARM = 4
"""Rounds of rounds before anything counts: afterwards as many calls as a wait looks at (`MOST_CALLS`) were made today."""
OF_THE_PAST = ("told_days",)
FILL = """
INSERT INTO queue_ticket (id, owner, epoch, version, centre_id, service_id, counter_id, officer_id, visit, day, number, token,
  status, priority, place, name, calls, issued_at, called_at, started_at, ended_at, promised_low, promised_high)
SELECT gen_random_uuid(), kernel_this_node(), 1, 4, c.id, %(service)s, %(counter)s, NULL, gen_random_uuid(), at.came::date,
  'H' || r.n, 'past-' || r.n, 'served', r.n %% 10 = 0, at.came, '', 1, at.came, at.came + interval '12 min',
  at.came + interval '13 min', at.came + interval '22 min', 5, 20
FROM generate_series(1, %(visits)s) AS r (n)
CROSS JOIN LATERAL (SELECT CASE WHEN r.n %% 10 < %(own)s * 10 THEN %(centre)s::uuid ELSE md5('c' || r.n %% 109)::uuid END AS id) c
CROSS JOIN LATERAL (SELECT date_trunc('day', %(until)s::timestamptz) - make_interval(days => 1 + (r.n / 10) %% 500)
  + make_interval(mins => 60 + (r.n / 7) %% 420) AS came) at
"""


def main() -> None:
    """Times everything on the empty node, fills it, and times it again."""
    with node():
        stage = Stage()
        stage.fill_line()
        stage.settle()
        for _ in range(WARM):  # not counted: a process is slow at first; a busy hour lies behind both
            stage.timed()
        empty = stage.timed()
        stage.fill()
        full = stage.timed()
    ratios = {name: full[name] / max(empty[name], 1e-9) for name in empty if name not in OF_THE_PAST}
    for name, ratio in sorted(ratios.items(), key=lambda pair: -pair[1]):
        say(f"{name}: {empty[name]:.2f} ms, then {full[name]:.2f} ms: {ratio:.2f} x")
    figures: Figures = {"slowdown": round(max(ratios.values()), 2), "visits": VISITS}
    figures |= {f"{name}_ms": round(value, 2) for name, value in full.items()}
    finish("history", figures, GOALS)


class Stage:
    """A centre that is open around the clock, and what people and screens do there."""

    def __init__(self) -> None:
        from django.test import Client

        from onedoor.domain.centres import api as centres
        from onedoor.kernel.scope import Actor, everything

        open_always(CODE)
        self.by, self.browser = Actor.system(), Client(headers={"Host": "127.0.0.1"})
        with everything("a benchmark looks at its centre"):
            view = centres.centre_by_code(CODE)
            self.centre, self.service = view.id, view.offers[0].service
            self.counter = centres.counters(view.id)[0].id
        self.token = ""

    def fill_line(self) -> None:
        """Some people wait."""
        for _ in range(LINE):
            self.token = self.take().token

    def take(self) -> Any:
        """Somebody comes."""
        from onedoor.domain.queue import api as queue
        from onedoor.kernel.clock import now

        return queue.take_ticket(by=self.by, at=now(), centre=self.centre, service=self.service)

    def cycle(self) -> dict[str, float]:
        """One person comes, is called, served and goes; milliseconds of each step."""
        from onedoor.domain.queue import api as queue
        from onedoor.kernel.clock import now

        found: dict[str, float] = {}
        held: dict[str, UUID] = {}

        def call() -> None:
            held["ticket"] = queue.call_next(by=self.by, at=now(), counter=self.counter).id

        for name, step in {
            "take": self.take,
            "call": call,
            "start": lambda: queue.start(by=self.by, at=now(), ticket=held["ticket"], centre=self.centre),
            "finish": lambda: queue.finish(by=self.by, at=now(), ticket=held["ticket"], centre=self.centre),
        }.items():
            found[name] = _ms(step)
        return found

    def pages(self) -> dict[str, float]:
        """What people look at while they wait, or before they leave home; milliseconds of each."""
        from onedoor.domain.queue import api as queue
        from onedoor.kernel.clock import now

        at = now()
        day = at.date()
        return {
            "board": _ms(lambda: self._get(f"/board/{CODE}/")),
            "ticket_page": _ms(lambda: self._get(f"/t/{self.token}/")),
            "centre_page": _ms(lambda: self._get(f"/centres/{CODE}/")),
            "centres": _ms(lambda: self._get("/centres/")),
            "line": _ms(lambda: queue.line(self.centre, counter=self.counter, at=at)),
            "expect": _ms(lambda: queue.expect(self.centre, service=self.service, at=at)),
            "told_days": _ms(lambda: queue.told_days(self.centre, since=day - timedelta(days=28), until=day)),
        }

    def timed(self) -> dict[str, float]:
        """Medians over the rounds, after some to warm up."""
        from onedoor.kernel.scope import everything

        seen: dict[str, list[float]] = {}
        with everything("a benchmark works at its centre"):
            for number in range(ROUNDS + 5):
                for name, value in {**self.cycle(), **self.pages()}.items():
                    if number >= 5:
                        seen.setdefault(name, []).append(value)
        return {name: median(values) for name, values in seen.items()}

    def settle(self) -> None:
        """Both times the database knows its tables."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def fill(self) -> None:
        """Write the past, and let the database learn of it."""
        from django.db import connection

        from onedoor.domain.queue.actions.learning import learn_hall
        from onedoor.kernel.clock import now
        from onedoor.kernel.scope import everything

        began = time.monotonic()
        about: dict[str, Any] = {
            "service": self.service,
            "counter": self.counter,
            "centre": self.centre,
            "own": OWN,
        }
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE queue_ticket DISABLE TRIGGER USER")
            cursor.execute(FILL, {**about, "visits": VISITS, "until": now()})
            cursor.execute("ALTER TABLE queue_ticket ENABLE TRIGGER USER")
        self.settle()
        say(f"{VISITS:,} past visits in {time.monotonic() - began:.0f} s")
        began = time.monotonic()
        with everything("a benchmark learns of its hall"):
            days = learn_hall(by=self.by, at=now(), centre=self.centre)
        say(f"learnt of {days} days in {time.monotonic() - began:.1f} s")

    def _get(self, address: str) -> None:
        answer = self.browser.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")


def _ms(happening: Callable[[], object]) -> float:
    began = time.perf_counter()
    happening()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
