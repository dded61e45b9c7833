"""What happens to places: centres, counters, the calendar, offers, promises."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class CentreSaved(Event):
    """A centre was set up, or its description, hours or offers changed."""

    name: ClassVar[str] = "centres.centre_saved"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class HoursChanged(Event):
    """A centre opens at other hours than before; whatever counts in its office hours is counted anew."""

    name: ClassVar[str] = "centres.hours_changed"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class CounterSaved(Event):
    """A counter was set up or renamed."""

    name: ClassVar[str] = "centres.counter_saved"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class CounterOpened(Event):
    """A counter serves people from now on."""

    name: ClassVar[str] = "centres.counter_opened"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class CounterClosed(Event):
    """A counter serves nobody until it is opened again."""

    name: ClassVar[str] = "centres.counter_closed"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class CalendarSaved(Event):
    """The office calendar's week or hours changed."""

    name: ClassVar[str] = "centres.calendar_saved"
    schema: ClassVar[int] = 1
    unit: UUID


@dataclass(frozen=True, kw_only=True)
class HolidayDeclared(Event):
    """A day is a holiday, or is one no longer (``cancelled``)."""

    name: ClassVar[str] = "centres.holiday_declared"
    schema: ClassVar[int] = 1
    day: date
    cancelled: bool


@dataclass(frozen=True, kw_only=True)
class OfferSaved(Event):
    """A service is offered at a centre from a day on; ``weekdays`` as figures (1 is Monday), empty for all."""

    name: ClassVar[str] = "centres.offer_saved"
    schema: ClassVar[int] = 1
    service: UUID
    valid_from: date
    valid_until: date | None
    weekdays: str
    capacity: int | None


@dataclass(frozen=True, kw_only=True)
class OfferWithdrawn(Event):
    """A service will not be offered at a centre after its last day."""

    name: ClassVar[str] = "centres.offer_withdrawn"
    schema: ClassVar[int] = 1
    service: UUID
    last_day: date


@dataclass(frozen=True, kw_only=True)
class SpaceSaved(Event):
    """The rooms or the posts of a centre were counted."""

    name: ClassVar[str] = "centres.space_saved"
    schema: ClassVar[int] = 1
    counted_on: date


@dataclass(frozen=True, kw_only=True)
class ServicePromised(Event):
    """An authority promised a service at ``centres`` centres by a day."""

    name: ClassVar[str] = "centres.service_promised"
    schema: ClassVar[int] = 1
    service: UUID
    authority: UUID
    due: date
    centres: int


@dataclass(frozen=True, kw_only=True)
class PromiseWithdrawn(Event):
    """A promise was taken back for ``centres`` of its centres."""

    name: ClassVar[str] = "centres.promise_withdrawn"
    schema: ClassVar[int] = 1
    service: UUID
    centres: int


@dataclass(frozen=True, kw_only=True)
class AreasSaved(Event):
    """Where the areas of a country lie, or how many people live there, was brought anew."""

    name: ClassVar[str] = "centres.areas_saved"
    schema: ClassVar[int] = 1
    unit: UUID
