"""Tables of cases, and the plain SQL of a step."""

from onedoor.domain.cases.models.steps import KIND, Change, Held, fail, hold, hold_token, write
from onedoor.domain.cases.models.tables import Case, Paper, Task, Timer, Token
from onedoor.domain.cases.models.waiting import (
    failed_rows,
    lane_page,
    lane_tally,
    lock_due_timers,
    lock_next_service,
    postpone_timer,
)

__all__ = [
    "KIND",
    "Case",
    "Change",
    "Held",
    "Paper",
    "Task",
    "Timer",
    "Token",
    "fail",
    "failed_rows",
    "hold",
    "hold_token",
    "lane_page",
    "lane_tally",
    "lock_due_timers",
    "lock_next_service",
    "postpone_timer",
    "write",
]
