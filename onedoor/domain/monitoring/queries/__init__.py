"""Reads of monitoring."""

from onedoor.domain.monitoring.queries.audit import (
    AuditAsked,
    Marks,
    Sample,
    TicketSeen,
    audited_centres,
    marks,
    sample,
    ticket_seen,
)
from onedoor.domain.monitoring.queries.cameras import camera, cameras
from onedoor.domain.monitoring.queries.clearing import OpenWork, open_work
from onedoor.domain.monitoring.queries.hall import Course, HallView, course_of, hall_at
from onedoor.domain.monitoring.queries.kpis import GROUPINGS, OF_CASES, Asked, Line, Report, report
from onedoor.domain.monitoring.queries.live import (
    CounterRow,
    Floor,
    HallRow,
    LateStep,
    counters_now,
    floor_now,
    hours_today,
)
from onedoor.domain.monitoring.queries.monday import Missed, Monday, Overdue, Silent, Unanswered, monday
from onedoor.domain.monitoring.queries.sight import Sight, sight_of
from onedoor.domain.monitoring.queries.standards import TileView, standards, tiles

__all__ = [
    "GROUPINGS",
    "OF_CASES",
    "Asked",
    "AuditAsked",
    "Course",
    "HallView",
    "camera",
    "cameras",
    "course_of",
    "OpenWork",
    "hall_at",
    "open_work",
    "CounterRow",
    "Floor",
    "HallRow",
    "LateStep",
    "Line",
    "Marks",
    "Missed",
    "Monday",
    "Overdue",
    "Report",
    "Sample",
    "Sight",
    "Silent",
    "TicketSeen",
    "TileView",
    "Unanswered",
    "audited_centres",
    "counters_now",
    "floor_now",
    "hours_today",
    "marks",
    "monday",
    "report",
    "sample",
    "sight_of",
    "standards",
    "ticket_seen",
    "tiles",
]
