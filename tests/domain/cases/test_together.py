"""Two people, or a person and the node, at the same moment; with real transactions."""

import os
import signal
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from django.db import connection

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.actions import completing
from onedoor.domain.cases.models import Case, Task, Timer, Token
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.errors import Conflict
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Answer, Once, replaying
from onedoor.kernel.scope import Actor, everything
from tests.domain.cases import drawn
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
    assert not Timer.objects.filter(state="waiting", node="term").exists()
    assert Token.objects.count() == len(made)
    rang = Timer.objects.filter(node="clock.breach").count()
    assert Timer.objects.filter(state="fired").count() + rang == (results[1] or 0) + (results[2] or 0)


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


def test_two_completions_at_once_give_one_join(at: datetime, transactional_db: None) -> None:
    world = registry(at=at, process=drawn.FORKED)
    for _ in range(5):
        got = received(world, at=at)
        tasks = Task.objects.filter(case_id=got.case, state="open").values_list("id", flat=True)
        results = together(*[partial(decide, world, task, "agree", at) for task in tasks])
        assert all(isinstance(result, cases.Completed) for result in results), results
        assert [token.node for token in Token.objects.filter(case_id=got.case)] == ["hand_over"]
        assert Task.objects.filter(case_id=got.case, node="hand_over").count() == 1


def test_the_last_of_several_goes_on_once(at: datetime, transactional_db: None) -> None:
    world = registry(at=at, process=drawn.asked("MOHA MOJ"))
    for _ in range(5):
        got = received(world, at=at)
        mine = Task.objects.get(case_id=got.case, unit_id=world.ministry, state="open").id
        theirs = Task.objects.exclude(unit_id=world.ministry).get(case_id=got.case, state="open").id

        def other(task: UUID = theirs) -> cases.Completed:
            return cases.complete(by=world.other_decider, at=at, task=task, outcome="agree")

        results = together(partial(decide, world, mine, "agree", at), other)
        assert sorted(result.ended for result in results) == [False, True], results
        assert not Token.objects.filter(case_id=got.case).exists()


def test_a_message_is_heard_once_by_two_workers(at: datetime, transactional_db: None) -> None:
    world = registry(at=at, process=drawn.WAITS)
    made = [received(world, at=at) for _ in range(4)]
    for got in made:
        cases.send_message(
            by=Actor.system(), at=at, id=new_id(), name="registry.answered", key=got.number, outcome="found"
        )
    late = at + timedelta(days=2)
    hear, fire = partial(cases.hear_messages, at=late), partial(cases.fire_timers, at=late)
    results = together(hear, fire, hear, fire)
    assert not [result for result in results if isinstance(result, Exception)], results
    cases.hear_messages(at=late)
    cases.fire_timers(at=late)
    with everything("a test looks"):
        assert {Case.objects.get(id=got.case).status for got in made} <= {"approved", "withdrawn"}
    assert not Token.objects.exists()
    assert Timer.objects.filter(state="waiting").count() == 0


def test_what_was_killed_before_its_end_did_not_happen(at: datetime, transactional_db: None) -> None:
    world = registry(at=at, process=drawn.FORKED)
    got = received(world, at=at)
    task = Task.objects.filter(case_id=got.case, state="open").values_list("id", flat=True)[0]
    before = sorted(Token.objects.filter(case_id=got.case).values_list("id", flat=True))
    connection.close()
    child = os.fork()
    if child == 0:  # everything is written, nothing committed
        completing.poke = completing.transaction.on_commit = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        decide(world, task, "agree", at)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert sorted(Token.objects.filter(case_id=got.case).values_list("id", flat=True)) == before
    assert decide(world, task, "agree", at).waiting == ()
    assert {token.node for token in Token.objects.filter(case_id=got.case)} > {"join"}
