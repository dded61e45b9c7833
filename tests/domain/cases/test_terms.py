"""The legal clock of live cases: it stands still while the applicant has the case, and no step is due after the whole."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Case, Task, Timer
from onedoor.domain.cases.rules.clock import Clock, clock_of
from onedoor.domain.cases.tasks import terms
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.models import Edition
from onedoor.kernel.errors import Refused
from onedoor.kernel.i18n import spoken
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import officer
from tests.factories.registry import Registry, open_task, received


def the_case(id: object) -> Case:
    with everything("a test looks"):
        return Case.objects.get(id=id)


def clock(id: object) -> Clock:
    found = clock_of(the_case(id).due_why)
    assert found is not None
    return found


def returned(world: Registry, got: cases.Received, at: datetime) -> None:
    cases.complete(by=world.decider, at=at, task=open_task(got.case), outcome="return", reason="ຊື່ບໍ່ຄົບ")


def test_the_clock_stands_still_while_the_applicant_has_the_case(world: Registry, at: datetime) -> None:
    got = received(world, at=at)  # Monday 2 March 2026
    assert the_case(got.case).due_on == date(2026, 3, 5)
    returned(world, got, at + timedelta(days=1))
    assert the_case(got.case).due_on is None
    assert clock(got.case).standing is not None
    cases.complete(by=world.colleague, at=at + timedelta(days=7), task=open_task(got.case))
    held = the_case(got.case)  # returned on Tuesday, back on Monday: one day used, two are left
    assert held.due_on == date(2026, 3, 11)
    assert Task.objects.get(id=open_task(got.case)).due_on == held.due_on


def test_there_and_back_on_one_day_leaves_no_trace(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    before = the_case(got.case).due_why
    returned(world, got, at + timedelta(hours=1))
    cases.complete(by=world.colleague, at=at + timedelta(hours=2), task=open_task(got.case))
    held = the_case(got.case)
    assert (held.due_on, held.due_why) == (date(2026, 3, 5), before)


def test_a_step_begun_late_is_due_with_the_whole_case(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    returned(world, got, at + timedelta(days=2))
    cases.complete(by=world.colleague, at=at + timedelta(days=2), task=open_task(got.case))
    task = Task.objects.get(id=open_task(got.case))
    assert (task.due_on, task.due_why) == (date(2026, 3, 5), {"kind": "case"})


def test_nothing_is_left_running_when_it_ends(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    cases.complete(by=world.decider, at=at, task=open_task(got.case), outcome="refuse", reason="x")
    assert not Timer.objects.filter(case_id=got.case, state="waiting").exists()
    assert the_case(got.case).due_on == date(2026, 3, 5)


@pytest.fixture
def chief(world: Registry, at: datetime) -> Actor:
    """Who leads the ministry: gives more time and sees what is late."""
    given = ["cases.decide", "cases.extend", "cases.oversee"]
    return officer(at=at, username="chief", unit=world.ministry, permissions=given, role="ministry_head")


def allow(world: Registry, **more: int) -> None:
    """Let the service of the world give more time."""
    row = Edition.objects.get(id=catalogue.service_by_id(world.birth).version_id)
    row.content["duration"] |= more
    row.save()
    catalogue.service_version.cache_clear()


def letters(name: str, case: UUID) -> list[dict[str, Any]]:
    rows = LetterRow.objects.filter(type=name, aggregate=case).order_by("version")
    return [orjson.loads(row.body) for row in rows]


def test_an_officer_lets_it_stand_still_for_a_missing_paper(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    task = open_task(got.case)
    with pytest.raises(cases.ReasonIsMissing):
        cases.pause(by=world.decider, at=at, task=task, reason=" ")
    for somebody in (world.other_decider, world.officer, world.stranger):
        with pytest.raises(cases.NoSuchTask):
            cases.pause(by=somebody, at=at, task=task, reason="x")
    cases.pause(by=world.decider, at=at + timedelta(days=1), task=task, reason="ຂາດໃບຢັ້ງຢືນ")
    held = the_case(got.case)
    assert (held.due_on, Task.objects.get(id=task).due_on) == (None, None)
    assert cases.worklist(world.decider, at=at + timedelta(days=20)).counts["overdue"] == 0
    assert Timer.objects.get(case_id=got.case, node="term").state == "resting"
    assert terms(at=at + timedelta(days=20)) == 0
    with pytest.raises(cases.TermStandsStill):
        cases.pause(by=world.decider, at=at + timedelta(days=2), task=task, reason="x")
    assert cases.resume(by=world.decider, at=at + timedelta(days=7), task=task) == date(2026, 3, 11)
    row, timer = Task.objects.get(id=task), Timer.objects.get(case_id=got.case, node="term")
    assert (row.due_on, timer.state) == (date(2026, 3, 11), "waiting")
    assert timer.due_at == datetime(2026, 3, 11, 17, tzinfo=UTC)
    with pytest.raises(cases.TermDoesNotStandStill):
        cases.resume(by=world.decider, at=at + timedelta(days=7), task=task)
    assert [len(letters(f"cases.clock_{name}", got.case)) for name in ("paused", "resumed")] == [1, 1]


def test_whoever_goes_on_with_the_case_lets_its_clock_go_on(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    cases.pause(by=world.decider, at=at, task=open_task(got.case), reason="x")
    later = at + timedelta(days=2)
    cases.complete(by=world.decider, at=later, task=open_task(got.case), outcome="refuse", reason="y")
    held = the_case(got.case)
    assert (held.status, held.due_on, clock(got.case).standing) == ("refused", date(2026, 3, 9), None)
    assert cases.case_view(by=world.decider, at=later, case=got.case).on_time is True


def test_more_time_is_given_once_and_before_the_end(world: Registry, at: datetime, chief: Actor) -> None:
    allow(world, extensions=1, extension=2)
    got = received(world, at=at)
    with pytest.raises(Refused):
        cases.extend(by=world.decider, at=at, case=got.case, amount=2, reason="x")
    with pytest.raises(cases.NoSuchCase):
        cases.extend(by=world.other_decider, at=at, case=got.case, amount=2, reason="x")
    with pytest.raises(cases.ExtensionIsTooLong):
        cases.extend(by=chief, at=at, case=got.case, amount=3, reason="x")
    with pytest.raises(cases.TermHasRunOut):
        cases.extend(by=chief, at=at + timedelta(days=9), case=got.case, amount=2, reason="x")
    assert cases.extend(by=chief, at=at, case=got.case, amount=2, reason="ລໍຖ້າບ້ານ") == date(2026, 3, 9)
    assert Task.objects.get(id=open_task(got.case)).due_on == date(2026, 3, 9)
    with pytest.raises(cases.NoMoreExtensions):
        cases.extend(by=chief, at=at, case=got.case, amount=1, reason="x")
    assert letters("cases.term_extended", got.case) == [{"amount": 2, "due": "2026-03-09"}]


def test_it_warns_says_that_the_term_ran_out_and_tells_those_above(
    world: Registry, at: datetime, chief: Actor
) -> None:
    got = received(world, at=at)
    assert not cases.escalated(chief, at=at)
    assert terms(at=at + timedelta(days=2)) == 1
    assert letters("cases.term_warned", got.case) == [{"due": "2026-03-05"}]
    late = at + timedelta(days=4)
    terms(at=late)
    assert len(letters("cases.term_breached", got.case)) == 1
    row = cases.escalated(chief, at=late)[0]
    assert (row.case, row.level, row.due_on, row.days) == (got.case, 1, date(2026, 3, 5), 4)
    with pytest.raises(Refused):
        cases.escalated(world.decider, at=late)
    assert cases.case_view(by=chief, at=late, case=got.case).number == got.number
    assert terms(at=late + timedelta(days=20)) == 0  # nothing is above the ministry
    assert terms(at=late + timedelta(days=40)) == 0
    cases.complete(by=world.decider, at=late, task=open_task(got.case), outcome="refuse", reason="y")
    assert not cases.escalated(chief, at=late)


def test_a_ring_set_too_early_goes_to_sleep(world: Registry, at: datetime) -> None:
    got = received(world, at=at)
    cases.pause(by=world.decider, at=at, task=open_task(got.case), reason="x")
    cases.resume(by=world.decider, at=at + timedelta(days=7), task=open_task(got.case))
    assert terms(at=at + timedelta(days=3)) == 0
    assert not letters("cases.term_warned", got.case)
    ring = Timer.objects.get(case_id=got.case, node="clock.warning")
    assert ring.due_at > at + timedelta(days=3)
    assert terms(at=ring.due_at) == 1


def test_what_is_explained_to_officer_and_applicant(world: Registry, at: datetime, chief: Actor) -> None:
    allow(world, extensions=1, extension=2)
    got = received(world, at=at)
    cases.pause(by=world.decider, at=at, task=open_task(got.case), reason="a paper is missing")
    cases.resume(by=world.decider, at=at + timedelta(days=2), task=open_task(got.case))
    cases.extend(
        by=chief, at=at + timedelta(days=2), case=got.case, amount=1, reason="we wait for the village"
    )
    with spoken("en"):
        staff = cases.case_view(by=world.decider, at=at + timedelta(days=2), case=got.case).clock
        mine = cases.follow(number=got.number, code=got.code, address="10.0.0.1", at=at).clock
    assert staff and mine and [fact.kind for fact in staff.facts] == [fact.kind for fact in mine.facts]
    said = [fact.words for fact in staff.facts]
    assert "The term is 3 working days." in said
    assert "Paused for 2 days: a paper is missing." in said
    assert "Saturday and Sunday are skipped: days of rest." in said
    assert any("we wait for the village" in each and "chief" in each for each in said)
    assert not any("chief" in fact.words for fact in mine.facts)
