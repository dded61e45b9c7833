"""Where this installation keeps its data, keys and secrets."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """The installation's directory: ``ONEDOOR_HOME``, else the system's (as root) or the user's data directory."""
    named = os.environ.get("ONEDOOR_HOME")
    if named:
        return Path(named).absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/onedoor")
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "onedoor"


def secret(name: str) -> str:
    """A secret kept in the home under ``name``; drawn at random, mode 0600, when first asked for."""
    path = home() / "secrets" / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    value = secrets.token_urlsafe(48)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(value)
    return value
