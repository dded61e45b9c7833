"""Whether a start finds everything prepared by the last one, told in milliseconds and without loading Django.

What was prepared leaves a mark in the home: a hash over the program's migrations and screens, and over the database's own
list of migrations. A restored or exchanged database, a new version of the program or of Django: another hash.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from pathlib import Path

import psycopg

import onedoor
from onedoor.tools.home import home

PACKAGES = ("django", "django-allauth", "django-csp")


def _mark() -> Path:
    return home().run / "prepared"


def fingerprint(url: str) -> str:
    """The hash of program and database; empty while the database has no list of migrations."""
    whole = hashlib.sha256(" ".join(importlib.metadata.version(name) for name in PACKAGES).encode())
    package = Path(onedoor.__file__).parent
    for path in sorted(package.glob("**/migrations/*.py")):
        whole.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    for path in (package / "ui" / "static" / "ui" / ".sources", home().path / "static" / ".sources"):
        whole.update(path.read_bytes() if path.exists() else b"-")
    whole.update((package / "locale" / "lo" / "LC_MESSAGES" / "django.mo").read_bytes()[:64])
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            return ""
        rows = connection.execute(
            "SELECT app, name, kernel_this_node()::text FROM django_migrations ORDER BY id"
        )
        for row in rows.fetchall():
            whole.update(repr(row).encode())
    return whole.hexdigest()


def is_fresh(url: str) -> bool:
    """Whether the last preparation still holds."""
    try:
        found = fingerprint(url)
        return bool(found) and _mark().read_text() == found
    except (OSError, psycopg.Error):
        return False


def mark_fresh(url: str) -> None:
    """Remembers that everything is prepared now."""
    _mark().write_text(fingerprint(url))
