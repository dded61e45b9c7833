"""`onedoor verify`: reads the chain of letters again, or a case that was taken out, and says every fault in words."""

from __future__ import annotations

import argparse
from pathlib import Path

from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError


def verify(arguments: argparse.Namespace) -> int:
    """Prints what was found; 1 when the chain (or the case) is not whole."""
    if arguments.file:
        return verify_case(Path(arguments.file), arguments.key)
    with database():
        set_up()
        from onedoor.kernel.letters import verify as read_again

        found = read_again()
    for fault in found.faults:
        print(fault)
    print(
        f"{found.letters} letters, {found.heads} signed heads: {'ok' if found.ok else f'{len(found.faults)} faults'}"
    )
    return 0 if found.ok else 1


def verify_case(path: Path, key: str) -> int:
    """As the script that goes out with a case does: without a database."""
    set_up()
    from onedoor.kernel.letters.outside import Broken, check

    try:
        told = check(path.read_bytes(), key)
    except OSError as fault:
        raise ToolError(f"{path} cannot be read: {fault.strerror}.") from fault
    except Broken as fault:
        print(f"not genuine: {fault}")
        return 1
    print(
        f"case {told['number'] or told['case']}: {told['letters']} letters under {told['heads']} signed heads: ok"
    )
    if not key:
        print(f"Compare the key with the one that the node's owner published: {told['public_key']}")
    return 0
