"""At closing time a person takes an appointment in place of tomorrow's place: once, told, by the rules of any appointment."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from onedoor.domain.notices import api as notices
from onedoor.domain.queue import api as queue
from onedoor.kernel.errors import Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall

SYSTEM = Actor.system()
WHEN = datetime(2026, 3, 4, 2, tzinfo=UTC)
PHONE = "020 5555 1234"


@pytest.fixture
def told(here: Hall, at: datetime) -> None:
    rule = queue.BookingRule(share=50, release=24 * 14, step=30, usual=30, per_phone=2, notice=0)
    queue.save_booking_rule(by=SYSTEM, at=at, centre=here.centre, rule=rule)
    notices.save_wording(
        by=SYSTEM,
        at=at,
        id=new_id(),
        kind="instead",
        texts={"lo": "{number} {when} {code}", "en": "{number}"},
    )


@pytest.fixture
def kept(told: None, here: Hall, at: datetime) -> queue.Ticket:
    ticket = queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
    queue.end_day(by=SYSTEM, at=at, centre=here.centre)
    return queue.ticket_by_token(ticket.token)


@pytest.mark.usefixtures("scope")
class TestInstead:
    def test_the_place_ends_the_person_is_told_and_reads_it_under_the_old_address(
        self, here: Hall, at: datetime, kept: queue.Ticket
    ) -> None:
        id = new_id()
        asked = {"centre": here.centre, "ticket": kept.id, "starts": WHEN, "phone": PHONE, "id": id}
        made = queue.book_instead(by=SYSTEM, at=at, name="ນາງ ຄຳ", **asked)  # type: ignore[arg-type]
        again = queue.book_instead(by=SYSTEM, at=at, name="ນາງ ຄຳ", **asked)  # type: ignore[arg-type]
        assert made.id == again.id == id and made.standing == "booked" and made.starts_at == WHEN
        held = queue.ticket_by_token(kept.token)
        assert held.status == "left" and queue.kept_on(here.centre, day=kept.day) == []
        assert queue.code_of(made.id) in queue.day_words(held, at=at)
        assert [one.kind for one in notices.told(made.id, at=at)] == ["instead"]

    def test_what_holds_for_any_appointment_holds_here(
        self, here: Hall, at: datetime, kept: queue.Ticket
    ) -> None:
        asked = {"centre": here.centre, "ticket": kept.id, "name": "ນາງ ຄຳ", "id": new_id()}
        closed = datetime(2026, 3, 7, 2, tzinfo=UTC)  # a Saturday
        with pytest.raises(queue.DayCannotBeBooked):
            queue.book_instead(by=SYSTEM, at=at, starts=closed, phone=PHONE, **asked)  # type: ignore[arg-type]
        with pytest.raises(queue.NameOrPhoneInvalid):
            queue.book_instead(by=SYSTEM, at=at, starts=WHEN, phone="12", **asked)  # type: ignore[arg-type]
        with pytest.raises(Refused):
            queue.book_instead(by=here.kiosk, at=at, starts=WHEN, phone=PHONE, **asked)  # type: ignore[arg-type]
        assert queue.ticket_by_token(kept.token).status == "waiting", "nothing was half done"
        other = {**asked, "id": new_id()}
        queue.book_instead(by=SYSTEM, at=at, starts=WHEN, phone=PHONE, **asked)  # type: ignore[arg-type]
        with pytest.raises(queue.TicketHasMoved):
            queue.book_instead(by=SYSTEM, at=at, starts=WHEN, phone=PHONE, **other)  # type: ignore[arg-type]

    @pytest.mark.usefixtures("told")
    def test_a_family_keeps_all_its_errands(self, here: Hall, at: datetime) -> None:
        wanted = queue.everybody([here.birth, here.document], people=2)
        ticket = queue.take_visit(by=here.kiosk, at=at, centre=here.centre, wanted=wanted)
        made = queue.book_instead(
            by=SYSTEM,
            at=at,
            centre=here.centre,
            ticket=ticket.id,
            starts=WHEN,
            name="ນາງ ຄຳ",
            phone=PHONE,
            id=new_id(),
        )
        assert {UUID(str(one)) for one in made.services} == {here.birth, here.document} and made.people == 2
