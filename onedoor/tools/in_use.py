"""Whether somebody else works on a node or its database, and whether it holds a node at all."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from onedoor.tools.errors import ToolError
from onedoor.tools.home import Home

IN_USE = "OneDoor is running on this database. Stop it first; nothing was changed."
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


@contextmanager
def served(base: Home) -> Iterator[None]:
    """Marks the home as served from here; the mark goes with the process. Refuses while it is in one person's hands."""
    with _marked(base, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(base: Home, url: str) -> Iterator[None]:
    """Keeps servers away from a home and its database; refuses while one runs.

    A server is not always connected, just after its start or between requests; and one on another machine has no mark here.
    """
    with _marked(base, fcntl.LOCK_EX):
        refuse_if_used(url)
        yield


@contextmanager
def _marked(base: Home, how: int) -> Iterator[None]:
    base.prepare()
    with open(base.run / "served", "w") as mark:
        try:
            fcntl.flock(mark, how | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise ToolError(IN_USE) from fault
        yield


def refuse_if_used(url: str) -> None:
    """Refuses while anybody else is connected to the database."""
    with psycopg.connect(url, autocommit=True) as connection:
        others = connection.execute(OTHERS, [connection.info.dbname]).fetchone()
    if others and others[0]:
        raise ToolError(IN_USE)


def refuse_if_empty(url: str) -> None:
    """Refuses where no node was ever started: there is nothing to keep, and nothing to read again."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT to_regclass('kernel_letter')").fetchone()
    if found is None or found[0] is None:
        raise ToolError("This database holds no node yet: start it once (onedoor serve).")
