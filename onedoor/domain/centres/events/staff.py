"""What happens to the staff of a centre: shifts, breaks, skills, checklists and the roster of those who help."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class ShiftPlanned(Event):
    """An officer is planned for a day, or her hours, breaks or counter changed."""

    name: ClassVar[str] = "centres.shift_planned"
    schema: ClassVar[int] = 1
    day: date


@dataclass(frozen=True, kw_only=True)
class ShiftCancelled(Event):
    """A planned shift will not be worked."""

    name: ClassVar[str] = "centres.shift_cancelled"
    schema: ClassVar[int] = 1
    day: date


@dataclass(frozen=True, kw_only=True)
class ShiftOffered(Event):
    """An officer asks others to take her shift, or (``back``) keeps it after all."""

    name: ClassVar[str] = "centres.shift_offered"
    schema: ClassVar[int] = 1
    day: date
    back: bool


@dataclass(frozen=True, kw_only=True)
class ShiftAsked(Event):
    """Another officer asks to take an offered shift; (``refused``) the head does not agree."""

    name: ClassVar[str] = "centres.shift_asked"
    schema: ClassVar[int] = 1
    day: date
    taker: UUID
    refused: bool


@dataclass(frozen=True, kw_only=True)
class ShiftTaken(Event):
    """Another officer has an offered shift, as the head approved."""

    name: ClassVar[str] = "centres.shift_taken"
    schema: ClassVar[int] = 1
    day: date
    giver: UUID


@dataclass(frozen=True, kw_only=True)
class OfficerSatDown(Event):
    """An officer began to serve at a counter."""

    name: ClassVar[str] = "centres.officer_sat_down"
    schema: ClassVar[int] = 1
    counter: UUID


@dataclass(frozen=True, kw_only=True)
class OfficerRose(Event):
    """An officer left her counter for the day, or another sat down there."""

    name: ClassVar[str] = "centres.officer_rose"
    schema: ClassVar[int] = 1
    counter: UUID


@dataclass(frozen=True, kw_only=True)
class BreakBegan(Event):
    """An officer is away from her counter until a time."""

    name: ClassVar[str] = "centres.break_began"
    schema: ClassVar[int] = 1
    counter: UUID
    until: datetime


@dataclass(frozen=True, kw_only=True)
class BreakEnded(Event):
    """An officer is back at her counter."""

    name: ClassVar[str] = "centres.break_ended"
    schema: ClassVar[int] = 1
    counter: UUID


@dataclass(frozen=True, kw_only=True)
class SkillsSaved(Event):
    """What an officer may serve at a centre was said anew."""

    name: ClassVar[str] = "centres.skills_saved"
    schema: ClassVar[int] = 1
    officer: UUID


@dataclass(frozen=True, kw_only=True)
class ChecklistPlanned(Event):
    """What centres check before they open and after they close changed."""

    name: ClassVar[str] = "centres.checklist_planned"
    schema: ClassVar[int] = 1
    unit: UUID


@dataclass(frozen=True, kw_only=True)
class ChecklistKept(Event):
    """Something of an opening or closing was checked, or (``signed``) the whole of it."""

    name: ClassVar[str] = "centres.checklist_kept"
    schema: ClassVar[int] = 1
    day: date
    phase: str
    signed: bool


@dataclass(frozen=True, kw_only=True)
class HelperSaved(Event):
    """A greeter or volunteer was written down, or what is kept of them changed."""

    name: ClassVar[str] = "centres.helper_saved"
    schema: ClassVar[int] = 1
    kind: str


@dataclass(frozen=True, kw_only=True)
class HelperForgotten(Event):
    """What was kept of a greeter or volunteer is gone: they asked for it, or their time was over."""

    name: ClassVar[str] = "centres.helper_forgotten"
    schema: ClassVar[int] = 1
    asked: bool


@dataclass(frozen=True, kw_only=True)
class DutyPlanned(Event):
    """A helper is on duty for some hours of a day, or (``cancelled``) is not."""

    name: ClassVar[str] = "centres.duty_planned"
    schema: ClassVar[int] = 1
    day: date
    cancelled: bool
