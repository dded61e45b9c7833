"""A draft of an older edition in the newer one's form: answers that fit are kept, the others are asked again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from onedoor.domain.catalogue.rules.forms.form import Form
from onedoor.domain.catalogue.rules.forms.kinds import KINDS, About, Place
from onedoor.domain.catalogue.rules.forms.questions import Names, Question, given


@dataclass(frozen=True, kw_only=True)
class Lost:
    """An answer that the new form has no place for, in words: what was asked, what was said."""

    label: Names
    said: str


@dataclass(frozen=True, kw_only=True)
class Upgrade:
    """What becomes of a draft: the answers kept, the questions to be asked (again), the answers that have no place."""

    data: Mapping[str, Any]
    again: tuple[Question, ...]
    lost: tuple[Lost, ...]


def upgraded(old: Form, new: Form, data: Mapping[str, Any], *, today: date, place: Place) -> Upgrade:
    """Carry answers from one form to another; an answer that the new form would refuse is not carried.

    An answer goes to the question of its own name, else to the one that says that it had this name (``x-was``). Rows of a group
    are carried answer by answer.

    Args:
        place: a unit's names by its code, for the words of answers that are lost.
    """
    held = old.settled(data)
    sources = sources_of(old.questions, new.questions)
    before = {question.name: question for question in old.questions}
    fitting = {
        question.name: value
        for question in new.questions
        if (source := sources.get(question.name, "")) in held
        and given(value := _carried(before[source], question, held[source], today))
    }
    kept = new.settled(fitting)
    about = About(today)
    again = tuple(
        question
        for question in new.asked(kept)
        if KINDS[question.kind].faults(question, kept.get(question.name), question.name, about)
        or (question.name not in kept and sources.get(question.name) in held)
    )
    became = {sources[question.name]: question for question in new.questions if question.name in sources}
    lost = tuple(
        each
        for question in old.questions
        if question.name in held
        for each in _lost(question, held[question.name], became.get(question.name), kept, today, place)
    )
    return Upgrade(data=kept, again=again, lost=lost)


def sources_of(old: Iterable[Question], new: Iterable[Question]) -> dict[str, str]:
    """By which name each question of the new form was asked in the old one; those that are new are left out."""
    asked = {question.name for question in old}
    found = {}
    for question in new:
        source = next((name for name in (question.name, *question.was) if name in asked), None)
        if source is not None:
            found[question.name] = source
    return found


def _carried(old: Question, new: Question, value: Any, today: date) -> Any:
    """The answer as the new question has it; None when it does not mean the same there, or is wrong there."""
    same = (old.kind, old.currency, old.unit_kind, dict(old.measure)) == (
        new.kind,
        new.currency,
        new.unit_kind,
        dict(new.measure),
    )
    if not same:
        return None
    if new.kind == "group":
        return [row for row in _rows_carried(old, new, value, today) if row]
    kind = KINDS[new.kind]
    taken = kind.taken(new, value)
    if not (given(taken) and kind.fits(new, taken)):
        return None
    return None if kind.faults(new, taken, new.name, About(today)) else taken


def _rows_carried(old: Question, new: Question, rows: Any, today: date) -> list[dict[str, Any]]:
    """What fits of each row, in the order of the rows; of some it is nothing."""
    sources = sources_of(old.fields, new.fields)
    before = {each.name: each for each in old.fields}
    found = []
    for row in rows if isinstance(rows, list) else ():
        held = row if isinstance(row, Mapping) else {}
        fitting = {
            each.name: _carried(before[source], each, held[source], today)
            for each in new.fields
            if (source := sources.get(each.name, "")) in held
        }
        found.append({name: value for name, value in fitting.items() if given(value)})
    return found


def _lost(
    old: Question, value: Any, new: Question | None, kept: Mapping[str, Any], today: date, place: Place
) -> Iterator[Lost]:
    """What of an answer has no place any more; of a group, the answers of its rows."""
    if new is None or new.name not in kept:
        yield Lost(label=old.label, said=KINDS[old.kind].said(old, value, place))
    elif old.kind == "group":
        yield from _lost_in_rows(old, value, new, kept[new.name], today, place)


def _lost_in_rows(
    old: Question, rows: list[Mapping[str, Any]], new: Question, kept: Any, today: date, place: Place
) -> Iterator[Lost]:
    became = {source: name for name, source in sources_of(old.fields, new.fields).items()}
    stayed = iter(kept)
    for number, (row, fitting) in enumerate(
        zip(rows, _rows_carried(old, new, rows, today), strict=True), start=1
    ):
        there: Mapping[str, Any] = next(stayed) if fitting else {}
        for each in old.fields:
            if given(row.get(each.name)) and became.get(each.name) not in there:
                yield Lost(
                    label=_in_row(old, number, each),
                    said=KINDS[each.kind].said(each, row[each.name], place),
                )


def _in_row(group: Question, number: int, each: Question) -> Names:
    """How a question in a row of a group is called: “Children 2, name”."""
    return {
        language: f"{label} {number}, {each.label.get(language, '')}"
        for language, label in group.label.items()
    }
