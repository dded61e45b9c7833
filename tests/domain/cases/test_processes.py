"""Processes of several offices, with rows: forks and joins, several units, messages, terms, subprocesses, calls."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.actions import receiving
from onedoor.domain.cases.models import Case, Message, Task, Timer, Token, Wait
from onedoor.domain.cases.queries.standing import ruled
from onedoor.domain.cases.rules import begin, leave
from onedoor.domain.cases.tasks import messages, services, terms
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.api import ServiceIsNotComplete, compile_decisions, compiled
from onedoor.kernel.errors import Missing
from onedoor.kernel.i18n import spoken
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.domain.cases import drawn
from tests.domain.catalogue.rules.decisions.dmn import definitions, table
from tests.factories.registry import Registry, published, received, registry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the processes draw runs out here: the clocks of the whole cases do not ring."""
    monkeypatch.setattr(receiving, "first_ring", lambda held, days: [])


def begun(process: str, at: datetime) -> tuple[Registry, UUID, str]:
    """A world whose birth registration runs this process, and one case of it."""
    world = registry(at=at, process=process)
    got = received(world, at=at)
    return world, got.case, got.number


def task(case: UUID, node: str, state: str = "open") -> UUID:
    return Task.objects.get(case_id=case, node=node, state=state).id


def held(case: UUID) -> Case:
    with everything("a test looks"):
        return Case.objects.get(id=case)


def over(case: UUID, status: str) -> None:
    """The case has ended so, and nothing of it waits any more."""
    found = held(case)
    assert (found.status, found.closed_at is not None) == (status, True)
    assert not found.tokens.exists() and not found.tasks.filter(state="open").exists()
    assert (
        not found.timers.filter(state="waiting").exists() and not found.waits.filter(state="waiting").exists()
    )


def test_a_join_waits_for_both(at: datetime) -> None:
    world, case, _ = begun(drawn.FORKED, at)
    cases.complete(by=world.decider, at=at, task=task(case, "law"), outcome="agree")
    assert {token.node for token in held(case).tokens.all()} == {"join", "site"}
    cases.complete(by=world.decider, at=at, task=task(case, "site"), outcome="refuse")
    assert [token.node for token in held(case).tokens.all()] == ["hand_over"]
    assert held(case).kept["tasks"] == {"take": "done", "law": "agree", "site": "refuse"}
    cases.complete(by=world.officer, at=at, task=task(case, "hand_over"))
    over(case, "closed")


@pytest.mark.parametrize(("until", "open_after"), [("", 1), ("counts.ask.refuse > 0", 0)])
def test_ministries_are_asked_at_once(at: datetime, until: str, open_after: int) -> None:
    process = drawn.asked("MOHA MOJ", until)
    world, case, _ = begun(process, at)
    mine = Task.objects.get(case_id=case, unit_id=world.ministry)
    theirs = Task.objects.exclude(unit_id=world.ministry).get(case_id=case, node="ask")
    with pytest.raises(cases.NoSuchTask):
        cases.complete(by=world.decider, at=at, task=theirs.id, outcome="agree")
    cases.complete(by=world.decider, at=at, task=mine.id, outcome="refuse")
    assert Task.objects.filter(case_id=case, state="open").count() == open_after
    if open_after:
        cases.complete(by=world.other_decider, at=at, task=theirs.id, outcome="agree")
    over(case, "refused")


def test_ministries_are_asked_in_turn(at: datetime) -> None:
    world, case, _ = begun(drawn.asked("MOHA MOJ", turn='isSequential="true"'), at)
    assert not cases.worklist(world.other_decider, at=at).rows
    cases.complete(by=world.decider, at=at, task=task(case, "ask"), outcome="agree")
    assert len(cases.worklist(world.other_decider, at=at).rows) == 1
    cases.complete(by=world.other_decider, at=at, task=task(case, "ask"), outcome="agree")
    over(case, "approved")


def test_a_term_stops_all_of_several(at: datetime) -> None:
    _, case, _ = begun(drawn.asked("MOHA MOJ"), at)
    assert Timer.objects.filter(case_id=case).count() == 1
    assert terms(at=at + timedelta(days=31)) == 1
    over(case, "withdrawn")
    assert Task.objects.filter(case_id=case, state="stopped").count() == 2


def test_a_unit_that_does_not_exist_is_refused_at_publication(at: datetime) -> None:
    with pytest.raises(ServiceIsNotComplete, match="NOBODY"):
        registry(at=at, process=drawn.asked("MOHA NOBODY"))


def send(key: str, at: datetime, *, outcome: str = "", id: UUID | None = None, **more: UUID) -> bool:
    return cases.send_message(
        by=Actor.system(),
        at=at,
        id=id or new_id(),
        name="registry.answered",
        key=key,
        outcome=outcome,
        **more,
    )


def test_what_is_awaited_stands_in_the_timeline(at: datetime) -> None:
    world, case, _ = begun(drawn.WAITS, at)
    with spoken("en"):
        steps = cases.case_view(by=world.officer, at=at, case=case).steps
    awaited = [(step.state, step.holder["en"]) for step in steps if step.audience == "system"]
    assert [state for state, _said in awaited] == ["now", "now"]
    assert awaited[0][1] == "An answer from outside is awaited" and "goes on by itself on" in awaited[1][1]
    cases.withdraw(by=world.officer, at=at, case=case)
    assert all(step.state != "now" for step in cases.case_view(by=world.officer, at=at, case=case).steps)


@pytest.mark.parametrize(("outcome", "status"), [("found", "approved"), ("lost", "refused"), ("", "refused")])
def test_the_first_event_decides(at: datetime, outcome: str, status: str) -> None:
    _, case, number = begun(drawn.WAITS, at)
    send(number, at, outcome=outcome)
    assert messages(at=at) == 1 and messages(at=at) == 0
    over(case, status)
    assert terms(at=at + timedelta(days=3)) == 0


def test_silence_decides_too(at: datetime) -> None:
    _, case, number = begun(drawn.WAITS, at)
    assert terms(at=at + timedelta(days=2)) == 1
    over(case, "withdrawn")
    send(number, at)
    assert messages(at=at) == 0


def test_a_message_waits_for_its_case_and_is_heard_once(at: datetime) -> None:
    world = registry(at=at, process=drawn.SENDS)
    same, early = new_id(), {"name": "office.asked", "key": "desk-7"}
    assert cases.send_message(by=Actor.system(), at=at, id=same, **early)
    assert not cases.send_message(by=Actor.system(), at=at, id=same, **early)
    assert messages(at=at) == 0
    got = received(world, at=at)
    assert services(at=at) == 1  # sends its own message, which stays for another case
    assert messages(at=at) == 1 and messages(at=at) == 0
    over(got.case, "closed")
    assert Message.objects.filter(heard_at__isnull=True).count() == 1


def test_a_message_of_another_centre_is_not_heard(at: datetime) -> None:
    world, case, number = begun(drawn.WAITS, at)
    send(number, at, centre=world.other_centre)
    assert messages(at=at) == 0 and Wait.objects.filter(case_id=case, state="waiting").exists()
    with pytest.raises(Missing):
        cases.send_message(
            by=world.officer, at=at, id=new_id(), name="x", key=number, centre=world.other_centre
        )
    with pytest.raises(cases.MessageIsNotClear):
        cases.send_message(by=world.officer, at=at, id=new_id(), name="x", key=" ", centre=world.centre)
    with pytest.raises(cases.MessageIsNotClear):
        cases.send_message(by=world.officer, at=at, id=new_id(), name="x", key=number)


def test_a_subprocess_ends_when_all_inside_have(at: datetime) -> None:
    world, case, _ = begun(drawn.REVIEWED, at)
    cases.complete(by=world.officer, at=at, task=task(case, "two"))
    assert held(case).closed_at is None
    cases.complete(by=world.decider, at=at, task=task(case, "one"), outcome="agree")
    over(case, "approved")


def test_an_error_leaves_the_subprocess(at: datetime) -> None:
    world, case, _ = begun(drawn.REVIEWED, at)
    cases.complete(by=world.decider, at=at, task=task(case, "one"), outcome="refuse")
    over(case, "refused")
    assert Task.objects.get(case_id=case, node="two").state == "stopped"


def test_a_cycle_reminds_twice_and_a_term_ends_all(at: datetime) -> None:
    world, case, number = begun(drawn.REVIEWED, at)
    for day, calls in ((1, 1), (2, 2), (3, 2)):
        assert terms(at=at + timedelta(days=day)) == (1 if day < 3 else 0)
        assert Task.objects.filter(case_id=case, node="call").count() == calls
    send(number, at)
    assert messages(at=at) == 1
    assert task(case, "note") and task(case, "one")
    assert terms(at=at + timedelta(days=9)) == 1
    assert {row.node for row in held(case).tokens.all()} == {"call", "note"}  # what ran beside goes on
    for left in Task.objects.filter(case_id=case, state="open"):
        cases.complete(by=world.officer, at=at, task=left.id)
    over(case, "closed")


def test_an_error_of_a_handler_is_caught_on_its_border(at: datetime) -> None:
    _, case, _ = begun(drawn.ISSUES, at)
    assert services(at=at) == 1
    over(case, "refused")


def test_a_date_of_the_form_is_waited_for(at: datetime) -> None:
    process = drawn.written(
        f'<bpmn:intermediateCatchEvent id="day">{drawn.timer("form.birth_date", "timeDate")}</bpmn:intermediateCatchEvent>',
        f'<bpmn:intermediateCatchEvent id="later">{drawn.timer("2031-01-01", "timeDate")}</bpmn:intermediateCatchEvent>',
        drawn.end(),
        drawn.flow("f1", "take", "day"),
        drawn.flow("f2", "day", "later"),
        drawn.flow("f3", "later", "e"),
    )
    _, case, _ = begun(process, at)
    assert terms(at=at) == 1  # she is born
    assert Timer.objects.get(case_id=case, state="waiting").due_at.isoformat() == "2030-12-31T17:00:00+00:00"


def test_a_published_process_is_called(at: datetime) -> None:
    world = registry(at=at)
    called = drawn.process(
        '<bpmn:startEvent id="s"/><bpmn:userTask id="check"/><bpmn:endEvent id="e"/>',
        drawn.flow("f1", "s", "check"),
        drawn.flow("f2", "check", "e"),
        lanes={"back": ["check"]},
    )
    place = {"at": at, "code": "birth-registration", "authority": world.ministry}
    checking = catalogue.service_by_id(published(**place, process=called.decode())).code

    def calling(version: int) -> str:
        more = f'calledElement="{checking}" onedoor:version="{version}"'
        call = drawn.element("callActivity", "c", more=more)
        return drawn.written(call, drawn.end(), drawn.flow("f1", "take", "c"), drawn.flow("f2", "c", "e"))

    with pytest.raises(ServiceIsNotComplete, match="edition 2"):
        published(**place, process=calling(2), id=world.birth)
    published(**place, process=calling(1), id=world.birth)
    got = received(world, at=at)
    cases.complete(by=world.decider, at=at, task=task(got.case, "c.check"))
    over(got.case, "closed")


def test_a_called_process_asks_its_own_decisions(at: datetime) -> None:
    world = registry(at=at)
    called = drawn.process(
        '<bpmn:startEvent id="s"/><bpmn:businessRuleTask id="rule" onedoor:rule="level" onedoor:into="level"/>',
        '<bpmn:userTask id="check"/><bpmn:endEvent id="e"/>',
        drawn.flow("f1", "s", "rule"),
        drawn.flow("f2", "rule", "check"),
        drawn.flow("f3", "check", "e"),
        lanes={"back": ["check"], "system": ["rule"]},
    ).decode()
    rules = definitions(
        table([('"female"', "1"), ('not("female")', "3")], inputs=(("form.sex", "string"),), id="level")
    ).decode()
    place = {"at": at, "code": "birth-registration", "authority": world.ministry}
    checking = catalogue.service_by_id(published(**place, process=called, decisions=rules)).code
    more = f'calledElement="{checking}" onedoor:version="1"'
    call = drawn.element("callActivity", "c", more=more)
    process = drawn.written(call, drawn.end(), drawn.flow("f1", "take", "c"), drawn.flow("f2", "c", "e"))
    published(**place, process=process, id=world.birth)
    held_now = catalogue.documents_of(catalogue.service_by_id(world.birth).version_id)
    found = {
        each.place for each in catalogue.problems_of(held_now) if each.document == "process" and each.stops
    }
    assert found == {"take", "c.check"}, (
        "the tasks of this test have no words; nothing is wrong with the rule"
    )
    got = received(world, at=at)
    assert list(held(got.case).kept["rules"].values()) == [1.0]
    cases.complete(by=world.decider, at=at, task=task(got.case, "c.check"))
    over(got.case, "closed")


@pytest.mark.parametrize(("girls", "status"), [("1", "approved"), ("2", "refused"), ("1.5", "refused")])
def test_a_decision_table_answers_a_gateway(at: datetime, girls: str, status: str) -> None:
    world = registry(at=at)
    rules = [('"female"', girls), ('not("female")', "3")]
    inputs = (("form.sex", "string"),)
    about = {"at": at, "code": "birth-registration", "authority": world.ministry, "process": drawn.RULED}
    with pytest.raises(ServiceIsNotComplete, match="no decisions"):
        published(**about, id=world.birth)
    with pytest.raises(ServiceIsNotComplete, match="no decision is called"):
        published(
            **about, id=world.birth, decisions=definitions(table(rules, inputs=inputs, id="x")).decode()
        )
    published(
        **about, id=world.birth, decisions=definitions(table(rules, inputs=inputs, id="level")).decode()
    )
    got = received(world, at=at)
    over(got.case, status)
    found = held(got.case).kept
    assert found["rules"] == {"level": float(girls)} and found["why"]["level"][0][:2] == ["level", 1]
    with spoken("en"):
        (said,) = cases.case_view(by=world.officer, at=at, case=got.case).ruled
    assert (said.answer, said.why) == (girls, ("Rule 1 of “level”",))


def test_a_table_that_does_not_answer_says_why() -> None:
    about = (("form.sex", "string", '"male", "female"'),)
    rules = [('"male"', "1"), ('"female"', "3")]
    decided = compile_decisions(definitions(table(rules, inputs=about, id="level")))
    process = compiled(drawn.RULED.encode(), decisions=decided)
    first = begin(process, facts={"form": {"sex": "other"}}, ids=new_id)
    kept = leave(
        process, marking=first.born, token=first.born[0].id, facts={"form": {"sex": "other"}}, ids=new_id
    ).kept
    with spoken("en"):
        (said,) = ruled(Case(kept=kept), process)
    assert (said.answer, said.why) == (
        "No answer",
        ("“level” did not answer: an answer is outside the allowed values.",),
    )


def test_withdrawing_stops_what_is_awaited(at: datetime) -> None:
    world, case, _ = begun(drawn.WAITS, at)
    cases.withdraw(by=world.officer, at=at, case=case)
    over(case, "withdrawn")
    assert not Token.objects.filter(case_id=case).exists()
