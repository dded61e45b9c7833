"""The tables of the queue, and the plain SQL of its hot paths."""

from onedoor.domain.queue.models.appointments import (
    Appointment,
    BookingDay,
    BookingTerms,
    SlotSeat,
    free_seats,
    give_seats,
    hall_node,
    lock_appointment,
    lock_days,
    lock_number,
)
from onedoor.domain.queue.models.calling import HallRule, look_at_rules
from onedoor.domain.queue.models.hot import (
    draw_serial,
    insert_obligations,
    insert_ticket,
    lock_ticket,
    look_at_ticket,
    recall_ticket,
    update_ticket,
)
from onedoor.domain.queue.models.kiosks import Kiosk
from onedoor.domain.queue.models.phone import PhonePlace, Watch
from onedoor.domain.queue.models.tables import Obligation, Series, Ticket
from onedoor.domain.queue.models.turns import lock_next, see_next
from onedoor.domain.queue.models.visits import Errand, Help
from onedoor.domain.queue.models.waits import HallWaits

__all__ = [
    "PhonePlace",
    "Watch",
    "Appointment",
    "BookingDay",
    "BookingTerms",
    "Errand",
    "HallRule",
    "HallWaits",
    "Help",
    "Kiosk",
    "Obligation",
    "Series",
    "SlotSeat",
    "Ticket",
    "draw_serial",
    "free_seats",
    "give_seats",
    "hall_node",
    "insert_obligations",
    "insert_ticket",
    "lock_appointment",
    "lock_days",
    "lock_next",
    "lock_number",
    "lock_ticket",
    "look_at_rules",
    "look_at_ticket",
    "recall_ticket",
    "see_next",
    "update_ticket",
]
