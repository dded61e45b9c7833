"""Units are added, changed, moved and ended; never deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.errors import (
    EndsBeforeItBegins,
    SuccessorOfAValidUnit,
    UnitChangesTree,
    UnitInsideItself,
    UnknownUnit,
)
from onedoor.domain.access.events import UnitSaved
from onedoor.domain.access.models import Unit
from onedoor.domain.access.permissions import LOAD, require
from onedoor.domain.access.permissions.snapshot import forget
from onedoor.domain.access.rules.tree import KINDS
from onedoor.kernel.errors import Invalid
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def save_unit(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    code: str,
    kind: str,
    tree: str,
    name: Mapping[str, str],
    parent: UUID | None,
    valid_from: date,
    valid_until: date | None = None,
    successors: Sequence[UUID] = (),
    source: str = "",
) -> Unit:
    """Add a unit or bring it up to date; what is unchanged is not written.

    Args:
        parent: the unit above, in the same tree; None for a root.
        valid_until: the first day on which it no longer exists.
        successors: who takes over from that day; they may be added later.
        source: where the datum comes from, for people.

    Raises:
        Invalid: kind, tree, dates or successors that cannot be.
        UnknownUnit: the parent is not known.
        UnitInsideItself: the parent lies below the unit.
    """
    require(by, LOAD, at=parent)
    above = _parent(id=id, parent=parent, tree=tree)
    _decide(kind=kind, tree=tree, valid_from=valid_from, valid_until=valid_until, successors=successors)
    fields: dict[str, Any] = {
        "code": code,
        "kind": kind,
        "tree": tree,
        "name": dict(name),
        "parent_id": parent,
        "path": [*(above.path if above else []), id],
        "valid_from": valid_from,
        "valid_until": valid_until,
        "successors": list(successors),
        "source": source,
    }
    unit = Unit.objects.select_for_update().filter(id=id).first()
    if unit is not None and all(getattr(unit, key) == value for key, value in fields.items()):
        return unit
    if unit is not None:
        require(by, LOAD, at=id)
    moved = unit is not None and unit.path != fields["path"]
    if unit is not None and unit.tree != tree:
        raise UnitChangesTree(field="tree")
    unit = unit or Unit(id=id)
    for key, value in fields.items():
        setattr(unit, key, value)
    _save(unit, by=by, at=at)
    if moved:
        _carry_along(unit, by=by, at=at)
    forget()
    return unit


def _parent(*, id: UUID, parent: UUID | None, tree: str) -> Unit | None:
    if parent is None:
        return None
    above = Unit.objects.filter(id=parent).first()
    if above is None:
        raise UnknownUnit()
    if above.tree != tree:
        raise UnitChangesTree(field="parent")
    if id in above.path:
        raise UnitInsideItself(field="parent")
    return above


def _decide(
    *, kind: str, tree: str, valid_from: date, valid_until: date | None, successors: Sequence[UUID]
) -> None:
    if kind not in KINDS.get(tree, ()):
        raise Invalid(field="kind")
    if valid_until is not None and valid_until <= valid_from:
        raise EndsBeforeItBegins(field="valid_until")
    if successors and valid_until is None:
        raise SuccessorOfAValidUnit(field="successors")


def _carry_along(unit: Unit, *, by: Actor, at: datetime) -> None:
    """Write the paths of everything below a unit that moved, from the top down."""
    paths: dict[UUID | None, list[UUID]] = {unit.id: unit.path}
    below = Unit.objects.select_for_update().filter(path__contains=[unit.id]).exclude(id=unit.id)
    for one in sorted(below, key=lambda u: len(u.path)):
        one.path = paths[one.id] = [*paths.get(one.parent_id, []), one.id]
        _save(one, by=by, at=at)


def _save(unit: Unit, *, by: Actor, at: datetime) -> None:
    unit.save()
    publish(UnitSaved(code=unit.code, tree=unit.tree), of=unit, by=by, at=at)
