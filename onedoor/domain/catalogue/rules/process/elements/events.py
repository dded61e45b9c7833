"""Events: starts, ends, those between tasks and those on a border."""

from typing import Any

from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.elements.messages import SEND, message_of
from onedoor.domain.catalogue.rules.process.elements.timers import timer_of
from onedoor.domain.catalogue.rules.process.reader import BPMN, Element
from onedoor.domain.catalogue.rules.process.refusals import unsupported

DEFINITION = "EventDefinition"


def definition_of(element: Element, build: Build, *run: str) -> Element | None:
    """What the event is about, where it is about something that is ``run`` at this place."""
    found = [child for child in element.children if child.space == BPMN and child.name.endswith(DEFINITION)]
    if len(found) > 1 or element.first("eventDefinitionRef") is not None:
        build.refuse(element, "an event of several kinds is not run: draw one for each")
        return None
    for definition in found:
        if definition.name.removesuffix(DEFINITION) not in run:
            refused = unsupported(definition.name)
            build.refuse(element, refused if "not part" not in refused else f"{refused} at this place")
            return None
    return found[0] if found else None


def read_start(element: Element, build: Build) -> dict[str, Any]:
    """A start: at a counter or door, by a message, or when a date or a cycle of the calendar comes."""
    definition = definition_of(element, build, "message", "timer")
    if definition is None:
        return {}
    if definition.name == "messageEventDefinition":
        name = message_of(element, definition, build, keyed=False)["message"]
        return {"event": "message", "message": name}
    about = timer_of(element, definition, build, whole=False)
    moment = about.get("moment")
    if moment is not None and moment.read is not None:
        build.fault(element, "a start by time has no answers to read: write a date or a cycle")
    if "timer" in about and "again" not in about:
        build.fault(element, "a start by time needs a date or a cycle (timeDate, timeCycle)")
    term = about.get("timer")
    if term is not None and term.duration.seconds:
        build.fault(element, "a cycle of starts is one of days, weeks, months or years")
    return {"event": "timer"} | about


def read_end(element: Element, build: Build) -> dict[str, Any]:
    """An end: of this token, with a message or without; of everything; or of the subprocess by an error."""
    definition = definition_of(element, build, "terminate", "error", "message")
    if definition is None:
        return {}
    if definition.name == "terminateEventDefinition":
        return {"event": "terminate"}
    if definition.name == "messageEventDefinition":
        return {"kind": "service", "handler": SEND} | message_of(element, definition, build)
    return {"event": "error", "error": _error(element, definition, build, needed=True)}


def read_border(element: Element, build: Build) -> dict[str, Any]:
    """What can happen while the activity on whose border it stands is not done."""
    about: dict[str, Any] = {
        "attached_to": element.get("attachedToRef"),
        "interrupting": element.get("cancelActivity") != "false",
    }
    definition = definition_of(element, build, "timer", "message", "error")
    if definition is None:
        if element.id not in build.refused:
            build.refuse(element, "the event on the border is about nothing: a time, a message or an error")
        return about
    if definition.name == "timerEventDefinition":
        about |= {"event": "timer"} | timer_of(element, definition, build)
        if about["interrupting"] and about.get("again"):
            build.fault(element, "a cycle that interrupts happens only once: write R1 or a timeDuration")
        return about
    if definition.name == "messageEventDefinition":
        return about | {"event": "message"} | message_of(element, definition, build)
    if not about["interrupting"]:
        build.fault(element, "an error always interrupts")
    return about | {"event": "error", "error": _error(element, definition, build, needed=False)}


def read_catch(element: Element, build: Build) -> dict[str, Any]:
    """A wait between tasks, for a time or a message."""
    definition = definition_of(element, build, "timer", "message")
    if definition is None:
        if element.id not in build.refused:
            build.refuse(element, "the event waits for nothing: a time or a message")
        return {}
    if definition.name == "timerEventDefinition":
        return {"event": "timer"} | timer_of(element, definition, build) | {"again": 0}
    return {"event": "message"} | message_of(element, definition, build)


def read_throw(element: Element, build: Build) -> dict[str, Any]:
    """A place that is passed, or one at which a message is sent."""
    definition = definition_of(element, build, "message")
    if definition is None:
        return {}
    return {"kind": "service", "handler": SEND} | message_of(element, definition, build)


def _error(element: Element, definition: Element, build: Build, *, needed: bool) -> str:
    """The code of an error; on a border none stands for every error."""
    reference = definition.get("errorRef")
    code = build.errors.get(reference, "")
    if reference and not code:
        build.fault(element, f"no error has the id “{reference}”, or it has no errorCode")
    if needed and not reference:
        build.fault(element, "it names no error (errorRef)")
    return code
