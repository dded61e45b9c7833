"""Tables of cases, and the plain SQL of a step."""

from onedoor.domain.cases.models.checks import FeeCheck, FeeFinding, FeeTally, Tallied, add_tallies
from onedoor.domain.cases.models.corrections import KeptCorrection
from onedoor.domain.cases.models.figures import log_in_figures
from onedoor.domain.cases.models.finding import Wanted, case_page, rows_of_cases, trace_names
from onedoor.domain.cases.models.logs import EventLog, NewCase, Trace, traces_here, write_cases
from onedoor.domain.cases.models.messages import (
    keep_message,
    lock_unsought,
    mark_heard,
    mark_sought,
    matched_messages,
    messages_elsewhere,
    node_at_work,
    still_waits,
)
from onedoor.domain.cases.models.prepared import Preparation
from onedoor.domain.cases.models.recounts import Recount, Recounted
from onedoor.domain.cases.models.steps import KIND, Change, Held, fail, hold, hold_token, write
from onedoor.domain.cases.models.tables import (
    Case,
    Escalation,
    Forward,
    Message,
    Paper,
    Task,
    Timer,
    Token,
    Wait,
)
from onedoor.domain.cases.models.waiting import (
    count_failed,
    escalated_rows,
    failed_rows,
    lane_page,
    lane_tally,
    lock_due_timers,
    lock_next_service,
    postpone_timer,
)

__all__ = [
    "count_failed",
    "KIND",
    "Case",
    "Change",
    "Escalation",
    "FeeCheck",
    "FeeFinding",
    "FeeTally",
    "Tallied",
    "add_tallies",
    "EventLog",
    "Held",
    "KeptCorrection",
    "Message",
    "NewCase",
    "Paper",
    "Preparation",
    "Recount",
    "Recounted",
    "Task",
    "Timer",
    "Token",
    "Wait",
    "Trace",
    "fail",
    "Wanted",
    "case_page",
    "escalated_rows",
    "failed_rows",
    "hold",
    "keep_message",
    "lock_unsought",
    "mark_sought",
    "messages_elsewhere",
    "node_at_work",
    "Forward",
    "mark_heard",
    "matched_messages",
    "still_waits",
    "hold_token",
    "lane_page",
    "lane_tally",
    "lock_due_timers",
    "lock_next_service",
    "postpone_timer",
    "log_in_figures",
    "rows_of_cases",
    "trace_names",
    "traces_here",
    "write",
    "write_cases",
]
