"""Documents that people draw, changed part by part: a process as a table of steps. What others added to a file is kept. Pure."""

from onedoor.domain.catalogue.rules.drawing.begin import first_process
from onedoor.domain.catalogue.rules.drawing.changes import (
    OWN_NAMES,
    StepChange,
    WayChange,
    add_step,
    add_way,
    change_lane,
    change_step,
    change_way,
    remove_step,
    remove_way,
)
from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.steps import KINDS, LaneRow, Step, StepTable, Way, step_table
from onedoor.domain.catalogue.rules.drawing.tables import (
    Column,
    DecisionRow,
    DecisionTable,
    decision_tables,
    first_decisions,
    with_rows,
)

__all__ = [
    "KINDS",
    "OWN_NAMES",
    "CannotDraw",
    "Column",
    "DecisionRow",
    "DecisionTable",
    "LaneRow",
    "Step",
    "StepChange",
    "StepTable",
    "Way",
    "WayChange",
    "add_step",
    "add_way",
    "change_lane",
    "change_step",
    "change_way",
    "decision_tables",
    "first_decisions",
    "first_process",
    "remove_step",
    "remove_way",
    "step_table",
    "with_rows",
]
