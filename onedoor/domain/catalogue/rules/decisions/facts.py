"""What the decisions of a service may read: the answers of its form, and how the last step of a case ended."""

from collections.abc import Iterator, Mapping
from typing import Any

from onedoor.domain.catalogue.rules.decisions.compiler import Decisions
from onedoor.domain.catalogue.rules.decisions.constants import constants_of, value_of
from onedoor.domain.catalogue.rules.decisions.model import Fault, Input, Place, Table
from onedoor.domain.catalogue.rules.decisions.types import IN_WORDS, in_words
from onedoor.domain.catalogue.rules.feel import Kind, kind_of, said
from onedoor.domain.catalogue.rules.feel.syntax import Name

FACTS = ("outcome", "decision", "form")
TODAY = "today"
_ANSWERS: dict[str, Kind] = {
    "integer": "number",
    "number": "number",
    "string": "text",
    "boolean": "truth",
    "array": "list",
    "object": "context",
}
_FROM_TEXT = ("text", "date", "moment", "span", "months")


def unreadable(decisions: Decisions, questions: Mapping[str, Any], *, advises: str = "") -> list[Fault]:
    """What no case can give, by the decision, and the column, that asks for it.

    Args:
        questions: the ``properties`` of the service's form.
        advises: the decision that says who may apply: it reads what is asked before there is a case, and the day.
    """
    faults = []
    first = decisions.deciding(advises)
    for name in decisions.names:
        if name in first:
            place = Place(name, line=decisions.named(name).line)
            faults += [(place, reason) for reason in _unasked(decisions.needs(name), questions)]
            continue
        for read in sorted(decisions.needs(name)):
            head, *rest = read.split(".")
            if head not in FACTS:
                faults.append((Place(name), f"nothing is called “{read}”; it may read {', '.join(FACTS)}"))
            elif head == "form" and rest and rest[0] not in questions:
                faults.append((Place(name), f"it reads “{read}”, and the form has no question “{rest[0]}”"))
    for table in decisions.tables:
        for at, column in enumerate(table.inputs):
            faults += _answered(table, at, column, questions)
    return list(dict.fromkeys(faults))


def _unasked(needs: frozenset[str], questions: Mapping[str, Any]) -> Iterator[str]:
    """What is not asked before an application is received."""
    for read in sorted(needs):
        head, *rest = read.split(".")
        if head == "form" and rest and rest[0] not in questions:
            yield f"it reads “{read}”, which is not asked before the visit: the form has no question “{rest[0]}”"
        elif head not in ("form", TODAY) or head == "form" and not rest:
            yield f"it reads “{read}”, which is not asked before the visit; it may read form.… and {TODAY}"


def _answered(table: Table, at: int, column: Input, questions: Mapping[str, Any]) -> Iterator[Fault]:
    """A column that asks a question of the form compares it with what that question can answer."""
    node = column.expression.node
    question = (
        node.path[1] if isinstance(node, Name) and len(node.path) == 2 and node.path[0] == "form" else ""
    )
    about = questions.get(question)
    kind = _ANSWERS.get(str(about.get("type"))) if isinstance(about, Mapping) else None
    if kind is None or not isinstance(about, Mapping):
        return
    taken = _FROM_TEXT if kind == "text" else (kind,)
    if column.type.kind is not None and column.type.kind not in taken:
        reason = f"“{question}” is answered by {IN_WORDS[kind]}, the column expects {in_words(column.type)}"
        yield table.place(None, column), reason
        return
    choices = about.get("enum")
    for rule in table.rules:
        place = table.place(rule, column)
        for condition in rule.cells[at].cell.items:
            for value in constants_of(condition) or ():
                if value is not None and kind_of(value) not in taken:
                    yield (
                        place,
                        f"{said(value)} is compared with “{question}”, which is answered by {IN_WORDS[kind]}",
                    )
                elif (
                    choices
                    and isinstance(value, str)
                    and value_of(condition.value) == value
                    and value not in choices
                ):
                    yield place, f"{said(value)} is no answer to “{question}”: {', '.join(map(str, choices))}"
