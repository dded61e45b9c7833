"""User tasks: what a person does, in which ways it can end, and until when."""

from typing import Any

from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.reader import Element


def read(element: Element, build: Build) -> dict[str, Any]:
    """The ways to end, who may not do it, what it waits for, and its term."""
    outcomes = tuple(element.own("outcomes").split()) or ("done",)
    reason_for = frozenset(element.own("reasonFor").split())
    mode = element.own("decision")
    if reason_for - set(outcomes):
        build.fault(element, "onedoor:reasonFor names an outcome that the task does not have")
    if any(not name.isidentifier() or len(name) > 30 for name in outcomes):
        build.fault(element, "an outcome is one word of letters, figures and “_”, 30 at most")
    if mode not in ("", "separated", "onTheSpot"):
        build.fault(element, "onedoor:decision must be separated or onTheSpot")
    if mode == "onTheSpot":
        build.fault(
            element,
            "a decision on the spot needs a rule that decides without discretion; this version runs none",
        )
    if mode and len(outcomes) < 2:
        build.fault(element, "a decision needs at least two outcomes (onedoor:outcomes)")
    waits_for = element.own("waitsFor")
    if waits_for not in ("", "payment"):
        build.fault(element, "onedoor:waitsFor must be payment")
    if waits_for and outcomes != ("done",):
        build.fault(element, "a task that waits for the payment has one way to end")
    return {
        "outcomes": outcomes,
        "reason_for": reason_for,
        "separated": mode == "separated",
        "intake": element.own("intake") == "true",
        "edits": element.own("edits") == "true",
        "waits_for": waits_for,
        "due": build.term(element, element.own("due")) if element.own("due") else None,
    }
