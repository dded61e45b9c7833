"""`onedoor pack check|load|export`: a country's pack is checked to the line, and loaded without writing what is already so."""

from __future__ import annotations

import argparse
from pathlib import Path

from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError

LAO = Path(__file__).resolve().parents[2] / "packs" / "lao"


def pack(arguments: argparse.Namespace) -> int:
    """Checks a pack (1 when it has faults), or checks and loads it."""
    if arguments.action == "export":
        return _export(arguments)
    folder = Path(arguments.directory) if arguments.directory else LAO
    if not folder.is_dir():
        raise ToolError(f"There is no folder {folder}.")
    if arguments.action == "check":
        set_up()
        return check_folder(folder)
    with database():
        set_up()
        return load_folder(folder)


def _export(arguments: argparse.Namespace) -> int:
    if not arguments.directory:
        raise ToolError("Name the folder into which the pack is to be written.")
    with database():
        set_up()
        from onedoor.tools.packs.exporting import export_folder

        return export_folder(Path(arguments.directory), code=arguments.pack)


def check_folder(folder: Path) -> int:
    """Prints every fault as file:line: sentence; 0 when there is none."""
    from onedoor.tools.packs.checking import check

    held, faults = check(folder)
    for fault in [*faults, *sorted(faults.notes)]:
        print(fault)
    if faults:
        print(f"{len(faults)} faults. Nothing was loaded.")
        return 1
    print(
        f"The pack “{held.code}” is sound: {len(held.units)} units, {len(held.centres)} centres,"
        f" {len(held.services)} services, {len(held.roles)} roles, {len(held.logins)} logins."
    )
    return 0


def load_folder(folder: Path) -> int:
    """Checks, then loads; nothing of a pack with faults is loaded, nor on a node that does not own what it would write."""
    from onedoor.kernel.clock import now
    from onedoor.kernel.errors import DomainError
    from onedoor.kernel.scope import Actor
    from onedoor.tools.packs.checking import check
    from onedoor.tools.packs.loading import load

    held, faults = check(folder)
    if faults:
        return check_folder(folder)
    try:
        done = load(held, by=Actor.system(), at=now())
    except DomainError as fault:
        raise ToolError(f"Nothing was loaded. {fault}") from fault
    print(f"The pack “{held.code}” is loaded: {done.things} things, {done.written} written.")
    return 0
