"""Reads a DMN file into decisions, and collects what is wrong with it: place and reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from onedoor.domain.catalogue.rules.decisions.model import Fault, Place
from onedoor.domain.catalogue.rules.decisions.types import TYPES, Type
from onedoor.domain.catalogue.rules.feel import (
    Expression,
    ExpressionError,
    UnaryTests,
    compile_expression,
    compile_tests,
)
from onedoor.domain.catalogue.rules.process.reader import Element

MODELS = (
    "https://www.omg.org/spec/DMN/20191111/MODEL/",  # 1.3
    "https://www.omg.org/spec/DMN/20211108/MODEL/",  # 1.4
    "https://www.omg.org/spec/DMN/20230324/MODEL/",  # 1.5
)
MOST_TESTS = 20_000
DRAWN = "/DMNDI/"
DECORATION = frozenset(
    "description extensionElements textAnnotation association group knowledgeSource authorityRequirement question"
    " allowedAnswers supportedObjective impactedPerformanceIndicator decisionMaker decisionOwner usingProcess usingTask"
    " performanceIndicator organizationUnit elementCollection".split()
)
REFUSED = {
    "businessKnowledgeModel": "business knowledge models are not run; write the expression where it is used",
    "decisionService": "decision services are not run",
    "import": "other files are never loaded",
    "knowledgeRequirement": "business knowledge models are not run",
    "context": "a boxed context is not run; write a table or a literal expression",
    "invocation": "a boxed invocation is not run",
    "relation": "a relation is not run; write a table",
    "list": "a boxed list is not run; write a literal expression",
    "functionDefinition": "functions are not defined here",
    "conditional": "a boxed conditional is not run; write if … then … else …",
}


@dataclass
class Reading:
    """What has been read so far: faults, the types that the file defines, names of several words."""

    space: str
    faults: dict[Fault, None] = field(default_factory=dict)
    types: dict[str, tuple[Type, str]] = field(default_factory=dict)
    phrases: list[str] = field(default_factory=list)
    cells: int = 0
    tests: int = 0

    def fault(self, place: Place, reason: str) -> None:
        """Note a fault, once."""
        self.faults[place, reason] = None

    def children(self, element: Element, place: Place, *allowed: str) -> Iterator[Element]:
        """The children of these names; every other one that is no decoration is a fault, by name and id."""
        for child in element.children:
            if child.space == self.space and child.name in allowed:
                yield child
            elif child.space != self.space:
                if DRAWN not in child.space:
                    reason = f"“{child.id}” is of a kind that is not known ({child.space or 'no namespace'})"
                    self.fault(place._replace(line=child.line), reason)
            elif child.name not in DECORATION:
                reason = REFUSED.get(child.name, "it is not part of what is run")
                self.fault(place._replace(line=child.line), f"“{child.name}” ({child.id}): {reason}")

    def language(self, element: Element, place: Place) -> None:
        """Only FEEL is read."""
        found = element.get("expressionLanguage")
        if found and "feel" not in found.lower():
            self.fault(place, f"it is written in “{found}”; only the S-FEEL subset is run")

    def text(self, element: Element | None) -> str:
        """The text of an entry."""
        if element is None:
            return ""
        return " ".join(
            child.text.strip()
            for child in element.children
            if child.space == self.space and child.name == "text"
        )

    def expression(self, text: str, place: Place) -> Expression | None:
        """An expression, or a fault that points at the character."""
        found: Expression | None = self._compiled(text, place, compile_expression)
        return found

    def cell(self, text: str, place: Place) -> UnaryTests | None:
        """The tests of a cell, or a fault that points at the character."""
        found: UnaryTests | None = self._compiled(text, place, compile_tests)
        self.tests += len(found.cell.items) if found else 0
        if self.tests > MOST_TESTS:
            self.fault(Place(line=place.line), f"more than {MOST_TESTS:,} tests in one file")
            return None
        return found

    def _compiled(self, text: str, place: Place, compiler: Any) -> Any:
        try:
            return compiler(text, names=self.phrases)
        except ExpressionError as error:
            self.fault(place, f"“{text[:60]}”: {error}")
            return None

    def type(self, element: Element | None, place: Place) -> tuple[Type, str]:
        """A declared type and the allowed values that its definition has."""
        name = element.get("typeRef").removeprefix("feel:") if element else ""
        if name in self.types:
            return self.types[name]
        if name not in TYPES:
            self.fault(place, f"no type is called “{name}”")
        return TYPES.get(name, Type()), ""


def read_types(root: Element, reading: Reading) -> None:
    """The plain types that the file defines: a base and allowed values."""
    place = Place(line=root.line)
    for child in root.children:
        if (child.space, child.name) != (reading.space, "itemDefinition"):
            continue
        here = place._replace(line=child.line)
        name, allowed, base = child.get("name"), "", "Any"
        for part in reading.children(child, here, "typeRef", "allowedValues", "itemComponent"):
            if part.name == "itemComponent":
                reading.fault(here, f"the type “{name}” has parts; only plain types are read")
            elif part.name == "typeRef":
                base = part.text.strip().removeprefix("feel:")
            else:
                allowed = reading.text(part)
        if child.get("isCollection") == "true":
            reading.fault(here, f"the type “{name}” is a collection; only plain types are read")
        if base not in TYPES:
            reading.fault(here, f"the type “{name}” stands on “{base}”, which is no plain type")
        reading.types[name] = (TYPES.get(base, Type()), allowed)


def named(element: Element, reading: Reading) -> str:
    """What expressions call a decision or an input: its variable's name, else its own."""
    for child in element.children:
        if (child.space, child.name) == (reading.space, "variable") and child.get("name"):
            return " ".join(child.get("name").split())
    return " ".join(element.get("name").split()) or element.id


def read_needs(element: Element, place: Place, reading: Reading) -> tuple[str, ...]:
    """The ids of the decisions that this one needs; inputs are only looked for."""
    found: list[str] = []
    for requirement in reading.children(
        element, place, "informationRequirement", "variable", "decisionTable", "literalExpression"
    ):
        if requirement.name != "informationRequirement":
            continue
        for child in reading.children(requirement, place, "requiredDecision", "requiredInput"):
            href = child.get("href")
            if not href.startswith("#"):
                reading.fault(
                    place._replace(line=child.line), f"it needs “{href}”, which is not in this file"
                )
            elif child.name == "requiredDecision":
                found.append(href[1:])
    return tuple(dict.fromkeys(found))


def read_literal(element: Element, place: Place, reading: Reading) -> tuple[Expression | None, Type]:
    """A decision that is one expression."""
    reading.language(element, place)
    if element.get("importedValues"):
        reading.fault(place, REFUSED["import"])
    for _child in reading.children(element, place, "text"):
        pass
    return reading.expression(reading.text(element), place), reading.type(element, place)[0]
