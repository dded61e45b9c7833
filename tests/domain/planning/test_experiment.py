"""Experiments on cases that were really received, decided and handed over; who may ask, what is kept, what is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from onedoor.domain.access import api as access
from onedoor.domain.access.models import Sight
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.planning import api as planning
from onedoor.domain.planning.models import Experiment
from onedoor.domain.planning.tasks import experiments as worker
from onedoor.kernel.errors import Invalid, Missing, Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from tests.domain.planning.made import plain_process
from tests.factories.hall import officer
from tests.factories.registry import Registry, open_task, received, registry

MINUTE = timedelta(minutes=1)


@pytest.fixture
def here(db: None, at: datetime) -> Registry:
    return registry(at=at, always_open=True)


@pytest.fixture
def planner(here: Registry, at: datetime) -> Actor:
    """Somebody of the ministry who may try out reforms."""
    may = ["planning.experiment", "cases.look_back", "cases.decide"]
    return officer(at=at, username="planner", unit=here.ministry, permissions=may, role="planner")


def some_cases(here: Registry, *, at: datetime, count: int = 3) -> list[UUID]:
    """Cases that were received one after the other, and refused the next day, so that they are over."""
    found = []
    with everything("a test lives some days"):
        for number in range(count):
            came = at + timedelta(days=number)
            case = received(here, at=came).case
            cases.complete(
                by=here.decider,
                at=came + timedelta(days=1),
                task=open_task(case),
                outcome="refuse",
                reason="No.",
            )
            found.append(case)
    return found


def ask(planner: Actor, here: Registry, at: datetime, **more: Any) -> UUID:
    """An experiment on the days of these cases."""
    about: dict[str, Any] = {
        "since": at.date(),
        "until": at.date() + timedelta(days=7),
        "change": {"time": 1},
        **more,
    }
    return planning.begin_experiment(
        by=planner, at=at + timedelta(days=20), id=new_id(), service=here.birth, **about
    )


def test_what_was_asked_is_replayed_and_kept(here: Registry, planner: Actor, at: datetime) -> None:
    held, later = some_cases(here, at=at), at + timedelta(days=20)
    asked = ask(
        planner,
        here,
        at,
        change={"paper": "village-notification"},
        assumptions={"errand": True},
    )
    assert planning.experiment(planner, id=asked).state == "waiting"
    for _ in range(30):
        worker(at=later)
    view = planning.experiment(planner, id=asked)
    assert (view.state, view.fault, view.result["n"]) == ("done", "", len(held))
    claims = {one["code"]: one for one in view.result["claims"]}
    assert claims["days_median"]["change"] == 0
    assert claims["trips"]["change"] == -1
    assert claims["refused"]["fact"] == claims["refused"]["now"] == 100
    assert (
        Sight.objects.filter(subject=here.birth, subject_kind="cases.period", actor=planner.id).count() == 1
    )
    told = LetterRow.objects.filter(aggregate=asked).order_by("version").values_list("type", flat=True)
    assert list(told) == ["planning.experiment_begun", "planning.experiment_finished"]
    assert [one.id for one in planning.experiments(planner)] == [asked]


def test_asking_twice_is_asking_once(here: Registry, planner: Actor, at: datetime) -> None:
    id = new_id()
    for _ in range(2):
        planning.begin_experiment(
            by=planner, at=at, id=id, service=here.birth, since=at.date(), until=at.date(), change={"time": 2}
        )
    assert Experiment.objects.count() == 1
    assert LetterRow.objects.filter(aggregate=id).count() == 1


def test_a_period_without_cases_says_so(here: Registry, planner: Actor, at: datetime) -> None:
    asked = ask(planner, here, at)
    planning.run_experiment(id=asked, at=at)
    assert planning.experiment(planner, id=asked).result == {"n": 0}


def test_merged_steps_are_a_drawing_of_their_own(db: None, at: datetime) -> None:
    here = registry(at=at, always_open=True, process=plain_process(ministry="ministry_officer"))
    may = ["planning.experiment", "cases.look_back"]
    planner = officer(at=at, username="planner", unit=here.ministry, permissions=may, role="planner")
    with everything("a test lives some days"):
        case = received(here, at=at).case
        for day in (1, 2):
            ends = "done" if day == 1 else "refuse"
            task = open_task(case)
            cases.complete(
                by=here.decider, at=at + timedelta(days=day), task=task, outcome=ends, reason="No."
            )
    code = catalogue.service_by_id(here.birth).code
    found = planning.choices(planner, code=code, since=at, until=at + timedelta(days=9))
    assert (found.over, found.open) == (1, 0)
    assert [pair[:2] for pair in found.pairs] == [("check", "decide")]
    asked = ask(planner, here, at, change={"merge": ["check", "decide"]})
    kept = Experiment.objects.get(id=asked)
    assert 'id="check"' not in kept.documents["process"] and 'id="decide"' in kept.documents["process"]
    planning.run_experiment(id=asked, at=at + timedelta(days=20))
    view = planning.experiment(planner, id=asked)
    assert (view.state, view.fault, view.result["n"]) == ("done", "", 1)
    days = view.result["claims"][0]
    assert days["fact"] == pytest.approx(2) and days["then"] < 1.5


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"change": {}}, "paper"),
    ({"change": {"paper": "no-such-paper"}}, "paper"),
    ({"change": {"merge": ["receive", "nowhere"]}}, "merge"),
    ({"change": {"merge": ["receive"]}}, "merge"),
    ({"change": {"time": -1}}, "time"),
    ({"change": {"time": "soon"}}, "time"),
    ({"change": {"limit": "x/1", "limit_to": "2"}}, "limit"),
    ({"change": {"limit": "x/1", "limit_to": "9" * 40}}, "limit_to"),
    ({"change": {"people": {"officer": 10_000}}}, "people"),
    ({"assumptions": {"work_minutes": "x"}}, "work_minutes"),
    ({"assumptions": {"rest_hours": -1}}, "rest_hours"),
    ({"since": date(2026, 3, 9), "until": date(2026, 3, 2)}, "since"),
    ({"since": date(2020, 1, 1)}, "since"),
    ({"until": date(2030, 1, 1)}, "since"),
]


def test_what_cannot_be_tried_is_refused(here: Registry, planner: Actor, at: datetime) -> None:
    for wrong, field in WRONG:
        with pytest.raises(Invalid) as refused:
            ask(planner, here, at, **wrong)
        assert refused.value.field == field, wrong
    assert not Experiment.objects.exists()


def test_a_draft_is_tried_as_it_was_then(here: Registry, planner: Actor, at: datetime) -> None:
    some_cases(here, at=at, count=2)
    may = ["catalogue.draft", "planning.experiment", "cases.look_back"]
    designer = officer(at=at, username="designer", unit=here.ministry, permissions=may, role="writer")
    code = catalogue.service_by_id(here.birth).code
    draft = catalogue.begin_draft(by=designer, at=at, id=new_id(), code=code)
    content = {**draft.documents.content, "papers": []}
    draft = catalogue.save_draft(by=designer, at=at, draft=draft.id, version=draft.version, content=content)
    asked = ask(designer, here, at, draft_id=draft.id, change={}, assumptions={"errand": True})
    catalogue.save_draft(by=designer, at=at, draft=draft.id, version=draft.version, process="<broken")
    planning.run_experiment(id=asked, at=at)
    view = planning.experiment(designer, id=asked)
    assert (view.kind, view.state, view.draft) == ("draft", "done", draft.id)
    trips = next(one for one in view.result["claims"] if one["code"] == "trips")
    assert trips["change"] == -1
    assert [one.id for one in planning.choices(designer, code=code, since=at, until=at).drafts] == [draft.id]


def test_another_ministry_finds_nothing(here: Registry, planner: Actor, at: datetime) -> None:
    other = officer(
        at=at,
        username="elsewhere",
        unit=access.unit_by_code("MOJ").id,
        permissions=["planning.experiment"],
        role="other",
    )
    asked = ask(planner, here, at)
    with pytest.raises(Missing):
        planning.experiment(other, id=asked)
    assert planning.experiments(other) == []
    with pytest.raises((Missing, Refused)):
        ask(other, here, at)
    with pytest.raises(Refused):
        planning.experiments(here.officer)


def test_who_no_longer_may_gets_no_result(here: Registry, planner: Actor, at: datetime) -> None:
    some_cases(here, at=at, count=1)
    asked = ask(planner, here, at)
    Experiment.objects.filter(id=asked).update(by=here.officer.id, version=2)
    planning.run_experiment(id=asked, at=at + MINUTE)
    view = planning.experiment(planner, id=asked)
    assert (view.state, view.fault, view.result) == ("failed", "out_of_reach", {})
