"""What a table lacks, found before it is published: gaps, overlaps, rules that can never hold. Complete, or it says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onedoor.domain.catalogue.rules.decisions.model import Fault, Rule, Table
from onedoor.domain.catalogue.rules.decisions.regions import Budget, Column, Region

MOST_NAMED = 5
ONE_ANSWER = ("U", "A", "P", "F")


class TooLarge(Exception):
    """The table has more combinations than are looked at."""


@dataclass
class Checking:
    """One table: what is wrong with it, and what could not be looked at."""

    table: Table
    columns: Sequence[Column]
    budget: Budget
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.everything = (1 << len(self.table.rules)) - 1
        self.free = 0
        for column in self.columns:
            self.free |= column.free

    def fault(self, reason: str, *, rule: Rule | None = None, column: Column | None = None) -> None:
        """Something that has to be mended."""
        self.faults.append((self.table.place(rule, column.input if column else None), reason))

    def note(self, reason: str) -> None:
        """Something that its author should know."""
        self.notes.append((self.table.place(), reason))

    def run(self) -> None:
        """All checks that this table allows."""
        loose = [column for column in self.columns if column.loose]
        if loose:
            said = f"“{loose[0].input.label}” {loose[0].loose}"
            return self.note(f"gaps and overlaps were not looked for: {said}")
        dead = self.never()
        if self.table.policy in ("U", "A"):
            self.overlaps()
        try:
            self.gaps()
            self.hidden(dead)
        except TooLarge:
            self.note("gaps were not looked for to the end: there are more combinations than are looked at")
        return None

    def never(self) -> int:
        """Rules of which a cell takes no possible value; returns them."""
        found = 0
        for column in self.columns:
            taken = column.free
            for region in column.taken:
                taken |= region.rules
            for rule in self.table.rules:
                if not taken >> (rule.number - 1) & 1:
                    found |= 1 << (rule.number - 1)
                    self.fault(
                        "no possible value passes this cell, so the rule never holds",
                        rule=rule,
                        column=column,
                    )
        return found

    def overlaps(self) -> None:
        """Two rules that hold for the same values, where one may (U), or with different answers (A)."""
        if self.free:
            self.note(
                f"overlaps with {self._numbers(self.free)} were not looked for: their cells read other names"
            )
        found = 0
        for rule in self.table.rules:
            others = self._meeting(rule) & ~self.free
            if self.free >> (rule.number - 1) & 1:
                continue
            for other in self.table.rules[rule.number :]:
                if not others >> (other.number - 1) & 1 or not self._clash(rule, other):
                    continue
                found += 1
                if found <= MOST_NAMED:
                    example = self._example(rule, other)
                    self.fault(f"it overlaps with rule {other.number}: both hold for {example}", rule=rule)
        if found > MOST_NAMED:
            self.fault(f"{found - MOST_NAMED} more rules overlap")

    def gaps(self) -> None:
        """Values for which no rule holds."""
        if self.table.policy not in ONE_ANSWER or all(column.default for column in self.table.outputs):
            return None
        groups = [_groups(column, ~self.free) for column in self.columns]
        for number, example in enumerate(self._uncovered(groups, self.everything & ~self.free)):
            if number == MOST_NAMED:
                return self.fault("and more values for which no rule holds") if not self.free else None
            if self.free:
                reason = (
                    f"gaps were not looked for: {self._numbers(self.free)} read other names in their cells"
                )
                return self.note(reason)
            self.fault(f"no rule holds for {self._said(example)}")
        return None

    def hidden(self, dead: int) -> None:
        """Rules that never answer, because others that hold for the same values come first (F, P)."""
        if self.table.policy not in ("F", "P"):
            return
        for rule in self.table.rules:
            bit = 1 << (rule.number - 1)
            before = self._before(rule) & ~self.free
            if (self.free | dead) & bit or not before:
                continue
            groups = [_groups(column, before | bit, holding=bit, null=True) for column in self.columns]
            if next(self._uncovered(groups, before), None) is None:
                self.fault(
                    f"it is never reached: for all of its values {self._numbers(before)} come first",
                    rule=rule,
                )

    def _before(self, rule: Rule) -> int:
        """The rules that win over this one."""
        if self.table.policy == "F":
            return (1 << (rule.number - 1)) - 1
        own = self._rank(rule)
        winning = 0
        for each in self.table.rules:
            other = self._rank(each)
            if own is not None and other is not None and other < own:
                winning |= 1 << (each.number - 1)
        return winning

    def _rank(self, rule: Rule) -> tuple[int, ...] | None:
        if any(answer.names for answer in rule.answers):
            return None
        pairs = zip(rule.answers, self.table.outputs, strict=True)
        return tuple(
            list(column.order).index(answer({})) for answer, column in pairs if answer({}) in column.order
        )

    def _clash(self, rule: Rule, other: Rule) -> bool:
        if self.table.policy == "U":
            return True
        return [each.node for each in rule.answers] != [each.node for each in other.answers]

    def _meeting(self, rule: Rule) -> int:
        """The rules that share possible values with this one in every column."""
        found, bit = self.everything, 1 << (rule.number - 1)
        for column in self.columns:
            shared = 0
            for region in column.taken:
                if region.rules & bit:
                    shared |= region.rules
            found &= shared
        return found

    def _example(self, rule: Rule, other: Rule) -> str:
        both = 1 << (rule.number - 1) | 1 << (other.number - 1)
        return self._said(
            tuple(
                next(region for region in column.taken if region.rules & both == both)
                for column in self.columns
            )
        )

    def _uncovered(
        self, groups: Sequence[Sequence[tuple[int, Region]]], rules: int
    ) -> Iterator[tuple[Region, ...]]:
        """Combinations that none of the rules takes; a state that was found covered is not looked at twice."""
        rest = [rules] * (len(groups) + 1)  # the rules that take everything from a column on
        for at in range(len(groups) - 1, -1, -1):
            rest[at] = rest[at + 1]
            for taken, _region in groups[at]:
                rest[at] &= taken
        covered: set[tuple[int, int]] = set()

        def search(at: int, left: int) -> Iterator[tuple[Region, ...]]:
            self.budget.combinations -= 1
            if self.budget.combinations < 0:
                raise TooLarge
            if left & rest[at] or (at, left) in covered:
                return
            if not left:
                yield tuple(group[0][1] for group in groups[at:])
                return
            found = False
            for taken, region in groups[at]:
                for tail in search(at + 1, left & taken):
                    found = True
                    yield (region, *tail)
            if not found:
                covered.add((at, left))

        if all(groups):
            yield from search(0, rules)

    def _said(self, example: Sequence[Region]) -> str:
        parts = zip(self.columns, example, strict=True)
        return (
            ", ".join(f"“{column.input.label}” = {region.shown}" for column, region in parts) or "everything"
        )

    def _numbers(self, rules: int) -> str:
        numbers = [str(rule.number) for rule in self.table.rules if rules >> (rule.number - 1) & 1]
        shown = ", ".join(numbers[:8]) + (" …" if len(numbers) > 8 else "")
        return f"rule {shown}" if len(numbers) == 1 else f"rules {shown}"


def _groups(column: Column, rules: int, *, holding: int = 0, null: bool = False) -> list[tuple[int, Region]]:
    """The possible regions of a column, those that the same rules take only once; with null where that counts."""
    found: dict[int, Region] = {}
    for region in column.taken if null else column.taken[:-1]:
        if region.rules & holding == holding:
            found.setdefault(region.rules & rules, region)
    return list(found.items())
