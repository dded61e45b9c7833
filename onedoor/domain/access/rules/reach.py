"""What somebody holds: which permission where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from onedoor.domain.access.rules.tree import AUTHORITY, TERRITORY, Forest

NOWHERE: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Reach:
    """The units that an actor may see something of, by tree."""

    units: frozenset[UUID] = NOWHERE
    authorities: frozenset[UUID] = NOWHERE

    def __contains__(self, unit: UUID) -> bool:
        return unit in self.units or unit in self.authorities


@dataclass(frozen=True)
class Given:
    """One thing given to a holder: some permissions on one unit."""

    unit: UUID
    permissions: frozenset[str]
    role: str = ""


@dataclass(frozen=True)
class Holding:
    """Everything that one login, device or machine holds today, ready to be asked thousands of times a second."""

    active: bool = False
    reach: Reach = Reach()
    roles: frozenset[str] = frozenset()
    where: Mapping[str, frozenset[UUID]] = field(default_factory=dict)

    def may(self, code: str, at: UUID | None) -> bool:
        """Whether the permission is held at the unit, or anywhere when no unit is named."""
        units = self.where.get(code, NOWHERE)
        return bool(units) if at is None else at in units


def hold(forest: Forest, given: Iterable[Given], on: date) -> Holding:
    """Work out once what the given permissions come to on a day."""
    where: dict[str, set[UUID]] = {}
    seen: set[UUID] = set()
    roles: set[str] = set()
    for one in given:
        covered = forest.cover(one.unit, on)
        seen |= covered
        roles.add(one.role)
        for code in one.permissions:
            where.setdefault(code, set()).update(covered)
    return Holding(
        active=True,
        reach=_by_tree(forest, seen),
        roles=frozenset(roles - {""}),
        where={code: frozenset(units) for code, units in where.items()},
    )


def everywhere(forest: Forest, codes: Iterable[str]) -> Holding:
    """What the node itself holds: every permission at every unit, for timers, handlers and tools."""
    units = frozenset(forest.by_id)
    return Holding(active=True, reach=_by_tree(forest, units), where=dict.fromkeys(codes, units))


def _by_tree(forest: Forest, units: Iterable[UUID]) -> Reach:
    found: dict[str, set[UUID]] = {TERRITORY: set(), AUTHORITY: set()}
    for unit in units:
        found[forest.by_id[unit].tree].add(unit)
    return Reach(units=frozenset(found[TERRITORY]), authorities=frozenset(found[AUTHORITY]))
