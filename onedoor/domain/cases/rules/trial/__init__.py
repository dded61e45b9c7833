"""Trials: a service's documents walked through by one invented application, in memory, with a clock that can be moved.

`state` is what a trial is, `walking` how it goes on. Both are pure; `queries.trial` compiles the documents for them.
"""

from onedoor.domain.cases.rules.trial.state import (
    Trial,
    TrialDecision,
    TrialDocuments,
    TrialHit,
    TrialPassed,
    TrialSent,
    TrialTask,
    TrialTimer,
    TrialWait,
    trial_kept,
    trial_of,
)
from onedoor.domain.cases.rules.trial.walking import Course, begun, stepped, waited

__all__ = [
    "Course",
    "Trial",
    "TrialDecision",
    "TrialDocuments",
    "TrialHit",
    "TrialPassed",
    "TrialSent",
    "TrialTask",
    "TrialTimer",
    "TrialWait",
    "begun",
    "stepped",
    "trial_kept",
    "trial_of",
    "waited",
]
