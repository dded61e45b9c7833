"""What happens to centres."""

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
