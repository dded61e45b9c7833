"""What a person is told of the wait: from the hall's past days and how its line stands now."""

from datetime import date, datetime, timedelta

import pytest

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.actions.learning import learn_hall, learn_waits
from onedoor.domain.queue.models.waits import HallWaits
from onedoor.domain.queue.queries.expecting import forget_lines
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall

pytestmark = pytest.mark.usefixtures("scope")
SYSTEM = Actor.system()


@pytest.fixture(autouse=True)
def anew() -> None:
    forget_lines()


def past(here: Hall, day: datetime, *, people: int = 30, minutes: int = 12, counters: int = 2) -> None:
    """A day on which people came every five minutes and each was served for so long."""
    first = day.replace(hour=1, minute=0)  # eight in Vientiane
    free = [first] * counters
    rows = []
    for number in range(people):
        issued = first + timedelta(minutes=5 * number)
        counter = free.index(min(free))
        called = max(free[counter], issued) + timedelta(seconds=20)
        free[counter] = called + timedelta(minutes=minutes + number % 5 - 2)
        rows.append(
            queue.Ticket(
                centre_id=here.centre,
                service_id=here.birth,
                counter_id=here.counters[counter],
                visit=here.centre,
                day=day.date(),
                number=f"A{number:03d}",
                token=f"{day:%y%m%d}{number}",
                status="served",
                place=issued,
                issued_at=issued,
                called_at=called,
                started_at=called,
                ended_at=free[counter],
                promised_low=5,
                promised_high=15,
            )
        )
    for row in rows:
        row.save()


def days(here: Hall, at: datetime, count: int = 6) -> None:
    for back in range(1, count + 1):
        past(here, at - timedelta(days=back))


def take(here: Hall, at: datetime) -> queue.Ticket:
    return queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)


def test_a_hall_of_which_nothing_is_known_is_told_the_naive_wait_with_a_wide_interval(
    here: Hall, at: datetime
) -> None:
    told = queue.expect(here.centre, service=here.birth, at=at)
    assert told is not None
    assert (told.likely, told.why) == (0, queue.Why.GUESSED)
    for _ in range(3):
        take(here, at)
    told = queue.expect(here.centre, service=here.birth, at=at)
    assert told is not None
    assert told.likely == 10  # three people, ten minutes, three counters
    assert told.low < told.likely < told.high


def test_without_an_open_counter_no_wait_is_told(here: Hall, at: datetime) -> None:
    for counter in here.counters:
        centres.set_counter_state(by=SYSTEM, at=at, counter=counter, state="closed")
    assert queue.expect(here.centre, service=here.birth, at=at) is None
    ticket = take(here, at)
    assert (ticket.promised_low, ticket.promised_high) == (None, None)


def test_what_was_told_is_kept_with_the_ticket_and_counts_who_came_just_before(
    here: Hall, at: datetime
) -> None:
    told = [take(here, at) for _ in range(9)]
    highs = [ticket.promised_high for ticket in told]
    assert highs == sorted(highs)
    assert highs[-1] > highs[0]
    assert queue.ticket(told[-1].id, centre=here.centre).promised_high == highs[-1]


def test_past_days_teach_the_wait(here: Hall, at: datetime) -> None:
    days(here, at)
    assert learn_hall(by=SYSTEM, at=at, centre=here.centre) == 6
    for _ in range(6):
        take(here, at)
    told = queue.expect(here.centre, service=here.birth, at=at)
    assert told is not None
    assert told.why == queue.Why.LEARNT
    assert 15 <= told.likely <= 60  # six people of twelve minutes at two counters that work
    assert told.low <= told.likely <= told.high


def test_a_hall_is_learnt_of_once_a_day(here: Hall, at: datetime) -> None:
    days(here, at, 2)
    assert learn_waits(by=SYSTEM, at=at, most=50) >= 1
    assert learn_waits(by=SYSTEM, at=at, most=50) == 0
    before = HallWaits.objects.get(centre_id=here.centre).id
    assert learn_waits(by=SYSTEM, at=at + timedelta(days=1), most=50) >= 1
    assert HallWaits.objects.get(centre_id=here.centre).id != before


def test_busy_hours_are_told_from_enough_days_only(here: Hall, at: datetime) -> None:
    day = queue.today_at(centre=here.centre, at=at)
    assert queue.busy(here.centre, day=day, at=at).days == 0
    days(here, at, 3)
    learn_hall(by=SYSTEM, at=at, centre=here.centre)
    assert queue.busy(here.centre, day=day, at=at).hours == ()
    past(here, at - timedelta(days=4))
    past(here, at - timedelta(days=5))
    learn_hall(by=SYSTEM, at=at, centre=here.centre)
    found = queue.busy(here.centre, day=day, at=at)
    assert found.days == 5
    assert found.hours[0].starts.hour == 8
    assert found.hours[-1].wait > found.hours[0].wait  # more came than were served


def test_a_later_look_sees_that_calls_came_fast(here: Hall, at: datetime) -> None:
    days(here, at)
    learn_hall(by=SYSTEM, at=at, centre=here.centre)
    line = [take(here, at + timedelta(seconds=number)) for number in range(12)]
    before = queue.expect(here.centre, service=here.birth, at=at + timedelta(minutes=1), ticket=line[-1])
    for number in range(9):
        when = at + timedelta(minutes=1 + number)
        called = queue.call_next(by=here.officer, at=when, counter=here.counters[number % 3])
        queue.start(by=here.officer, at=when, ticket=called.id)
        queue.finish(by=here.officer, at=when + timedelta(minutes=1), ticket=called.id)
    after = queue.expect(here.centre, service=here.birth, at=at + timedelta(minutes=12), ticket=line[-1])
    assert before is not None
    assert after is not None
    assert after.likely < before.likely / 2


def test_the_day_is_the_centres(here: Hall) -> None:
    assert queue.today_at(centre=here.centre, at=datetime.fromisoformat("2026-11-23T18:00:00+00:00")) == date(
        2026, 11, 24
    )
