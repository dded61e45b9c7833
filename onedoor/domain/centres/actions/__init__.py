"""What is done to centres, by what it is about."""

from onedoor.domain.centres.actions.calendar import save_calendar, save_holiday
from onedoor.domain.centres.actions.offers import save_offer, withdraw_offer
from onedoor.domain.centres.actions.places import save_centre, save_counter, save_hours, set_counter_state
from onedoor.domain.centres.actions.promises import promise, withdraw_promise
from onedoor.domain.centres.actions.space import save_areas, save_space

__all__ = [
    "promise",
    "save_areas",
    "save_calendar",
    "save_centre",
    "save_counter",
    "save_holiday",
    "save_hours",
    "save_offer",
    "save_space",
    "set_counter_state",
    "withdraw_offer",
    "withdraw_promise",
]
