"""The two trees of units, and how far a grant on one unit carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

TERRITORY = "territory"
AUTHORITY = "authority"
KINDS: Mapping[str, tuple[str, ...]] = {
    TERRITORY: ("country", "province", "district", "village", "centre"),
    AUTHORITY: ("ministry", "department", "office"),
}


def is_valid(valid_from: date, valid_until: date | None, on: date) -> bool:
    """Whether a validity covers a day; ``valid_until`` is the first day on which it no longer holds."""
    return valid_from <= on and (valid_until is None or on < valid_until)


@dataclass(frozen=True, slots=True)
class Unit:
    """A node of one of the trees. ``path`` leads from the root to the unit itself."""

    id: UUID
    code: str
    kind: str
    tree: str
    name: Mapping[str, str] = field(hash=False)
    parent: UUID | None
    path: tuple[UUID, ...]
    valid_from: date
    valid_until: date | None
    successors: tuple[UUID, ...]

    def is_valid(self, on: date) -> bool:
        """Whether the unit exists on this day."""
        return is_valid(self.valid_from, self.valid_until, on)

    def has_ended(self, on: date) -> bool:
        """Whether the unit's last day lies before this one."""
        return self.valid_until is not None and self.valid_until <= on


class Forest:
    """All units at one moment, indexed for walking. Never changed after it is built."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_id: dict[UUID, Unit] = {unit.id: unit for unit in units}
        self.by_code: dict[str, Unit] = {unit.code: unit for unit in self.by_id.values()}
        children: dict[UUID, list[UUID]] = {}
        predecessors: dict[UUID, list[UUID]] = {}
        for unit in self.by_id.values():
            if unit.parent is not None:
                children.setdefault(unit.parent, []).append(unit.id)
            for successor in unit.successors:
                predecessors.setdefault(successor, []).append(unit.id)
        self._children = {parent: tuple(found) for parent, found in children.items()}
        self._predecessors = {later: tuple(found) for later, found in predecessors.items()}

    def children(self, unit: UUID) -> tuple[UUID, ...]:
        """The units directly below, those that have ended included."""
        return self._children.get(unit, ())

    def descendants(self, unit: UUID) -> frozenset[UUID]:
        """The unit and everything below it, those that have ended included."""
        found: set[UUID] = set()
        waiting = [unit] if unit in self.by_id else []
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self.children(one))
        return frozenset(found)

    def ancestors(self, unit: UUID) -> tuple[UUID, ...]:
        """The units above, from the root downwards, without the unit itself."""
        found: list[UUID] = []
        one = self.by_id.get(unit)
        while one is not None and one.parent is not None and one.parent not in found:
            found.append(one.parent)
            one = self.by_id.get(one.parent)
        return tuple(reversed(found))

    def heirs(self, unit: UUID, on: date) -> frozenset[UUID]:
        """The unit and, if it has ended, whoever took over from it, and so on."""
        found: set[UUID] = set()
        waiting = [unit]
        while waiting:
            one = waiting.pop()
            held = self.by_id.get(one)
            if held is None or one in found:
                continue
            found.add(one)
            if held.has_ended(on):
                waiting.extend(held.successors)
        return frozenset(found)

    def predecessors(self, unit: UUID, on: date) -> tuple[UUID, ...]:
        """The ended units that this one took over from, one step back."""
        return tuple(one for one in self._predecessors.get(unit, ()) if self.by_id[one].has_ended(on))

    def cover(self, unit: UUID, on: date) -> frozenset[UUID]:
        """How far a grant on ``unit`` carries on a day.

        The grant follows its own unit to its successors; from there it covers all that lies below, and what any of
        these took over from ended units. It does not follow a lower unit that moved to somebody else's branch.
        """
        found: set[UUID] = set()
        waiting = list(self.heirs(unit, on))
        while waiting:
            one = waiting.pop()
            if one in found or one not in self.by_id:
                continue
            found.add(one)
            waiting.extend(self.children(one))
            waiting.extend(self.predecessors(one, on))
        return frozenset(found)

    def office(self, authority: UUID, place: UUID, *, level: str, of: str = "") -> UUID:
        """The office of an authority for a place: of its district or province, else the next one above.

        An office's code is its authority's, a dash and the code of the province or district for which it works.

        Args:
            level: district or province; else the authority itself. of: the code of another authority.
        """
        named = of or (self.by_id[authority].code if authority in self.by_id else "")
        wanted = {"district": ("district", "province"), "province": ("province",)}.get(level, ())
        above = [self.by_id[one] for one in (*self.ancestors(place), place) if one in self.by_id]
        for kind in wanted:
            for one in above:
                found = self.by_code.get(f"{named}-{one.code}") if one.kind == kind else None
                if found is not None:
                    return found.id
        return self.by_code[of].id if of in self.by_code else authority

    def would_contain_itself(self, unit: UUID, parent: UUID | None) -> bool:
        """Whether hanging ``unit`` below ``parent`` would close a circle."""
        return parent is not None and (parent == unit or unit in self.ancestors(parent))
