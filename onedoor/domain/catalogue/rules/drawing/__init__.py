"""Documents that people draw, changed part by part: a process as a table of steps. What others added to a file is kept. Pure."""

from onedoor.domain.catalogue.rules.drawing.begin import drawn, first_process, undrawn
from onedoor.domain.catalogue.rules.drawing.changes import (
    OWN_NAMES,
    StepChange,
    add_step,
    change_step,
    remove_step,
)
from onedoor.domain.catalogue.rules.drawing.encoding import text_of
from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.events import ABOUT, ACTIVITIES, MODES
from onedoor.domain.catalogue.rules.drawing.kinds import change_kind
from onedoor.domain.catalogue.rules.drawing.lanes import BINDING, add_lane, change_lane, remove_lane
from onedoor.domain.catalogue.rules.drawing.steps import (
    KINDS,
    LaneRow,
    Several,
    Step,
    StepTable,
    Way,
    exchanged,
    step_table,
)
from onedoor.domain.catalogue.rules.drawing.tables import (
    Column,
    DecisionRow,
    DecisionTable,
    decision_tables,
    first_decisions,
    with_rows,
)
from onedoor.domain.catalogue.rules.drawing.ways import WayChange, add_way, change_way, remove_way

__all__ = [
    "ABOUT",
    "ACTIVITIES",
    "BINDING",
    "KINDS",
    "MODES",
    "OWN_NAMES",
    "CannotDraw",
    "Column",
    "DecisionRow",
    "DecisionTable",
    "LaneRow",
    "Several",
    "Step",
    "StepChange",
    "StepTable",
    "Way",
    "WayChange",
    "add_lane",
    "add_step",
    "add_way",
    "change_kind",
    "change_lane",
    "change_step",
    "change_way",
    "decision_tables",
    "drawn",
    "exchanged",
    "first_decisions",
    "first_process",
    "remove_lane",
    "remove_step",
    "remove_way",
    "step_table",
    "text_of",
    "undrawn",
    "with_rows",
]
