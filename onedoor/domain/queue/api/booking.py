"""Appointments, slots and booking rules: what other contexts and the doors may use."""

from onedoor.domain.queue.actions.appointments import book, cancel, move
from onedoor.domain.queue.actions.appointments_arriving import arrive
from onedoor.domain.queue.actions.appointments_finding import find_appointment
from onedoor.domain.queue.actions.appointments_list import accept, join_list
from onedoor.domain.queue.actions.appointments_moving import Rebooked, rebook, rebook_day
from onedoor.domain.queue.actions.appointments_tending import (
    end_appointments,
    forget_appointments,
    tend_waiting_lists,
)
from onedoor.domain.queue.actions.slots import save_booking_rule
from onedoor.domain.queue.errors import (
    AppointmentHasMoved,
    AppointmentUnknown,
    BookingIsWrong,
    BookingRuleHasChanged,
    BookingRuleIsWrong,
    DayCannotBeBooked,
    DayIsNotFull,
    NothingIsFree,
    SlotIsTaken,
    TooEarly,
    TooManyAppointments,
)
from onedoor.domain.queue.events.appointments import (
    AppointmentArrived,
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentForgotten,
    AppointmentMissed,
    AppointmentMoved,
    AppointmentServed,
    BookingTermsSaved,
    FreedTimeOffered,
    WaitingListJoined,
    WaitingListLeft,
)
from onedoor.domain.queue.models import Appointment
from onedoor.domain.queue.permissions import BOOK, PROMISE
from onedoor.domain.queue.queries.appointments import (
    appointment,
    appointment_by_code,
    appointment_by_token,
    appointment_of_subject,
    appointments,
    appointments_of_phone,
    code_of,
    phone_of,
    position_of,
    token_of,
)
from onedoor.domain.queue.queries.slots import Booking, DayView, booking_rule, free_days, free_slots, why_shut
from onedoor.domain.queue.rules.appointments import Standing
from onedoor.domain.queue.rules.booking import CHANNELS, Block, BookingRule
from onedoor.domain.queue.rules.slots import SHUT_WORDS, Slot

__all__ = [
    "Appointment",
    "AppointmentArrived",
    "AppointmentBooked",
    "AppointmentCancelled",
    "AppointmentForgotten",
    "AppointmentHasMoved",
    "AppointmentMissed",
    "AppointmentMoved",
    "AppointmentServed",
    "AppointmentUnknown",
    "BOOK",
    "Block",
    "Booking",
    "BookingIsWrong",
    "BookingRule",
    "BookingRuleHasChanged",
    "BookingRuleIsWrong",
    "BookingTermsSaved",
    "CHANNELS",
    "DayCannotBeBooked",
    "DayIsNotFull",
    "DayView",
    "FreedTimeOffered",
    "NothingIsFree",
    "PROMISE",
    "Rebooked",
    "SHUT_WORDS",
    "Slot",
    "SlotIsTaken",
    "Standing",
    "TooEarly",
    "TooManyAppointments",
    "WaitingListJoined",
    "WaitingListLeft",
    "accept",
    "appointment",
    "appointment_by_code",
    "appointment_by_token",
    "appointment_of_subject",
    "appointments",
    "appointments_of_phone",
    "arrive",
    "book",
    "booking_rule",
    "cancel",
    "code_of",
    "end_appointments",
    "find_appointment",
    "forget_appointments",
    "free_days",
    "free_slots",
    "join_list",
    "move",
    "phone_of",
    "position_of",
    "rebook",
    "rebook_day",
    "save_booking_rule",
    "tend_waiting_lists",
    "token_of",
    "why_shut",
]
