"""May they? The first line of every action."""

from __future__ import annotations

from uuid import UUID

from onedoor.domain.access.errors import NotPermitted, OutOfReach
from onedoor.domain.access.permissions.registry import is_declared
from onedoor.domain.access.permissions.snapshot import snapshot
from onedoor.domain.access.rules.reach import Holding, Reach
from onedoor.kernel.scope import Actor


def holding(by: Actor) -> Holding:
    """Everything that an actor holds now."""
    return snapshot().holding(by)


def may(by: Actor, code: str, *, at: UUID | None = None) -> bool:
    """Whether ``by`` holds the permission at the unit ``at``, or anywhere when none is named. The node itself may all.

    Raises:
        LookupError: no context declared the permission (a fault of the program).
    """
    if not is_declared(code):
        raise LookupError(f"no context declared the permission {code}")
    return by.kind == "system" or snapshot().holding(by).may(code, at)


def require(by: Actor, code: str, *, at: UUID | None = None) -> None:
    """Refuse unless ``by`` holds the permission at the unit ``at`` (anywhere when none is named).

    Raises:
        OutOfReach: the unit is outside everything granted to them (404, as if it did not exist).
        NotPermitted: it is within reach, but no role of theirs carries the permission there (403).
    """
    if may(by, code, at=at):
        return
    if at is not None and by.kind in ("staff", "device", "machine") and at not in reach(by):
        raise OutOfReach()
    raise NotPermitted()


def reach(by: Actor) -> Reach:
    """The units, by tree, of which ``by`` may see something."""
    return holding(by).reach
