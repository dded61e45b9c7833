"""Completing a user task through the domain, against the same rows written by one prepared transaction from psycopg.

The process has ten tasks: a check, three reviews at once and their join, a decision that returns the application, a
correction. Each step ends a task, moves its token and begins what follows; most reckon a due date by the office's calendar and
start a term, the last review takes the tokens of the others with it.
"""

from __future__ import annotations

import os
import time
from datetime import date
from typing import Any
from uuid import UUID

from bench.harness import finish, interleaved, node, open_always, say
from bench.permit import OUTCOMES, REASON, ROUND, publish

GOALS = {"ratio_to_raw": ("<=", 1.5), "statements_per_step": ("<=", 12)}
CENTRE, SERVICE = "0103-1", "birth-registration"
CASES, TURNS, ROUNDS = 20, 2, 7
ANSWERS: dict[str, Any] = {
    "child_name": {"lo": "ນາງ ດາວ ວົງໄຊ", "en": "Dao Vongxay"},
    "sex": "female",
    "birth_date": "2026-02-20",
    "birth_district": "0103",
    "birth_site": "hospital",
    "nationality": "lao",
    "mother_name": {"lo": "ນາງ ຄຳ ວົງໄຊ", "en": "Kham Vongxay"},
    "family_district": "0103",
    "family_village": "ໂພນທັນ",
    "informant_name": {"lo": "ນາງ ຄຳ ວົງໄຊ", "en": "Kham Vongxay"},
    "informant_relation": "mother",
}
SCAN = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)


def main() -> None:
    """Fills a node, lets both take turns, counts the statements of a step."""
    with node():
        open_always(CENTRE)
        subject = Subject()
        floor = Floor(subject)
        subject.cases, floor.cases = subject.filled(), subject.filled()
        subject.round()
        floor.round()
        seen = interleaved(ROUNDS, subject=subject.round, floor=floor.round)
        statements = subject.counted()
        figures = {
            "ratio_to_raw": round(seen["subject"]["ms"] / seen["floor"]["ms"], 2),
            "statements_per_step": statements,
            "drained_ms": round(seen["subject"]["drained_ms"], 2),
            "step_ms": round(seen["subject"]["ms"], 3),
            "raw_ms": round(seen["floor"]["ms"], 3),
        }
        finish("step", figures, GOALS)


def drain() -> None:
    """Seal and deliver all that waits."""
    from onedoor.kernel.clock import now
    from onedoor.kernel.letters import deliver_batch, seal_batch

    while seal_batch():
        pass
    while deliver_batch(at=now()):
        pass


class Subject:
    """Steps as the doors take them: `cases.api.complete`."""

    def __init__(self) -> None:
        from onedoor.domain.access import api as access
        from onedoor.kernel.scope import everything

        with everything("a benchmark sets itself up"):
            self.centre = access.unit_by_code(CENTRE).id
            edition = publish(SERVICE)
            self.service = edition.id
            self.officer = self._login("bench-officer", "officer", self.centre)
            self.decider = self._login("bench-decider", "ministry_officer", edition.authority)
        self.cases: list[UUID] = []

    def _login(self, username: str, role: str, unit: UUID) -> Any:
        from onedoor.domain.access import api as access
        from onedoor.kernel.clock import now
        from onedoor.kernel.ids import new_id
        from onedoor.kernel.scope import Actor

        by, at, id = Actor.system(), now(), new_id()
        access.save_login(by=by, at=at, id=id, username=username, name={"lo": username, "en": username})
        access.grant(by=by, at=at, login=id, role=role, unit=unit, valid_from=date(2020, 1, 1))
        return Actor("staff", id)

    def filled(self) -> list[UUID]:
        """Cases that wait for their decision."""
        from onedoor.domain.cases import api as cases
        from onedoor.domain.catalogue import api as catalogue
        from onedoor.kernel.clock import now
        from onedoor.kernel.scope import everything

        made = []
        with everything("a benchmark fills its node"):
            papers = [paper.code for paper in catalogue.service_by_id(self.service).papers if paper.required]
            for _ in range(CASES):
                by, at = self.officer, now()
                draft = cases.open_draft(by=by, at=at, centre=self.centre, service=self.service)
                cases.save_draft(by=by, at=at, case=draft.id, data=ANSWERS)
                for paper in papers:
                    cases.attach(by=by, at=at, case=draft.id, paper=paper, content=SCAN, name="scan.png")
                made.append(cases.receive(by=by, at=at, case=draft.id, identity="document").case)
        drain()
        return made

    def step(self, task: UUID, node: str) -> None:
        """Do the task in the way that keeps the case going round."""
        from onedoor.domain.cases import api as cases
        from onedoor.kernel.clock import now

        outcome = OUTCOMES.get(node, "done")
        reason = REASON if outcome == "return" else ""
        by = self.officer if node == "correct" else self.decider
        cases.complete(by=by, at=now(), task=task, outcome=outcome, reason=reason)

    def round(self) -> dict[str, float]:
        """Milliseconds a step, and a step with its letter sealed and delivered."""
        taken = drained = 0.0
        for _ in range(TURNS):
            for wanted in ROUND:
                tasks = waiting(self.cases, wanted)
                began = time.perf_counter()
                for task in tasks:
                    self.step(task, wanted)
                taken += time.perf_counter() - began
                drain()
                drained += time.perf_counter() - began
        steps = TURNS * len(ROUND) * CASES
        return {"ms": taken / steps * 1e3, "drained_ms": drained / steps * 1e3}

    def counted(self) -> int:
        """The most statements of a step, BEGIN and COMMIT counted."""
        import psycopg

        most, seen, execute = 0, [0], psycopg.Cursor.execute

        def counting(cursor: Any, *args: Any, **more: Any) -> Any:
            seen[0] += 1
            return execute(cursor, *args, **more)

        psycopg.Cursor.execute = counting  # type: ignore[assignment,method-assign]
        try:
            for wanted in ROUND:
                task = waiting(self.cases[:1], wanted)[0]
                seen[0] = 0
                self.step(task, wanted)
                say(f"{wanted}: {seen[0] + 2} statements from BEGIN to COMMIT")
                most = max(most, seen[0] + 2)
        finally:
            psycopg.Cursor.execute = execute  # type: ignore[method-assign]
        return most


def waiting(cases: list[UUID], node: str) -> list[UUID]:
    """The open tasks of an element."""
    from onedoor.domain.cases.models import Task

    found = Task.objects.filter(case_id__in=cases, state="open", node=node).values_list("id", flat=True)
    return list(found)


class Captured(Exception):
    """The statement that a step would write, and its values; raised instead of writing."""


class Floor:
    """The same rows from psycopg itself: lock, then one prepared statement, then commit."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.cases: list[UUID] = []

    def round(self) -> dict[str, float]:
        """Milliseconds a step; everything that Python has to find out is known before."""
        import psycopg

        taken = 0.0
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            for _ in range(TURNS):
                for wanted in ROUND:
                    known = [self._known(task, wanted) for task in waiting(self.cases, wanted)]
                    began = time.perf_counter()
                    for task, statement, values in known:
                        connection.execute(LOCK, [task], prepare=True).fetchone()
                        connection.execute(statement, values, prepare=True).fetchone()
                        connection.commit()
                    taken += time.perf_counter() - began
                    drain()
        return {"ms": taken / (TURNS * len(ROUND) * CASES) * 1e3}

    def _known(self, task: UUID, wanted: str) -> tuple[UUID, str, Any]:
        """What the domain would write for this step; its transaction is rolled back before it is written."""
        import contextlib
        from collections.abc import Iterator
        from unittest.mock import patch

        from onedoor.domain.cases.models import steps

        whole = steps.prepared

        @contextlib.contextmanager
        def watched() -> Iterator[Any]:
            with whole() as cursor:
                yield Watched(cursor)

        try:
            with patch.object(steps, "prepared", watched):
                self.subject.step(task, wanted)
        except Captured as found:
            statement, values = found.args
            return task, statement, values
        raise SystemExit("a step wrote nothing")


class Watched:
    """A cursor that lets the lock through, and gives away what would be written."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor

    def execute(self, statement: str, values: Any) -> None:
        """Lock, or give away."""
        if isinstance(values, dict) and "before" in values:
            raise Captured(statement, values)
        self.cursor.execute(statement, values)

    def fetchone(self) -> Any:
        """The row of the lock."""
        return self.cursor.fetchone()


LOCK = """
SELECT c.version FROM cases_task t JOIN cases_case c ON c.id = t.case_id WHERE t.id = %s FOR UPDATE OF c, t
"""

if __name__ == "__main__":
    main()
