"""The home: the one directory of a node, with its secrets, files, sockets and (unless told otherwise) its database."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

SYSTEM_DIRECTORY = Path("/var/lib/onedoor")


@dataclass(frozen=True)
class Home:
    """Where this node keeps what is its own."""

    path: Path

    @property
    def secrets(self) -> Path:
        return self.path / "secrets"

    @property
    def files(self) -> Path:
        return self.path / "files"

    @property
    def run(self) -> Path:
        return self.path / "run"

    def prepare(self) -> Home:
        """Creates the directories; only the owner may look into secrets and run."""
        self.path.mkdir(parents=True, exist_ok=True)
        for directory in (self.secrets, self.files, self.run):
            directory.mkdir(mode=0o700, exist_ok=True)
            directory.chmod(0o700)
        return self

    def secret(self, name: str, *, size: int = 32) -> bytes:
        """Returns the named secret; draws it on first use. `size` in bytes before hexadecimal writing."""
        path = self.secrets / name
        if not path.exists():
            self.prepare()
            draft = path.with_name(f".{name}.{os.getpid()}")
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(size))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, path)  # whoever links first wins; the others read the winner's
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_bytes().strip()


def home() -> Home:
    """Resolves the home: ONEDOOR_HOME, else the system's directory as root, else the user's data directory."""
    named = os.environ.get("ONEDOOR_HOME")
    if named:
        return Home(Path(named).expanduser().absolute())
    if os.geteuid() == 0:
        return Home(SYSTEM_DIRECTORY)
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Home(Path(data) / "onedoor")
