"""A ticket on one's own telephone: told in time, ten more minutes, a place from home."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.domain.centres import api as centres
from onedoor.domain.notices import api as notices
from onedoor.domain.people.api import PhoneIsNotValid
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.models import PhonePlace, Watch
from onedoor.domain.queue.tasks import forget_wishes_of_past_days
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import Hall, hall

ANYBODY = Actor.public()


@pytest.fixture
def here(db: None, at: datetime) -> Hall:
    return hall(at=at)


def take(here: Hall, at: datetime, many: int = 1) -> list[queue.Ticket]:
    return [
        queue.take_ticket(by=here.kiosk, at=at + timedelta(seconds=n), centre=here.centre, service=here.birth)
        for n in range(many)
    ]


def watch(held: queue.Ticket, at: datetime, ahead: object = 2, **about: str) -> None:
    queue.watch_ticket(by=ANYBODY, at=at, ticket=held.id, centre=held.centre_id, ahead=ahead, **about)


def told(held: queue.Ticket, at: datetime) -> int:
    return len(notices.told(held.id, at=at + timedelta(hours=1)))


def wordings(at: datetime, kind: str) -> None:
    texts = {"lo": "{number}", "en": "{number}"}
    with everything("a test"):
        notices.save_wording(by=Actor.system(), at=at, id=new_id(), kind=kind, texts=texts)


def test_one_is_told_when_so_many_are_before_one_and_only_once(here: Hall, at: datetime) -> None:
    *_, last = take(here, at, 4)
    with everything("a test"):
        notices.save_wording(
            by=Actor.system(),
            at=at,
            id=new_id(),
            kind="ahead",
            texts={"lo": "{number} {ahead}", "en": "{number}: {ahead} before you"},
        )
    watch(last, at, phone="020 5555 1234", language="en")
    assert queue.tell_who_is_soon(at=at) == 0, "three are before them"
    queue.call_next(by=here.officer, at=at, counter=here.counters[0])
    assert queue.tell_who_is_soon(at=at) == 1 and queue.tell_who_is_soon(at=at) == 0
    (said,) = notices.told(last.id, at=at)
    assert said.text == f"{last.number}: 2 before you" and said.state == "waiting"
    seen = queue.watch_of(last, at=at)
    assert (seen.ahead, seen.by_message, seen.told) == (2, True, True)


def test_the_look_is_at_the_head_of_the_line_only(
    here: Hall, at: datetime, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    held = take(here, at, 6)
    for one in held[3:]:
        watch(one, at, ahead=1)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert queue.tell_who_is_soon(at=at) == 0


@pytest.mark.parametrize("ahead", ["0", "21", "-1", "x", "", "٣", "9999999999", None])
def test_how_many_is_a_small_number(here: Hall, at: datetime, ahead: object) -> None:
    (held,) = take(here, at)
    with pytest.raises(queue.AheadInvalid):
        watch(held, at, ahead=ahead)


def test_a_number_that_is_none_is_refused_and_nothing_is_kept(here: Hall, at: datetime) -> None:
    (held,) = take(here, at)
    with pytest.raises(PhoneIsNotValid):
        watch(held, at, phone="call me")
    with everything("a test"):
        assert not Watch.objects.exists()


def test_ten_more_minutes_twice_and_the_place_stays(here: Hall, at: datetime) -> None:
    first, second = take(here, at, 2)

    def more(now: datetime) -> queue.Ticket:
        return queue.ten_more_minutes(by=ANYBODY, at=now, ticket=first.id, centre=here.centre)

    assert more(at).not_before == at + timedelta(minutes=10)
    called = queue.call_next(by=here.officer, at=at, counter=here.counters[0])
    assert called.number == second.number, "the other one goes first meanwhile"
    assert more(at).not_before == at + timedelta(minutes=20)
    with pytest.raises(queue.PutOffTooOften):
        more(at)
    later = at + timedelta(minutes=21)
    assert queue.call_next(by=here.officer, at=later, counter=here.counters[1]).number == first.number
    with pytest.raises(queue.TicketHasMoved):
        more(later)


def test_a_place_from_home_counts_from_then_but_nobody_is_called_before_they_came(
    here: Hall, at: datetime
) -> None:
    def from_home(device: str = "one") -> queue.Ticket:
        return queue.take_from_home(by=ANYBODY, at=at, centre=here.centre, service=here.birth, device=device)

    home = from_home()
    (walked,) = take(here, at + timedelta(minutes=1))
    assert not queue.watch_of(home, at=at).here
    with pytest.raises(queue.NotHereYet):
        queue.ten_more_minutes(by=ANYBODY, at=at, ticket=home.id, centre=here.centre)
    soon = at + timedelta(minutes=2)
    assert queue.call_next(by=here.officer, at=soon, counter=here.counters[0]).number == walked.number
    (third,) = take(here, soon)
    for _ in range(2):
        here_now = queue.come_in(by=here.kiosk, at=soon, ticket=home.id, centre=here.centre)
        assert queue.watch_of(here_now, at=soon).here
    assert queue.call_next(by=here.officer, at=soon, counter=here.counters[1]).number == home.number
    assert third.place > home.place
    from_home()
    with pytest.raises(queue.PhoneHasEnough):
        from_home()
    from_home("another")
    with everything("a test"):
        assert PhonePlace.objects.count() == 3


def test_who_came_from_home_asks_for_more_time_like_anybody(here: Hall, at: datetime) -> None:
    home = queue.take_from_home(by=ANYBODY, at=at, centre=here.centre, service=here.birth, device="one")
    queue.come_in(by=here.kiosk, at=at, ticket=home.id, centre=here.centre)
    for more in (1, 2):
        held = queue.ten_more_minutes(by=ANYBODY, at=at, ticket=home.id, centre=here.centre)
        assert held.not_before == at + timedelta(minutes=10 * more) and queue.watch_of(held, at=at).here
    with everything("a test"):
        assert queue.on_their_way(here.centre, day=home.day) == []


def test_many_who_have_not_come_close_the_way_from_home(
    here: Hall, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onedoor.domain.queue.rules.phone.MOST_NOT_HERE", 1)
    for device, refused in (("a", False), ("b", True)):
        if refused:
            with pytest.raises(queue.HomePlacesFull):
                queue.take_from_home(by=ANYBODY, at=at, centre=here.centre, service=here.birth, device=device)
        else:
            queue.take_from_home(by=ANYBODY, at=at, centre=here.centre, service=here.birth, device=device)


def test_the_wishes_of_a_day_go_with_it(here: Hall, at: datetime) -> None:
    (held,) = take(here, at)
    watch(held, at, phone="020 5555 1234")
    assert queue.tell_who_is_soon(at=at + timedelta(days=1)) == 0
    forget_wishes_of_past_days(at=at + timedelta(days=1))
    with everything("a test"):
        assert not Watch.objects.exists()


def test_numbers_of_those_who_were_told_go_with_their_day_too(here: Hall, at: datetime) -> None:
    told_one, put_off = take(here, at, 2)
    watch(told_one, at, phone="020 5555 1234")
    queue.ten_more_minutes(by=ANYBODY, at=at, ticket=put_off.id, centre=here.centre)
    queue.take_from_home(by=ANYBODY, at=at, centre=here.centre, service=here.birth, device="telephone")
    assert queue.tell_who_is_soon(at=at) == 1, "nobody waits to be told any more"
    assert forget_wishes_of_past_days(at=at + timedelta(hours=5)) == 0, "the day is not over"
    assert forget_wishes_of_past_days(at=at + timedelta(days=1)) == 1
    with everything("a test"):
        assert not Watch.objects.exists() and not PhonePlace.objects.exists()


def test_a_place_kept_for_tomorrow_is_told_and_the_wish_goes_with_it(here: Hall, at: datetime) -> None:
    first, second = take(here, at, 2)
    watch(first, at, ahead=1, phone="020 5555 1234", language="en")
    wordings(at, "place_kept")
    with everything("a test"):
        queue.end_day(by=Actor.system(), at=at, centre=here.centre)
        kept, other = (queue.ticket_by_token(one.token) for one in (first, second))
    (said,) = notices.told(kept.id, at=at)
    assert (said.kind, said.state) == ("place_kept", "waiting") and said.text.startswith(kept.number)
    assert not notices.told(first.id, at=at) and not notices.told(other.id, at=at)
    seen = queue.watch_of(kept, at=at)
    assert (seen.ahead, seen.by_message, seen.told) == (1, True, False)
    assert queue.tell_who_is_soon(at=at) == 0, "not today any more"
    assert queue.tell_who_is_soon(at=at + timedelta(days=1)) == 1
    assert queue.watch_of(kept, at=at).told


def test_a_day_that_goes_on_takes_its_wishes_back(here: Hall, at: datetime) -> None:
    (held,) = take(here, at)
    watch(held, at, ahead=1, phone="020 5555 1234")
    wordings(at, "place_kept")
    with everything("a test"):
        queue.end_day(by=Actor.system(), at=at, centre=here.centre)
        kept = queue.ticket_by_token(held.token)
        assert len(notices.told(kept.id, at=at)) == 1
        (closure,) = centres.closures(here.centre, since=held.day)
        assert queue.reopen_centre(by=Actor.system(), at=at, closure=closure.id) == 1
    assert not notices.told(kept.id, at=at) and queue.watch_of(held, at=at).by_message


def test_a_day_ends_by_the_same_number_of_statements_however_many_wait_to_be_told(
    here: Hall, at: datetime
) -> None:
    wordings(at, "place_kept")
    asked = []
    for day, people in enumerate((1, 3)):
        then = at + timedelta(days=2 * day)
        for held in take(here, then, people):
            watch(held, then, phone="020 5555 1234")
        with everything("a test"), CaptureQueriesContext(connection) as seen:
            assert queue.end_day(by=Actor.system(), at=then, centre=here.centre).tickets == people
        asked.append(len(seen))
    assert asked[1] <= asked[0]
    with everything("a test"):
        days = Watch.objects.order_by("day").values_list("day", flat=True)
        assert list(days) == [(at + timedelta(days=one)).date() for one in (1, 3, 3, 3)]
