"""Lines for the log from what runs before and around the web server: JSON, one a line."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime


def note(text: str, *, level: str = "info", **more: object) -> None:
    """Writes one JSON line for the log."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "level": level,
        "logger": "onedoor.serve",
    }
    print(json.dumps({**line, "text": text, **more}), file=sys.stderr, flush=True)
