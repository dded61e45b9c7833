"""A calendar changes under open cases: which move, what they remember, and that it happens once and in few statements."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.actions import recount_batch
from onedoor.domain.cases.events import DraftSaved
from onedoor.domain.cases.models import Case, Recount, Task, Timer
from onedoor.domain.cases.tasks import recounts
from onedoor.domain.centres import api as centres
from onedoor.domain.centres.models import OfficeCalendar
from onedoor.kernel.errors import Refused
from onedoor.kernel.i18n import spoken
from onedoor.kernel.letters import publish, seal_batch
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import officer
from tests.factories.registry import Registry, open_task, received

SYSTEM = Actor.system()
NAME = {"lo": "ວັນພັກພິເສດ", "en": "A day of mourning"}
WEDNESDAY = date(2026, 3, 4)


def declare(at: datetime, day: date, name: dict[str, str] | None = NAME) -> None:
    """Declare or cancel a holiday, and let the news be told."""
    unit = OfficeCalendar.objects.get().unit_id
    centres.save_holiday(by=SYSTEM, at=at, unit=unit, day=day, name=name)
    tell(at)


def tell(at: datetime) -> None:
    while seal_batch():
        pass
    drain(at=at)


def due(got: cases.Received) -> date | None:
    with everything("a test looks"):
        return Case.objects.get(id=got.case).due_on


def test_a_holiday_moves_open_cases_and_says_which(world: Registry, at: datetime) -> None:
    tell(at)
    recounts(at=at)
    soon, later = received(world, at=at), received(world, at=at + timedelta(days=3))
    declare(at + timedelta(minutes=1), WEDNESDAY)
    assert [row[0] for row in cases.preview_recount(at=at)] == [soon.number]
    recounts(at=at)
    assert (due(soon), due(later)) == (date(2026, 3, 6), date(2026, 3, 10))
    assert Task.objects.get(id=open_task(soon.case)).due_on == date(2026, 3, 6)
    assert Timer.objects.get(case_id=soon.case, node="term").due_at.date() == date(2026, 3, 6)
    assert not list(cases.preview_recount(at=at))
    with spoken("en"):
        clock = cases.case_view(by=world.decider, at=at, case=soon.case).clock
    assert clock is not None
    assert any("4 March 2026 became a holiday (A day of mourning)" in fact.words for fact in clock.facts)
    given = ["centres.calendar"]
    owner = officer(at=at, username="owner", unit=world.ministry, permissions=given, role="owner")
    held = cases.recounts(owner)[0]
    assert (held.day, held.moved, held.done) == (WEDNESDAY, 1, True)
    moved = cases.recount(owner, id=held.id)[1]
    assert [(row.number, row.was, row.now) for row in moved] == [
        (soon.number, date(2026, 3, 5), date(2026, 3, 6))
    ]
    with pytest.raises(Refused):
        cases.recounts(world.decider)


def test_a_holiday_that_is_cancelled_moves_them_back_and_the_ring_with_them(
    world: Registry, at: datetime
) -> None:
    tell(at)
    recounts(at=at)
    declare(at, WEDNESDAY)
    recounts(at=at)
    got = received(world, at=at)
    assert due(got) == date(2026, 3, 6)
    before = Timer.objects.get(case_id=got.case, node="clock.warning").due_at
    declare(at, WEDNESDAY, None)
    recounts(at=at)
    assert due(got) == date(2026, 3, 5)
    assert Timer.objects.get(case_id=got.case, node="clock.warning").due_at < before


def test_what_does_not_move_is_not_written_and_twice_is_once(world: Registry, at: datetime) -> None:
    tell(at)
    recounts(at=at)
    got = received(world, at=at)
    ended = received(world, at=at)
    cases.complete(by=world.decider, at=at, task=open_task(ended.case), outcome="refuse", reason="x")
    declare(at, WEDNESDAY)
    recounts(at=at)
    with everything("a test looks"):
        before = Case.objects.get(id=got.case).version
    Recount.objects.update(done_at=None, after=None)
    recounts(at=at)
    with everything("a test looks"):
        assert Case.objects.get(id=got.case).version == before
    assert due(ended) == date(2026, 3, 5)
    assert Recount.objects.filter(done_at=None).count() == 0


def test_as_many_statements_for_many_as_for_one(world: Registry, at: datetime) -> None:
    tell(at)
    recounts(at=at)
    seen = []
    for number, day in ((1, WEDNESDAY), (5, date(2026, 3, 5))):
        for _ in range(number):
            received(world, at=at)
        declare(at, day)
        with CaptureQueriesContext(connection) as captured:
            recount_batch(at=at)
        seen.append(len(captured))
        recounts(at=at)
    assert seen[1] <= seen[0], seen


def test_a_step_moves_though_its_case_does_not(world: Registry, at: datetime) -> None:
    """The step is due two days before the case: a holiday on its last day moves the step, while the case's date stays."""
    tell(at)
    recounts(at=at)
    got = received(world, at=at)
    with everything("a test makes the case's own term one of many calendar days"):
        held = Case.objects.get(id=got.case)
        held.due_why = {"kind": "calendar", "days": 30, "from": "2026-03-02"}
        held.due_on = date(2026, 4, 1)
        held.save()
        publish(DraftSaved(service=held.service_id), of=held, by=SYSTEM, at=at, centre=held.centre_id)
    task = Task.objects.get(id=open_task(got.case))
    before = task.due_on
    assert before is not None
    declare(at + timedelta(minutes=1), WEDNESDAY)
    recounts(at=at)
    task.refresh_from_db()
    assert due(got) == date(2026, 4, 1) and task.due_on is not None and task.due_on > before
    assert Recount.objects.order_by("-at").first().moved == 0  # type: ignore[union-attr]
    version = held.version
    recounts(at=at)
    held.refresh_from_db()
    assert held.version == version + 1


def test_a_holiday_on_a_day_of_rest_gives_the_next_working_day(world: Registry, at: datetime) -> None:
    tell(at)
    recounts(at=at)
    got = received(world, at=at + timedelta(days=3))
    assert due(got) == date(2026, 3, 10)
    unit, saturday = OfficeCalendar.objects.get().unit_id, date(2026, 3, 7)
    centres.save_holiday(by=SYSTEM, at=at, unit=unit, day=saturday, name=NAME, in_lieu=True)
    tell(at)
    recounts(at=at + timedelta(days=3, minutes=1))
    given = {one.day: one.name["en"] for one in centres.holidays(unit, year=2026)}
    assert given[date(2026, 3, 9)] == "A day of mourning (in lieu)" and saturday in given
    assert due(got) == date(2026, 3, 11)
    declare(at, WEDNESDAY)
    assert date(2026, 3, 5) not in {one.day for one in centres.holidays(unit, year=2026)}


def test_other_opening_hours_move_what_counts_in_them(world: Registry, at: datetime) -> None:
    """Eight office hours, received at nine on a Monday; the centre then opens in the mornings only."""
    tell(at)
    recounts(at=at)
    counted, other = received(world, at=at), received(world, at=at)
    with everything("a test makes the term one of office hours"):
        held = Case.objects.get(id=counted.case)
        held.due_why = {"kind": "hours", "days": 8, "from": "2026-03-02", "began": at.isoformat()}
        held.due_on = date(2026, 3, 3)
        held.save()
        publish(DraftSaved(service=held.service_id), of=held, by=SYSTEM, at=at, centre=held.centre_id)
    for hours, moved_to in ((range(8, 12), date(2026, 3, 4)), (range(8, 16), date(2026, 3, 3))):
        kept = [
            centres.Hours(weekday=day, opens=time(hours[0]), closes=time(hours[-1] + 1))
            for day in range(1, 6)
        ]
        for _ in range(2):  # the second time nothing is new
            centres.save_hours(by=SYSTEM, at=at, centre=world.centre, hours=kept, confirmed=True)
        tell(at)
        recounts(at=at + timedelta(minutes=1))
        assert (due(counted), due(other)) == (moved_to, date(2026, 3, 5))
    done = list(Recount.objects.filter(centre_id=world.centre).values_list("examined", "moved"))
    assert done == [(1, 1), (1, 1)]
    with spoken("en"):
        clock = cases.case_view(by=world.decider, at=at, case=counted.case).clock
    assert clock is not None
    assert any(
        "The opening hours of the centre changed: the due date moved" in fact.words for fact in clock.facts
    )
