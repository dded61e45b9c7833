"""A fee that changes because answers were corrected: what is still owed, and what is to be given back, line by line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Line = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Owing:
    """A charge as it stands: open, settled or waived, with the fee lines it is over."""

    id: UUID
    state: str
    lines: Sequence[Line]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a correction comes to: the lines that are owed now, and the lines to which paid charges shrink."""

    owed: list[dict[str, Any]] = field(default_factory=list)
    shrunk: dict[UUID, list[dict[str, Any]]] = field(default_factory=dict)


def total(lines: Iterable[Line]) -> int:
    """The sum of fee lines."""
    return sum(line["amount"] for line in lines)


def merged(*groups: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines of the same code as one; those that come to nothing fall away."""
    found: dict[str, dict[str, Any]] = {}
    for line in (each for group in groups for each in group):
        kept = found.setdefault(line["code"], {**_plain(line), "amount": 0})
        kept["amount"] += line["amount"]
    return [line for line in found.values() if line["amount"]]


def alike(one: Iterable[Line], other: Iterable[Line]) -> bool:
    """Whether two groups of lines come to the same, line by line; how a line is told does not matter."""
    sums = [{line["code"]: line["amount"] for line in merged(group)} for group in (one, other)]
    return sums[0] == sums[1]


def plan(fee: Sequence[Line], charges: Sequence[Owing]) -> Plan:
    """What is owed now, or which paid charges become smaller, when the fee is ``fee`` from now on.

    More is owed as the difference of each line, with what it was and is. Less shrinks paid charges, the largest first.
    """
    done = [each for each in charges if each.state in ("settled", "waived")]
    before = merged(*(each.lines for each in done))
    change = merged(fee, _negative(before))
    if not done:
        return Plan(owed=merged(fee))
    if total(change) >= 0:
        return Plan(owed=_stated(change, before, fee) if total(change) else [])
    shrunk: dict[UUID, list[dict[str, Any]]] = {}
    paid = (each for each in done if each.state == "settled")
    for each in sorted(paid, key=lambda one: total(one.lines), reverse=True):
        wanted = merged(each.lines, change)
        if total(wanted) >= 0:
            shrunk[each.id] = wanted if total(wanted) else []
            break
        shrunk[each.id], change = [], wanted
    return Plan(shrunk=shrunk)


def statement(lines: Sequence[Line], corrected: Sequence[Line]) -> list[dict[str, Any]]:
    """Line by line, what a paid charge was over and what it should be over."""
    return _stated(merged(corrected, _negative(lines)), lines, corrected)


def _stated(change: Iterable[Line], before: Iterable[Line], after: Iterable[Line]) -> list[dict[str, Any]]:
    was = {line["code"]: line["amount"] for line in before}
    now = {line["code"]: line["amount"] for line in after}
    return [{**line, "was": was.get(line["code"], 0), "now": now.get(line["code"], 0)} for line in change]


def _negative(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [{**line, "amount": -line["amount"]} for line in lines]


def _plain(line: Line) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name not in ("was", "now")}
