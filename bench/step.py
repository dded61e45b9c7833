"""Completing a user task through the domain, against the same rows written by one prepared transaction from psycopg.

The process is the Lao pack's birth registration: *decide* returns the application, *correct* sends it back. Each step ends
a task, moves the token and begins the next; every second one reckons a due date and starts a term, the others stop one.
"""

from __future__ import annotations

import os
import time
from datetime import date
from typing import Any
from uuid import UUID

from bench.harness import finish, interleaved, node, open_always, say

GOALS = {"ratio_to_raw": ("<=", 1.5), "statements_per_step": ("<=", 12)}
CENTRE, SERVICE = "0103-1", "birth-registration"
CASES, TURNS, ROUNDS = 20, 5, 7
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
REASON = "ຊື່ບໍ່ຄົບ"


def main() -> None:
    """Fills a node, lets both take turns, counts the statements of a step."""
    with node():
        open_always(CENTRE)
        subject, floor = Subject(), Floor()
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
        from onedoor.domain.catalogue import api as catalogue
        from onedoor.kernel.scope import everything

        with everything("a benchmark sets itself up"):
            self.centre = access.unit_by_code(CENTRE).id
            edition = catalogue.service(SERVICE)
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
                made.append(cases.receive(by=by, at=at, case=draft.id).case)
        drain()
        return made

    def step(self, task: UUID, node: str) -> None:
        """Return it, or send it back."""
        from onedoor.domain.cases import api as cases
        from onedoor.kernel.clock import now

        if node == "decide":
            cases.complete(by=self.decider, at=now(), task=task, outcome="return", reason=REASON)
        else:
            cases.complete(by=self.officer, at=now(), task=task)

    def round(self) -> dict[str, float]:
        """Milliseconds a step, and a step with its letter sealed and delivered."""
        taken = drained = 0.0
        for _ in range(TURNS):
            for wanted in ("decide", "correct"):
                tasks = waiting(self.cases, wanted)
                began = time.perf_counter()
                for task in tasks:
                    self.step(task, wanted)
                taken += time.perf_counter() - began
                drain()
                drained += time.perf_counter() - began
        steps = TURNS * 2 * CASES
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
            for wanted in ("decide", "correct"):
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


class Floor:
    """The same rows from psycopg itself: lock, then one prepared statement, then commit."""

    def __init__(self) -> None:
        self.cases: list[UUID] = []

    def round(self) -> dict[str, float]:
        """Milliseconds a step; everything that Python has to find out is known before."""
        import psycopg

        taken = 0.0
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            for turn in range(TURNS * 2):
                wanted = "decide" if turn % 2 == 0 else "correct"
                prepared = [self._values(connection, case, wanted) for case in self.cases]
                connection.commit()
                began = time.perf_counter()
                for values in prepared:
                    connection.execute(LOCK, [values["task"]], prepare=True).fetchone()
                    connection.execute(SQL[wanted](), values, prepare=True).fetchone()
                    connection.commit()
                taken += time.perf_counter() - began
                drain()
        return {"ms": taken / (TURNS * 2 * CASES) * 1e3}

    def _values(self, connection: Any, case: UUID, wanted: str) -> dict[str, Any]:
        from psycopg.types.json import Jsonb

        from onedoor.domain.cases.events import StepTaken
        from onedoor.kernel.clock import now
        from onedoor.kernel.ids import new_id
        from onedoor.kernel.letters import letter_values
        from onedoor.kernel.scope import Actor

        row = connection.execute(STANDS, [case]).fetchone()
        version, number_of_steps, data, hands, centre, authority, task, token = row
        at, born, by = now(), new_id(), Actor("staff", UUID(int=9))
        following = "correct" if wanted == "decide" else "decide"
        front = following == "correct"
        outcome = "return" if wanted == "decide" else "done"
        begun = {
            "id": new_id(),
            "token": born,
            "place": number_of_steps + 1,
            "node": following,
            "kind": "user",
            "audience": "front" if front else "back",
            "role": "officer" if front else "ministry_officer",
            "unit_id": centre if front else authority,
            "separated": not front,
            "due_on": None if front else at.date(),
            "due_why": {} if front else {"days": 3, "from": str(at.date()), "kind": "working", "skipped": []},
            "try_at": None,
        }
        term = {"id": new_id(), "token": born, "node": "term", "due_at": at, "again": 0}
        event = StepTaken(
            task=task,
            node=wanted,
            outcome=outcome,
            status="in_progress",
            waiting=following,
            on_time=True,
            visit=None,
        )
        return {
            "words": None,
            **letter_values(event, kind="cases.case", by=by, at=at, centre=centre),
            "case": case,
            "before": version,
            "status": "in_progress",
            "outcome": "return",
            "data": Jsonb(data),
            "hands": Jsonb(hands),
            "steps": number_of_steps + 1,
            "closed_at": None,
            "task": task,
            "state": "done",
            "at_done": at,
            "by": by.id,
            "task_outcome": outcome,
            "reason": REASON if wanted == "decide" else "",
            "fault": "",
            "gone": [token],
            "fired": None,
            "token_ids": [born],
            "token_nodes": [following],
            "token_parents": [None],
            "token_marks": [""],
            "kept": _json({"tasks": {wanted: outcome}, "counts": {}}),
            "tasks": _json([begun]),
            "timers": _json([term]),
        }


STANDS = """
SELECT c.version, c.steps, c.data, c.hands, c.centre_id, c.authority_id, t.id, t.token
FROM cases_case c JOIN cases_task t ON t.case_id = c.id AND t.state = 'open' WHERE c.id = %s
"""
LOCK = """
SELECT c.version FROM cases_task t JOIN cases_case c ON c.id = t.case_id WHERE t.id = %s FOR UPDATE OF c, t
"""


def _json(rows: Any) -> str:
    import orjson

    return orjson.dumps(rows).decode()


def _statement(*parts: str) -> str:
    from onedoor.domain.cases.models import steps

    return steps._statement(("silenced", "tokens", "tasks", *parts))


SQL = {"decide": lambda: _statement(), "correct": lambda: _statement("timers")}

if __name__ == "__main__":
    main()
