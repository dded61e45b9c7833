"""Writes of monitoring."""

from onedoor.domain.monitoring.actions.audit import audit, take_out
from onedoor.domain.monitoring.actions.keeping import forget_old, make_anew
from onedoor.domain.monitoring.actions.projecting import project
from onedoor.domain.monitoring.actions.standards import save_standard, save_tile

__all__ = ["audit", "forget_old", "make_anew", "project", "save_standard", "save_tile", "take_out"]
