"""What steps wait for, send, repeat and call: times, messages, errors, several at once, other services' processes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.paper import (
    children,
    first,
    inside,
    made,
    put,
    put_before,
    say,
    set_own,
    set_plain,
    take_out,
    text_of,
)
from onedoor.domain.catalogue.rules.drawing.parts import expression, formal, free, short
from onedoor.domain.catalogue.rules.drawing.steps import TIMES, Several
from onedoor.domain.catalogue.rules.process.reader import BPMN

# What an event of each kind may be about; the first is what it is about when nothing is said.
ABOUT: dict[str, tuple[str, ...]] = {
    "startEvent": ("", "message", "timer"),
    "boundaryEvent": ("timer", "message", "error"),
    "intermediateCatchEvent": ("timer", "message"),
    "intermediateThrowEvent": ("", "message"),
    "endEvent": ("", "terminate", "message", "error"),
}
ACTIVITIES = frozenset(
    {"userTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask", "subProcess", "callActivity"}
)
MODES = ("once", "at_once", "in_turn")
MARK = "multiInstanceLoopCharacteristics"
# What stands in an activity before the mark of several times, by the schema of BPMN.
BEFORE_MARK = frozenset(
    {"documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef", "incoming", "outgoing",
     "ioSpecification", "property", "dataInputAssociation", "dataOutputAssociation", "resourceRole", "performer",
     "humanPerformer", "potentialOwner"}
)  # fmt: skip


def definition_of(element: Any) -> Any:
    """What an event is about; None where it is about nothing."""
    return next((one for one in children(element, BPMN) if one.localName.endswith("EventDefinition")), None)


def write_about(element: Any, about: str, elements: Mapping[str, Any]) -> None:
    """Let an event be about something else. Raises CannotDraw."""
    held = definition_of(element)
    now = held.localName.removesuffix("EventDefinition") if held is not None else ""
    if now == about:
        return
    if about not in ABOUT.get(element.localName, ()):
        raise CannotDraw(_("An event of this kind cannot be about that."), field="about")
    if held is not None:
        take_out(held)
    if about:
        id = free(elements, f"{element.getAttribute('id')}_{about}")
        put(element, made(element, BPMN, f"{about}EventDefinition", id=id))


def timed(element: Any) -> bool:
    """Whether an event says a time."""
    definition = first(element, BPMN, "timerEventDefinition")
    return definition is not None and any(one.localName in TIMES for one in children(definition, BPMN))


def write_time(element: Any, kind: str, time: str) -> None:
    """Write when a timer runs out: for so long, until a day, again and again. Raises CannotDraw."""
    definition = first(element, BPMN, "timerEventDefinition")
    if definition is None:
        raise CannotDraw(_("This step waits for no time."), field="time")
    kind = kind if kind in TIMES else TIMES[0]
    held = [one for one in children(definition, BPMN) if one.localName in TIMES]
    if [(one.localName, text_of(one)) for one in held] == [(kind, time)]:
        return
    for one in held:
        take_out(one)
    child = made(definition, BPMN, kind)
    formal(child)
    say(child, short(time, "time"))
    put(definition, child)


def write_message(element: Any, name: str, elements: dict[str, Any]) -> None:
    """Name the message that a step sends or waits for; the file lists it once. Raises CannotDraw."""
    definition = first(element, BPMN, "messageEventDefinition")
    if definition is None and element.localName not in ("sendTask", "receiveTask"):
        raise CannotDraw(_("This step has no message."), field="message")
    _point(definition if definition is not None else element, "messageRef", "message", name, elements)


def write_error(element: Any, code: str, elements: dict[str, Any]) -> None:
    """Name the error that an event catches or raises, by its code. Raises CannotDraw."""
    definition = first(element, BPMN, "errorEventDefinition")
    if definition is None:
        raise CannotDraw(_("This step has no error."), field="error")
    _point(definition, "errorRef", "error", code, elements)


def _point(holder: Any, reference: str, kind: str, said: str, elements: dict[str, Any]) -> None:
    """Point at the message or error of the file that is called so; one that nothing points at any more is taken away."""
    key, said = ("name" if kind == "message" else "errorCode"), short(said, kind)
    old = elements.get(holder.getAttribute(reference))
    if (old.getAttribute(key) if old is not None else "") == said and (said or old is None):
        return
    root = holder.ownerDocument.documentElement
    there = next((one for one in children(root, BPMN, kind) if one.getAttribute(key) == said), None)
    if said and there is None:
        id = free(elements, f"{kind}_{_word(said) or holder.getAttribute('id')}")
        there = made(root, BPMN, kind, id=id)
        for attribute in dict.fromkeys(("name", key)):
            there.setAttribute(attribute, said)
        held = [one for one in children(root, BPMN) if one.localName not in ("import", "extension")]
        elements[id] = put_before(root, there, held[0])
    set_plain(holder, reference, there.getAttribute("id") if said and there is not None else "")
    if old is not None and not children(old) and not _meant(root, old):
        take_out(old)


def _word(said: str) -> str:
    return "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in said).strip("_")[:60]


def _meant(root: Any, element: Any) -> bool:
    """Whether anything of the file still names an element."""
    id = element.getAttribute("id")
    return any(
        one is not element
        and (
            text_of(one).rpartition(":")[2] == id
            or any(value == id for _name, value in one.attributes.items())
        )
        for one in inside(root)
    )


def write_several(element: Any, said: Several) -> None:
    """Let an activity run once, or several times. Raises CannotDraw."""
    if said.mode not in MODES or element.localName not in ACTIVITIES:
        raise CannotDraw(_("This step cannot run several times."), field="several")
    mark = first(element, BPMN, MARK)
    if said.mode == "once":
        take_out(mark) if mark is not None else None
        return
    if mark is None:
        mark = made(element, BPMN, MARK)
        rest = [one for one in children(element, BPMN) if one.localName not in BEFORE_MARK]
        put_before(element, mark, rest[0]) if rest else put(element, mark)
    in_turn = said.mode == "in_turn"
    if (mark.getAttribute("isSequential") == "true") != in_turn:
        set_plain(mark, "isSequential", "true" if in_turn else "")
    set_own(mark, "units", short(said.units, "units"))
    expression(mark, "loopCardinality", short(said.count, "count"), begin=True)
    expression(mark, "completionCondition", short(said.until, "until"))


def write_called(element: Any, code: str) -> None:
    """Name the service whose process a call runs. Raises CannotDraw."""
    if element.localName != "callActivity":
        raise CannotDraw(_("This step calls no process."), field="called")
    if element.getAttribute("calledElement").strip() != code:
        set_plain(element, "calledElement", short(code, "called"))


def write_interrupting(element: Any, interrupting: bool) -> None:
    """Whether what happens on the border of a step ends it. Raises CannotDraw."""
    if element.localName != "boundaryEvent":
        raise CannotDraw(_("Only an event on a step can end it."), field="interrupting")
    if (element.getAttribute("cancelActivity") != "false") != interrupting:
        set_plain(element, "cancelActivity", "" if interrupting else "false")
