"""A draft of an older edition in the newer one's form: answers that fit are kept, the others are asked again."""

from collections.abc import Mapping
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

    Args:
        place: a unit's names by its code, for the words of answers that are lost.
    """
    before = {question.name: question for question in old.questions}
    held = old.settled(data)
    fitting = {
        question.name: held[question.name]
        for question in new.questions
        if question.name in held and _carries(before[question.name], question, held[question.name], today)
    }
    kept = new.settled(fitting)
    again = tuple(
        question
        for question in new.asked(kept)
        if question.name not in kept and (question.required or question.name in held)
    )
    lost = tuple(
        Lost(label=question.label, said=KINDS[question.kind].said(question, held[question.name], place))
        for question in old.questions
        if question.name in held and question.name not in kept
    )
    return Upgrade(data=kept, again=again, lost=lost)


def _carries(old: Question, new: Question, value: Any, today: date) -> bool:
    """Whether an answer means the same to both questions: the same kind, in the same measure, and nothing wrong with it."""
    kind = KINDS[new.kind]
    same = (old.kind, old.currency, old.unit_kind, dict(old.measure)) == (
        new.kind,
        new.currency,
        new.unit_kind,
        dict(new.measure),
    )
    if not (same and given(value) and kind.fits(new, value)):
        return False
    return not kind.faults(new, value, new.name, About(today))
