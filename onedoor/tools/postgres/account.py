"""Which unprivileged user the service has: PostgreSQL refuses to run as root, and web and worker need not."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

CHOICES = ("onedoor", "postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A user to drop to; None of it applies when we are not root."""

    uid: int
    gid: int

    @property
    def name(self) -> str:
        """The user's name; the number where there is none."""
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return str(self.uid)

    @property
    def drop(self) -> dict[str, object]:
        """Arguments for subprocess that drop root; empty for an ordinary user."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


def account_for(data: Path) -> Account:
    """Who runs this cluster: ourselves; as root whoever owns the data or the home, else a service user (made for it).

    Not `postgres` while a user of our own can be made: that one may enter the system's own databases.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for place in (data, data.parent.parent):
        if place.exists() and place.stat().st_uid != 0:
            status = place.stat()
            return Account(status.st_uid, status.st_gid)
    if not _user("onedoor") and shutil.which("useradd"):
        subprocess.run(
            [
                "useradd",
                "--system",
                "--no-create-home",
                "--user-group",
                "--shell",
                "/usr/sbin/nologin",
                "onedoor",
            ],
            capture_output=True,
            check=False,
        )
    for name in CHOICES:
        entry = _user(name)
        if entry:
            return Account(entry.pw_uid, entry.pw_gid)
    return Account(65534, 65534)


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def reachable(path: Path, account: Account) -> bool:
    """Whether that user may walk down to the path (every existing parent lets it through)."""
    if os.geteuid() != 0:
        return True
    for parent in reversed(path.parents):
        if not parent.exists():
            return True
        status = parent.stat()
        bit = 0o100 if status.st_uid == account.uid else 0o010 if status.st_gid == account.gid else 0o001
        if not status.st_mode & bit:
            return False
    return True
