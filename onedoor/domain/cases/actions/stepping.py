"""A step that the node takes by itself at a token: a term ran out, a message came, a handler's work is done or failed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from onedoor.domain.cases.actions.moving import Ground, change_of, facts_of
from onedoor.domain.cases.models import KIND, Change, Held, write
from onedoor.domain.cases.providers import inline_handlers
from onedoor.domain.cases.providers.marks import MARK_OVERDUE
from onedoor.domain.cases.rules import Move, fire, leave
from onedoor.domain.cases.rules.rows import Rows, rows_of
from onedoor.domain.catalogue.api import process_of
from onedoor.kernel.errors import Conflict
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Event, letter_values
from onedoor.kernel.scope import Actor

Told = Callable[[Change, Rows], Event]


@dataclass(frozen=True)
class Own:
    """What makes the node step: the event that came true (none: the element's own work is done) and its word."""

    event: str = ""
    outcome: str = "done"


def step(
    held: Held, own: Own, tell: Told, *, at: datetime, timers: tuple[dict[str, Any], ...] = (), **said: Any
) -> None:
    """Move the held token on, write it, and publish what ``tell`` says of it. Raises Conflict when the case has moved on.

    Args:
        timers: rows of terms that begin again beside what the move begins. said: as for `change_of`.
    """
    process = process_of(held.edition)
    known = facts_of(held, outcome=own.outcome)
    about: Mapping[str, Any] = {
        "marking": held.marking,
        "token": held.token,
        "facts": known,
        "ids": new_id,
        "inline": inline_handlers(),
    }
    move = fire(process, event=own.event, **about) if own.event else leave(process, **about)
    ground = Ground(centre=held.centre, authority=held.authority, at=at, facts=known)
    rows = rows_of(process, move, ground=ground, steps=held.steps)
    rows.timers += timers
    change = change_of(held, process, move, rows, at=at, overdue=_late(held, move), **said)
    letter = letter_values(tell(change, rows), kind=KIND, by=Actor.system(), at=at, centre=held.centre)
    if not write(change, units=None, letter=letter):
        raise Conflict()


def _late(held: Held, move: Move) -> list[UUID]:
    """The tokens whose tasks a term marked as overdue: the one at which it ran out, and those inside it."""
    if not any(node.handler == MARK_OVERDUE for node in move.inline):
        return []
    found = [held.token]
    for here in found:
        found += [token.id for token in held.marking if token.parent == here]
    return found
