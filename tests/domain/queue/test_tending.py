"""What the worker does for appointments: none stays open for ever, none keeps another waiting, nothing is kept too long."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.db.models import F

from onedoor.domain.centres import api as centres
from onedoor.domain.notices import api as notices
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.actions import appointments_tending as tending
from onedoor.domain.queue.models import Appointment
from onedoor.domain.queue.queries.appointments import booked_on
from onedoor.domain.queue.rules.appointments import in_turn
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import Hall

PUBLIC, SYSTEM = Actor.public(), Actor.system()
RULE = queue.BookingRule(share=50, release=24 * 14, step=30, usual=30, per_phone=9, notice=0)


def start(at: datetime, hour: int = 9, *, days: int = 1) -> datetime:
    """An instant of a coming day at the centre (seven hours before UTC's clock)."""
    return datetime.combine(at.date() + timedelta(days=days), time(hour - 7), UTC)


@pytest.fixture
def ready(here: Hall, at: datetime) -> Hall:
    queue.save_booking_rule(by=SYSTEM, at=at, centre=here.centre, rule=RULE)
    return here


def asking(here: Hall, **more: object) -> queue.Asking:
    wish = {"centre": here.centre, "service": here.birth, "name": "ນາງ ແກ້ວ", "phone": "020 5555 1234", **more}
    return queue.Asking(**wish)  # type: ignore[arg-type]


def book(here: Hall, at: datetime, starts: datetime, **more: object) -> Appointment:
    return queue.book(by=PUBLIC, at=at, asking=asking(here, **more), starts=starts)


def waiting(here: Hall, at: datetime, day: date, phone: str = "020 7000 0001") -> Appointment:
    """Somebody on the list of a day; that the day is full does not matter here."""
    made = book(here, at, start(at), phone=phone)
    with everything("a test arranges"):
        made.seats.all().delete()  # type: ignore[attr-defined]
        Appointment.objects.filter(id=made.id).update(
            standing="waiting", starts_at=None, ends_at=None, day=day, version=F("version") + 1
        )
        made.refresh_from_db()
    return made


def standing(held: Appointment) -> str:
    return queue.appointment_by_code(queue.code_of(held.id)).standing


@pytest.mark.parametrize("comes", [True, False])
def test_who_came_and_whose_place_was_kept_for_another_day_ends_with_that_day(
    ready: Hall, at: datetime, comes: bool
) -> None:
    starts = start(at, 14, days=0)
    made = book(ready, at, starts)
    first = queue.arrive(by=ready.kiosk, at=starts, appointment=made.id, centre=ready.centre)
    with everything("a test"):
        queue.end_day(by=SYSTEM, at=starts + timedelta(hours=1), centre=ready.centre)
    morning = start(at, 9)
    assert queue.end_appointments(by=SYSTEM, at=morning) == 0, "the place goes on"
    kept = queue.arrive(by=ready.kiosk, at=morning, appointment=made.id, centre=ready.centre)
    assert kept.id != first.id and kept.day == morning.date(), "the code shows the ticket that counts"
    if comes:
        queue.call_next(by=ready.officer, at=morning, counter=ready.counters[0])
        queue.start(by=ready.officer, at=morning, ticket=kept.id, centre=ready.centre)
        queue.finish(by=ready.officer, at=morning, ticket=kept.id, centre=ready.centre)
    else:
        queue.leave(by=ready.officer, at=morning, ticket=kept.id, centre=ready.centre)
    assert queue.end_appointments(by=SYSTEM, at=morning + timedelta(minutes=2)) == 1
    assert standing(made) == ("served" if comes else "missed")


def test_who_was_moved_to_another_day_meanwhile_has_missed_nothing(ready: Hall, at: datetime) -> None:
    made = book(ready, at, start(at, days=4))
    with transaction.atomic(), everything("a test looks"):
        assert tending._end(made.id, by=SYSTEM, at=start(at, 15)) == 0
    assert standing(made) == "booked"


def test_one_that_fails_keeps_nobody_else_open(
    ready: Hall, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = book(ready, at, start(at)), book(ready, at, start(at, 10))
    real = tending.found

    def found(id: object) -> Appointment:
        if id == bad.id:
            raise ValueError
        return real(id)  # type: ignore[arg-type]

    monkeypatch.setattr(tending, "found", found)
    assert queue.end_appointments(by=SYSTEM, at=start(at, 15)) == 1
    assert (standing(bad), standing(good)) == ("booked", "missed")


def test_what_help_somebody_needs_is_destroyed_with_the_name(ready: Hall, at: datetime) -> None:
    made = book(ready, at, start(at), help=("wheelchair",))
    queue.cancel(by=PUBLIC, at=at, appointment=made.id)
    assert queue.forget_appointments(by=SYSTEM, at=at + timedelta(days=31)) == 1
    held = queue.appointment_by_code(queue.code_of(made.id))
    assert (held.name, held.help, held.phone_mark) == ("", "", None)


def test_an_offer_for_a_day_that_is_shut_by_now_is_no_offer_and_who_waits_is_told(
    ready: Hall, at: datetime
) -> None:
    held = waiting(ready, at, start(at).date())
    assert queue.tend_waiting_lists(by=SYSTEM, at=at) == 1 and standing(held) == "offered"
    centres.save_holiday(
        by=SYSTEM, at=at, unit=ready.country, day=start(at).date(), name={"lo": "ວັນພັກ"}, source="notice"
    )
    with pytest.raises(queue.DayCannotBeBooked):
        queue.accept(by=PUBLIC, at=at, appointment=held.id)
    notices.save_wording(
        by=SYSTEM, at=at, id=new_id(), kind="list_over", texts={"lo": "{day}", "en": "{day}"}
    )
    assert queue.tend_waiting_lists(by=SYSTEM, at=at) == 1 and standing(held) == "expired"
    assert "list_over" in [one.kind for one in notices.told(held.id, at=at)]


def test_every_list_has_its_turn_and_what_is_due_comes_first(
    ready: Hall, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = list(range(450))
    seen = [one for round in range(3) for one in in_turn(lists, most=200, round=round)]
    assert set(seen) == set(lists) and in_turn(lists[:9], most=200, round=7) == lists[:9]
    held = [waiting(ready, at, start(at, days=days).date(), f"020 7000 000{days}") for days in (1, 2, 3)]
    monkeypatch.setattr(tending, "BATCH", 1)
    for minute in range(4):
        queue.tend_waiting_lists(by=SYSTEM, at=at + timedelta(minutes=minute))
    assert {standing(one) for one in held} == {"offered"}


def test_a_day_at_an_address_is_the_day_of_the_centre(ready: Hall, at: datetime) -> None:
    rule = replace(RULE, per_address=1)
    queue.save_booking_rule(by=SYSTEM, at=at, centre=ready.centre, rule=rule)
    evening = datetime.combine(at.date(), time(16, 30), UTC)  # 23:30 in Vientiane
    book(ready, evening, start(at, days=3), address="192.0.2.7")
    later = evening + timedelta(hours=1)
    book(ready, later, start(at, 10, days=3), address="192.0.2.7")
    with pytest.raises(queue.TooManyAppointments):
        book(ready, later + timedelta(hours=10), start(at, 11, days=3), address="192.0.2.7")


def test_a_form_that_was_kept_open_does_not_show_a_cancelled_time_as_booked(
    ready: Hall, at: datetime
) -> None:
    id = new_id()
    book(ready, at, start(at), id=id)
    queue.cancel(by=PUBLIC, at=at, appointment=id)
    with pytest.raises(queue.AppointmentHasMoved):
        book(ready, at, start(at), id=id)


@pytest.mark.parametrize("token", ["\ud800", "\x00", "ກ" * 30, ""])
def test_garbage_for_an_address_is_an_unknown_one(ready: Hall, token: str) -> None:
    with pytest.raises(queue.AppointmentUnknown):
        queue.appointment_by_token(token)


def test_a_second_service_of_a_visit_counts_against_its_days_capacity(ready: Hall, at: datetime) -> None:
    offer = centres.Offer(service=ready.elsewhere, valid_from=at.date(), capacity=2)
    centres.save_offer(by=SYSTEM, at=at, centre=ready.centre, offer=offer)
    book(ready, at, start(at), services=(ready.elsewhere,))
    with pytest.raises(queue.SlotIsTaken):
        book(ready, at, start(at, 14), service=ready.elsewhere)
    assert booked_on(ready.centre, service=ready.elsewhere, day=start(at).date()) == 1
