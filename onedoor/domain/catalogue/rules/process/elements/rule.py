"""Business-rule tasks: a decision of the service's DMN file, and the name under which its answer is kept."""

from typing import Any

from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.reader import Element


def read(element: Element, build: Build) -> dict[str, Any]:
    """Which decision is asked, and into which name its answer goes."""
    rule, into = element.own("rule"), element.own("into")
    if not rule:
        build.fault(element, "it names no decision (onedoor:rule)")
    elif build.decisions is None:
        build.fault(element, "the service has no decisions (DMN) that it could ask")
    elif rule not in build.decisions.names:
        build.fault(element, f"no decision is called “{rule}”")
    if not into.isidentifier() or len(into) > 40:
        build.fault(element, "it says not under which word its answer is kept (onedoor:into)")
    return {"rule": rule, "into": into, "asks": build.decisions if build.depth else None}
