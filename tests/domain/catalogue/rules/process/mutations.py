"""Damages a process as a careless or hostile hand would: elements taken away, doubled, moved, renamed, rewired."""

from typing import Any

from hypothesis import strategies as st
from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
NAMES = (
    "userTask serviceTask sendTask receiveTask task scriptTask businessRuleTask callActivity subProcess exclusiveGateway "
    "inclusiveGateway parallelGateway eventBasedGateway complexGateway startEvent endEvent boundaryEvent sequenceFlow "
    "intermediateCatchEvent intermediateThrowEvent timerEventDefinition messageEventDefinition terminateEventDefinition "
    "errorEventDefinition multiInstanceLoopCharacteristics laneSet lane flowNodeRef process dataObject"
).split()
WORDS = (
    "",
    "0",
    "R0/P1D",
    "P",
    "P999999999Y",
    "=form",
    "1 +",
    "<",
    "ຄຳ",
    "x" * 300,
    "../..",
    "true",
    "false",
    "outcome = 1",
)


def damaged(source: bytes, data: st.DataObject) -> bytes:
    """The file after one to five damages."""
    root = etree.fromstring(source)
    for _ in range(data.draw(st.integers(1, 5))):
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        element = data.draw(st.sampled_from(elements))
        other = data.draw(st.sampled_from(elements))
        _damage(element, other, data)
    return bytes(etree.tostring(root))


def _damage(element: Any, other: Any, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["drop", "rename", "attribute", "point", "text", "copy", "move"]))
    holder = element.getparent()
    if kind == "rename":
        element.tag = BPMN + data.draw(st.sampled_from(NAMES))
    elif kind == "text":
        element.text = data.draw(st.sampled_from(WORDS))
    elif kind in ("attribute", "point") and element.attrib:
        name = data.draw(st.sampled_from(sorted(element.attrib)))
        found = other.get("id", "") if kind == "point" else data.draw(st.sampled_from(WORDS))
        element.set(name, found)
    elif holder is None:
        return
    elif kind == "drop":
        holder.remove(element)
    elif kind == "copy":
        other.append(etree.fromstring(etree.tostring(element)))
    elif kind == "move" and element not in other.iterancestors() and element is not other:
        other.append(element)
