"""`onedoor verify`: reads the chain of letters again and says every fault in words."""

from __future__ import annotations

import argparse
import os

from onedoor.tools.environment import database, set_up
from onedoor.tools.in_use import refuse_if_empty


def verify(_arguments: argparse.Namespace) -> int:
    """Prints what was found; 1 when the chain is not whole."""
    with database():
        refuse_if_empty(os.environ["DATABASE_URL"])
        set_up()
        from onedoor.kernel.letters import verify as read_again

        found = read_again()
    for fault in found.faults:
        print(fault)
    print(
        f"{found.letters} letters, {found.heads} signed heads: {'ok' if found.ok else f'{len(found.faults)} faults'}"
    )
    return 0 if found.ok else 1
