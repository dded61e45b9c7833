"""What a database holds, table by table: the number of rows and a hash over them in a fixed order."""

from __future__ import annotations

import hashlib
from typing import Any

import psycopg
from psycopg import sql

TABLES = (
    "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'"
    " ORDER BY 1, 2"
)
# What the text of a row depends on, fixed so that two servers write the same.
PLAIN = ("SET LOCAL TimeZone = 'UTC'", "SET LOCAL DateStyle = 'ISO'", "SET LOCAL IntervalStyle = 'postgres'")
MORE = ("SET LOCAL bytea_output = 'hex'", "SET LOCAL extra_float_digits = 1")

Fingerprints = dict[str, dict[str, Any]]


def fingerprints(connection: psycopg.Connection[Any]) -> Fingerprints:
    """Reads every table in the transaction that is open; `{"schema.table": {"rows": n, "sha256": hex}}`."""
    for setting in PLAIN + MORE:
        connection.execute(setting)
    found: Fingerprints = {}
    for schema, table in connection.execute(TABLES).fetchall():
        rows, whole = 0, hashlib.sha256()
        query = sql.SQL('COPY (SELECT t::text FROM {} t ORDER BY t::text COLLATE "C") TO STDOUT').format(
            sql.Identifier(schema, table)
        )
        with connection.cursor().copy(query) as lines:
            for line in lines:
                whole.update(line)
                rows += bytes(line).count(b"\n")
        found[f"{schema}.{table}"] = {"rows": rows, "sha256": whole.hexdigest()}
    return found


def differences(wanted: Fingerprints, found: Fingerprints) -> list[str]:
    """Each table that is missing, added or not the same, in words."""
    said = []
    for name in sorted({*wanted, *found}):
        if name not in found:
            said.append(f"{name} is missing")
        elif name not in wanted:
            said.append(f"{name} was not in the backup")
        elif wanted[name] != found[name]:
            said.append(
                f"{name} differs ({wanted[name]['rows']} rows in the backup, {found[name]['rows']} here)"
            )
    return said
