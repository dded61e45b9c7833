"""`onedoor due`: count the due dates of open cases anew by the calendars as they are now, and say which ones move."""

import argparse

from onedoor.tools.environment import set_up


def due(arguments: argparse.Namespace) -> int:
    """Say which cases move from which date to which; without ``--dry-run`` they are moved."""
    set_up()
    from onedoor.domain.cases.api import begin_recount, preview_recount, recount_batch, recounted
    from onedoor.kernel.clock import now
    from onedoor.kernel.ids import new_id

    at = now()
    if arguments.dry_run:
        found = list(preview_recount(at=at))
    else:
        id = new_id()
        begin_recount(id=id, at=at)
        while recount_batch(at=at):
            pass
        found = [(row.number, row.was, row.now) for row in recounted(id)]
    for number, was, then in found:
        print(f"{number}  {was or '-'} -> {then or '-'}")
    print(f"{len(found)} {'would move' if arguments.dry_run else 'moved'}")
    return 0
