"""Whether somebody else works on a database, and whether it holds a node at all."""

from __future__ import annotations

import psycopg

from onedoor.tools.errors import ToolError

OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


def refuse_if_used(url: str) -> None:
    """Refuses while anybody else is connected to the database."""
    with psycopg.connect(url, autocommit=True) as connection:
        others = connection.execute(OTHERS, [connection.info.dbname]).fetchone()
    if others and others[0]:
        raise ToolError("OneDoor is running on this database. Stop it first; nothing was changed.")


def refuse_if_empty(url: str) -> None:
    """Refuses where no node was ever started: there is nothing to keep, and nothing to read again."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT to_regclass('kernel_letter')").fetchone()
    if found is None or found[0] is None:
        raise ToolError("This database holds no node yet: start it once (onedoor serve).")
