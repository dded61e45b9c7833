"""Run as the service's user before root steps down: says the first thing of the program that this user cannot read."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

import onedoor

NEEDED = ("django", "psycopg", "uvicorn", "onedoor.tools.cli")


def main() -> int:
    """Gives 1 after naming a file or package that cannot be read, else 0."""
    for path in Path(onedoor.__file__).parent.rglob("*"):
        if "__pycache__" not in path.parts and not os.access(
            path, os.R_OK | (os.X_OK if path.is_dir() else 0)
        ):
            print(path)
            return 1
    for name in NEEDED:
        try:
            importlib.import_module(name)
        except (ImportError, OSError):
            print(f"the package {name}")
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
