"""A step made into another kind: a task of a person into one of the system, a choice into a fork."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.paper import made, set_own, written
from onedoor.domain.catalogue.rules.drawing.parts import opened, step
from onedoor.domain.catalogue.rules.drawing.steps import exchanged
from onedoor.domain.catalogue.rules.process.reader import BPMN

# What only one kind says: the next kind would not understand it.
OWN_OF = {
    "userTask": ("outcomes", "reasonFor", "decision", "intake", "edits", "waitsFor", "due", "calendar"),
    "serviceTask": ("handler",),
    "businessRuleTask": ("rule", "into"),
    "sendTask": ("key",),
    "receiveTask": ("key",),
    "callActivity": ("version",),
}
PLAIN_OF = {
    "sendTask": ("messageRef",),
    "receiveTask": ("messageRef", "instantiate"),
    "callActivity": ("calledElement",),
}


def change_kind(process: str, id: str, kind: str) -> str:
    """The process with a step of another kind; its names, ways, lane, border and drawing stay. Raises CannotDraw."""
    document, elements = opened(process)
    held = step(elements, id)
    if kind == held.localName:
        return process
    if kind not in exchanged(held.localName):
        raise CannotDraw(_("This step cannot become one of that kind."), field="kind")
    former, found = held.localName, made(held.parentNode, BPMN, kind)
    _say_the_same(held, found)
    held.parentNode.replaceChild(found, held)
    for name in OWN_OF.get(former, ()):
        set_own(found, name, "")
    for name in (
        *PLAIN_OF.get(former, ()),
        "default" if kind in ("parallelGateway", "eventBasedGateway") else "",
    ):
        if name and found.hasAttribute(name):
            found.removeAttribute(name)
    return written(document)


def _say_the_same(held: Any, found: Any) -> None:
    """All attributes and everything inside go over."""
    for number in range(held.attributes.length):
        one = held.attributes.item(number)
        if one.namespaceURI:
            found.setAttributeNS(one.namespaceURI, one.name, one.value)
        else:
            found.setAttribute(one.name, one.value)
    while held.firstChild is not None:
        found.appendChild(held.firstChild)
