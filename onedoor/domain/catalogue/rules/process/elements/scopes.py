"""Elements that hold a process of their own: the embedded subprocess, and the call of another service's process."""

from typing import Any

from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.reader import Element

SCOPES = frozenset({"subProcess", "callActivity"})


def read_embedded(element: Element, build: Build) -> dict[str, Any]:
    """A subprocess; what stands inside is read after it."""
    if element.get("triggeredByEvent") == "true":
        build.refuse(element, "an event subprocess is not run; put the event on the border of a subprocess")
    return {}


def read_call(element: Element, build: Build) -> dict[str, Any]:
    """A call; the process that is called is read after it, as if it stood inside."""
    if not element.get("calledElement"):
        build.fault(element, "it names no service whose process is called (calledElement)")
    if not element.own("version").isdigit():
        build.fault(element, "it does not say which edition is called (onedoor:version)")
    return {}
