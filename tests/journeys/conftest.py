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
from tests.journeys.people import PERIOD, Hall
from tests.tools.nodes import Node, node

OPENING = """
from datetime import UTC, datetime
from pathlib import Path
from onedoor.tools.opening import note_hours
note_hours(Path({home!r}), at=datetime.now(UTC))
"""


LOGINS = [
    "officer1.saysettha",
    "officer2.saysettha",
    "reception.saysettha",
    "head.saysettha",
    "officer1.luangprabang",
    "head.luangprabang",
    "officer1.bachieng",
    "head.bachieng",
    "moha",
    "moha2",
    "head.moha",
    "owner",
    "auditor",
    "designer",
]
CODES = """
import json, time
from datetime import UTC, datetime, timedelta
from onedoor.domain.access.api import demo_totp
now, logins = datetime.now(UTC), {logins!r}
steps = [now + timedelta(seconds={period} * n) for n in range(-1, 80)]
codes = {{login: {{int(at.timestamp()) // {period}: demo_totp(login, at=at) for at in steps}} for login in logins}}
print(json.dumps(codes))
"""
BEFOREHAND = """
import json
from tests.journeys.beforehand import prepare
print(json.dumps(prepare()))
"""


class Demonstration(Node):
    """A node in demonstration mode, at another hour than ours if need be."""

    clock = "0"

    @property
    def surroundings(self) -> dict[str, str]:
        known = {"ONEDOOR_MODE": "demo", "ONEDOOR_CLOCK_SHIFT": self.clock}
        if self.port:  # what is printed leads to this node
            known["ONEDOOR_ADDRESS"] = f"http://127.0.0.1:{self.port}"
        return {**super().surroundings, **known}


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
        known = [(datetime.fromisoformat(opens), datetime.fromisoformat(closes)) for opens, closes in periods]
        ahead = shift(datetime.now(UTC), known)
        one.clock = str(int(ahead.total_seconds()))
        one.serve()
        yield one
        one.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """The system's Chromium; closed with the last journey, as its event loop would disturb the tests that follow."""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser_program(), args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def codes(served: Demonstration) -> dict[str, dict[str, str]]:
    """What the telephones of the staff will show in the next forty minutes."""
    return json.loads(served.python(CODES.format(logins=LOGINS, period=PERIOD)))  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def kept() -> dict[str, Any]:
    """Who is logged in already: a code works once only."""
    return {}


@pytest.fixture(scope="session")
def beforehand(served: Demonstration) -> dict[str, dict[str, Any]]:
    """What has happened before the journeys, for each language its own."""
    return json.loads(served.python(BEFOREHAND).splitlines()[-1])  # type: ignore[no-any-return]


@pytest.fixture
def before(hall: Hall, beforehand: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What has happened before this journey."""
    return beforehand[hall.language]


@pytest.fixture(params=["lo", "en"])
def hall(
    request: Any,
    served: Demonstration,
    browser: Any,
    kept: dict[str, Any],
    codes: dict[str, dict[str, str]],
) -> Hall:
    """The hall in Lao, then in English."""
    return Hall(served, browser, request.param, kept, codes)
