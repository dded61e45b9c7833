"""`onedoor keys`: a new wrapping key with everything wrapped anew, and the export of the keyring."""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from onedoor.tools.backup.restore import refuse_if_used
from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError
from onedoor.tools.home import home


def keys(arguments: argparse.Namespace) -> int:
    """Runs `rotate` or `export FILE`."""
    if arguments.action == "export":
        return export(arguments.file)
    with database():
        refuse_if_used(os.environ["DATABASE_URL"])  # a running process would go on wrapping under the old key
        set_up()
        print(rotate())
    return 0


def rotate() -> str:
    """Adds a wrapping key, wraps every file's and person's key anew, then forgets the old one; says what it did.

    A power cut in between leaves both keys in the ring; running it again finishes the work.
    """
    from onedoor.kernel.crypto import keyring
    from onedoor.kernel.files import rewrap_all
    from onedoor.kernel.letters.payload import rewrap_person_keys

    ring = keyring()
    generation = ring.rotate()
    people, files = rewrap_person_keys(), rewrap_all()
    ring.retire()
    return (
        f"Key {generation} is in use; {people} keys of people and {files} of files were wrapped anew.\n"
        "Export the keys again now: older exports cannot open newer backups."
    )


def export(file: str | None) -> int:
    """Copies the keyring out, for the safe: with it and a backup another machine can become this node."""
    if not file:
        raise ToolError("Say where to write the keys: onedoor keys export FILE")
    source, target = home().path / "keys" / "node.json", Path(file)
    if not source.exists():
        raise ToolError("This node has no keys yet; start it once.")
    if target.exists():
        raise ToolError(f"{target} exists already.")
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as read, os.fdopen(handle, "wb") as write:
        shutil.copyfileobj(read, write)
    print(f"The keys are in {target}. Keep them apart from the backups: both together open everything.")
    return 0
