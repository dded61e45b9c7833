"""The process that benchmarks run: ten tasks, three reviews at once, terms beside most of them, and a way back."""

from __future__ import annotations

from typing import Any

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:onedoor="urn:onedoor:bpmn:1" id="d">'
    '<bpmn:process id="permit" name="ໃບອະນຸຍາດ" isExecutable="true">'
)
REVIEWS = ("law", "site", "fire")
LANES = {
    "front": ("officer", "centre", "take correct hand_over archive"),
    "back": ("ministry_officer", "authority", "check law site fire decide sign"),
    "system": ("system", "centre", "mark"),
}
TERMS = {"check": "P1D", "law": "P2D", "site": "P2D", "fire": "P2D", "decide": "P3D"}
ARROWS = (
    "start-take take-check check-fork fork-law fork-site fork-fire law-join site-join fire-join join-decide decide-decided "
    "decided-sign:approve decided-refused:refuse decided-correct correct-check sign-hand_over hand_over-archive archive-end "
    "mark-marked late-lapsed"
).split()
ROUND = ("check", "law", "site", "fire", "decide", "correct")
OUTCOMES = {"law": "agree", "site": "agree", "fire": "agree", "decide": "return"}
REASON = "ຊື່ບໍ່ຄົບ"


def process() -> str:
    """The BPMN text."""
    parts = [HEAD, '<bpmn:laneSet id="lanes">']
    for lane, (role, unit, nodes) in LANES.items():
        held = "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in nodes.split())
        about = f'onedoor:role="{role}" onedoor:unit="{unit}" onedoor:audience="{lane}"'
        parts.append(f'<bpmn:lane id="{lane}" {about}>{held}</bpmn:lane>')
    parts.append("</bpmn:laneSet>")
    parts += [
        '<bpmn:startEvent id="start"/>',
        '<bpmn:userTask id="take" onedoor:intake="true" onedoor:status="received"/>',
        f'<bpmn:userTask id="check" onedoor:status="in_progress" {_due("check")}/>',
        *(
            f'<bpmn:userTask id="{node}" onedoor:outcomes="agree object" onedoor:decision="separated" {_due(node)}/>'
            for node in REVIEWS
        ),
        '<bpmn:userTask id="decide" onedoor:outcomes="approve return refuse" onedoor:reasonFor="return refuse" '
        f'onedoor:decision="separated" {_due("decide")}/>',
        '<bpmn:userTask id="correct" onedoor:edits="true" onedoor:status="waiting_for_applicant"/>',
        '<bpmn:userTask id="sign"/><bpmn:userTask id="hand_over" onedoor:status="issued"/><bpmn:userTask id="archive"/>',
        '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>',
        '<bpmn:exclusiveGateway id="decided" default="decided-correct"/>',
        '<bpmn:serviceTask id="mark" onedoor:handler="cases.mark_overdue"/>',
        '<bpmn:endEvent id="end" onedoor:status="closed"/><bpmn:endEvent id="refused" onedoor:status="refused"/>',
        '<bpmn:endEvent id="marked"/><bpmn:endEvent id="lapsed" onedoor:status="withdrawn"/>',
        _border("late", "correct", "P30D", "true", "elapsed"),
        *(_border(f"term_{node}", node, term, "false", "office") for node, term in TERMS.items()),
        *(_arrow(arrow) for arrow in ARROWS),
        *(_arrow(f"term_{node}-mark") for node in TERMS),
        "</bpmn:process></bpmn:definitions>",
    ]
    return "".join(parts)


def _due(node: str) -> str:
    return f'onedoor:due="{TERMS[node]}" onedoor:calendar="office"'


def _border(id: str, node: str, term: str, stops: str, calendar: str) -> str:
    return (
        f'<bpmn:boundaryEvent id="{id}" attachedToRef="{node}" cancelActivity="{stops}" onedoor:calendar="{calendar}">'
        f"<bpmn:timerEventDefinition><bpmn:timeDuration>{term}</bpmn:timeDuration></bpmn:timerEventDefinition>"
        "</bpmn:boundaryEvent>"
    )


def _arrow(text: str) -> str:
    way, _, outcome = text.partition(":")
    source, _, target = way.partition("-")
    said = f'outcome = "{outcome}"'
    guard = f"<bpmn:conditionExpression>{said}</bpmn:conditionExpression>" if outcome else ""
    return (
        f'<bpmn:sequenceFlow id="{way}" sourceRef="{source}" targetRef="{target}">{guard}</bpmn:sequenceFlow>'
    )


def publish(code: str) -> Any:
    """Publish it as the next edition of a service of the pack; gives the edition."""
    from dataclasses import fields

    from onedoor.domain.catalogue import api as catalogue
    from onedoor.kernel.clock import now
    from onedoor.kernel.scope import Actor

    held = catalogue.service(code)
    same = "code name summary authority papers fees duration legal_basis result demonstration valid_from notice form".split()
    about = {field.name: getattr(held, field.name) for field in fields(held) if field.name in same}
    return catalogue.save_service(by=Actor.system(), at=now(), id=held.id, process=process(), **about)
