"""From a DMN file to decisions that can be asked, or to the full list of what stands in the way: place and reason."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from onedoor.domain.catalogue.rules.decisions.checks import Checking
from onedoor.domain.catalogue.rules.decisions.model import Decision, Fault, Hit, Outcome, Place, Table
from onedoor.domain.catalogue.rules.decisions.reader import (
    MODELS,
    Reading,
    named,
    read_literal,
    read_needs,
    read_types,
)
from onedoor.domain.catalogue.rules.decisions.regions import Budget, cut
from onedoor.domain.catalogue.rules.decisions.running import run_literal, run_table
from onedoor.domain.catalogue.rules.decisions.tables import read_table
from onedoor.domain.catalogue.rules.feel import Context
from onedoor.domain.catalogue.rules.process.reader import Element, UnreadableProcess, read_xml, repeated_ids

MOST_DECISIONS = 100
Run = Callable[[Context], Outcome]


class DecisionsRefused(ValueError):
    """A file with faults cannot be published; ``faults`` names every one: (place, reason)."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{place}: {reason}" for place, reason in self.faults))


@dataclass(frozen=True)
class Decisions:
    """The decisions of one file, compiled; ``digest`` names its bytes. Asking never raises but for a name that is not there.

    ``notes`` are what its author should know though it is no fault, such as a check that was too large to do.
    """

    digest: str
    names: tuple[str, ...]
    notes: tuple[Fault, ...]
    _found: Mapping[str, Decision] = field(repr=False)
    _steps: Mapping[str, tuple[tuple[str, Run], ...]] = field(repr=False)

    def __contains__(self, name: str) -> bool:
        """Whether a decision has this id or name."""
        return name in self._found

    @property
    def each(self) -> tuple[Decision, ...]:
        """The decisions of the file, each once."""
        return tuple({id(one): one for one in self._found.values()}.values())

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the file as they were read."""
        return tuple(
            each.table for each in {id(each): each for each in self._found.values()}.values() if each.table
        )

    def named(self, name: str) -> Decision:
        """A decision by its id or its name. Raises KeyError."""
        return self._found[name]

    def needs(self, name: str) -> frozenset[str]:
        """The names that a decision, and those that it needs, read from the caller's context. Raises KeyError."""
        decided = [step for step, _run in self._steps[self._found[name].id]]
        read = frozenset().union(*(self._by_name(step).names for step in decided))
        return frozenset(each for each in read if each.split(".")[0] not in decided[:-1])

    def deciding(self, name: str) -> frozenset[str]:
        """The names of a decision and of those that it needs; none where it is not there."""
        found = self._found.get(name)
        return frozenset(step for step, _run in self._steps[found.id]) if found else frozenset()

    def _by_name(self, name: str) -> Decision:
        return next(each for each in self._found.values() if each.name == name)

    def decide(self, name: str, context: Context) -> Outcome:
        """What a decision answers, and which rules say so. ``name`` is its id or its name. Raises KeyError."""
        *before, (_name, last) = self._steps[self._found[name].id]
        if not before:
            return last(context)
        facts, told = dict(context), list[Hit]()
        for each, run in before:
            outcome = run(facts)
            facts[each] = outcome.value
            told += outcome.explanation
        outcome = last(facts)
        return outcome._replace(explanation=(*told, *outcome.explanation))


def compile(xml: bytes, *, published: bool = False) -> Decisions:
    """Compile one DMN file (1.3 to 1.5). Errors: DecisionsRefused, with every fault; nothing else is ever raised.

    Args:
        published: it was accepted, so that it is not judged again by rules that came later.
    """
    try:
        root = read_xml(xml)
    except UnreadableProcess as fault:
        raise DecisionsRefused([(Place(line=fault.line), fault.reason)]) from fault
    if root.space not in MODELS or root.name != "definitions":
        reason = "not a DMN 1.3, 1.4 or 1.5 file: the outermost element must be its “definitions”"
        raise DecisionsRefused([(Place(line=root.line), reason)])
    reading = Reading(root.space)
    decisions = _read(root, reading)
    order = _order(decisions, reading)
    _drawn(decisions, order, reading)
    runs, notes = _runs(decisions, reading, checked=not published)
    holes = any(each not in runs for needed in order.values() for each in needed)
    if reading.faults and (holes or not published):
        raise DecisionsRefused(sorted(reading.faults, key=lambda fault: (fault[0].line, fault[1])))
    steps = {id: tuple((decisions[each].name, runs[each]) for each in needed) for id, needed in order.items()}
    found = {each.name: each for each in decisions.values()} | decisions
    return Decisions(
        digest=hashlib.sha256(xml).hexdigest(),
        names=tuple(each.name for each in decisions.values()),
        notes=tuple(notes),
        _found=MappingProxyType(found),
        _steps=MappingProxyType(steps),
    )


def _read(root: Element, reading: Reading) -> dict[str, Decision]:
    """The decisions of the file by id."""
    place = Place(line=root.line)
    reading.language(root, place)
    read_types(root, reading)
    elements = [*reading.children(root, place, "decision", "inputData", "itemDefinition")]
    if len(elements) > MOST_DECISIONS * 3:
        reading.fault(place, f"more than {MOST_DECISIONS} decisions, or twice as many inputs")
        return {}
    reading.phrases = [named(each, reading) for each in elements if each.name in ("decision", "inputData")]
    for repeated in repeated_ids(root):
        reading.fault(Place(line=repeated.line), f"the id “{repeated.id}” is used twice")
    found: dict[str, Decision] = {}
    drawn = [each for each in elements if each.name == "decision"]
    if not drawn:
        reading.fault(place, "the file has no decision")
    if len(drawn) > MOST_DECISIONS:
        reading.fault(place, f"more than {MOST_DECISIONS} decisions")
        return found
    for element in drawn:
        name = named(element, reading)
        here = Place(name, line=element.line)
        if name in [each.name for each in found.values()]:
            reading.fault(here, "two decisions are called so")
        found[element.id] = _decision(element, name, here, reading)
    return found


def _decision(element: Element, name: str, place: Place, reading: Reading) -> Decision:
    needs = read_needs(element, place, reading)
    logic = [
        child
        for child in element.children
        if child.space == reading.space and child.name in ("decisionTable", "literalExpression")
    ]
    if len(logic) != 1:
        reading.fault(
            place, "it has neither a table nor an expression" if not logic else "it has two answers"
        )
        return Decision(element.id, name, element.line, needs)
    if logic[0].name == "decisionTable":
        return Decision(element.id, name, element.line, needs, table=read_table(logic[0], name, reading))
    expression, type = read_literal(logic[0], place, reading)
    return Decision(element.id, name, element.line, needs, expression=expression, type=type)


def _order(decisions: Mapping[str, Decision], reading: Reading) -> dict[str, tuple[str, ...]]:
    """For each decision the ones to take first, and itself as the last. A circle, or a hole, is a fault."""
    found: dict[str, tuple[str, ...]] = {}

    def visit(id: str, above: tuple[str, ...]) -> tuple[str, ...]:
        if id in above:
            names = " → ".join(f"“{decisions[each].name}”" for each in (*above[above.index(id) :], id))
            place = Place(decisions[id].name, line=decisions[id].line)
            reading.fault(place, f"decisions need each other in a circle: {names}")
            return ()
        if id not in found:
            needed: dict[str, None] = {}
            for other in decisions[id].needs:
                if other in decisions:
                    needed |= dict.fromkeys(visit(other, (*above, id)))
                else:
                    place = Place(decisions[id].name, line=decisions[id].line)
                    reading.fault(place, f"it needs “{other}”, which is no decision of this file")
            found[id] = (*needed, id)
        return found[id]

    for id in decisions:
        visit(id, ())
    return found


def _drawn(decisions: Mapping[str, Decision], order: Mapping[str, tuple[str, ...]], reading: Reading) -> None:
    """A decision reads another one only where an arrow says that it needs it."""
    names = {each.name: each.id for each in decisions.values()}
    for each in decisions.values():
        for read in sorted({name.split(".")[0] for name in each.names}):
            if read in names and names[read] not in order[each.id][:-1]:
                reason = f"it reads “{read}”, a decision that it does not need: draw the requirement"
                reading.fault(Place(each.name, line=each.line), reason)


def _runs(
    decisions: Mapping[str, Decision], reading: Reading, *, checked: bool
) -> tuple[dict[str, Run], list[Fault]]:
    """The closure of each decision; tables are checked on the way."""
    runs: dict[str, Run] = {}
    notes: list[Fault] = []
    budget = Budget()
    for each in decisions.values():
        if each.table is not None:
            columns = [
                cut(column, [rule.cells[number] for rule in each.table.rules], budget)
                for number, column in enumerate(each.table.inputs)
            ]
            if checked:
                checking = Checking(each.table, columns, budget)
                checking.run()
                reading.faults |= dict.fromkeys(checking.faults)
                notes += checking.notes
            runs[each.id] = run_table(each.table, columns)
        elif each.expression is not None:
            runs[each.id] = run_literal(each, each.expression)
    return runs, notes
