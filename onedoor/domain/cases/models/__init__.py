"""Tables of cases, and the plain SQL of a step."""

from onedoor.domain.cases.models.steps import KIND, Change, Held, fail, hold, hold_token, write
from onedoor.domain.cases.models.tables import Case, Paper, Task, Timer, Token

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
    "hold",
    "hold_token",
    "write",
]
