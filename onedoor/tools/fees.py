"""`onedoor fees check`: compare every receipt with the fee table in force when its case was received, and say what differs."""

import argparse
from datetime import date
from time import sleep

from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError
from onedoor.tools.progress import Bar

MOST_LINES, WAIT = 1_000, 0.2


def fees(arguments: argparse.Namespace) -> int:
    """Prints what differs and how many receipts stood how; 1 when one differs."""
    since = _day(arguments.since)
    with database():
        set_up()
        return check(since)


def check(since: date | None) -> int:
    """Compare in batches, so that memory and statements are bounded however many receipts there are."""
    from onedoor.domain.cases import api as cases
    from onedoor.kernel.clock import now

    id = cases.start_fee_check(at=now(), since=since)
    bar = None
    while (held := cases.fee_check(id)) is not None and held.done_at is None:
        if bar is None and held.total is not None:
            bar = Bar("Receipts", held.total)
        if bar is not None:
            bar.step(held.examined - bar.done)
        if not cases.fee_check_batch(at=now()):
            sleep(WAIT)  # the worker has it
    for found in cases.findings_of(id, limit=MOST_LINES):
        lines = "; ".join(f"{line['code']} {line['found']} not {line['expected']}" for line in found.lines)
        about = lines or cases.WHY_WORDS[found.why]
        print(f"{found.number}  {found.day}  {found.standing}  {found.found} not {found.expected}  {about}")
    counts = held.counts if held else {}
    told = ", ".join(f"{counts.get(standing, 0)} {standing}" for standing in cases.STANDINGS)
    print(f"{held.examined if held else 0} receipts: {told}")
    return 1 if counts.get("different") else 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise ToolError(f"“{text}” is not a day (YYYY-MM-DD).") from fault
