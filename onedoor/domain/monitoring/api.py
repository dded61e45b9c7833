"""The door of monitoring."""

from onedoor.domain.monitoring.actions import save_standard, save_tile
from onedoor.domain.monitoring.errors import NotAGrouping, NotAMeasure, NotAPeriod, OutOfSight
from onedoor.domain.monitoring.permissions import KEEP, SEE
from onedoor.domain.monitoring.queries import (
    GROUPINGS,
    OF_CASES,
    Asked,
    CounterRow,
    Floor,
    HallRow,
    Line,
    Missed,
    Monday,
    Overdue,
    Report,
    Sight,
    Silent,
    TileView,
    counters_now,
    floor_now,
    hours_today,
    monday,
    report,
    sight_of,
    standards,
    tiles,
)
from onedoor.domain.monitoring.rules.alerts import Alert
from onedoor.domain.monitoring.rules.figures import MEASURES, Figures, Limit, Measure, summed
from onedoor.domain.monitoring.rules.histogram import ERROR_PERCENT
from onedoor.domain.monitoring.rules.periods import Period
from onedoor.domain.monitoring.rules.statistics import SMALLEST

__all__ = [
    "ERROR_PERCENT",
    "GROUPINGS",
    "KEEP",
    "MEASURES",
    "OF_CASES",
    "SEE",
    "SMALLEST",
    "Alert",
    "Asked",
    "CounterRow",
    "Figures",
    "Floor",
    "HallRow",
    "Limit",
    "Line",
    "Measure",
    "Missed",
    "Monday",
    "NotAGrouping",
    "NotAMeasure",
    "NotAPeriod",
    "OutOfSight",
    "Overdue",
    "Period",
    "Report",
    "Sight",
    "Silent",
    "TileView",
    "counters_now",
    "floor_now",
    "hours_today",
    "monday",
    "report",
    "save_standard",
    "save_tile",
    "sight_of",
    "standards",
    "summed",
    "tiles",
]
