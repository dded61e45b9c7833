"""Which questions are asked: a condition reads answers that were given before it, so the order of the form decides."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onedoor.domain.catalogue.rules.feel import ExpressionError, compile_expression
from onedoor.domain.catalogue.rules.forms.kinds import KINDS, ROWS
from onedoor.domain.catalogue.rules.forms.questions import SCRIPTS, Condition, Question, Section, given

Fault = tuple[str, str]
_UNTIL = "is not asked before this"


def read_condition(held: Any, place: str, faults: list[Fault]) -> Condition | None:
    """A condition as the file has it: ``if`` (S-FEEL over answers) and the same in words of each language."""
    if held is None:
        return None
    if not isinstance(held, Mapping) or not isinstance(held.get("if"), str):
        faults.append((place, "a condition has “if” and the same in words"))
        return None
    for language in SCRIPTS:
        if not isinstance(held.get(language), str) or not held[language]:
            faults.append((place, f"words are missing in {language}"))
    try:
        found = compile_expression(held["if"])
    except ExpressionError as fault:
        faults.append((f"{place}.if", str(fault)))
        return None
    return Condition(
        source=held["if"],
        names=frozenset(name.partition(".")[0] for name in found.names),
        words={language: str(held.get(language) or "") for language in SCRIPTS},
        holds=found.holds,
    )


def order_faults(sections: Sequence[Section]) -> Iterator[Fault]:
    """Conditions that read what is asked later, or never: (place, reason)."""
    asked: set[str] = set()
    for section in sections:
        if section.when:
            yield from (
                (f"x-sections.{section.id}.x-when", f"“{name}” {_UNTIL}")
                for name in sorted(section.when.names - asked)
            )
        for question in section.questions:
            if question.when:
                yield from (
                    (f"properties.{question.name}.x-when", f"“{name}” {_UNTIL}")
                    for name in sorted(question.when.names - asked)
                )
            yield from _row_faults(question)
            asked.add(question.name)


def _row_faults(group: Question) -> Iterator[Fault]:
    before: set[str] = set()
    for each in group.fields:
        if each.when:
            yield from (
                (f"properties.{group.name}.items.properties.{each.name}.x-when", f"“{name}” {_UNTIL}")
                for name in sorted(each.when.names - before)
            )
        before.add(each.name)


def asked_by(
    sections: Sequence[Section], data: Mapping[str, Any]
) -> Iterator[tuple[Section, list[Question]]]:
    """The sections that are shown for these answers, each with its questions that are; both may be none."""
    known: dict[str, Any] = {}
    for section in sections:
        if section.when is not None and not section.when.holds(known):
            continue
        shown = []
        for question in section.questions:
            if question.when is not None and not question.when.holds(known):
                continue
            shown.append(question)
            if given(value := data.get(question.name)):
                known[question.name] = KINDS[question.kind].known(question, value)
        yield section, shown


def settled(sections: Sequence[Section], data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to what is asked; those of hidden questions are dropped, also within the rows of a group."""
    return {
        question.name: _rows_settled(question, data[question.name])
        if question.fields
        else data[question.name]
        for _section, shown in asked_by(sections, data)
        for question in shown
        if given(data.get(question.name))
    }


def _rows_settled(group: Question, rows: Any) -> Any:
    if not isinstance(rows, list) or not any(each.when for each in group.fields):
        return rows
    return [_row_settled(group, row) if isinstance(row, Mapping) else row for row in rows]


def _row_settled(group: Question, row: Mapping[str, Any]) -> dict[str, Any]:
    hidden: set[str] = set()
    said = ROWS.row_known(group, row)
    for each in group.fields:
        known = {name: value for name, value in said.items() if name not in hidden}
        if each.when is not None and not each.when.holds(known):
            hidden.add(each.name)
    return {name: value for name, value in row.items() if name not in hidden}


def deciding(sections: Sequence[Section]) -> frozenset[str]:
    """The questions whose answers show or hide others."""
    conditions = [section.when for section in sections]
    conditions += [question.when for section in sections for question in section.questions]
    return frozenset(name for condition in conditions if condition for name in condition.names)
