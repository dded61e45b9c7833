"""`onedoor pack export`: writes what a node was set up with, as it now stands, as a pack that loads back without a change."""

from __future__ import annotations

from pathlib import Path

from onedoor.tools.errors import ToolError
from onedoor.tools.packs.checking import check
from onedoor.tools.packs.writing import held_here, pack_files


def export_folder(folder: Path, *, code: str = "") -> int:
    """Write the pack into a new or empty folder; 1 when it could not be loaded as it stands, which is said.

    Args:
        code: of the pack, where several were loaded.
    Errors: ToolError, before anything is written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ToolError(f"{folder} is not an empty folder. A pack is written into a new one.")
    held = held_here(code)
    files = pack_files(held)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    for note in sorted(set(held.notes)):
        print(f"note: {note}")
    _read, faults = check(folder)
    for fault in faults:
        print(fault)
    if faults:
        print(
            f"{len(files)} files are written. The pack has {len(faults)} faults: mend them before it is loaded."
        )
        return 1
    print(f"The pack “{held.code}” is written: {len(files)} files. Logins are not a pack's and are left out.")
    return 0
