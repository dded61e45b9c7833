"""Who has a home in hands: servers share it, a restore has it alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onedoor.tools.environment import database
from onedoor.tools.errors import ToolError
from onedoor.tools.home import Home
from onedoor.tools.in_use import alone, served

HOLDS = """
import sys, pathlib
from onedoor.tools.home import Home
from onedoor.tools.in_use import served
with served(Home(pathlib.Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def nobody() -> Iterator[str]:
    """A database to which nobody is connected."""
    with database():
        yield re.sub(r"(://[^/?]*)/[^?]*", r"\1/template1", os.environ["DATABASE_URL"])


def test_a_server_keeps_others_from_having_it_alone(tmp_path: Path, nobody: str) -> None:
    home = Home(tmp_path / "home")
    with served(home), served(home), pytest.raises(ToolError, match="Stop it first"), alone(home, nobody):
        pass
    with alone(home, nobody), pytest.raises(ToolError, match="Stop it first"), served(home):
        pass


def test_a_killed_server_leaves_no_mark(tmp_path: Path, nobody: str) -> None:
    home = Home(tmp_path / "home")
    words = [sys.executable, "-c", HOLDS, str(home.path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout and server.stdout.readline() == "held\n"
        with pytest.raises(ToolError, match="Stop it first"), alone(home, nobody):
            pass
        server.kill()
    with alone(home, nobody):
        pass
