"""Shifts are planned, copied, given away and taken; officers sit down and go for breaks; the head says who may serve what."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.access.api import OutOfReach
from onedoor.domain.centres import api as centres
from onedoor.domain.centres.rules.shifts import ShiftView, clashes, presence, repeated, shift_fault, staffed
from onedoor.kernel.errors import Conflict, Refused
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor
from tests.factories import offices
from tests.factories.hall import Hall, hall
from tests.factories.mobile import unit

DAY = date(2026, 3, 2)
EIGHT, NOON, FOUR = time(8), time(12), time(16)
TIMES = st.times(min_value=time(6), max_value=time(20)).map(lambda one: one.replace(second=0, microsecond=0))


def shift(**about: object) -> ShiftView:
    held = {
        "id": uuid4(),
        "centre": UUID(int=1),
        "officer": uuid4(),
        "day": DAY,
        "starts": EIGHT,
        "ends": NOON,
    }
    return ShiftView(**{**held, **about})  # type: ignore[arg-type]


@settings(max_examples=40)
@given(st.lists(st.tuples(TIMES, TIMES, st.integers(0, 1), st.integers(0, 1)), max_size=5))
def test_what_is_let_in_never_puts_one_officer_or_one_counter_in_two_places(
    rows: list[tuple[time, time, int, int]],
) -> None:
    people, places = [uuid4(), uuid4()], [uuid4(), uuid4()]
    held: list[ShiftView] = []
    for starts, ends, who, where in rows:
        one = shift(starts=starts, ends=ends, officer=people[who], counter=places[where])
        if shift_fault(one) is None and not clashes(one, held):
            held.append(one)
    for minute in range(6 * 60, 20 * 60, 7):
        moment = time(minute // 60, minute % 60)
        working = [one for one in held if one.works_at(moment)]
        assert len({one.officer for one in working}) == len({one.counter for one in working}) == len(working)


def test_breaks_lie_within_the_shift_and_leave_the_counter_empty() -> None:
    tea = (time(10), time(10, 15))
    held = shift(breaks=(tea,), counter=UUID(int=7))
    assert shift_fault(held) is None
    assert shift_fault(shift(breaks=((time(11, 50), time(12, 10)),))) == ("breaks", "outside")
    assert shift_fault(shift(breaks=(tea, (time(10, 10), time(10, 20))))) == ("breaks", "outside")
    assert shift_fault(shift(starts=NOON, ends=EIGHT)) == ("ends", "backwards")
    assert staffed([held]) == {UUID(int=7): ((EIGHT, time(10)), (time(10, 15), NOON))}
    assert held.works_at(time(9, 59)) and not held.works_at(time(10)) and not held.works_at(NOON)


def test_a_pattern_repeats_its_weekdays_for_thirteen_weeks_at_most() -> None:
    found = repeated(DAY, weekdays=[1, 3], until=DAY + timedelta(days=365))
    assert len(found) == 26 and {one.isoweekday() for one in found} == {1, 3} and found[0] == DAY
    assert repeated(DAY, weekdays=[1], until=DAY - timedelta(days=1)) == []


def test_presence_by_plan_and_fact(at: datetime) -> None:
    planned = shift(day=at.date())
    found = [
        presence(planned, None, moment=at + timedelta(minutes=one), begins=at) for one in (-1, 5, 10, 240)
    ]
    assert found == ["to come", "to come", "late", "absent"]


@pytest.fixture
def here(db: None, at: datetime) -> Hall:
    return hall(at=at, always_open=True)


def head(here: Hall, at: datetime) -> Actor:
    offices.role("head", "centres.staff", "centres.counter", at=at)
    who = offices.staff("head.one", at=at)
    offices.give(who, "head", here.centre, at=at)
    return who


def plan(here: Hall, by: Actor, at: datetime, **about: object) -> centres.Planned:
    wanted = {
        "centre": here.centre,
        "officer": here.officer.id,
        "days": [at.date()],
        "starts": EIGHT,
        "ends": NOON,
    }
    return centres.plan_shifts(by=by, at=at, **{**wanted, **about})  # type: ignore[arg-type]


def test_the_head_plans_and_everybody_reads_it(here: Hall, at: datetime) -> None:
    boss, counter, day = head(here, at), here.counters[0], at.date()
    plan(here, boss, at, counter=counter, breaks=[(time(10), time(10, 15))])
    (mine,) = centres.shifts_of(here.officer.id, day, day)
    assert mine.counter == counter and centres.counters_staffed(here.centre, day)[counter][0] == (
        EIGHT,
        time(10),
    )
    morning = at.replace(hour=2, minute=0)  # nine in Vientiane
    assert [one.officer for one in centres.on_shift(here.centre, morning)] == [here.officer.id]
    assert centres.on_shift(here.centre, morning.replace(hour=3, minute=5)) == ()
    with pytest.raises(centres.OfficerIsPlanned, match="08:00"):
        plan(here, boss, at, starts=time(11), ends=FOUR)
    with pytest.raises(centres.CounterIsPlanned):
        plan(here, boss, at, officer=boss.id, counter=counter)
    with pytest.raises(centres.ShiftIsWrong) as wrong:
        plan(here, boss, at, days=[day - timedelta(days=1)])
    assert wrong.value.field == "day"
    with pytest.raises(Refused):
        plan(here, here.officer, at)
    changed = centres.change_shift(
        by=boss, at=at, shift=mine.id, starts=EIGHT, ends=FOUR, counter=None, version=mine.version
    )
    with pytest.raises(Conflict):
        centres.change_shift(
            by=boss, at=at, shift=mine.id, starts=EIGHT, ends=NOON, counter=None, version=mine.version
        )
    assert changed.ends == FOUR and centres.counters_staffed(here.centre, day) == {}
    centres.cancel_shift(by=boss, at=at, shift=mine.id)
    assert centres.shifts_on(here.centre, day) == ()


def test_a_week_is_copied_without_what_clashes_or_is_a_holiday(here: Hall, at: datetime) -> None:
    boss, monday = head(here, at), centres.monday(at.date()) + timedelta(days=7)
    plan(here, boss, at, days=[monday, monday + timedelta(days=1), monday + timedelta(days=2)])
    later = monday + timedelta(days=7)
    plan(here, boss, at, days=[later], starts=time(10), ends=FOUR)
    centres.save_holiday(
        by=Actor.system(), at=at, unit=here.country, day=later + timedelta(days=1), name={"lo": "ພັກ"}
    )
    done = centres.copy_week(by=boss, at=at, centre=here.centre, source=monday, to=later)
    assert [one.day for one in done.made] == [later + timedelta(days=2)]
    assert [why for _one, why in done.left] == ["officer", "holiday"]
    assert centres.copy_week(by=boss, at=at, centre=here.centre, source=monday, to=later).made == ()


def test_a_shift_is_given_away_and_taken_by_one(here: Hall, at: datetime) -> None:
    boss = head(here, at)
    (planned,) = plan(here, boss, at).made
    with pytest.raises(centres.ShiftIsNotOffered):
        centres.take_shift(by=boss, at=at, shift=planned.id)
    with pytest.raises(OutOfReach):
        centres.offer_shift(by=here.stranger, at=at, shift=planned.id)
    centres.offer_shift(by=here.officer, at=at, shift=planned.id)
    colleague, late = colleagues(here, at)
    asked = centres.take_shift(by=colleague, at=at, shift=planned.id)
    assert (asked.officer, asked.taker) == (here.officer.id, colleague.id)
    assert centres.take_shift(by=colleague, at=at, shift=planned.id) == asked
    with pytest.raises(centres.ShiftIsNotOffered):
        centres.take_shift(by=late, at=at, shift=planned.id)
    with pytest.raises(Refused):
        settle(colleague, at, planned, colleague)
    assert centres.exchanges(here.centre, since=at.date()) == [asked]
    with pytest.raises(centres.NobodyAsks):
        settle(boss, at, planned, late)
    given = settle(boss, at, planned, colleague)
    assert (given.officer, given.offered, given.taker) == (colleague.id, False, None)
    assert centres.exchanges(here.centre, since=at.date()) == []
    with pytest.raises(centres.NobodyAsks):
        settle(boss, at, planned, colleague)
    assert LetterRow.objects.filter(type="centres.shift_taken").count() == 1


def test_an_exchange_that_is_refused_kept_or_changed_leaves_the_shift_where_it_was(
    here: Hall, at: datetime
) -> None:
    boss, (colleague, _late) = head(here, at), colleagues(here, at)
    (planned,) = plan(here, boss, at).made

    def asked() -> None:
        centres.offer_shift(by=here.officer, at=at, shift=planned.id)
        centres.take_shift(by=colleague, at=at, shift=planned.id)

    asked()
    refused = settle(boss, at, planned, colleague, approved=False)
    assert (refused.officer, refused.offered, refused.taker) == (here.officer.id, True, None)
    asked()
    centres.offer_shift(by=here.officer, at=at, shift=planned.id, offered=False)
    with pytest.raises(centres.NobodyAsks):
        settle(boss, at, planned, colleague)
    asked()
    changed = centres.change_shift(by=boss, at=at, shift=planned.id, starts=EIGHT, ends=FOUR, counter=None)
    assert changed.taker is None, "who asked had seen other hours"
    asked()
    plan(here, boss, at, officer=colleague.id, starts=time(14), ends=FOUR)
    with pytest.raises(centres.OfficerIsPlanned):
        settle(boss, at, planned, colleague)


def test_only_who_works_at_the_centre_is_planned_there_and_other_centres_keep_their_hours(
    here: Hall, at: datetime
) -> None:
    boss, day = head(here, at), at.date()
    for nobody in (here.stranger.id, uuid4()):
        with pytest.raises(centres.NotStaffHere) as wrong:
            plan(here, boss, at, officer=nobody)
        assert wrong.value.field == "officer"
        with pytest.raises(centres.NotStaffHere):
            centres.save_skills(by=boss, at=at, centre=here.centre, officer=nobody, rows=[])
    van = unit(here, at)
    offices.give(here.officer, "head", van, at=at)
    plan(here, Actor.system(), at, centre=van)
    with pytest.raises(centres.OfficerIsPlanned) as busy:
        plan(here, boss, at, starts=time(9))
    assert "08:00" not in str(busy.value.message) and "12:00" not in str(busy.value.message)
    assert centres.shifts_on(here.centre, day) == ()


def colleagues(here: Hall, at: datetime) -> tuple[Actor, Actor]:
    """Two more officers of the centre."""
    offices.role("colleague", "centres.counter", at=at)
    found = offices.staff("one.more", at=at), offices.staff("two.more", at=at)
    for one in found:
        offices.give(one, "colleague", here.centre, at=at)
    return found


def settle(
    by: Actor, at: datetime, shift: ShiftView, taker: Actor, *, approved: bool = True
) -> centres.ShiftView:
    return centres.settle_exchange(by=by, at=at, shift=shift.id, taker=taker.id or uuid4(), approved=approved)


def test_who_sits_down_opens_the_counter_and_a_break_closes_it_for_a_time(here: Hall, at: datetime) -> None:
    counter, day = here.counters[0], at.astimezone(ZONE).date()
    boss = head(here, at)
    with pytest.raises(centres.NobodySitsHere):
        centres.begin_break(by=here.officer, at=at, counter=counter, minutes=15)
    first = centres.sit_down(by=here.officer, at=at, counter=counter)
    assert centres.sit_down(by=here.officer, at=at, counter=counter) == first
    with pytest.raises(centres.BreakIsWrong):
        centres.begin_break(by=here.officer, at=at, counter=counter, minutes=4)
    centres.begin_break(by=here.officer, at=at, counter=counter, minutes=15)
    away = centres.counter(counter)
    assert (away.state, away.back_at) == ("closed", at + timedelta(minutes=15))
    centres.end_break(by=here.officer, at=at + timedelta(minutes=14), counter=counter)
    back = centres.counter(counter)
    assert (back.state, back.back_at) == ("open", None)
    centres.sit_down(by=boss, at=at + timedelta(minutes=20), counter=counter)
    gone, now = centres.sittings(here.centre, day)
    assert gone.ended_at and len(gone.breaks) == 1 and now.officer == boss.id
    centres.rise(by=boss, at=at + timedelta(minutes=30), counter=counter)
    assert centres.counter(counter).state == "closed" and centres.sitting_at(counter, day=day) is None


def test_skills_hold_from_day_to_day_and_none_said_means_all(here: Hall, at: datetime) -> None:
    boss, day, who = head(here, at), at.date(), here.officer.id
    assert centres.skills_of(who).may_serve(here.birth, day) and centres.skills_of(who).languages(day) is None
    rows = [("service", str(here.birth), day, day + timedelta(days=10)), ("language", "hmn", day, None)]
    centres.save_skills(by=boss, at=at, centre=here.centre, officer=who, rows=rows, seen=[])  # type: ignore[arg-type]
    skills = centres.skills_of(who)
    assert skills.services(day) == frozenset({here.birth}) and skills.languages(day) == frozenset({"hmn"})
    assert (
        not skills.may_serve(here.document, day) and skills.services(day + timedelta(days=10)) == frozenset()
    )
    with pytest.raises(Conflict):
        centres.save_skills(by=boss, at=at, centre=here.centre, officer=who, rows=[], seen=[])
    with pytest.raises(centres.SkillsAreWrong):
        wrong = [("service", "x", day, None)]
        centres.save_skills(by=boss, at=at, centre=here.centre, officer=who, rows=wrong)  # type: ignore[arg-type]
