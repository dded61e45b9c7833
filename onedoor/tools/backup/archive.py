"""The archive: a tar of database.dump, files and manifest.json, each member checked by its hash."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any

from onedoor.tools.errors import ToolError

FORMAT = "onedoor-backup/1"
FOLDERS = ("files", "anchors")  # of the home; never keys or secrets


class Writer:
    """Writes members and remembers their hashes for the manifest, which comes last."""

    def __init__(self, target: Path) -> None:
        self.target, self.draft = target, target.with_name(f".{target.name}.part")
        handle = os.open(self.draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.file = os.fdopen(handle, "wb")
        self.tar = tarfile.TarFile(fileobj=self.file, mode="w", format=tarfile.PAX_FORMAT)
        self.members: dict[str, str] = {}

    def add(self, name: str, source: Path) -> None:
        """Adds one file under a name."""
        self.members[name] = _digest(source)
        member = tarfile.TarInfo(name)
        member.size, member.mode = source.stat().st_size, 0o600
        with source.open("rb") as content:
            self.tar.addfile(member, content)

    def finish(self, manifest: dict[str, Any]) -> None:
        """Writes the manifest, makes everything durable, and gives the archive its name."""
        content = json.dumps({"format": FORMAT, **manifest, "members": self.members}, indent=1).encode()
        member = tarfile.TarInfo("manifest.json")
        member.size, member.mode = len(content), 0o600
        self.tar.addfile(member, io.BytesIO(content))
        self.tar.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.draft.replace(self.target)

    def abandon(self) -> None:
        """Removes the draft."""
        self.file.close()
        self.draft.unlink(missing_ok=True)


def unpack(source: Path, into: Path) -> dict[str, Any]:
    """Unpacks an archive into an empty directory and checks each member; gives the manifest."""
    try:
        with tarfile.open(source, mode="r:") as tar:
            tar.extractall(into, filter="data")
        manifest: dict[str, Any] = json.loads((into / "manifest.json").read_bytes())
    except (OSError, tarfile.TarError, ValueError) as fault:
        raise ToolError(f"{source} is not a whole backup of OneDoor: {fault}") from fault
    if manifest.get("format") != FORMAT:
        raise ToolError(f"{source} has the format {manifest.get('format')!r}; this OneDoor reads {FORMAT}.")
    for name, digest in manifest["members"].items():
        path = into / name
        if not path.is_file() or _digest(path) != digest:
            raise ToolError(
                f"{source} is damaged: {name} is missing or not what was written. Nothing was changed."
            )
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
