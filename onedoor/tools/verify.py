"""`onedoor verify`: reads the chain of letters again, sums the ledger up again, and says every fault in words."""

from __future__ import annotations

import argparse
import os

from onedoor.tools.environment import database, set_up
from onedoor.tools.in_use import refuse_if_empty


def verify(_arguments: argparse.Namespace) -> int:
    """Prints what was found in the chain and in the ledger of cash; 1 when one of them is not whole."""
    with database():
        refuse_if_empty(os.environ["DATABASE_URL"])
        set_up()
        from onedoor.domain.payments.api import ledger_faults
        from onedoor.kernel.letters import verify as read_again
        from onedoor.kernel.scope import everything

        found = read_again()
        with everything("the ledger of the whole node is summed up"):
            unequal = ledger_faults()
    for fault in (*found.faults, *unequal):
        print(fault)
    print(
        f"{found.letters} letters, {found.heads} signed heads: {'ok' if found.ok else f'{len(found.faults)} faults'}"
    )
    if unequal:
        print(f"ledger of cash: {len(unequal)} faults")
    return 0 if found.ok and not unequal else 1
