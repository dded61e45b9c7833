"""The case list and search with a million cases, as an officer of a ministry and a head of a centre ask for them.

The cases are written by plain SQL: two ministries, forty centres, five years; each with the task that brought it to its
office. The floor is the first page of one centre by one prepared statement on the same table.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from bench.harness import finish, node, say

GOALS = {"p50_ms": ("<=", 50), "p95_ms": ("<=", 150)}
CASES = int(os.environ.get("BENCH_CASES", "1000000"))
ASKED = 400
SYLLABLES = "ກອງ ຂັນ ຄຳ ຈັນ ດາວ ຕຸ້ຍ ທອງ ນາງ ບຸນ ປານ ພອນ ມະນີ ລັດ ວົງ ສົມ ສີ ສຸກ ແສງ ໄຊ ແກ້ວ ຫຼວງ ໝັ້ນ".split()
LATIN = "kong khan kham chan dao touy thong nang boun pan phone mani lat vong som si souk seng xay keo luang man".split()
SURNAMES = [a + b for a in LATIN for b in LATIN]

FILL = """
INSERT INTO cases_case (id, owner, epoch, version, number, centre_id, authority_id, service_id, edition_id, person_id, status,
  outcome, data, hands, opened_by, opened_at, received_by, received_at, closed_at, due_on, due_why, steps, origin, words)
SELECT md5('case ' || n)::uuid, kernel_this_node(), 1, 1, 'B-' || n, c.id, s.authority, s.id, s.edition, NULL, c.status, '',
  '{}', '[]', c.id, c.at, c.id, c.at, CASE WHEN c.status IN ('in_progress', 'waiting_for_applicant') THEN NULL
  ELSE c.at + interval '3 days' END, (c.at + interval '5 days')::date, '{}', 2, '',
  concat_ws(' ', 'b', n, (%(lao)s::text[])[1 + n %% %(names)s], (%(surnames)s::text[])[1 + (n * 7) %% %(count)s], 'b' || n)
FROM (SELECT n, (%(centres)s::uuid[])[1 + (n * 13) %% %(places)s] AS id,
             timestamptz '2021-06-01' + n * %(apart)s AS at,
             CASE WHEN n > %(total)s * 0.97 THEN (ARRAY['in_progress', 'waiting_for_applicant'])[1 + n %% 2]
                  WHEN n %% 20 = 0 THEN 'refused' WHEN n %% 200 = 1 THEN 'withdrawn' ELSE 'handed_over' END AS status
      FROM generate_series(%(first)s::bigint, %(last)s::bigint) n) c
CROSS JOIN LATERAL (SELECT (%(services)s::uuid[])[i] AS id, (%(authorities)s::uuid[])[i] AS authority,
                           (%(editions)s::uuid[])[i] AS edition FROM (SELECT 1 + (c.n %% %(kinds)s)::int AS i) i) s
"""
TASKS = """
INSERT INTO cases_task (id, case_id, token, place, node, kind, audience, role, unit_id, separated, state, opened_at, due_order,
  due_why, outcome, reason, attempts, fault)
SELECT md5('task ' || c.number)::uuid, c.id, md5('token ' || c.number)::uuid, 2, 'decide', 'user', 'back', 'ministry_officer',
  c.authority_id, true, 'done', c.received_at, '9999-12-31', '{}', 'approve', '', 0, '' FROM cases_case c
"""
FLOOR = """
SELECT id, number, status, service_id, edition_id, centre_id, received_at, due_on, closed_at, origin FROM cases_case
WHERE centre_id = %s AND received_at IS NOT NULL ORDER BY received_at DESC, id DESC LIMIT 51
"""


def main() -> None:
    """Fills the tables, asks in turn for lists and searches, says how long they took."""
    with node():
        began = time.perf_counter()
        world = World()
        world.fill()
        say(f"{CASES:,} cases in {time.perf_counter() - began:.0f} s")
        chance = Random(1)
        lists = measured([world.a_list(chance) for _ in range(ASKED)])
        searches = measured([world.a_search(chance) for _ in range(ASKED)])
        floors = measured([world.the_floor(chance) for _ in range(ASKED)])
        both = sorted(lists + searches)
        figures: dict[str, Any] = {
            "p50_ms": round(statistics.median(both), 2),
            "p95_ms": round(both[int(len(both) * 0.95)], 2),
            "list_p50_ms": round(statistics.median(lists), 2),
            "list_p95_ms": round(sorted(lists)[int(ASKED * 0.95)], 2),
            "search_p50_ms": round(statistics.median(searches), 2),
            "search_p95_ms": round(sorted(searches)[int(ASKED * 0.95)], 2),
            "most_ms": round(both[-1], 1),
            "raw_page_p50_ms": round(statistics.median(floors), 2),
            "cases": CASES,
        }
        finish("list", figures, GOALS)


def measured(questions: list[Callable[[], object]]) -> list[float]:
    """Milliseconds of each; a few are asked before, so that statements are prepared."""
    for question in questions[:12]:
        question()
    taken = []
    for question in questions:
        began = time.perf_counter()
        question()
        taken.append((time.perf_counter() - began) * 1e3)
    return taken


class World:
    """The pack's units and services, and who asks."""

    def __init__(self) -> None:
        from onedoor.domain.access import api as access
        from onedoor.domain.catalogue import api as catalogue
        from onedoor.domain.centres import api as centres
        from onedoor.kernel.scope import everything

        with everything("a benchmark sets itself up"):
            self.services = sorted(catalogue.services(), key=lambda one: one.code)
            self.centres = [one.id for one in sorted(centres.centres(), key=lambda one: one.code)[:40]]
            ministries = sorted({one.authority for one in self.services})
            self.officers = [
                self._login(f"bench-m{n}", "ministry_officer", one) for n, one in enumerate(ministries)
            ]
            self.heads = [
                self._login(f"bench-c{n}", "officer", one) for n, one in enumerate(self.centres[:5])
            ]
        access.refresh()

    def _login(self, username: str, role: str, unit: Any) -> Any:
        from onedoor.domain.access import api as access
        from onedoor.kernel.clock import now
        from onedoor.kernel.ids import new_id
        from onedoor.kernel.scope import Actor

        by, at, id = Actor.system(), now(), new_id()
        access.save_login(by=by, at=at, id=id, username=username, name={"lo": username, "en": username})
        access.grant(by=by, at=at, login=id, role=role, unit=unit, valid_from=date(2020, 1, 1))
        return Actor("staff", id)

    def fill(self) -> None:
        """A million cases by plain SQL, with the trigger that guards them."""
        from django.db import connection

        from onedoor.domain.cases.rules.finding import search_words

        names = [search_words(f"{a}{b}").split(" ")[0] for a in SYLLABLES for b in SYLLABLES]
        values = {
            "centres": self.centres,
            "places": len(self.centres),
            "services": [one.id for one in self.services],
            "authorities": [one.authority for one in self.services],
            "editions": [one.version_id for one in self.services],
            "kinds": len(self.services),
            "lao": names,
            "names": len(names),
            "surnames": SURNAMES,
            "count": len(SURNAMES),
            "apart": timedelta(days=1900) / CASES,
            "total": CASES,
        }
        step = max(1, CASES // 10)
        with connection.cursor() as cursor:
            for first in range(1, CASES + 1, step):
                cursor.execute(FILL, {**values, "first": first, "last": min(first + step - 1, CASES)})
                say(f"{first + step - 1:,}")
            cursor.execute(TASKS)
            cursor.execute("VACUUM ANALYZE cases_case")
            cursor.execute("VACUUM ANALYZE cases_task")

    def someone(self, chance: Random) -> Any:
        """An officer of a ministry, or somebody at a centre."""
        return chance.choice(self.officers if chance.random() < 0.6 else self.heads)

    def a_list(self, chance: Random) -> Callable[[], object]:
        """The list as people narrow it: mostly not at all."""
        from onedoor.domain.cases import api as cases
        from onedoor.kernel.clock import now

        day = date(2021, 6, 1) + timedelta(days=chance.randrange(1800))
        wanted: dict[str, Any] = chance.choice(
            (
                {},
                {},
                {"due": "overdue"},
                {"due": "week"},
                {"status": "in_progress"},
                {"status": "refused"},
                {"status": "withdrawn"},
                {"status": "issued"},
                {"service": chance.choice(self.services).id},
                {"since": day, "until": day + timedelta(days=30)},
                {
                    "after": f"{datetime.combine(day, datetime.min.time()).isoformat()}+00:00.{self.centres[0]}"
                },
            )
        )
        who, at = self.someone(chance), now()
        return lambda: cases.find_cases(who, at=at, **wanted)

    def a_search(self, chance: Random) -> Callable[[], object]:
        """A number, a part of one, a name in Lao or Latin, a whole or half one, one that nobody has."""
        from onedoor.domain.cases import api as cases
        from onedoor.kernel.clock import now

        number = chance.randrange(1, CASES)
        text = chance.choice(
            (
                f"B-{number}",
                str(number),
                str(number)[:4],
                chance.choice(SURNAMES),
                chance.choice(SURNAMES)[:5],
                chance.choice(LATIN),
                chance.choice(SYLLABLES) + chance.choice(SYLLABLES),
                chance.choice(SYLLABLES),
                "nobody at all",
            )
        )
        who, at = self.someone(chance), now()
        return lambda: cases.find_cases(who, at=at, text=text)

    def the_floor(self, chance: Random) -> Callable[[], object]:
        """One page of one centre, by one statement."""
        from onedoor.kernel.aggregate import prepared

        centre = chance.choice(self.centres)

        def ask() -> object:
            with prepared() as cursor:
                cursor.execute(FLOOR, [centre])
                return cursor.fetchall()

        return ask


if __name__ == "__main__":
    main()
