"""What people ask of planning, and what the worker does for it."""

from onedoor.domain.planning.actions.asking import begin_experiment, changed_by, clean_change
from onedoor.domain.planning.actions.running import run_experiment, run_slice

__all__ = ["begin_experiment", "changed_by", "clean_change", "run_experiment", "run_slice"]
