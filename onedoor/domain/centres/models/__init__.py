"""Tables of centres, and the prepared looks at them."""

from onedoor.domain.centres.models.closures import Closure, look_at_closures
from onedoor.domain.centres.models.looks import (
    look_at_calendars,
    look_at_centre,
    look_at_counter,
    look_at_counters,
)
from onedoor.domain.centres.models.tables import (
    Area,
    Centre,
    Commitment,
    Counter,
    CounterState,
    Holiday,
    Offer,
    OfficeCalendar,
    OpeningHours,
    Post,
    Promise,
    Space,
    Survey,
)

__all__ = [
    "Area",
    "Centre",
    "Closure",
    "Commitment",
    "Counter",
    "CounterState",
    "Holiday",
    "Offer",
    "OfficeCalendar",
    "OpeningHours",
    "Post",
    "Promise",
    "Space",
    "Survey",
    "look_at_calendars",
    "look_at_centre",
    "look_at_closures",
    "look_at_counter",
    "look_at_counters",
]
