"""Activities that run several times: for a number, or for named units; at once or in turn; until a condition holds."""

from onedoor.domain.catalogue.rules.feel import Expression
from onedoor.domain.catalogue.rules.process.build import Build, language_of
from onedoor.domain.catalogue.rules.process.model import Several
from onedoor.domain.catalogue.rules.process.reader import BPMN, Element

MARK = "multiInstanceLoopCharacteristics"
KNOWN = frozenset({"loopCardinality", "completionCondition", "documentation", "extensionElements"})
MOST = 30


def several_of(element: Element, build: Build) -> Several | None:
    """How often the activity runs, where it is marked so."""
    mark = element.first(MARK)
    if mark is None:
        return None
    for child in mark.children:
        if child.space == BPMN and child.name not in KNOWN:
            build.fault(
                element, f"several at once by “{child.name}” is not run; use loopCardinality or onedoor:units"
            )
    units = tuple(mark.own("units").split())
    cardinality, enough = mark.first("loopCardinality"), mark.first("completionCondition")
    if bool(units) == (cardinality is not None):
        build.fault(element, "several at once needs a loopCardinality or onedoor:units, one of both")
    if len(units) > MOST:
        build.fault(element, f"at most {MOST} run at once")
    if len(set(units)) < len(units):
        build.fault(element, "a unit is named twice")
    return Several(
        sequential=mark.get("isSequential") == "true",
        count=_read(element, cardinality, "number", build),
        units=units,
        until=_read(element, enough, "completion condition", build),
    )


def _read(element: Element, found: Element | None, what: str, build: Build) -> Expression | None:
    if found is None:
        return None
    return build.expression(element, found.text, what, language=language_of(found))
