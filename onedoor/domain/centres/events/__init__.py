"""What happens to centres, by what it is about."""

from onedoor.domain.centres.events.closures import CentreClosed, CentreReopened
from onedoor.domain.centres.events.places import (
    AreasSaved,
    CalendarSaved,
    CentreSaved,
    CounterClosed,
    CounterOpened,
    CounterSaved,
    HolidayDeclared,
    HoursChanged,
    OfferSaved,
    OfferWithdrawn,
    PromiseWithdrawn,
    ServicePromised,
    SpaceSaved,
)

__all__ = [
    "AreasSaved",
    "CalendarSaved",
    "CentreClosed",
    "CentreReopened",
    "CentreSaved",
    "CounterClosed",
    "CounterOpened",
    "CounterSaved",
    "HolidayDeclared",
    "HoursChanged",
    "OfferSaved",
    "OfferWithdrawn",
    "PromiseWithdrawn",
    "ServicePromised",
    "SpaceSaved",
]
