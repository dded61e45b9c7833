"""`onedoor restore FILE`: the same data by hash, then a new generation with series of its own."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from onedoor.tools.backup.archive import FOLDERS, unpack
from onedoor.tools.backup.fingerprints import differences, fingerprints
from onedoor.tools.backup.write import run, tools_for
from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError
from onedoor.tools.home import Home, home
from onedoor.tools.in_use import alone
from onedoor.tools.keys import identity, take_in


def restore(arguments: argparse.Namespace) -> int:
    """Puts the archive back beside what is there, compares, and only then changes places."""
    base = home().prepare()
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=base.path) as scratch, database():
        manifest = unpack(Path(arguments.file), Path(scratch))
        _keys(base, arguments.keys, manifest)
        url = os.environ["DATABASE_URL"]
        with alone(base, url):
            if not arguments.replace:
                _refuse_if_filled(url)
            name = _restore_beside(url, Path(scratch), manifest)
            kept = _change_places(url, name)
            _put_files(base, Path(scratch))
            set_up()
            from onedoor.kernel.clock import now
            from onedoor.kernel.numbers import new_generation

            generation = new_generation(at=now(), why=f"restored from the backup of {manifest['made']}")
    rows = sum(one["rows"] for one in manifest["tables"].values())
    print(
        f"{len(manifest['tables'])} tables with {rows} rows are identical with the backup of {manifest['made']}."
    )
    print(f"This is generation {generation} now: numbers go on in series of their own.")
    if kept:
        print(
            f"What was here before is in the database {kept} and the folders *.before; remove them when all is well."
        )
    return 0


def _keys(base: Home, given: str | None, manifest: dict[str, Any]) -> None:
    """Without the node's own keys the restored files and payloads could never be opened."""
    if given:
        take_in(base, given)
    ours, theirs = identity(base), manifest["keys"]
    if not ours["fingerprint"]:
        raise ToolError(
            "The node's keys are not here: say --keys FILE (from `onedoor keys export`). Nothing was changed."
        )
    if theirs["fingerprint"] and ours["fingerprint"] != theirs["fingerprint"]:
        raise ToolError(
            f"The keys in {base.path / 'keys'} are not those of this backup. Nothing was changed."
        )
    if theirs["fingerprint"] and str(theirs["current"]) not in ours["wrapping"]:
        raise ToolError(
            "This backup was wrapped by a key that was rotated away since. Move the keys aside and say --keys with the "
            "export of that time. Nothing was changed."
        )


def _refuse_if_filled(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        filled = connection.execute("SELECT to_regclass('kernel_letter')").fetchone()
    if filled and filled[0]:
        raise ToolError("This database is not empty. Say --replace to put it aside; nothing was changed.")


def _restore_beside(url: str, scratch: Path, manifest: dict[str, Any]) -> str:
    """Restores into a database of its own and compares it with the manifest; gives its name."""
    with psycopg.connect(url, autocommit=True) as connection:
        name = f"{connection.info.dbname}_restore"
        server = int(connection.info.server_version) // 10000
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    beside = _with_database(url, name)
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", f"--dbname={name}"]
    run(tools_for(server), "pg_restore", beside, [*words, str(scratch / "database.dump")])
    with psycopg.connect(beside) as connection:
        faults = differences(manifest["tables"], fingerprints(connection))
        connection.rollback()
    if faults:
        raise ToolError("The restored data are not what was backed up:\n  " + "\n  ".join(faults))
    return name


def _change_places(url: str, restored: str) -> str | None:
    """Renames the restored database to the one in use; gives the name under which the former one is kept."""
    with psycopg.connect(url, autocommit=True) as connection:
        current = connection.info.dbname
        filled = connection.execute("SELECT to_regclass('kernel_letter')").fetchone()
    kept = f"{current}_before_{datetime.now(UTC):%Y%m%d%H%M%S}"
    with psycopg.connect(_with_database(url, "postgres"), autocommit=True) as connection:
        for old, new in ((current, kept), (restored, current)):
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(old), sql.Identifier(new)))
        if not (filled and filled[0]):
            connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(kept)))
            return None
    return kept


def _put_files(base: Home, scratch: Path) -> None:
    for folder in FOLDERS:
        ours, theirs = base.path / folder, scratch / folder
        if ours.exists() and any(ours.iterdir()):
            before = base.path / f"{folder}.before"
            if before.exists():
                shutil.rmtree(before)
            ours.rename(before)
        elif ours.exists():
            ours.rmdir()
        if theirs.exists():
            theirs.rename(ours)
            ours.chmod(0o700)
    base.prepare()


def _with_database(url: str, name: str) -> str:
    return psycopg.conninfo.make_conninfo(url, dbname=name)
