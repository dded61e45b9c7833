"""Handing over whatever is ready for the people of a visit: one press, each result recorded by itself."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.cases.actions.completing import complete
from onedoor.domain.cases.errors import FeeIsOwed, NoSuchTask, NothingToHandOver
from onedoor.domain.cases.queries.visits import visit_cases
from onedoor.domain.cases.rules import Completed
from onedoor.kernel.scope import Actor


@transaction.atomic
def hand_over_visit(*, by: Actor, at: datetime, visit: UUID) -> tuple[Completed, ...]:
    """Hand over every result of a visit that is ready and paid; what still owes a fee stays. All or nothing is written.

    Raises:
        NoSuchTask: this actor sees none of its applications. NothingToHandOver: none is ready.
        FeeIsOwed: all that are ready still owe.
    """
    seen = visit_cases(by, visit=visit)
    if not seen:
        raise NoSuchTask
    ready = sorted(one.task.id for one in seen.values() if one.task is not None and one.task.hands_over)
    if not ready:
        raise NothingToHandOver
    handed = []
    for task in ready:  # always in this order, so that two presses wait for each other
        try:
            handed.append(complete(by=by, at=at, task=task))
        except FeeIsOwed:  # asked before anything of this one is written
            continue
    if not handed:
        raise FeeIsOwed
    return tuple(handed)
