"""Taking, losing and finding tickets."""

from datetime import UTC, datetime, timedelta

import pytest

from onedoor.domain.queue import api as queue
from onedoor.kernel.errors import Invalid, Missing, Refused
from onedoor.kernel.letters import events
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall

pytestmark = pytest.mark.usefixtures("scope")


def take(here: Hall, at: datetime, **more: object) -> queue.Ticket:
    return queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth, **more)


def test_numbers_run_by_service_and_begin_anew_each_day(here: Hall, at: datetime) -> None:
    first, second = take(here, at), take(here, at)
    other = queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.document)
    tomorrow = take(here, at + timedelta(days=1))
    assert [first.number, second.number, other.number, tomorrow.number] == ["A001", "A002", "B001", "A001"]
    assert len({first.token, second.token, other.token}) == 3
    assert first.visit != second.visit


def test_a_ticket_is_written_with_its_letter_and_no_name_in_it(here: Hall, at: datetime) -> None:
    ticket = take(here, at, name="ທ້າວ ບຸນມີ", phone="020 5555 1234")
    letter = LetterRow.objects.get(aggregate=ticket.id)
    assert (letter.type, letter.version, letter.centre) == ("queue.ticket_taken", 1, here.centre)
    assert "ບຸນມີ" not in letter.body and "5555" not in letter.body
    assert events()[letter.type].read(letter.body).number == ticket.number
    saved = queue.Ticket.objects.get(id=ticket.id)
    assert b"5555" not in bytes(saved.phone_mark or b"")


def test_a_service_that_is_not_offered_here_is_refused(here: Hall, at: datetime) -> None:
    with pytest.raises(queue.ServiceNotOfferedHere) as refusal:
        queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.elsewhere)
    assert isinstance(refusal.value, Invalid) and refusal.value.status == 422


@pytest.mark.parametrize(
    "hour", [datetime(2026, 3, 1, 2, 0, tzinfo=UTC), datetime(2026, 3, 2, 12, 0, tzinfo=UTC)]
)
def test_a_closed_centre_gives_no_tickets(here: Hall, hour: datetime) -> None:
    with pytest.raises(queue.CentreIsClosed):
        take(here, hour)


def test_another_centre_is_not_found_and_another_role_is_refused(here: Hall, at: datetime) -> None:
    with pytest.raises(Missing):
        queue.take_ticket(by=here.stranger, at=at, centre=here.centre, service=here.birth)
    with pytest.raises(Refused):
        queue.call_next(by=here.kiosk, at=at, counter=here.counters[0])
    with pytest.raises(Refused):
        queue.take_ticket(by=Actor.public(), at=at, centre=here.centre, service=here.birth)


def test_a_lost_ticket_is_found_by_name_and_telephone_together(here: Hall, at: datetime) -> None:
    lost = take(here, at, name="ທ້າວ ບຸນມີ", phone="020 5555 1234")
    take(here, at, name="ນາງ ຄ\u0ecd\u0eb2", phone="020 7777 1234")
    found = queue.find_lost(centre=here.centre, name=" ທາວ  ບຸນມີ ", phone="+856 20 5555-1234", at=at)
    assert found.id == lost.id, "a tone mark and the form of the number must not matter"
    for name, phone in (
        ("ນາງ ຄ\u0ecd\u0eb2", "020 5555 1234"),
        ("ທ້າວ ບຸນມີ", "020 7777 1234"),
        ("ທ້າວ ບຸນມີ", "020 5555 1235"),
    ):
        with pytest.raises(queue.TicketNotFound):
            queue.find_lost(centre=here.centre, name=name, phone=phone, at=at)
    with pytest.raises(queue.TicketNotFound):
        queue.find_lost(centre=here.centre, name="ທ້າວ ບຸນມີ", phone="02055551234", at=at + timedelta(days=1))


def test_reissue_keeps_the_place_and_kills_the_old_ticket(here: Hall, at: datetime) -> None:
    first = take(here, at)
    take(here, at + timedelta(seconds=1))
    again = queue.reissue(by=here.kiosk, at=at + timedelta(minutes=1), ticket=first.id, centre=here.centre)
    assert again.number == "A003" and again.visit == first.visit
    assert queue.people_ahead(again) == 0
    with pytest.raises(queue.TicketUnknown):
        queue.ticket_by_token(first.token)
    with pytest.raises(queue.TicketUnknown):
        queue.ticket_by_token("a\0b")
    assert queue.ticket_by_token(again.token).id == first.id
    called = queue.call_next(by=here.officer, at=at, counter=here.counters[0])
    assert called.number == "A003", "the former number is never called"
    assert LetterRow.objects.filter(aggregate=first.id, type="queue.ticket_reissued").count() == 1


def test_a_served_ticket_is_not_reissued(here: Hall, at: datetime) -> None:
    ticket = take(here, at)
    queue.call_next(by=here.officer, at=at, counter=here.counters[0])
    queue.start(by=here.officer, at=at, ticket=ticket.id, centre=here.centre)
    queue.finish(by=here.officer, at=at, ticket=ticket.id, centre=here.centre)
    with pytest.raises(queue.TicketHasMoved):
        queue.reissue(by=here.kiosk, at=at, ticket=ticket.id, centre=here.centre)


def test_the_holder_of_the_address_names_the_ticket_and_gives_it_up(here: Hall, at: datetime) -> None:
    ticket = take(here, at)
    held = queue.ticket_by_token(ticket.token)
    queue.name_ticket(
        by=Actor.public(), at=at, ticket=held.id, centre=held.centre_id, name="Khamla", phone="02012345678"
    )
    assert queue.find_lost(centre=here.centre, name="khamla", phone="020 12345678", at=at).id == ticket.id
    queue.leave(by=Actor.public(), at=at, ticket=held.id, centre=held.centre_id)
    with pytest.raises(queue.NobodyWaits):
        queue.call_next(by=here.officer, at=at, counter=here.counters[0])


def test_priority_is_called_earlier_but_not_before_all(here: Hall, at: datetime) -> None:
    early = take(here, at)
    late = take(here, at + timedelta(minutes=40))
    priority = take(here, at + timedelta(minutes=50), priority=True)
    now = at + timedelta(minutes=51)
    order = [queue.call_next(by=here.officer, at=now, counter=counter).id for counter in here.counters]
    assert order == [early.id, priority.id, late.id]
