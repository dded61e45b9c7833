"""Service tasks: a registered handler that the worker runs, tries again, and shows where it fails."""

from typing import Any

from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.reader import Element


def read(element: Element, build: Build) -> dict[str, Any]:
    """The handler's name."""
    handler = element.own("handler")
    if not handler:
        build.fault(element, "the service task names no handler (onedoor:handler)")
    elif build.handlers is not None and handler not in build.handlers:
        build.fault(element, f"no handler is called “{handler}”")
    return {"handler": handler}
