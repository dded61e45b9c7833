"""Writes small BPMN files for tests."""

from collections.abc import Iterable

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:onedoor="urn:onedoor:bpmn:1" id="d" targetNamespace="t">\n'
)
LANES = {
    "front": 'onedoor:role="officer" onedoor:unit="centre" onedoor:audience="front"',
    "back": 'onedoor:role="ministry_officer" onedoor:unit="authority" onedoor:audience="back"',
    "system": 'onedoor:role="system" onedoor:unit="centre" onedoor:audience="system"',
}


def flow(id: str, source: str, target: str, guard: str = "") -> str:
    """An arrow."""
    if not guard:
        return f'<bpmn:sequenceFlow id="{id}" sourceRef="{source}" targetRef="{target}"/>\n'
    text = guard.replace("&", "&amp;").replace("<", "&lt;")
    condition = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{text}</bpmn:conditionExpression>'
    )
    return f'<bpmn:sequenceFlow id="{id}" sourceRef="{source}" targetRef="{target}">{condition}</bpmn:sequenceFlow>\n'


def process(
    *elements: str, lanes: dict[str, Iterable[str]] | None = None, bound: dict[str, str] | None = None
) -> bytes:
    """A file with one process; ``lanes`` says which elements stand in which lane."""
    parts = [HEAD, '<bpmn:process id="p" name="ຂະບວນການ" isExecutable="true"><bpmn:laneSet id="ls">']
    for lane, nodes in (lanes or {}).items():
        references = "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in nodes)
        parts.append(
            f'<bpmn:lane id="{lane}" name="{lane}" {(bound or LANES)[lane]}>{references}</bpmn:lane>'
        )
    return "".join([*parts, "</bpmn:laneSet>\n", *elements, "</bpmn:process></bpmn:definitions>"]).encode()


def simple(task: str = '<bpmn:userTask id="a" name="A"/>\n', *more: str) -> bytes:
    """Start, one task in the front lane, end."""
    return process(
        '<bpmn:startEvent id="s"/>\n',
        task,
        '<bpmn:endEvent id="e"/>\n',
        flow("f1", "s", "a"),
        flow("f2", "a", "e"),
        *more,
        lanes={"front": ["a"]},
    )
