"""The day ends with people waiting: their places are kept for the next day, once, in order, under the same address."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.actions import evening
from onedoor.domain.queue.rules.keeping import ends_by_itself, is_kept, keeping, kept_number, kept_place
from onedoor.domain.queue.tasks import end_forgotten_days, end_tickets_of_past_days, forget_who_took_tickets
from onedoor.kernel.errors import Refused
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall

SYSTEM = Actor.system()
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
FLOOD = {"lo": "ນ້ຳຖ້ວມ", "en": "Flood"}


def take(here: Hall, at: datetime, **more: object) -> queue.Ticket:
    return queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth, **more)  # type: ignore[arg-type]


def waiting(here: Hall, day: date) -> list[str]:
    rows = queue.Ticket.objects.filter(centre_id=here.centre, day=day, status="waiting")
    return list(rows.order_by("place", "id").values_list("number", flat=True))


def test_a_number_is_marked_once_a_night() -> None:
    assert [kept_number("A012"), kept_number("A012+"), kept_number("P-17+2")] == ["A012+", "A012+2", "P-17+3"]
    assert is_kept("A012+") and is_kept("A012+2") and not is_kept("A012") and not is_kept("P-17")


INSTANTS = st.datetimes(datetime(2026, 3, 1, 16), datetime(2026, 3, 2, 17), timezones=st.just(UTC))


@settings(max_examples=100)
@given(st.lists(INSTANTS, min_size=2, max_size=6))
def test_kept_places_stay_in_order_and_before_everybody_of_the_day(places: list[datetime]) -> None:
    began = datetime(2026, 3, 1, 17, tzinfo=UTC)  # midnight in Vientiane
    begins, third = began + timedelta(days=1), began + timedelta(days=2)
    once = [kept_place(one, began=began, begins=begins) for one in places]
    assert sorted(range(len(places)), key=places.__getitem__) == sorted(
        range(len(places)), key=lambda one: (once[one], places[one])
    )
    assert all(one < begins + timedelta(minutes=2) for one in once), "nobody stands in line at midnight"
    twice = [kept_place(one, began=begins, begins=third) for one in once]
    fresh = kept_place(begins + timedelta(hours=1), began=begins, begins=third)
    assert max(twice) < fresh, "who waits the second night stands before who waits the first"


def test_a_day_ends_by_itself_only_when_nobody_is_called_any_more() -> None:
    closes = datetime(2026, 3, 2, 9, tzinfo=UTC)
    late = closes + timedelta(minutes=60)
    assert not ends_by_itself(closes=closes, called=None, at=late - timedelta(seconds=1))
    assert ends_by_itself(closes=closes, called=None, at=late)
    assert not ends_by_itself(closes=closes, called=late - timedelta(minutes=19), at=late)
    assert ends_by_itself(closes=closes, called=late - timedelta(minutes=20), at=late)


def test_a_preview_counts_people_days_and_who_has_none() -> None:
    one, two = (UUID(int=number) for number in (1, 2))
    seen = keeping([(one, 1, MONDAY), (one, 4, MONDAY), (two, 1, None)])
    assert (seen.tickets, seen.people, seen.days, seen.nowhere) == (3, 6, ((MONDAY, 2),), ((two, 1),))


@pytest.mark.usefixtures("scope")
class TestTheEvening:
    def test_places_are_kept_in_order_with_number_and_address(self, here: Hall, at: datetime) -> None:
        first = take(here, at, name="ນາງ ຄຳ", phone="020 5555 1234", people=3)
        second, third = (
            take(here, at + timedelta(minutes=1)),
            take(here, at + timedelta(minutes=2), priority=True),
        )
        preview = queue.would_keep(here.centre, at=at + timedelta(hours=1))
        done = queue.end_day(by=SYSTEM, at=at + timedelta(hours=1), centre=here.centre)
        assert done == preview and done.tickets == 3 and done.people == 5 and done.days == ((TUESDAY, 3),)
        assert waiting(here, TUESDAY) == [f"{one.number}+" for one in (third, first, second)]
        kept = queue.ticket_by_token(first.token)
        assert (kept.number, kept.day, kept.visit, kept.name) == ("A001+", TUESDAY, first.visit, "ນາງ ຄຳ")
        assert kept.kept_from == MONDAY and kept.people == 3 and kept.id != first.id
        old = queue.ticket(first.id, centre=here.centre)
        assert old.status == queue.Status.CARRIED_OVER and not old.name and old.phone_mark is None
        assert [one.number for one in queue.kept_on(here.centre, day=TUESDAY)] == waiting(here, TUESDAY)
        types = LetterRow.objects.filter(aggregate__in=[first.id, kept.id]).values_list("type", flat=True)
        assert set(types) == {"queue.ticket_taken", "queue.ticket_carried_over", "queue.ticket_kept"}

    def test_the_kept_go_first_next_morning(self, here: Hall, at: datetime) -> None:
        kept = take(here, at)
        queue.end_day(by=SYSTEM, at=at + timedelta(hours=6), centre=here.centre)
        morning = at + timedelta(days=1)
        take(here, morning, priority=True)
        called = queue.call_next(by=here.officer, at=morning, counter=here.counters[0])
        assert called.token == kept.token and called.number == "A001+"

    def test_ending_twice_keeps_each_place_once_and_nobody_new_is_let_in(
        self, here: Hall, at: datetime
    ) -> None:
        take(here, at)
        queue.end_day(by=SYSTEM, at=at, centre=here.centre)
        assert queue.end_day(by=SYSTEM, at=at, centre=here.centre).tickets == 0
        assert waiting(here, TUESDAY) == ["A001+"]
        with pytest.raises(queue.CentreIsClosed):
            take(here, at + timedelta(minutes=1))

    def test_who_is_at_a_counter_is_served_to_the_end_and_who_was_missed_keeps_nothing(
        self, here: Hall, at: datetime
    ) -> None:
        for minute in range(3):
            take(here, at + timedelta(minutes=minute))
        served, missed = (
            queue.call_next(by=here.officer, at=at, counter=counter) for counter in here.counters[:2]
        )
        queue.start(by=here.officer, at=at, ticket=served.id, centre=here.centre)
        queue.miss(by=here.officer, at=at, ticket=missed.id, centre=here.centre)
        assert queue.end_day(by=SYSTEM, at=at, centre=here.centre).tickets == 1
        assert queue.finish(by=here.officer, at=at, ticket=served.id, centre=here.centre).status == "served"
        assert queue.ticket(missed.id, centre=here.centre).status == "missed"

    def test_a_long_line_costs_no_more_looks_than_a_short_one(self, here: Hall, at: datetime) -> None:
        take(here, at)
        with CaptureQueriesContext(connection) as short:
            queue.end_day(by=SYSTEM, at=at, centre=here.centre)
        morning = at + timedelta(days=1)
        for minute in range(30):
            take(here, morning + timedelta(minutes=minute))
        with CaptureQueriesContext(connection) as long:
            assert queue.end_day(by=SYSTEM, at=morning + timedelta(hours=2), centre=here.centre).tickets == 31
        assert len(long) <= len(short) + 2
        assert waiting(here, date(2026, 3, 4))[:2] == ["A001+2", "A001+"]

    def test_the_worker_ends_a_forgotten_day_an_hour_after_closing(self, here: Hall, at: datetime) -> None:
        take(here, at)
        closes = at + timedelta(hours=7)
        assert end_forgotten_days(at=closes + timedelta(minutes=59)) == 0
        assert end_forgotten_days(at=closes + timedelta(minutes=60)) == 1
        assert end_forgotten_days(at=closes + timedelta(minutes=65)) == 0
        assert waiting(here, TUESDAY) == ["A001+"]

    def test_power_fails_before_closing_and_comes_back_the_next_morning(
        self, here: Hall, at: datetime
    ) -> None:
        take(here, at)
        assert end_tickets_of_past_days(at=at + timedelta(hours=22)) == 1
        assert waiting(here, TUESDAY) == ["A001+"]

    def test_a_day_that_was_ended_goes_on_and_ends_again(self, here: Hall, at: datetime) -> None:
        first = take(here, at)
        for hour in (1, 2):
            queue.end_day(by=SYSTEM, at=at + timedelta(hours=hour), centre=here.centre)
            (closure,) = centres.closures(here.centre, since=MONDAY)
            again = at + timedelta(hours=hour, minutes=20)
            assert queue.reopen_centre(by=SYSTEM, at=again, closure=closure.id) == 1
            assert queue.ticket_by_token(first.token).id == first.id and waiting(here, TUESDAY) == []
        assert queue.end_day(by=SYSTEM, at=at + timedelta(hours=5), centre=here.centre).tickets == 1
        kept = queue.ticket_by_token(first.token)
        assert kept.day == TUESDAY and kept.visit == first.visit and is_kept(kept.number)

    def test_who_has_no_day_left_has_an_end(self, here: Hall, at: datetime) -> None:
        ticket = take(here, at)
        ends = {"last_day": MONDAY, "reason": FLOOD}
        centres.withdraw_offer(by=SYSTEM, at=at, centre=here.centre, service=here.birth, **ends)  # type: ignore[arg-type]
        assert queue.end_day(by=SYSTEM, at=at, centre=here.centre).nowhere == ((here.birth, 1),)
        left = queue.ticket(ticket.id, centre=here.centre)
        assert left.status == "left" and left.ended_at == at

    def test_who_never_came_from_home_is_not_called_the_next_morning_either(
        self, here: Hall, at: datetime
    ) -> None:
        absent = queue.take_from_home(
            by=Actor.public(), at=at, centre=here.centre, service=here.birth, device="one"
        )
        here_now = take(here, at + timedelta(minutes=1))
        queue.end_day(by=SYSTEM, at=at + timedelta(hours=6), centre=here.centre)
        morning = at + timedelta(days=1)
        called = queue.call_next(by=here.officer, at=morning, counter=here.counters[0])
        assert called.token == here_now.token
        kept = queue.ticket_by_token(absent.token)
        queue.come_in(by=here.kiosk, at=morning, ticket=kept.id, centre=here.centre)
        assert queue.call_next(by=here.officer, at=morning, counter=here.counters[1]).id == kept.id

    def test_names_left_with_tickets_are_forgotten_after_thirty_days(self, here: Hall, at: datetime) -> None:
        held, other = take(here, at, name="ນາງ ຄຳ", phone="020 5555 1234"), take(here, at)
        queue.leave(by=Actor.public(), at=at, ticket=held.id, centre=here.centre)
        assert forget_who_took_tickets(at=at + timedelta(days=30)) == 0
        assert forget_who_took_tickets(at=at + timedelta(days=31)) == 1
        assert forget_who_took_tickets(at=at + timedelta(days=31)) == 0
        now = queue.ticket(held.id, centre=here.centre)
        assert (now.name, now.phone_mark, now.number, now.status) == ("", None, held.number, "left")
        assert queue.ticket(other.id, centre=here.centre).version == other.version

    def test_needs_and_who_helped_are_forgotten_with_the_names(self, here: Hall, at: datetime) -> None:
        held = take(here, at, ground="disabled", help=["wheelchair"])
        wanted = queue.Wanted(service=here.birth, person=2, label="ນ້ອງ")
        queue.add_errand(by=here.officer, at=at, centre=here.centre, ticket=held.id, wanted=wanted)
        (help,) = queue.helps_of(visit=held.visit)
        queue.book_help(by=here.officer, at=at, centre=here.centre, help=help.id, name="ບຸນມີ")
        later = at + timedelta(days=31)
        assert forget_who_took_tickets(at=later) == 2, "a ticket that is open is not touched"
        queue.leave(by=Actor.public(), at=at, ticket=held.id, centre=here.centre)
        assert forget_who_took_tickets(at=later) == 1 and forget_who_took_tickets(at=later) == 0
        now = queue.ticket(held.id, centre=here.centre)
        assert (now.ground, now.help, now.priority) == ("", "", True)
        assert {one.label for one in queue.errands(visit=held.visit)} == {""}
        assert [one.helper_name for one in queue.helps_of(visit=held.visit)] == [""]

    def test_a_day_that_cannot_be_ended_leaves_the_others_to_be_ended(
        self, here: Hall, at: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        take(here, at - timedelta(days=3))
        take(here, at)
        kept = evening.keep_line

        def faulty(*, day: date, **more: object) -> object:
            if day < MONDAY:
                raise RuntimeError
            return kept(day=day, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(evening, "keep_line", faulty)
        assert end_tickets_of_past_days(at=at + timedelta(days=1)) == 1
        assert waiting(here, TUESDAY) == ["A001+"] and len(waiting(here, MONDAY - timedelta(days=3))) == 1
        assert [one.message for one in caplog.records if one.name == "onedoor.queue"] == [
            "a day could not be ended"
        ]

    def test_a_place_kept_for_another_day_is_called_on_that_day_only(self, here: Hall, at: datetime) -> None:
        ticket = take(here, at)
        queue.end_day(by=SYSTEM, at=at, centre=here.centre)
        kept = queue.ticket_by_token(ticket.token)
        asked = {"by": here.officer, "counter": here.counters[0], "ticket": kept.id, "reason": "ordered"}
        with pytest.raises(queue.TicketHasMoved):
            queue.call_one(at=at, **asked)  # type: ignore[arg-type]
        called = queue.call_one(at=at + timedelta(days=1), **asked)  # type: ignore[arg-type]
        assert called.status == "called"

    def test_who_may_not_manage_the_centre_ends_no_day(self, here: Hall, at: datetime) -> None:
        with pytest.raises(Refused):
            queue.end_day(by=here.officer, at=at, centre=here.centre)


@pytest.mark.usefixtures("scope")
class TestClosures:
    def test_a_flood_moves_todays_line_and_places_kept_for_closed_days(
        self, here: Hall, at: datetime
    ) -> None:
        take(here, at - timedelta(days=3))  # on a Friday
        queue.end_day(by=SYSTEM, at=at - timedelta(days=3), centre=here.centre)
        today = take(here, at)
        called = queue.call_next(by=here.officer, at=at, counter=here.counters[0])
        assert called.number == "A001+"
        seen = queue.would_close(here.centre, days=[MONDAY, TUESDAY], at=at)
        done = queue.close_centre(
            by=SYSTEM, at=at, centre=here.centre, first=MONDAY, last=TUESDAY, reason=FLOOD
        )
        wednesday = date(2026, 3, 4)
        assert done.keeping.days == ((wednesday, 2),) and done.keeping == seen
        assert waiting(here, wednesday) == ["A001+2", "A001+"], "who was called goes back with the place"
        assert queue.ticket_by_token(today.token).day == wednesday
        assert centres.closure_on(here.centre, day=TUESDAY) == done.closure

    def test_opened_again_within_the_hour_the_line_stands_as_it_stood(self, here: Hall, at: datetime) -> None:
        first, second = take(here, at, name="ນາງ ຄຳ", phone="020 5555 1234"), take(here, at)
        made = queue.close_centre(
            by=SYSTEM, at=at, centre=here.centre, first=MONDAY, last=MONDAY, reason=FLOOD
        )
        later = at + timedelta(minutes=30)
        assert queue.reopen_centre(by=SYSTEM, at=later, closure=made.closure.id) == 2
        assert waiting(here, MONDAY) == [first.number, second.number] and waiting(here, TUESDAY) == []
        back = queue.ticket_by_token(first.token)
        assert (back.id, back.name, back.status) == (first.id, "ນາງ ຄຳ", "waiting")
        assert (
            queue.find_lost(centre=here.centre, name="ນາງ ຄຳ", phone="02055551234", at=later).id == first.id
        )
        called = queue.call_next(by=here.officer, at=later, counter=here.counters[0])
        assert called.id == first.id

    def test_opened_again_later_nobody_loses_what_they_were_told(self, here: Hall, at: datetime) -> None:
        take(here, at)
        made = queue.close_centre(
            by=SYSTEM, at=at, centre=here.centre, first=MONDAY, last=MONDAY, reason=FLOOD
        )
        assert queue.reopen_centre(by=SYSTEM, at=at + timedelta(minutes=61), closure=made.closure.id) == 0
        assert waiting(here, TUESDAY) == ["A001+"]
        assert take(here, at + timedelta(minutes=62)).number == "A002", "people are let in again"
