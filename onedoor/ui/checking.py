"""Says whether the types of the screens' scripts hold: `python -m onedoor.ui.checking`, one of the walls of scripts/lint."""

import subprocess
import sys

from onedoor.ui.build import FRONTEND, CannotBuild, checker


def main() -> int:
    """What the compiler says, and its exit code; 1 when it cannot be had."""
    try:
        command = checker()
    except CannotBuild as fault:
        print(fault, file=sys.stderr)
        return 1
    return subprocess.run(command, cwd=FRONTEND, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
