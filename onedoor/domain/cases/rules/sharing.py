"""What the people of one visit need to say only once: it is offered, and an officer takes it over.

Two questions mean the same when they have one kind and one *meaning*. A household has in common where it lives, its
telephone, its family book, and the people of the family who are named by their part in it (mother, father, who informs).
A person who is here for several services has her own facts in common besides. Everything else is asked anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from onedoor.domain.catalogue.api import Form, Question, given

HOME = frozenset({"applicant", "informant", "residence", "family", "home", "household"})
PLACES = frozenset({"province", "district", "village", "address"})
FAMILY = frozenset({"mother", "father", "guardian", "informant", "household"})
HOUSEHOLD = {
    "family_book": "family_book",
    "book_number": "family_book",
    "family_book_number": "family_book",
    "house_unit": "house_unit",
    "house_number": "house_number",
    "residence_since": "residence_since",
    "head_name": "head_name",
}
OWN = frozenset(
    {"applicant_name", "birth_date", "sex", "nationality", "ethnicity", "national_id", "insured_number"}
    | {f"birth_{place}" for place in PLACES}
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """An application of the same visit: its form, what was said in it, and for whom of the visit."""

    case: UUID
    person: int
    form: Form
    data: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Shared:
    """An answer that was given in another application of the visit, for a question that is still empty in this one.

    ``words``: the answer as it is read out.
    """

    question: Question
    value: Any
    case: UUID
    words: str = ""


def shared(form: Form, data: Mapping[str, Any], *, person: int, said: Iterable[Said]) -> tuple[Shared, ...]:
    """What the earlier applications of a visit offer to one whose answers are ``data``, in the order of its form.

    Args:
        person: whose application it is among the people of the visit.
        said: the other applications; where several answer a question, the same person's goes first, then the earlier one.
    """
    nearest = sorted(said, key=lambda one: one.person != person)
    found = []
    for question in form.asked(data):
        if given(data.get(question.name)) or question.kind in ("file", "group"):
            continue
        for one in nearest:
            value = _answer(one, meaning(question.name, form, same=one.person == person), question, person)
            if given(value) and form.fits(question.name, value) and _chosen(question, value):
                found.append(Shared(question=question, value=value, case=one.case))
                break
    return tuple(found)


def _answer(one: Said, wanted: str, question: Question, person: int) -> Any:
    if not wanted:
        return None
    for asked in one.form.asked(one.data):
        if (
            asked.kind == question.kind
            and meaning(asked.name, one.form, same=one.person == person) == wanted
            and given(one.data.get(asked.name))
        ):
            return one.data[asked.name]
    return None


def _chosen(question: Question, value: Any) -> bool:
    """An answer by choice is offered only where the question has this choice."""
    return not question.choices or value in {code for code, _names in question.choices}


def meaning(name: str, form: Form, *, same: bool) -> str:
    """What a question asks for, in one word for all forms; empty when two people, or two services, answer it differently.

    Args:
        same: both applications are for the same person.
    """
    first, _, rest = name.partition("_")
    if form.applicant.get("phone") == name:
        return "phone"
    if first in HOME and rest in PLACES:
        return f"home_{rest}"
    if name in HOUSEHOLD:
        return HOUSEHOLD[name]
    if first in FAMILY and rest:
        return name
    return name if same and name in OWN else ""
