"""What happens to mobile units: stops planned, announced, cancelled, held, and what villages ask for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class StopPlanned(Event):
    """A mobile unit is to stop in a district on a day, or the plan of it changed."""

    name: ClassVar[str] = "centres.stop_planned"
    schema: ClassVar[int] = 1
    district: UUID
    day: date


@dataclass(frozen=True, kw_only=True)
class StopAnnounced(Event):
    """A stop was made known: people may book and come."""

    name: ClassVar[str] = "centres.stop_announced"
    schema: ClassVar[int] = 1
    district: UUID
    day: date


@dataclass(frozen=True, kw_only=True)
class StopMoved(Event):
    """An announced stop stands on another day, at other hours or in another village (``elsewhere``).

    ``since`` and ``until`` are the hours that it had been announced for.
    """

    name: ClassVar[str] = "centres.stop_moved"
    schema: ClassVar[int] = 1
    district: UUID
    day: date
    since: datetime
    until: datetime
    elsewhere: bool


@dataclass(frozen=True, kw_only=True)
class StopCancelled(Event):
    """A stop will not be held; its reason stands beside it."""

    name: ClassVar[str] = "centres.stop_cancelled"
    schema: ClassVar[int] = 1
    district: UUID
    day: date
    announced: bool


@dataclass(frozen=True, kw_only=True)
class StopOpened(Event):
    """The mobile unit stands in the village and serves."""

    name: ClassVar[str] = "centres.stop_opened"
    schema: ClassVar[int] = 1
    stop: UUID


@dataclass(frozen=True, kw_only=True)
class StopReported(Event):
    """A stop is over: how many people it served, how many it could not, how far it drove."""

    name: ClassVar[str] = "centres.stop_reported"
    schema: ClassVar[int] = 1
    stop: UUID
    people: int
    unmet: int
    kilometres: int


@dataclass(frozen=True, kw_only=True)
class StopRequested(Event):
    """A village asked for a visit."""

    name: ClassVar[str] = "centres.stop_requested"
    schema: ClassVar[int] = 1
    district: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class RequestAnswered(Event):
    """A stop was announced for a village that had asked; nobody's number is kept any longer."""

    name: ClassVar[str] = "centres.request_answered"
    schema: ClassVar[int] = 1
    stop: UUID


@dataclass(frozen=True, kw_only=True)
class NumberForgotten(Event):
    """The telephone number beside an old request of a village is gone."""

    name: ClassVar[str] = "centres.number_forgotten"
    schema: ClassVar[int] = 1
