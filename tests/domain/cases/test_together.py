"""Two people, or a person and the node, at the same moment; with real transactions."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.db import connection

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Case, Task, Timer, Token
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.errors import Conflict
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Answer, Once, replaying
from onedoor.kernel.scope import everything
from tests.factories.races import together
from tests.factories.registry import Registry, open_task, received, registry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, at: datetime) -> Registry:
    catalogue.process_of.cache_clear()
    catalogue.form_to_ask.cache_clear()
    return registry(at=at)


def decide(world: Registry, task: UUID, outcome: str, at: datetime) -> cases.Completed:
    return cases.complete(by=world.decider, at=at, task=task, outcome=outcome, reason="x")


def test_two_completions_are_one(world: Registry, at: datetime) -> None:
    for _ in range(6):
        got = received(world, at=at)
        task = open_task(got.case)
        outcomes = ("approve", "refuse", "approve", "return")
        results = together(*[partial(decide, world, task, outcome, at) for outcome in outcomes])
        won = [result for result in results if not isinstance(result, Exception)]
        assert len(won) == 1
        assert all(isinstance(result, Conflict) for result in results if isinstance(result, Exception)), (
            results
        )
        assert Token.objects.filter(case_id=got.case).count() <= 1
        assert Task.objects.filter(case_id=got.case).count() == 2 + len(won[0].waiting)


def test_the_same_press_twice_is_answered_the_same(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    task, key = open_task(got.case), new_id().hex

    def press() -> str:
        once = Once(
            actor=world.decider.id, key=key, body=b"approve", answer=lambda done: Answer(200, done.status)
        )
        done = replaying(
            once,
            at=at,
            act=lambda: cases.complete(by=world.decider, at=at, task=task, outcome="approve", once=once),
        )
        return done.text if isinstance(done, Answer) else done.status

    assert together(press, press, press) == ["approved"] * 3
    assert press() == "approved"


def test_a_term_and_a_decision_at_once(world: Registry, at: datetime) -> None:
    late = at + timedelta(days=5)
    made = [received(world, at=at) for _ in range(8)]
    tasks = [open_task(got.case) for got in made]

    def decide_all() -> None:
        for task in tasks:
            cases.complete(by=world.decider, at=late, task=task, outcome="approve")

    results = together(decide_all, lambda: cases.fire_timers(at=late), lambda: cases.fire_timers(at=late))
    assert not [result for result in results if isinstance(result, Exception)], results
    assert not Timer.objects.filter(state="waiting").exists()
    assert Token.objects.count() == len(made)
    assert Timer.objects.filter(state="fired").count() == (results[1] or 0) + (results[2] or 0)


def test_a_service_task_runs_once_with_two_workers(world: Registry, at: datetime) -> None:
    for _ in range(4):
        got = received(world, at=at)
        cases.complete(by=world.decider, at=at, task=open_task(got.case), outcome="approve")
    results = together(lambda: cases.run_services(at=at), lambda: cases.run_services(at=at))
    assert not [result for result in results if isinstance(result, Exception)], results
    cases.run_services(at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT subject) FROM documents_document")
        assert cursor.fetchone() == (4, 4)
    assert Task.objects.filter(node="check", state="open").count() == 4


def test_numbers_are_dense_when_many_receive(world: Registry, at: datetime) -> None:
    results = together(*[lambda: received(world, at=at) for _ in range(4)])
    assert not [result for result in results if isinstance(result, Exception)], results
    serials = sorted(int(result.number.split("-")[4]) for result in results)
    assert serials == [1, 2, 3, 4]
    with everything("a test looks"):
        assert Case.objects.filter(number__isnull=False).count() == 4


def test_a_ticket_opened_twice_has_one_draft(world: Registry, at: datetime) -> None:
    for _ in range(5):
        ticket = new_id()
        begin = partial(
            cases.open_draft, by=world.officer, at=at, centre=world.centre, service=world.birth, ticket=ticket
        )
        results = together(begin, begin, begin)
        assert not [result for result in results if isinstance(result, Exception)], results
        assert len({result.id for result in results}) == 1
