"""Writes small DMN files for tests."""

from collections.abc import Sequence
from html import escape
from typing import Any

from onedoor.domain.catalogue.rules.decisions import DecisionsRefused, compile

SPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def definitions(*inside: str, attributes: str = "") -> bytes:
    """A file around what is inside."""
    body = "\n".join(inside)
    return f'<definitions xmlns="{SPACE}" id="d" name="d" namespace="urn:t" {attributes}>\n{body}\n</definitions>'.encode()


def table(
    rules: Sequence[Sequence[str]],
    *,
    inputs: Sequence[tuple[str, ...]] = (("size", "number"),),
    outputs: Sequence[tuple[str, ...]] = (("level", "number"),),
    policy: str = "",
    id: str = "t",
    needs: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> str:
    """A decision with a table: columns as (name, type, allowed, default), rules as cells and then answers."""
    policy, _, aggregation = policy.partition("+")
    columns = "".join(_input(id, number, *each) for number, each in enumerate(inputs))
    columns += "".join(_output(id, number, *each) for number, each in enumerate(outputs))
    rows = ""
    for number, cells in enumerate(rules):
        entries = [f"<inputEntry>{_text(cell)}</inputEntry>" for cell in cells[: len(inputs)]]
        entries += [f"<outputEntry>{_text(cell)}</outputEntry>" for cell in cells[len(inputs) :]]
        note = f"<annotationEntry>{_text(notes[number])}</annotationEntry>" if number < len(notes) else ""
        rows += f'<rule id="{id}_r{number}">{"".join(entries)}{note}</rule>\n'
    wanted = f' hitPolicy="{policy}"' * bool(policy) + f' aggregation="{aggregation}"' * bool(aggregation)
    return decision(
        f'<decisionTable id="{id}_table"{wanted}>{columns}{rows}</decisionTable>', id=id, needs=needs
    )


def literal(text: str, *, id: str = "t", needs: Sequence[str] = (), type: str = "") -> str:
    """A decision with an expression."""
    return decision(
        f'<literalExpression typeRef="{type}">{_text(text)}</literalExpression>', id=id, needs=needs
    )


def decision(logic: str, *, id: str = "t", needs: Sequence[str] = ()) -> str:
    """A decision around its logic."""
    arrows = "".join(
        f'<informationRequirement><requiredDecision href="#{each}"/></informationRequirement>'
        for each in needs
    )
    return f'<decision id="{id}" name="{id}">{arrows}{logic}</decision>'


def faults(*inside: str, attributes: str = "") -> list[str]:
    """Why a file is refused, one line each; empty when it is not."""
    try:
        compile(definitions(*inside, attributes=attributes))
    except DecisionsRefused as refused:
        return [f"{place}: {reason}" for place, reason in refused.faults]
    return []


def value(xml: str, **facts: Any) -> Any:
    """What the only decision answers."""
    return compile(definitions(xml)).decide("t", facts).value


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"


def _input(id: str, number: int, name: str, type: str = "", allowed: str = "") -> str:
    values = f"<inputValues>{_text(allowed)}</inputValues>" if allowed else ""
    asked = f'<inputExpression typeRef="{type}">{_text(name)}</inputExpression>'
    return f'<input id="{id}_i{number}" label="{escape(name)}">{asked}{values}</input>'


def _output(id: str, number: int, name: str, type: str = "", allowed: str = "", default: str = "") -> str:
    values = f"<outputValues>{_text(allowed)}</outputValues>" if allowed else ""
    values += f"<defaultOutputEntry>{_text(default)}</defaultOutputEntry>" if default else ""
    return f'<output id="{id}_o{number}" name="{name}" typeRef="{type}">{values}</output>'
