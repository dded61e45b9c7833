"""Trials: a service is walked through in memory, its clock moved by hand, and it goes the way a case goes."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Case, Task, Token
from onedoor.domain.cases.tasks import messages, services, terms
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres.api import Calendar
from onedoor.kernel.scope import everything
from tests.domain.cases import drawn
from tests.domain.cases.test_starting import BORN, YEARLY, beginning
from tests.domain.catalogue.rules.decisions.dmn import definitions, table
from tests.domain.catalogue.rules.process.blocks import blocks
from tests.domain.catalogue.rules.process.blocks import drawn as written
from tests.factories.registry import BIRTH, PACK, Registry, published, received, registry

HOLIDAY = {date(2026, 12, 2): {"lo": "ວັນຊາດ", "en": "National Day"}}


class Written:
    """The documents of a service, as a draft holds them."""

    def __init__(self, process: str, *, decisions: str = "", days: int = 3, form: Any = None) -> None:
        self.process, self.decisions, self.form = process, decisions, form or {}
        self.content = {"duration": {"days": days, "kind": "working"}}


def begun(process: str, at: datetime, **more: Any) -> cases.Trial:
    answers = more.pop("answers", {})
    return cases.trial_begin(
        documents=Written(process, **more), answers=answers, at=at, calendar=Calendar(holidays=HOLIDAY)
    )


def open_at(trial: cases.Trial, node: str) -> UUID:
    return next(each.id for each in (*trial.tasks, *trial.waits) if each.node == node)


def done(trial: cases.Trial, node: str, outcome: str = "done", at: datetime | None = None) -> cases.Trial:
    """The step, on a trial that was kept as JSON in between."""
    again = cases.trial_of(json.loads(json.dumps(cases.trial_kept(trial))))
    assert again == trial
    return cases.trial_step(again, task=open_at(again, node), outcome=outcome, at=at)


def test_a_join_waits_for_both_and_everything_is_told(at: datetime) -> None:
    trial = begun(drawn.FORKED, at)
    assert {(task.node, task.audience, task.unit, task.outcomes) for task in trial.tasks} == {
        (node, "back", "authority", ("agree", "refuse")) for node in ("law", "site")
    }
    assert all(task.due_on == trial.due_on for task in trial.tasks)
    trial = done(done(trial, "law", "agree"), "site", "refuse", at=at + timedelta(hours=1))
    assert (trial.decision, [task.node for task in trial.tasks]) == ("refuse", ["hand_over"])
    trial = done(trial, "hand_over")
    assert (trial.ended, trial.status, trial.end) == (True, "closed", "e")
    assert [(each.node, each.outcome) for each in trial.passed if each.what == "done"] == [
        ("take", "done"),
        ("law", "agree"),
        ("site", "refuse"),
        ("hand_over", "done"),
    ]


def test_it_may_begin_by_a_message_or_a_day(at: datetime) -> None:
    """As a case would: the first task behind that start waits, and a day brings no answers."""
    written = Written(beginning(BORN, YEARLY))
    assert [(start.id, start.event) for start in cases.trial_starts(written)] == [
        ("s", ""), ("born", "message"), ("year", "timer")
    ]  # fmt: skip
    for start, asked in (("born", {"sex": "female"}), ("year", {})):
        trial = cases.trial_begin(documents=written, answers={"sex": "female"}, at=at, start=start)
        assert [task.node for task in trial.tasks] == ["look"] and trial.answers == asked
        assert done(trial, "look", "agree").ended
    with pytest.raises(cases.NoSuchStart):
        cases.trial_begin(documents=written, answers={}, at=at, start="gone")


def test_terms_run_out_in_their_order_and_stop_what_waited(at: datetime) -> None:
    trial = begun(drawn.REVIEWED, at, days=2)
    assert [timer.node for timer in trial.timers] == ["remind", "lapse"]
    trial = cases.trial_wait(trial, until=at + timedelta(days=9))
    told = [(each.what, each.node) for each in trial.passed if each.what not in ("passed", "done")]
    assert [each for each in told if each[0] == "fired"] == [
        ("fired", "remind"),
        ("fired", "remind"),
        ("fired", "lapse"),
    ]
    assert ("warned", "") in told and ("breached", "") in told and ("stopped", "two") in told
    assert [each.at for each in trial.passed] == sorted(each.at for each in trial.passed)
    assert {task.node for task in trial.tasks} == {"call"} and trial.at == at + timedelta(days=9)


def test_messages_come_by_hand_or_from_the_process_itself(at: datetime) -> None:
    trial = begun(drawn.WAITS, at)
    assert [(wait.message, wait.key) for wait in trial.waits] == [("registry.answered", "TRIAL")]
    assert done(trial, "heard", "found").status == "approved"
    assert cases.trial_wait(trial, until=at + timedelta(days=2)).status == "withdrawn"
    sends = begun(drawn.SENDS, at)
    assert [(task.kind, task.handler, task.outcomes) for task in sends.tasks] == [
        ("service", "office.asked", ("done",))
    ]
    assert done(sends, "ask").ended


@pytest.mark.parametrize(("outcome", "status"), [("done", "issued"), ("nothing_to_issue", "refused")])
def test_handlers_are_imitated(at: datetime, outcome: str, status: str) -> None:
    trial = begun(drawn.ISSUES, at)
    assert trial.tasks[0].outcomes == ("done", "nothing_to_issue")
    assert done(trial, "issue", outcome).status == status
    with pytest.raises(cases.OutcomeIsUnknown):
        done(trial, "issue", "on_fire")


def test_a_step_comes_too_late_when_its_term_ran_out(at: datetime) -> None:
    trial = begun(drawn.asked("MOHA MOJ"), at)
    assert sorted(task.unit for task in trial.tasks) == ["MOHA", "MOJ"]
    with pytest.raises(cases.NoSuchTask):
        done(trial, "ask", "agree", at=at + timedelta(days=31))


@pytest.mark.django_db
def test_the_rule_that_answered_is_told(at: datetime) -> None:
    rules = [('"female"', "1"), ('not("female")', "3")]
    decisions = definitions(table(rules, inputs=(("form.sex", "string"),), id="level")).decode()
    trial = begun(drawn.RULED, at, decisions=decisions, answers={"sex": "male"})
    assert [(each.rule, each.into, each.answer, each.hits[0].rule) for each in trial.decisions] == [
        ("level", "level", 3, 2)
    ]
    assert trial.status == "refused"


@pytest.mark.django_db
def test_a_clock_tells_what_moved_it(at: datetime) -> None:
    process = (PACK / "services" / "birth-registration" / "process.bpmn").read_text()
    trial = begun(process, datetime.fromisoformat("2026-12-01T03:00:00+00:00"))
    facts = cases.trial_clock(trial).facts
    assert trial.due_on == date(2026, 12, 7)
    assert any("National Day" in fact.words or "ວັນຊາດ" in fact.words for fact in facts)
    returned = done(trial, trial.tasks[0].node, "return")
    assert (returned.status, returned.due_on) == ("waiting_for_applicant", None)
    assert cases.trial_clock(returned).state == "still"
    later = done(returned, returned.tasks[0].node, "done", at=returned.at + timedelta(days=7))
    assert later.due_on and later.due_on > trial.due_on


@pytest.mark.django_db
def test_answers_are_asked_as_at_a_counter(at: datetime) -> None:
    form = json.loads((PACK / "services" / "birth-registration" / "form.json").read_text())
    with pytest.raises(cases.FormIsNotValid):
        begun(drawn.FORKED, at, form=form, answers={**BIRTH, "sex": "unheard"})
    with pytest.raises(catalogue.ProcessRefused):
        begun("<nothing/>", at)


@pytest.fixture
def nation(db: None, at: datetime) -> Registry:
    return registry(at=at)


def nameless(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What is remembered, without the ids of those that remember apart."""
    apart = [json.dumps(own, sort_keys=True) for own in kept.get("apart", {}).values()]
    return {**kept, "apart": sorted(apart)}


def standing(case: UUID) -> dict[str, Any]:
    """Where a case of the runtime stands, in the words of a trial."""
    with everything("a test looks"):
        held = Case.objects.get(id=case)
    return {
        "status": held.status,
        "decision": held.outcome,
        "due": held.due_on,
        "kept": nameless(held.kept),
        "places": sorted(Token.objects.filter(case_id=case).values_list("node", "mark")),
        "tasks": sorted(
            Task.objects.filter(case_id=case, state="open").values_list("node", "due_on", "audience")
        ),
        "timers": sorted(
            held.timers.filter(state="waiting").exclude(token=case).values_list("node", "due_at")
        ),
        "waits": sorted(held.waits.filter(state="waiting").values_list("node", "message", "key")),
        "ended": held.closed_at is not None,
    }


def tried(trial: cases.Trial) -> dict[str, Any]:
    """The same of a trial."""
    return {
        "status": trial.status,
        "decision": trial.decision,
        "due": trial.due_on,
        "kept": nameless(trial.kept),
        "places": sorted((token.node, token.mark) for token in trial.marking),
        "tasks": sorted((task.node, task.due_on, task.audience) for task in trial.tasks),
        "timers": sorted((timer.node, timer.due_at) for timer in trial.timers),
        "waits": sorted((wait.node, wait.message, wait.key) for wait in trial.waits),
        "ended": trial.ended,
    }


def walk_both(
    nation: Registry, process: str, at: datetime, data: st.DataObject, answers: dict[str, Any]
) -> None:
    """The same choices at the same instants, with a case and in a trial."""
    published(at=at, code="birth-registration", authority=nation.ministry, process=process, id=nation.birth)
    got = received(nation, at=at)
    trial = cases.trial_begin(
        documents=Written(process), answers={**BIRTH, **answers}, at=at, number=got.number
    )
    now = at
    for _ in range(60):
        assert tried(trial) == standing(got.case)
        if trial.ended or not (trial.tasks or trial.timers):
            return
        waits = [timedelta(0), timedelta(hours=1), timedelta(days=1)]
        now += data.draw(st.sampled_from(waits if trial.tasks else waits[2:]), label="wait")
        while terms(at=now):
            pass
        trial = cases.trial_wait(trial, until=now)
        assert tried(trial) == standing(got.case)
        people = sorted({task.node for task in trial.tasks if task.kind == "user"})
        if people:
            node = data.draw(st.sampled_from(people), label="next")
            task = next(each for each in trial.tasks if each.node == node)
            outcome = data.draw(st.sampled_from(task.outcomes), label="outcome")
            row = Task.objects.filter(case_id=got.case, state="open", node=node).order_by("place").first()
            assert row is not None
            who = nation.officer if task.audience == "front" else nation.decider
            cases.complete(by=who, at=now, task=row.id, outcome=outcome, reason="why")
            trial = cases.trial_step(trial, task=task.id, outcome=outcome, at=now)
        services(at=now)
        messages(at=now)
    raise AssertionError("a small process did not end in 60 steps")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(block=blocks(), data=st.data())
def test_a_trial_walks_as_a_case_does(
    nation: Registry, at: datetime, block: Any, data: st.DataObject
) -> None:
    found = written(block, lambda name: data.draw(st.sampled_from(["1", "0"]), label=name))
    process = found.ours.decode()
    for name, value in found.answers.items():  # the form of the registry does not ask these questions
        process = process.replace(f"form.{name} ", f'"{value}" ')
    walk_both(nation, process, at, data, {})


@pytest.mark.parametrize("process", [drawn.FORKED, drawn.REVIEWED, drawn.WAITS])
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_so_it_does_with_terms_and_messages(
    nation: Registry, at: datetime, process: str, data: st.DataObject
) -> None:
    walk_both(nation, process, at, data, {})
