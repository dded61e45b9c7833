"""Wheelchairs, escorts and interpreters: asked for, booked, here, over."""

from datetime import date, datetime, timedelta

import pytest

from onedoor.domain.queue import api as queue
from onedoor.kernel.errors import DomainError, Invalid, Missing
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall

pytestmark = pytest.mark.django_db


def asked(here: Hall, at: datetime) -> tuple[queue.Ticket, queue.Help]:
    ticket = queue.take_ticket(
        by=here.kiosk, at=at, centre=here.centre, service=here.birth, help=["interpreter:hmn"]
    )
    (one,) = queue.helps_of(visit=ticket.visit)
    return ticket, one


def test_a_request_from_the_ticket_to_the_end(here: Hall, at: datetime, scope: None) -> None:
    ticket, one = asked(here, at)
    act = {"by": here.officer, "centre": here.centre, "help": one.id}
    assert not queue.helps_today(here.centre, day=ticket.day, at=at)[0].missing
    assert queue.helps_today(here.centre, day=ticket.day, at=at + timedelta(minutes=10))[0].missing
    booked = queue.book_help(**act, at=at, name=" ບຸນມີ  ວົງໄຊ ")
    assert (booked.state, booked.helper_name) == ("booked", "ບຸນມີ ວົງໄຊ")
    assert not queue.helps_today(here.centre, day=ticket.day, at=at + timedelta(minutes=30))[0].missing
    queue.call_next(by=here.officer, at=at, counter=here.counters[0])
    assert queue.helps_today(here.centre, day=ticket.day, at=at)[0].missing, "called, and nobody is with them"
    assert queue.help_here(**act, at=at).state == "here"
    assert queue.end_help(**act, at=at).state == "done"
    assert not queue.helps_of(visit=ticket.visit)


def test_one_kind_is_asked_once_a_visit_and_again_when_it_was_taken_back(
    here: Hall, at: datetime, scope: None
) -> None:
    ticket, one = asked(here, at)
    again = {"by": here.kiosk, "at": at, "centre": here.centre, "visit": ticket.visit}
    assert queue.ask_help(codes=["interpreter:hmn", "wheelchair"], **again)[0].id == one.id
    queue.end_help(by=here.officer, at=at, centre=here.centre, help=one.id, given=False)
    assert queue.ask_help(codes=["interpreter:hmn"], **again)[0].id != one.id
    assert len(queue.helps_of(visit=ticket.visit)) == 2


def test_who_helps_in_person_stands_in_the_list(here: Hall, at: datetime, scope: None) -> None:
    _ticket, one = asked(here, at)
    held = queue.help_here(by=here.officer, at=at, centre=here.centre, help=one.id)
    assert held.helper_id == here.officer.id


def test_what_is_refused(here: Hall, at: datetime, scope: None) -> None:
    ticket, one = asked(here, at)
    act = {"by": here.officer, "at": at, "centre": here.centre, "help": one.id}
    attempts: list[tuple[type[DomainError], object]] = [
        (queue.HelpIsWrong, lambda: queue.book_help(**act)),
        (queue.HelpIsWrong, lambda: queue.book_help(**act, helper=new_id())),
        (queue.HelpIsWrong, lambda: queue.book_help(**act, helper=here.officer.id, name="ບຸນມີ")),
        (Invalid, lambda: queue.book_help(**act, name="\x00")),
        (queue.HelpHasMoved, lambda: queue.end_help(**act)),
        (queue.HelpUnknown, lambda: queue.help_here(**(act | {"help": new_id()}))),
        (Missing, lambda: queue.help_here(**(act | {"by": here.stranger}))),
        (
            queue.HelpIsWrong,
            lambda: queue.ask_help(
                by=here.kiosk, at=at, centre=here.centre, visit=ticket.visit, codes=["gold"]
            ),
        ),
    ]
    for fault, attempt in attempts:
        with pytest.raises(fault):
            attempt()  # type: ignore[operator]
    assert queue.helps_of(visit=ticket.visit)[0].state == "asked"


def test_who_left_needs_nobody(here: Hall, at: datetime, scope: None) -> None:
    ticket, _one = asked(here, at)
    queue.leave(by=here.kiosk, at=at, ticket=ticket.id, centre=here.centre)
    assert not queue.helps_today(here.centre, day=ticket.day, at=at + timedelta(hours=1))


def test_help_asked_with_an_appointment_is_expected_at_its_time_moves_with_it_and_ends_with_it(
    here: Hall, at: datetime, scope: None
) -> None:
    queue.save_booking_rule(
        by=Actor.system(), at=at, centre=here.centre, rule=queue.BookingRule(share=50, notice=0)
    )
    asking = queue.Asking(
        centre=here.centre, service=here.birth, name="ນາງ ແກ້ວ", phone="020 5555 1234", help=["sign"]
    )
    nine, ten = (at.replace(hour=hour, minute=0) + timedelta(days=1) for hour in (2, 3))
    act, mine = {"by": here.officer, "centre": here.centre}, {"by": Actor.public(), "at": at}
    made = queue.book(**mine, asking=asking, starts=nine)

    def coming(after: date) -> list[queue.Help]:
        return [one.help for one in queue.helps_coming(here.centre, after=after, until=made.day)]

    (one,) = coming(at.date())
    assert (one.due_at, one.state) == (nine, "asked") and not coming(made.day), (
        "of its own day it is no more to come"
    )
    queue.book_help(**act, at=at, help=one.id, name="ບຸນມີ ວົງໄຊ")
    queue.move(**mine, appointment=made.id, starts=ten)
    (moved,) = coming(at.date())
    assert (moved.id, moved.due_at, moved.state, moved.helper_name) == (one.id, ten, "asked", "")
    queue.book_help(**act, at=at, help=one.id, name="ບຸນມີ ວົງໄຊ")
    ticket = queue.arrive(by=here.kiosk, at=ten, appointment=made.id, centre=here.centre)
    (held,) = queue.helps_today(here.centre, day=ticket.day, at=ten)
    assert held.help.id == one.id and held.help.state == "booked" and held.ticket is not None
    other = queue.book(**mine, asking=asking, starts=nine)
    assert queue.helps_of(visit=other.visit)
    queue.cancel(**mine, appointment=other.id)
    assert not queue.helps_of(visit=other.visit)
