"""Appointments against a real database: booked, moved, cancelled, waited for, kept and missed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.models import Appointment, Errand, SlotSeat
from onedoor.domain.queue.models.appointments import hall_node
from onedoor.domain.queue.queries import slots
from onedoor.kernel.aggregate import this_node
from onedoor.kernel.errors import DomainError, Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import Hall, officer

PUBLIC, SYSTEM = Actor.public(), Actor.system()
DAY = date(2026, 3, 10)
ONE = queue.BookingRule(share=25, release=24 * 14, step=30, usual=30, per_phone=2, notice=0)
PHONE = "020 5555 1234"


def start(at: datetime, hour: int = 9, minute: int = 0, days: int = 1) -> datetime:
    """An instant of a coming day at the centre (seven hours before UTC's clock)."""
    return datetime.combine(at.date() + timedelta(days=days), time(hour - 7, minute), UTC)


@pytest.fixture
def clerk(here: Hall, at: datetime) -> Actor:
    found = officer(
        at=at,
        username="clerk",
        unit=here.centre,
        permissions=["queue.take", "queue.call", "queue.book", "queue.promise"],
        role="clerk",
    )
    queue.save_booking_rule(by=found, at=at, centre=here.centre, rule=replace(ONE, share=50))
    return found


def book(here: Hall, at: datetime, starts: datetime, **more: object) -> Appointment:
    by = more.pop("by", PUBLIC)
    wish = {"centre": here.centre, "service": here.birth, "name": "ນາງ ແກ້ວ", "phone": PHONE, **more}
    return queue.book(by=by, at=at, asking=queue.Asking(**wish), starts=starts)  # type: ignore[arg-type]


def seats() -> int:
    return SlotSeat.objects.count()


def test_a_booking_has_a_code_an_address_and_no_number_in_the_clear(
    here: Hall, at: datetime, clerk: Actor
) -> None:
    made = book(here, at, start(at), help=("wheelchair",), people=2)
    assert made.standing == "booked" and seats() == 2, "two people take two steps"
    code, token = queue.code_of(made.id), queue.token_of(made.id)
    assert len(code) == 9 and queue.appointment_by_code(code.lower().replace("-", " ")).id == made.id
    assert queue.appointment_by_token(token).id == made.id
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "", "x" * 300):
        with pytest.raises(queue.AppointmentUnknown):
            queue.appointment_by_token(wrong)
    letter = LetterRow.objects.get(type="queue.appointment_booked")
    with everything("a test looks"):
        row = Appointment.objects.values().get(id=made.id)
    for held in (letter.body, str({**row, "name": ""})):
        assert "5555" not in held and "ແກ້ວ" not in held and code not in held
    assert queue.phone_of(made) == "02055551234"


def test_sent_twice_books_once_and_nobody_else_gets_it_by_its_id(
    here: Hall, at: datetime, clerk: Actor
) -> None:
    id = new_id()
    assert book(here, at, start(at), id=id).id == book(here, at, start(at), id=id).id == id
    assert seats() == 1
    with pytest.raises(queue.AppointmentUnknown):
        book(here, at, start(at), id=id, phone="020 9999 9999")


@pytest.mark.parametrize(
    ("starts", "refusal"),
    [
        (lambda at: start(at, days=-1), queue.DayCannotBeBooked),
        (lambda at: start(at, hour=8, days=0), queue.SlotIsTaken),
        (lambda at: start(at, days=90), queue.DayCannotBeBooked),
        (lambda at: start(at, minute=7), queue.SlotIsTaken),
        (lambda at: start(at, hour=22), queue.SlotIsTaken),
        (lambda at: start(at).replace(tzinfo=None), queue.BookingIsWrong),
        (lambda at: datetime(9999, 12, 31, 23, tzinfo=UTC), queue.BookingIsWrong),
    ],
)
def test_what_cannot_be_booked_is_refused(
    here: Hall, at: datetime, clerk: Actor, starts: object, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        book(here, at, starts(at))  # type: ignore[operator]
    assert seats() == 0


def test_a_holiday_declared_today_shuts_its_day(here: Hall, at: datetime, clerk: Actor) -> None:
    made = book(here, at, start(at))
    centres.save_holiday(
        by=SYSTEM, at=at, unit=here.country, day=start(at).date(), name={"lo": "ວັນພັກ"}, source="notice"
    )
    with pytest.raises(queue.DayCannotBeBooked):
        book(here, at, start(at, 10))
    done = queue.rebook_day(by=clerk, at=at, centre=here.centre, day=made.day)
    assert [one.id for one in done.moved] == [made.id] and not done.left and not done.more
    assert done.moved[0].day > made.day and done.moved[0].sequence == 1 and seats() == 1


def test_seats_of_a_time_are_not_given_twice(here: Hall, at: datetime, clerk: Actor) -> None:
    book(here, at, start(at))
    with pytest.raises(queue.SlotIsTaken):
        book(here, at, start(at), phone="020 1111 1111")
    other = book(here, at, start(at, 9, 30), phone="020 1111 1111")
    moved = queue.move(by=PUBLIC, at=at, appointment=other.id, starts=start(at, 10))
    assert moved.sequence == 1 and moved.starts_at == start(at, 10) and seats() == 2
    with pytest.raises(queue.SlotIsTaken):
        queue.move(by=PUBLIC, at=at, appointment=other.id, starts=start(at))


def test_one_number_holds_few_and_one_address_books_few_a_day(here: Hall, at: datetime, clerk: Actor) -> None:
    book(here, at, start(at))
    book(here, at, start(at, 10), phone="+856 20 5555 1234")
    with pytest.raises(queue.TooManyAppointments, match=r".*"):
        book(here, at, start(at, 11))
    queue.save_booking_rule(
        by=clerk, at=at, centre=here.centre, rule=replace(ONE, share=50, per_address=1, per_phone=9)
    )
    book(here, at, start(at, 11), address="192.0.2.7", phone="020 7777 0001")
    with pytest.raises(queue.TooManyAppointments):
        book(here, at, start(at, 14), address="192.0.2.7", phone="020 7777 0002")
    book(here, at, start(at, 14), address="192.0.2.8", phone="020 7777 0002")


def test_only_the_portal_is_open_to_all(here: Hall, at: datetime, clerk: Actor) -> None:
    for channel in ("calls", "centre", "", "nonsense"):
        with pytest.raises(Refused):
            book(here, at, start(at), channel=channel)
    with pytest.raises(Refused):
        book(here, at, start(at), channel="calls", by=here.officer)
    assert book(here, at, start(at), channel="calls", by=clerk).channel == "calls"


def fill(here: Hall, at: datetime, clerk: Actor) -> list[Appointment]:
    asked = queue.Booking(services=(here.birth,))
    view = centres.centre(here.centre)
    made = []
    while free := queue.free_slots(view, asked=asked, day=start(at).date(), at=at):
        phone = f"020 6000 {len(made):04d}"
        made.append(book(here, at, free[0].starts, channel="centre", by=clerk, phone=phone))
    return made


def join(here: Hall, at: datetime, phone: str) -> Appointment:
    return queue.join_list(
        by=PUBLIC,
        at=at,
        asking=queue.Asking(centre=here.centre, service=here.birth, name="ທ້າວ ດີ", phone=phone),
        day=start(at).date(),
    )


def test_a_freed_time_goes_to_the_first_who_waits_and_then_to_the_next(
    here: Hall, at: datetime, clerk: Actor
) -> None:
    with pytest.raises(queue.DayIsNotFull):
        join(here, at, PHONE)
    held = fill(here, at, clerk)
    first, second = join(here, at, "020 7000 0001"), join(here, at + timedelta(seconds=1), "020 7000 0002")
    assert [queue.position_of(one) for one in (first, second)] == [1, 2]
    queue.cancel(by=PUBLIC, at=at, appointment=held[5].id)
    with everything("a test looks"):
        first.refresh_from_db()
        second.refresh_from_db()
    assert (first.standing, second.standing) == ("offered", "waiting")
    assert first.starts_at == held[5].starts_at
    with pytest.raises(queue.SlotIsTaken):
        book(here, at, held[5].starts_at, channel="centre", by=clerk)
    late = at + timedelta(hours=3)
    with pytest.raises(queue.AppointmentHasMoved):
        queue.accept(by=PUBLIC, at=late, appointment=first.id)
    assert queue.tend_waiting_lists(by=SYSTEM, at=late) == 2
    with everything("a test looks"):
        first.refresh_from_db()
        second.refresh_from_db()
    assert (first.standing, second.standing) == ("expired", "offered")
    taken = queue.accept(by=PUBLIC, at=late, appointment=second.id)
    assert taken.standing == "booked" and taken.starts_at == held[5].starts_at
    assert queue.accept(by=PUBLIC, at=late, appointment=second.id).version == taken.version


def test_who_comes_gets_a_ticket_of_the_same_visit_at_the_booked_place(
    here: Hall, at: datetime, clerk: Actor
) -> None:
    starts = start(at)
    made = book(here, at, starts, name="ນາງ ແກ້ວ")
    with pytest.raises(queue.TooEarly) as early:
        queue.arrive(
            by=here.kiosk, at=starts - timedelta(minutes=50), appointment=made.id, centre=here.centre
        )
    assert early.value.opens == starts - timedelta(minutes=30)
    walk_in = queue.take_ticket(
        by=here.kiosk, at=starts - timedelta(minutes=5), centre=here.centre, service=here.birth
    )
    came = starts + timedelta(minutes=5)
    ticket = queue.arrive(by=here.kiosk, at=came, appointment=made.id, centre=here.centre)
    assert ticket.visit == made.visit and ticket.appointment_id == made.id and ticket.origin == "appointment"
    assert ticket.place < walk_in.place
    again = queue.arrive(
        by=here.kiosk, at=came + timedelta(minutes=1), appointment=made.id, centre=here.centre
    )
    assert again.id == ticket.id
    with pytest.raises(queue.AppointmentHasMoved):
        queue.cancel(by=PUBLIC, at=came, appointment=made.id)
    queue.call_next(by=clerk, at=came, counter=here.counters[0])
    queue.start(by=clerk, at=came, ticket=ticket.id, centre=here.centre)
    queue.finish(by=clerk, at=came, ticket=ticket.id, centre=here.centre)
    assert queue.end_appointments(by=SYSTEM, at=came + timedelta(minutes=2)) == 1
    assert queue.appointment_by_code(queue.code_of(made.id)).standing == "served" and seats() == 0


def test_who_comes_late_stands_as_everybody_and_who_does_not_come_has_missed_it(
    here: Hall, at: datetime, clerk: Actor
) -> None:
    starts = start(at)
    made, gone = book(here, at, starts), book(here, at, start(at, 9, 30))
    late = starts + timedelta(minutes=100)
    assert queue.end_appointments(by=SYSTEM, at=late) == 2
    assert seats() == 0
    ticket = queue.arrive(by=here.kiosk, at=late, appointment=made.id, centre=here.centre)
    assert ticket.place == late, "the time is not kept, the person is"
    with everything("a test looks"):
        gone.refresh_from_db()
    assert gone.standing == "missed"
    with pytest.raises(queue.AppointmentHasMoved):
        queue.arrive(by=here.kiosk, at=late + timedelta(days=1), appointment=gone.id, centre=here.centre)


def test_another_centre_finds_nothing(here: Hall, at: datetime, clerk: Actor) -> None:
    made = book(here, at, start(at))
    with pytest.raises(DomainError) as refused:
        queue.arrive(by=here.stranger, at=start(at), appointment=made.id, centre=here.centre)
    assert refused.value.status == 404
    with pytest.raises(queue.AppointmentUnknown):
        queue.cancel(by=clerk, at=at, appointment=made.id, centre=new_id())
    with pytest.raises(queue.AppointmentUnknown):
        queue.appointment_by_code(queue.code_of(made.id), centre=new_id())


def test_a_daily_capacity_is_shared_with_those_who_just_come(here: Hall, at: datetime, clerk: Actor) -> None:
    offer = centres.Offer(service=here.elsewhere, valid_from=at.date(), capacity=4)
    centres.save_offer(by=SYSTEM, at=at, centre=here.centre, offer=offer)
    wish = {"service": here.elsewhere, "channel": "centre", "by": clerk}
    for place in range(2):
        book(here, at, start(at, 14, 30 * place, days=0), phone=f"020 7700 000{place}", **wish)
    with pytest.raises(queue.SlotIsTaken):
        book(here, at, start(at, 15, days=0), phone="020 7700 0009", **wish)
    walk_in = {"by": here.kiosk, "at": at, "centre": here.centre, "service": here.elsewhere}
    for _ in range(2):
        queue.take_ticket(**walk_in)
    with pytest.raises(queue.ServiceIsFullToday):
        queue.take_ticket(**walk_in)
    with everything("a test looks"):
        booked = Appointment.objects.filter(service_id=here.elsewhere).order_by("starts_at").first()
    assert booked is not None and booked.starts_at is not None
    ticket = queue.arrive(by=here.kiosk, at=booked.starts_at, appointment=booked.id, centre=here.centre)
    assert ticket.number, "a promised place is kept though the day is full"


def test_names_and_numbers_are_destroyed_after_thirty_days(here: Hall, at: datetime, clerk: Actor) -> None:
    made = book(here, at, start(at))
    queue.cancel(by=PUBLIC, at=at, appointment=made.id)
    assert queue.forget_appointments(by=SYSTEM, at=at + timedelta(days=29)) == 0
    assert queue.forget_appointments(by=SYSTEM, at=at + timedelta(days=31)) == 1
    with everything("a test looks"):
        made.refresh_from_db()
    assert made.name == "" and queue.phone_of(made) == "" and made.standing == "cancelled"


def test_a_rule_is_saved_once_by_whom_it_belongs_to(here: Hall, at: datetime, clerk: Actor) -> None:
    rule = replace(ONE, share=50)
    queue.save_booking_rule(by=clerk, at=at, centre=here.centre, rule=rule)
    assert queue.booking_rule(here.centre).revision == 1, "nothing new, nothing written"
    with pytest.raises(queue.BookingRuleHasChanged):
        queue.save_booking_rule(by=clerk, at=at, centre=here.centre, rule=replace(rule, share=20), seen=0)
    with pytest.raises(Refused):
        queue.save_booking_rule(by=here.officer, at=at, centre=here.centre, rule=rule)
    assert queue.booking_rule(here.centre).share == 50


def test_two_services_take_one_long_time_and_stand_on_one_ticket(
    here: Hall, at: datetime, clerk: Actor
) -> None:
    made = book(here, at, start(at), services=(here.document,))
    assert seats() == 2 and queue.booking_of(made).services == (here.birth, here.document)
    ticket = queue.arrive(by=here.kiosk, at=start(at), appointment=made.id, centre=here.centre)
    with everything("a test looks"):
        asked = Errand.objects.filter(visit=ticket.visit).values_list("service_id", flat=True)
        assert set(asked) == {here.birth, here.document}


def test_only_the_node_that_works_in_the_hall_promises_its_times(
    here: Hall, at: datetime, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hall_node(here.centre) is None, "nobody works there yet: the hub may promise"
    queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
    assert hall_node(here.centre) == this_node()
    made = book(here, at, start(at))
    monkeypatch.setattr(slots, "hall_node", lambda _centre: new_id())
    asked = queue.Booking(services=(here.birth,), channel="portal")
    days = queue.free_days(centres.centre(here.centre), asked=asked, at=at)
    assert {one.shut for one in days} == {"elsewhere"}
    with pytest.raises(queue.DayCannotBeBooked):
        book(here, at, start(at, 10), phone="020 1111 1111")
    with pytest.raises(queue.DayCannotBeBooked):
        join(here, at, "020 1111 1111")
    with pytest.raises(queue.DayCannotBeBooked):
        queue.move(by=PUBLIC, at=at, appointment=made.id, starts=start(at, 10))
    assert seats() == 1
