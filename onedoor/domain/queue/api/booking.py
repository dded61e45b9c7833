"""Appointments, slots and booking rules: what other contexts and the doors may use."""

from onedoor.domain.queue.actions.appointments import book, cancel, move
from onedoor.domain.queue.actions.appointments_arriving import arrive
from onedoor.domain.queue.actions.appointments_finding import find_appointment, see_phone
from onedoor.domain.queue.actions.appointments_list import accept, join_list
from onedoor.domain.queue.actions.appointments_moving import Rebooked, rebook, rebook_day
from onedoor.domain.queue.actions.appointments_tending import (
    end_appointments,
    forget_appointments,
    tend_waiting_lists,
)
from onedoor.domain.queue.actions.asking import Asking
from onedoor.domain.queue.actions.instead import book_instead
from onedoor.domain.queue.actions.slots import save_booking_rule
from onedoor.domain.queue.errors import (
    AppointmentHasMoved,
    AppointmentUnknown,
    BookedAlready,
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
    subject_of,
    token_of,
)
from onedoor.domain.queue.queries.instead import instead_of
from onedoor.domain.queue.queries.slots import (
    Booking,
    DayView,
    booking_of,
    booking_rule,
    free_days,
    free_slots,
    why_shut,
)
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
    "Asking",
    "BOOK",
    "Block",
    "BookedAlready",
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
    "book_instead",
    "booking_of",
    "booking_rule",
    "cancel",
    "code_of",
    "end_appointments",
    "find_appointment",
    "forget_appointments",
    "free_days",
    "free_slots",
    "instead_of",
    "join_list",
    "move",
    "phone_of",
    "position_of",
    "rebook",
    "rebook_day",
    "save_booking_rule",
    "see_phone",
    "subject_of",
    "tend_waiting_lists",
    "token_of",
    "why_shut",
]
