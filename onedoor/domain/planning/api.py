"""The door of planning: trying out reforms on what happened."""

from onedoor.domain.planning.actions import begin_experiment, run_experiment
from onedoor.domain.planning.errors import (
    LimitIsUnknown,
    NoLogHere,
    NoSuchExperiment,
    NothingToTry,
    PeriodIsNotClear,
    StepsDoNotFollow,
    TablesHaveGaps,
    TooManyExperiments,
)
from onedoor.domain.planning.events import ExperimentBegun, ExperimentFinished
from onedoor.domain.planning.permissions import EXPERIMENT
from onedoor.domain.planning.queries import (
    Choices,
    ExperimentView,
    choices,
    experiment,
    experiments,
    logged_choices,
    logs_to_try,
    services_to_try,
    staff_plan,
)
from onedoor.domain.planning.rules.changes import Limit
from onedoor.domain.planning.rules.staffing import Checked, Slot, StaffPlan
from onedoor.domain.planning.rules.version import Assumptions

__all__ = [
    "EXPERIMENT",
    "Assumptions",
    "Checked",
    "Choices",
    "ExperimentBegun",
    "ExperimentFinished",
    "ExperimentView",
    "Limit",
    "LimitIsUnknown",
    "NoLogHere",
    "NoSuchExperiment",
    "NothingToTry",
    "PeriodIsNotClear",
    "StepsDoNotFollow",
    "Slot",
    "StaffPlan",
    "TablesHaveGaps",
    "TooManyExperiments",
    "begin_experiment",
    "choices",
    "experiment",
    "experiments",
    "logged_choices",
    "logs_to_try",
    "run_experiment",
    "services_to_try",
    "staff_plan",
]
