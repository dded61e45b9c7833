"""Shifts, skills, checklists and the roster: what other contexts and the doors may use."""

from onedoor.domain.centres.actions.checklists import (
    keep_checklist,
    save_checklist_plan,
)
from onedoor.domain.centres.actions.roster import (
    cancel_duty,
    forget_helper,
    plan_duty,
    save_helper,
)
from onedoor.domain.centres.actions.shifts import (
    cancel_shift,
    change_shift,
    copy_week,
    offer_shift,
    plan_shifts,
    take_shift,
)
from onedoor.domain.centres.actions.sittings import (
    begin_break,
    end_break,
    rise,
    sit_down,
)
from onedoor.domain.centres.actions.skills import (
    save_skills,
)
from onedoor.domain.centres.errors import (
    BreakIsWrong,
    CheckIsWrong,
    ChecklistIsSigned,
    CounterIsPlanned,
    HelperIsWrong,
    NobodySitsHere,
    OfficerIsPlanned,
    ShiftIsNotOffered,
    ShiftIsWrong,
    SkillsAreWrong,
    UnknownHelper,
    UnknownShift,
)
from onedoor.domain.centres.events import (
    BreakBegan,
    BreakEnded,
    OfficerRose,
    OfficerSatDown,
)
from onedoor.domain.centres.permissions import (
    GREET,
    STAFF,
)
from onedoor.domain.centres.queries.checklists import (
    checklist,
    checklist_items,
    checklists,
    measured_clock,
)
from onedoor.domain.centres.queries.roster import (
    duties,
    helpers,
)
from onedoor.domain.centres.queries.shifts import (
    counters_staffed,
    on_shift,
    shifts_between,
    shifts_of,
    shifts_on,
    sitting_at,
    sitting_of,
    sittings,
    skills_of,
)
from onedoor.domain.centres.rules.checklists import (
    PHASES,
    Item,
    ListView,
    Measured,
    Phase,
    open_items,
)
from onedoor.domain.centres.rules.roster import (
    DUTY_PLACES,
    HELPER_KINDS,
    DutyView,
    HelperView,
)
from onedoor.domain.centres.rules.shifts import (
    Planned,
    ShiftView,
    SittingView,
    Skills,
    monday,
    presence,
    repeated,
    warnings,
)

__all__ = [
    "open_items",
    "BreakBegan",
    "OfficerSatDown",
    "OfficerRose",
    "BreakEnded",
    "BreakIsWrong",
    "CheckIsWrong",
    "ChecklistIsSigned",
    "CounterIsPlanned",
    "DUTY_PLACES",
    "DutyView",
    "GREET",
    "HELPER_KINDS",
    "HelperIsWrong",
    "HelperView",
    "Item",
    "ListView",
    "Measured",
    "NobodySitsHere",
    "OfficerIsPlanned",
    "PHASES",
    "Phase",
    "Planned",
    "STAFF",
    "ShiftIsNotOffered",
    "ShiftIsWrong",
    "ShiftView",
    "SittingView",
    "Skills",
    "SkillsAreWrong",
    "UnknownHelper",
    "UnknownShift",
    "begin_break",
    "cancel_duty",
    "cancel_shift",
    "change_shift",
    "checklist",
    "checklist_items",
    "checklists",
    "copy_week",
    "counters_staffed",
    "duties",
    "end_break",
    "forget_helper",
    "helpers",
    "keep_checklist",
    "measured_clock",
    "monday",
    "offer_shift",
    "on_shift",
    "plan_duty",
    "plan_shifts",
    "presence",
    "repeated",
    "rise",
    "save_checklist_plan",
    "save_helper",
    "save_skills",
    "shifts_between",
    "shifts_of",
    "shifts_on",
    "sit_down",
    "sitting_at",
    "sitting_of",
    "sittings",
    "skills_of",
    "take_shift",
    "warnings",
]
