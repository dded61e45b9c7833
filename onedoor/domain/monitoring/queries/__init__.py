"""Reads of monitoring."""

from onedoor.domain.monitoring.queries.kpis import GROUPINGS, OF_CASES, Asked, Line, Report, report
from onedoor.domain.monitoring.queries.live import (
    CounterRow,
    Floor,
    HallRow,
    counters_now,
    floor_now,
    hours_today,
)
from onedoor.domain.monitoring.queries.monday import Missed, Monday, Overdue, Silent, monday
from onedoor.domain.monitoring.queries.sight import Sight, sight_of
from onedoor.domain.monitoring.queries.standards import TileView, standards, tiles

__all__ = [
    "GROUPINGS",
    "OF_CASES",
    "Asked",
    "CounterRow",
    "Floor",
    "HallRow",
    "Line",
    "Missed",
    "Monday",
    "Overdue",
    "Report",
    "Sight",
    "Silent",
    "TileView",
    "counters_now",
    "floor_now",
    "hours_today",
    "monday",
    "report",
    "sight_of",
    "standards",
    "tiles",
]
