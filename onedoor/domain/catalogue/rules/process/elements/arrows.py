"""Arrows, and the conditions that stand on them."""

from onedoor.domain.catalogue.rules.process.build import Build, language_of
from onedoor.domain.catalogue.rules.process.model import Flow
from onedoor.domain.catalogue.rules.process.reader import Element


def read_flow(element: Element, build: Build) -> None:
    """An arrow with its guard."""
    build.elements[element.id] = element
    source, target = element.get("sourceRef"), element.get("targetRef")
    if not source or not target:
        build.fault(element, "the arrow has an open end")
        return
    condition = element.first("conditionExpression")
    guard = None
    if condition is not None:
        guard = build.expression(element, condition.text, "condition", language=language_of(condition))
    build.flows.append(Flow(element.id, source, target, guard))
