"""Writes of monitoring."""

from onedoor.domain.monitoring.actions.audit import audit, take_out
from onedoor.domain.monitoring.actions.cameras import REASONS, end_camera, save_camera, watch
from onedoor.domain.monitoring.actions.keeping import forget_old, make_anew, pack_days
from onedoor.domain.monitoring.actions.projecting import project
from onedoor.domain.monitoring.actions.standards import save_standard, save_tile

__all__ = [
    "REASONS",
    "end_camera",
    "save_camera",
    "watch",
    "audit",
    "forget_old",
    "make_anew",
    "pack_days",
    "project",
    "save_standard",
    "save_tile",
    "take_out",
]
