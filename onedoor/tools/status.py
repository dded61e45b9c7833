"""`onedoor status`: how this node is, for the person on night duty."""

from __future__ import annotations

import argparse
import json
from typing import Any

from onedoor.tools.environment import database, set_up
from onedoor.tools.home import home


def status(arguments: argparse.Namespace) -> int:
    """Prints the state; 1 when something is missing."""
    with database() as cluster:
        set_up()
        state = {
            "home": str(home().path),
            "database": "external" if cluster is None else str(cluster.place),
            **look(),
        }
    if arguments.json:
        print(json.dumps(state, default=str))
    else:
        for name, value in state.items():
            print(f"{name:<12} {value}")
    return 1 if state["missing"] else 0


def look() -> dict[str, Any]:
    """Reads what the database says of itself."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from onedoor.kernel.letters import backlog, lag

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return {"missing": ["migrations"]}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kernel_this_node()::text, kernel_generation(), current_setting('server_version')"
        )
        node, generation, version = cursor.fetchone()
        cursor.execute("SELECT number, at FROM kernel_head ORDER BY number DESC LIMIT 1")
        head = cursor.fetchone()
    return {
        "postgres": version,
        "node": node,
        "generation": generation,
        "last head": f"number {head[0]} at {head[1]:%Y-%m-%d %H:%M:%S} UTC" if head else "none signed yet",
        "backlog": backlog(),
        "followers": lag(),
        "missing": [],
    }
