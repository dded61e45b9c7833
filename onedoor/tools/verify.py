"""`onedoor verify`: reads the chain of letters again and sums the ledger up, or checks a case that was taken out."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError
from onedoor.tools.in_use import refuse_if_empty


def verify(arguments: argparse.Namespace) -> int:
    """Prints what was found in the chain and in the ledger of cash (or in the case); 1 when one of them is not whole."""
    if arguments.file:
        return verify_case(Path(arguments.file), arguments.key)
    with database():
        refuse_if_empty(os.environ["DATABASE_URL"])
        set_up()
        return verify_node()


def verify_node() -> int:
    """All letters and all money of this node."""
    from onedoor.domain.payments.api import ledger_faults
    from onedoor.kernel.letters import verify as read_again
    from onedoor.kernel.scope import everything

    found = read_again()
    with everything("the ledger of the whole node is summed up"):
        unequal = ledger_faults()
    for fault in (*found.faults, *unequal):
        print(fault)
    chain = "ok" if found.ok else f"{len(found.faults)} faults"
    print(f"{found.letters} letters, {found.heads} signed heads: {chain}")
    if unequal:
        print(f"ledger of cash: {len(unequal)} faults")
    return 0 if found.ok and not unequal else 1


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
