"""What all changes of a process need: the file opened, its steps and ways found, names written. No drawing."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.paper import (
    XSI,
    by_id,
    children,
    first,
    made,
    prefix_for,
    put,
    put_before,
    read,
    run_process,
    say,
    set_own,
    set_plain,
    take_out,
    text_of,
)
from onedoor.domain.catalogue.rules.drawing.steps import KINDS, VAGUE
from onedoor.domain.catalogue.rules.process.reader import BPMN

LONGEST = 500


def opened(process: str) -> tuple[Any, dict[str, Any]]:
    """The document of a process that is run, and its elements by their id. Raises CannotDraw."""
    document = read(process)
    run_process(document)
    return document, by_id(document)


def step(elements: Mapping[str, Any], id: str, *, field: str = "step") -> Any:
    """A step; raises CannotDraw where there is none."""
    found = elements.get(id)
    if found is None or found.localName not in (*KINDS, *VAGUE):
        raise CannotDraw(_("There is no such step in the process."), field=field)
    return found


def short(value: str, field: str) -> str:
    """One line, not too long. Raises CannotDraw."""
    if len(value) > LONGEST:
        raise CannotDraw(_("This is too long."), field=field)
    return " ".join(value.split())


def named(element: Any, lo: str, en: str) -> None:
    """Name an element in both languages; a name that says the same stays as it was written."""
    if " ".join(element.getAttribute("name").split()) != short(lo, "lo"):
        set_plain(element, "name", short(lo, "lo"))
    set_own(element, "nameEn", short(en, "en"))


def free(elements: Mapping[str, Any], wanted: str) -> str:
    """An id that nothing has yet."""
    number, found = 2, wanted
    while found in elements:
        found, number = f"{wanted}_{number}", number + 1
    return found


def flows(elements: Mapping[str, Any], id: str, *ends: str) -> list[Any]:
    """The arrows that leave a step (``sourceRef``) or lead to it (``targetRef``); both, where no end is named."""
    drawn = [one for one in elements.values() if one.localName == "sequenceFlow" and one.parentNode]
    return [
        flow
        for flow in drawn
        if any(flow.getAttribute(end) == id for end in ends or ("sourceRef", "targetRef"))
    ]


def expression(parent: Any, name: str, said: str, *, begin: bool = False) -> None:
    """Write an expression inside an element; an empty one is taken away, one that says the same stays.

    Args:
        begin: whether it stands before everything else that is told there.
    """
    held, wanted = first(parent, BPMN, name), said.strip()[:LONGEST]
    if held is not None and not wanted:
        take_out(held)
    elif wanted and text_of(held) != wanted:
        if held is None:
            held = made(parent, BPMN, name)
            formal(held)
            rest = [one for one in children(parent, BPMN) if one.localName != "documentation"]
            put_before(parent, held, rest[0]) if begin and rest else put(parent, held)
        say(held, wanted)


def formal(element: Any) -> None:
    """Say of a new expression that it is a formal one, as modelers do; asked before it stands anywhere."""
    root = element.ownerDocument.documentElement
    prefix = f"{element.prefix}:" if element.prefix else ""
    element.setAttributeNS(XSI, f"{prefix_for(root, XSI)}:type", f"{prefix}tFormalExpression")


def listed(element: Any, name: str, flow: str) -> None:
    """Name an arrow at the step that it touches; modelers list them before everything else but the documentation."""
    held = [
        one
        for one in children(element, BPMN)
        if one.localName in (name, "incoming", "documentation", "extensionElements")
    ]
    if any(one.localName == name and text_of(one) == flow for one in held):
        return
    new = made(element, BPMN, name)
    say(new, flow)
    if held:
        put(element, new, after=held[-1])
    elif children(element):
        put_before(element, new, children(element)[0])
    else:
        put(element, new)


def unlisted(element: Any, name: str, flow: str) -> None:
    """Take an arrow's name away from a step that it no longer touches."""
    for one in children(element, BPMN, name):
        if text_of(one) == flow:
            take_out(one)
