"""Whether somebody else works on a database."""

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
