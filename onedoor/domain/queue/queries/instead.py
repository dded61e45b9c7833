"""What an appointment in place of a place in line is for."""

from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.queries.slots import Booking
from onedoor.domain.queue.queries.visits import errands


def instead_of(ticket: Ticket) -> Booking:
    """All errands of the ticket, and as many people, booked by the centre."""
    wanted = dict.fromkeys((ticket.service_id, *(one.service_id for one in errands(visit=ticket.visit))))
    return Booking(services=tuple(wanted), people=ticket.people, channel="centre")
