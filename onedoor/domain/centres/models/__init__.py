"""Tables of centres, and the prepared looks at them."""

from onedoor.domain.centres.models.checklists import CheckEntry, Checklist, ChecklistItem, ChecklistPlan
from onedoor.domain.centres.models.closures import Closure, look_at_closures
from onedoor.domain.centres.models.looks import (
    look_at_calendars,
    look_at_centre,
    look_at_counter,
    look_at_counters,
)
from onedoor.domain.centres.models.mobile import Stop, StopReport, StopRequest, look_at_stops
from onedoor.domain.centres.models.roster import Duty, Helper
from onedoor.domain.centres.models.shifts import (
    Shift,
    Sitting,
    Skill,
    SkillSet,
    look_at_shifts,
    look_at_skills,
    one_plans,
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
    "CheckEntry",
    "Checklist",
    "ChecklistItem",
    "ChecklistPlan",
    "Closure",
    "Commitment",
    "Counter",
    "CounterState",
    "Duty",
    "Helper",
    "Holiday",
    "Offer",
    "OfficeCalendar",
    "OpeningHours",
    "Post",
    "Promise",
    "Shift",
    "Sitting",
    "Skill",
    "SkillSet",
    "Space",
    "Stop",
    "StopReport",
    "StopRequest",
    "Survey",
    "look_at_calendars",
    "look_at_centre",
    "look_at_closures",
    "look_at_counter",
    "look_at_counters",
    "look_at_shifts",
    "look_at_skills",
    "one_plans",
    "look_at_stops",
]
