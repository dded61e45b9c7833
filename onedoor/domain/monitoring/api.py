"""The door of monitoring."""

from onedoor.domain.monitoring.actions import save_standard, save_tile
from onedoor.domain.monitoring.permissions import KEEP, SEE

__all__ = ["KEEP", "SEE", "save_standard", "save_tile"]
