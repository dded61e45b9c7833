"""`onedoor keys`: a new wrapping key with everything wrapped anew, and the export of the keyring."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError
from onedoor.tools.home import Home, home
from onedoor.tools.in_use import alone

RING, FORMAT = "node.json", "onedoor-keys/1"


def keys(arguments: argparse.Namespace) -> int:
    """Runs `rotate` or `export FILE`."""
    if arguments.action == "export":
        return export(arguments.file)
    # A running process would go on wrapping under the old key.
    with database(), alone(home(), os.environ["DATABASE_URL"]):
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
    """Copies the node's keys out, for the safe: with them and a backup another machine can become this node."""
    if not file:
        raise ToolError("Say where to write the keys: onedoor keys export FILE")
    source, target = home().path / "keys", Path(file)
    if not (source / RING).exists():
        raise ToolError("This node has no keys yet; start it once.")
    if target.exists():
        raise ToolError(f"{target} exists already.")
    held = {
        path.name: b64encode(path.read_bytes()).decode()
        for path in sorted(source.iterdir())
        if path.is_file()
    }
    _write(target, json.dumps({"format": FORMAT, "keys": held}).encode())
    print(f"The keys are in {target}. Keep them apart from the backups: both together open everything.")
    return 0


def take_in(base: Home, file: str) -> None:
    """Puts exported keys into a home that has none, or the same ones."""
    try:
        told = json.loads(Path(file).read_bytes())
        held = {name: b64decode(content) for name, content in told["keys"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise ToolError(f"{file} holds no exported keys of OneDoor.") from fault
    if told.get("format") != FORMAT or RING not in held or any(Path(name).name != name for name in held):
        raise ToolError(f"{file} holds no exported keys of OneDoor.")
    place = base.path / "keys"
    for name, content in held.items():
        if (place / name).exists() and (place / name).read_bytes() != content:
            raise ToolError(f"{place} holds other keys. Move it aside first; nothing was changed.")
    place.mkdir(mode=0o700, exist_ok=True)
    for name, content in held.items():
        if not (place / name).exists():
            _write(place / name, content)


def identity(base: Home) -> dict[str, Any]:
    """Which keys a home has, without telling them: a fingerprint that lasts, and the wrapping keys at hand."""
    ring = base.path / "keys" / RING
    if not ring.exists():
        return {"fingerprint": "", "current": 0, "wrapping": []}
    held = json.loads(ring.read_bytes())
    fingerprint = hashlib.sha256(b"onedoor-keys/" + str(held["mac"]).encode()).hexdigest()[:20]
    return {"fingerprint": fingerprint, "current": held["current"], "wrapping": sorted(held["wrapping"])}


def _write(target: Path, content: bytes) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
