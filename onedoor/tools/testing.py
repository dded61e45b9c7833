"""Runs the walls and the tests inside one database that is thrown away (what `scripts/test` starts)."""

from __future__ import annotations

import subprocess
import sys

from onedoor.tools.environment import database
from onedoor.tools.errors import ToolError
from onedoor.tools.manage import build


def main(given: list[str]) -> int:
    """Walls first unless single tests were named; the first failure decides the exit code, both are run."""
    build()
    named = any(not word.startswith("-") for word in given)
    failed = 0
    with database(throwaway=True):
        if not named:
            failed = subprocess.run(["scripts/lint"]).returncode
        tests = subprocess.run([sys.executable, "-m", "pytest", *given]).returncode
    return tests or failed


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ToolError as fault:
        sys.exit(f"onedoor: {fault}")
