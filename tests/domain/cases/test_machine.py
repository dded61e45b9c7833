"""What the node does by itself: service tasks with retry, terms in batches; nothing is lost."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.actions import services as services_module
from onedoor.domain.cases.actions import timers as timers_module
from onedoor.domain.cases.models import Case, Task, Timer
from onedoor.domain.cases.providers import base
from onedoor.domain.cases.rules import StuckToken
from onedoor.domain.cases.tasks import services, terms
from onedoor.kernel.errors import Refused
from onedoor.kernel.scope import everything
from tests.domain.catalogue.rules.process.bpmn import flow, process
from tests.factories.hall import SYSTEM, officer
from tests.factories.registry import Registry, open_task, received, registry


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A handler that fails as long as ``fails`` is set, after it has written something."""
    state: dict[str, Any] = {"fails": True, "ran": 0}
    whole = base.handler("documents.prepare")
    assert whole is not None

    def run(call: base.Call) -> None:
        state["ran"] += 1
        whole.run(call)
        if state["fails"]:
            raise OSError("the printer is on fire: Dao Vongxay")

    monkeypatch.setitem(base._handlers, "documents.prepare", base.Handler("documents.prepare", run))
    return state


def approved(world: Registry, at: datetime) -> cases.Received:
    got = received(world, at=at)
    cases.complete(by=world.decider, at=at, task=open_task(got.case), outcome="approve")
    return got


def test_a_failure_is_tried_again_then_seen_then_mended(
    world: Registry, at: datetime, broken: dict[str, Any]
) -> None:
    got = approved(world, at)
    moment = at
    for attempt in range(1, 6):
        assert services(at=moment) == 1
        task = Task.objects.get(case_id=got.case, kind="service")
        assert (task.attempts, task.fault) == (attempt, "OSError")
        assert services(at=moment) == 0
        moment = task.try_at or moment
    assert task.state == "failed" and broken["ran"] == 5
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM documents_document")
        assert cursor.fetchone()[0] == 0  # what a failed handler wrote is undone
    mender = officer(at=at, username="mender", unit=world.centre, permissions=["cases.mend"], role="mender")
    listed = cases.failed_services(mender)
    assert [(row["number"], row["state"], row["fault"]) for row in listed] == [
        (got.number, "failed", "OSError")
    ]
    with pytest.raises(Refused):
        cases.retry(by=world.officer, at=moment, task=task.id)
    broken["fails"] = False
    cases.retry(by=mender, at=moment, task=task.id)
    assert services(at=moment) == 1
    assert Task.objects.get(case_id=got.case, state="open").node == "check"
    assert not cases.failed_services(mender)
    with pytest.raises(cases.NotFailed):
        cases.retry(by=mender, at=moment, task=task.id)


def test_a_handler_that_is_not_installed_fails_visibly(
    world: Registry, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    got = approved(world, at)
    monkeypatch.delitem(base._handlers, "documents.prepare")
    assert services(at=at) == 1
    assert Task.objects.get(case_id=got.case, kind="service").fault == "LookupError"


def quiet() -> None:
    """Only the terms of steps are looked at: the clocks of the whole cases do not ring."""
    Timer.objects.filter(node__startswith="clock.").update(state="stopped")


def test_terms_fire_once_and_mark_what_is_overdue(world: Registry, at: datetime) -> None:
    made = [received(world, at=at) for _ in range(3)]
    assert terms(at=at + timedelta(days=1)) == 0
    assert terms(at=at + timedelta(days=3)) == 3  # the clocks of the whole cases warn
    late = at + timedelta(days=4)
    assert terms(at=late) == 6  # the terms of the steps, and those of the whole cases
    assert terms(at=late) == 0
    assert Timer.objects.filter(state="fired").count() == 3
    for got in made:
        task = Task.objects.get(id=open_task(got.case))
        assert task.overdue_at == late and task.state == "open"
    assert cases.worklist(world.decider, at=late).counts["overdue"] == 3
    cases.complete(by=world.decider, at=late, task=open_task(made[0].case), outcome="approve")
    step = [
        step
        for step in cases.case_view(by=world.decider, at=late, case=made[0].case).steps
        if step.on_time is False
    ]
    assert len(step) == 1


def test_one_that_cannot_go_on_does_not_hold_up_the_others(
    world: Registry, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = approved(world, at), approved(world, at)
    waits = received(world, at=at)
    move = services_module._go_on

    def stuck(held: Any, *, at: datetime) -> None:
        if held.case == bad.case:
            raise StuckToken("the process is not as it should be")
        move(held, at=at)

    monkeypatch.setattr(services_module, "_go_on", stuck)
    assert services(at=at) == 2
    assert Task.objects.get(case_id=bad.case, kind="service").fault == "StuckToken"
    assert Task.objects.get(case_id=good.case, state="open").node == "check"

    late = received(world, at=at)
    fire = timers_module._fire

    def lame(timer: UUID, *about: Any, at: datetime) -> int:
        if Timer.objects.get(id=timer).case_id == waits.case:
            raise StuckToken("the term is not as it should be")
        return fire(timer, *about, at=at)

    monkeypatch.setattr(timers_module, "_fire", lame)
    quiet()
    assert terms(at=at + timedelta(days=5)) == 1
    assert Timer.objects.get(case_id=late.case, node="term").state == "fired"
    assert Timer.objects.get(case_id=waits.case, node="term").due_at == at + timedelta(days=5, minutes=10)


INTERRUPTED = process(
    '<bpmn:startEvent id="s"/><bpmn:userTask id="a" onedoor:intake="true" onedoor:status="received"/>',
    '<bpmn:userTask id="decide" onedoor:outcomes="approve refuse" onedoor:decision="separated" onedoor:due="P2D"/>',
    '<bpmn:boundaryEvent id="term" attachedToRef="decide"><bpmn:timerEventDefinition>',
    "<bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>",
    '<bpmn:endEvent id="e" onedoor:status="closed"/><bpmn:endEvent id="lapsed" onedoor:status="withdrawn"/>',
    flow("f1", "s", "a"),
    flow("f2", "a", "decide"),
    flow("f3", "decide", "e"),
    flow("f4", "term", "lapsed"),
    lanes={"front": ["a"], "back": ["decide"]},
).decode()


def test_an_interrupting_term_stops_the_task(db: None, at: datetime) -> None:
    got = received(registry(at=at, process=INTERRUPTED), at=at)
    quiet()
    task = Task.objects.get(case_id=got.case, state="open")
    assert task.due_on == (at + timedelta(days=2)).date()
    late = at + timedelta(days=2)
    assert terms(at=late - timedelta(seconds=1)) == 0
    assert terms(at=late) == 1
    task.refresh_from_db()
    with everything("a test looks"):
        held = Case.objects.get(id=got.case)
    assert (task.state, held.status, held.closed_at) == ("stopped", "withdrawn", late)
    assert not held.tokens.exists()
    assert terms(at=late) == 0


def test_a_term_of_a_finished_task_does_not_fire(world: Registry, at: datetime) -> None:
    approved(world, at)
    quiet()
    assert terms(at=at + timedelta(days=30)) == 0


def test_the_worklist_pages_by_key(world: Registry, at: datetime) -> None:
    made = [received(world, at=at + timedelta(days=day)) for day in (3, 0, 1, 0, 7)]
    seen, after = [], None
    for _ in range(5):
        page = cases.worklist(world.decider, at=at, after=after, limit=2)
        seen += [(row.due_on, row.number) for row in page.rows]
        after = page.after
        if after is None:
            break
    assert sorted(number for _, number in seen) == sorted(got.number for got in made)
    assert [due for due, _ in seen] == sorted(due for due, _ in seen if due)
    assert sum(cases.worklist(world.decider, at=at).counts.values()) == 5
    today = at + timedelta(days=3)
    assert len(cases.worklist(world.decider, at=today, due="today").rows) == 2


def test_the_timeline_tells_who_when_and_why(world: Registry, at: datetime) -> None:
    got = approved(world, at)
    cases.run_services(at=at)
    held = cases.case_view(by=world.officer, at=at, case=got.case)
    assert [step.names["en"] for step in held.steps] == [
        "Receive the application",
        "Examine and decide",
        "The applicant checks name, date and place",
    ]
    assert [step.state for step in held.steps] == ["done", "done", "now"]
    assert held.steps[1].on_time is True and held.steps[1].holder["en"] == "MOHA"
    followed = cases.follow(number=got.number, code=got.code, address="10.0.0.1", at=at)
    assert followed.status == "approved" and len(followed.steps) == 3
    with everything("a test looks"):
        assert bytes(Case.objects.get(id=got.case).code_hash) != got.code.encode()


def test_each_letter_has_the_version_of_its_case(world: Registry, at: datetime) -> None:
    got = approved(world, at)
    cases.run_services(at=at)
    terms(at=at + timedelta(days=9))
    with everything("a test looks"):
        version = Case.objects.get(id=got.case).version
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version, body FROM kernel_letter WHERE aggregate = %s ORDER BY version", [got.case]
        )
        letters = cursor.fetchall()
    assert [row[0] for row in letters] == list(range(1, version + 1))
    assert not any("Dao" in row[1] or got.code in row[1] for row in letters)
    assert SYSTEM.kind == "system"
