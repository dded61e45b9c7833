"""Builds the screens into the wheel: styles, scripts, fonts, message catalogues and the licences of what is bundled."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ScreensHook(BuildHookInterface):
    """Runs before hatchling collects files."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the ignored files that the wheel must carry."""
        sys.path.insert(0, self.root)
        from onedoor.ui.build import LICENCES, build

        build()
        if Path(LICENCES).is_file() and self.target_name == "wheel" and version != "editable":
            build_data["force_include"][str(LICENCES)] = "onedoor/THIRD_PARTY_LICENSES"
