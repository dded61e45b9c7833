"""One demonstration node for all journeys: the Lao pack, nobody in the halls yet, and an hour at which they are open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from onedoor.tools.opening import shift
from onedoor.tools.screens.camera import QUIET, browser_program
from tests.journeys.people import Hall
from tests.tools.nodes import Node, node

OPENING = """
from datetime import UTC, datetime
from pathlib import Path
from onedoor.tools.opening import note_hours
note_hours(Path({home!r}), at=datetime.now(UTC))
"""


class Demonstration(Node):
    """A node in demonstration mode, at another hour than ours if need be."""

    clock = "0"

    @property
    def surroundings(self) -> dict[str, str]:
        return {**super().surroundings, "ONEDOOR_MODE": "demo", "ONEDOOR_CLOCK_SHIFT": self.clock}


@pytest.fixture(scope="session")
def served() -> Iterator[Demonstration]:
    """The node, served."""
    with node() as plain:
        one = Demonstration(plain.home)
        (one.home / "demonstration").touch()
        for words in (("build",), ("migrate",), ("pack", "load")):
            done = one.run(*words)
            assert done.returncode == 0, done.stderr
        one.python(OPENING.format(home=str(one.home)))
        periods = json.loads((one.home / "opening.json").read_text())
        ahead = shift(datetime.now(UTC), [tuple(map(datetime.fromisoformat, pair)) for pair in periods])
        one.clock = str(int(ahead.total_seconds()))
        one.serve()
        yield one
        one.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's Chromium; closed with the module, as its event loop would disturb the tests that follow."""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser_program(), args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def kept() -> dict[str, Any]:
    """Who is logged in already: a code works once only."""
    return {}


@pytest.fixture(params=["lo", "en"])
def hall(request: Any, served: Demonstration, browser: Any, kept: dict[str, Any]) -> Hall:
    """The hall in Lao, then in English."""
    return Hall(served, browser, request.param, kept)
