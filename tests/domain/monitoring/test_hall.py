"""A hall is drawn from the record of its day: now, at an instant before, and from its film."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.domain.centres.api import begin_break, end_break, rise, set_counter_state, sit_down
from onedoor.domain.monitoring.actions.keeping import forget_old, make_anew, pack_days
from onedoor.domain.monitoring.models import Film, Visit, reel_of
from onedoor.domain.monitoring.rules.hall import Move, Reel, Stay, Turn, covered_since, picture
from onedoor.domain.queue import api as queue
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.letters import follow_batch, seal_batch
from onedoor.kernel.scope import everything
from tests.factories.hall import Hall, hall

NINE = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
COUNTER, SERVICE = uuid4(), uuid4()


def minutes(number: float) -> datetime:
    return NINE + timedelta(minutes=number)


def stay(number: str, *moves: tuple[float, str], zone: str = "") -> Stay:
    return Stay(
        number,
        SERVICE,
        zone,
        tuple(Move(minutes(at), status, None if status == "waiting" else COUNTER) for at, status in moves),
    )


def reel(*stays: Stay) -> Reel:
    return Reel(stays, (Turn(minutes(-60), COUNTER, "1", "open", uuid4()),), ())


def test_each_instant_shows_what_stood_then() -> None:
    day = reel(
        stay("A001", (0, "waiting"), (5, "called"), (6, "serving"), (10, "served")),
        stay("A002", (1, "waiting"), (11, "called"), (12, "missed")),
        stay("B001", (2, "waiting"), zone="quick"),
    )
    at_three = picture(day, at=minutes(3), limit=25, idle=10)
    assert [(zone.code, zone.numbers) for zone in at_three.zones] == [
        ("", ("A001", "A002")),
        ("quick", ("B001",)),
    ]
    assert [desk.state for desk in at_three.desks] == ["free"]
    at_seven = picture(day, at=minutes(7), limit=25, idle=10)
    assert [(desk.state, desk.number) for desk in at_seven.desks] == [("serving", "A001")]
    at_the_end = picture(day, at=minutes(13), limit=25, idle=10)
    assert (at_the_end.served, at_the_end.aside, at_the_end.waiting) == (1, ("A002",), 1)
    assert at_the_end.desks[0].since == minutes(12), "free since the last person left it"
    assert picture(day, at=minutes(-1), limit=25, idle=10).taken == 0


@given(
    spans=st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(1, 30))), max_size=8),
    now=st.integers(0, 90),
)
def test_since_when_is_the_first_minute_from_which_every_one_is_covered(
    spans: list[tuple[int, int | None]], now: int
) -> None:
    those = [(minutes(start), None if long is None else minutes(start + long)) for start, long in spans]
    found = covered_since(those, minutes(now))

    def covered(minute: int) -> bool:
        """At an instant a moment after the minute."""
        there = minutes(minute + 0.5)
        return any(start <= there and (end is None or end > there) for start, end in those)

    minute = now
    while minute > 0 and covered(minute - 1):
        minute -= 1
    holds_now = any(start <= minutes(now) and (end is None or end >= minutes(now)) for start, end in those)
    if found is None:
        assert not holds_now
    else:
        assert holds_now and found == minutes(minute)


def test_a_standard_is_missed_as_long_as_somebody_is_over_it() -> None:
    day = reel(
        stay("A001", (0, "waiting"), (40, "called")),
        stay("A002", (10, "waiting"), (50, "called")),
        stay("A003", (60, "waiting")),
    )
    assert picture(day, at=minutes(24), limit=25, idle=None).missed is None
    assert picture(day, at=minutes(49), limit=25, idle=None).missed == minutes(25)
    assert picture(day, at=minutes(84), limit=25, idle=None).missed is None
    assert picture(day, at=minutes(86), limit=25, idle=None).missed == minutes(85)


def test_a_counter_is_idle_only_while_people_wait_and_an_officer_sits_there() -> None:
    served = stay("A001", (0, "waiting"), (1, "called"), (2, "serving"), (5, "served"))
    waiting = stay("A002", (6, "waiting"))
    assert [desk.code for desk in picture(reel(served, waiting), at=minutes(16), limit=25, idle=10).idle] == [
        "1"
    ]
    assert not picture(reel(served, waiting), at=minutes(14), limit=25, idle=10).idle
    assert not picture(reel(served), at=minutes(16), limit=25, idle=10).idle
    nobody = Reel((waiting,), (Turn(minutes(-60), COUNTER, "1", "open", None),), ())
    assert not picture(nobody, at=minutes(60), limit=25, idle=10).idle


@pytest.fixture
def here(db: None, at: datetime) -> Iterator[Hall]:
    with everything("tests look everywhere"):
        yield hall(at=at)


def follow() -> None:
    seal_batch()
    while follow_batch():
        pass


def lived(here: Hall, at: datetime) -> UUID:
    """One served, one held, one given back, one waiting; a counter closes."""
    first, second, third, fourth = (
        queue.take_ticket(
            by=here.kiosk, at=at + timedelta(seconds=each), centre=here.centre, service=here.birth
        )
        for each in range(4)
    )
    counter = here.counters[0]
    for number, (ticket, then) in enumerate(
        ((first, queue.finish), (second, queue.hold), (third, queue.give_back)), start=1
    ):
        when = at + timedelta(minutes=10 * number)
        queue.call_next(by=here.officer, at=when, counter=counter)
        queue.start(by=here.officer, at=when + timedelta(minutes=1), ticket=ticket.id)
        then(by=here.officer, at=when + timedelta(minutes=3), ticket=ticket.id)
    set_counter_state(
        by=here.officer, at=at + timedelta(minutes=40), counter=here.counters[1], state="closed"
    )
    return fourth.id


def test_the_film_of_a_day_shows_what_its_rows_showed(here: Hall, at: datetime) -> None:
    lived(here, at)
    follow()
    day = Visit.objects.values_list("day", flat=True)[0]
    running = reel_of(centre=here.centre, day=day)
    then = picture(running, at=at + timedelta(minutes=25), limit=25, idle=10)
    assert [(desk.code, desk.state) for desk in then.desks] == [("1", "free"), ("2", "free"), ("3", "free")]
    assert (then.served, len(then.aside), then.waiting) == (1, 1, 2)
    later = picture(running, at=at + timedelta(minutes=41), limit=25, idle=10)
    assert [desk.state for desk in later.desks] == ["free", "closed", "free"]
    assert later.desks[0].officer == here.officer.id
    assert pack_days(before=day + timedelta(days=1)) == 1
    assert reel_of(centre=here.centre, day=day) == running
    forget_old(before=at + timedelta(days=60))
    assert not Visit.objects.exists()
    assert reel_of(centre=here.centre, day=day).stays == running.stays


def test_who_came_with_a_paper_ticket_waits_from_the_time_on_it(here: Hall, at: datetime) -> None:
    came = at - timedelta(minutes=40)
    queue.take_ticket(
        by=here.kiosk, at=at, centre=here.centre, service=here.birth, origin="paper", issued_at=came
    )
    follow()
    (row,) = Visit.objects.all()
    (seen,) = reel_of(centre=here.centre, day=row.day).stays
    assert row.taken_at == came and seen.waited() == (came, None)


def test_days_that_were_not_packed_are_not_let_go(here: Hall, at: datetime) -> None:
    lived(here, at)
    follow()
    assert not Film.objects.exists()
    day = at.astimezone(ZONE).date()
    before = reel_of(centre=here.centre, day=day)
    forget_old(before=at + timedelta(days=60))
    assert Visit.objects.count() == 4
    assert reel_of(centre=here.centre, day=day) == before, (
        "their film is still to be made of turns and moments, too"
    )


def test_the_hall_is_made_anew_from_the_letters(here: Hall, at: datetime) -> None:
    lived(here, at)
    follow()
    day = Visit.objects.values_list("day", flat=True)[0]
    before = reel_of(centre=here.centre, day=day)
    make_anew()
    follow()
    assert reel_of(centre=here.centre, day=day) == before


def test_an_officer_sits_down_breaks_and_rises(here: Hall, at: datetime) -> None:
    counter = here.counters[0]
    sit_down(by=here.officer, at=at, counter=counter)
    begin_break(by=here.officer, at=at + timedelta(minutes=10), counter=counter, minutes=15)
    end_break(by=here.officer, at=at + timedelta(minutes=20), counter=counter)
    rise(by=here.officer, at=at + timedelta(minutes=30), counter=counter)
    follow()
    day = at.astimezone(ZONE).date()
    running = reel_of(centre=here.centre, day=day)
    seen = [
        picture(running, at=at + timedelta(minutes=each), limit=None, idle=None).desks[0]
        for each in (5, 15, 25, 35)
    ]
    assert [(desk.state, desk.officer is not None) for desk in seen] == [
        ("free", True),
        ("break", False),
        ("free", True),
        ("closed", False),
    ]
