"""One question as the file has it: its kind, its words, what the kind needs, and what is missing or cannot be."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeGuard

from onedoor.domain.catalogue.rules.forms.conditions import Fault, read_condition
from onedoor.domain.catalogue.rules.forms.kinds import KINDS, NOT_IN_ROWS
from onedoor.domain.catalogue.rules.forms.kinds.amounts import places_of
from onedoor.domain.catalogue.rules.forms.questions import (
    LONGEST,
    MOST_ROWS,
    PARTS,
    SCRIPTS,
    Names,
    Question,
)
from onedoor.kernel.money import EXPONENTS

# What JSON Schema has to call the answers of a kind; the others are texts.
TYPES = {
    "person-name": "object",
    "address": "object",
    "multi-choice": "array",
    "group": "array",
    "yes-no": "boolean",
    "number": "integer",
    "money": "integer",
}
# The kind of a question that names none.
PLAIN = {"integer": "number", "number": "number", "boolean": "yes-no"}
MOST_PLACES = 6
UNITS = ("province", "district")


def mapping(value: Any, place: str, faults: list[Fault]) -> Mapping[str, Any]:
    """What stands at a place where names lead to values; nothing, with a fault, when something else does."""
    if value and not isinstance(value, Mapping):
        faults.append((place, "names with values are expected here"))
    return value if isinstance(value, Mapping) else {}


def spoken(value: Any, place: str, faults: list[Fault]) -> dict[str, str]:
    """Words in every language."""
    words = value if isinstance(value, Mapping) else {}
    for language in SCRIPTS:
        if not words.get(language):
            faults.append((place, f"words are missing in {language}"))
    return {language: str(words.get(language, "")) for language in SCRIPTS}


def read_question(name: str, held: Any, *, required: bool, place: str, faults: list[Fault]) -> Question:
    """A question; what is wrong with it is added to ``faults``."""
    held = held if isinstance(held, Mapping) else {}
    kind = str(
        held.get("x-field") or ("choice" if "enum" in held else PLAIN.get(str(held.get("type")), "text"))
    )
    if kind not in KINDS:
        faults.append((place, f"no kind of question is called “{kind}”"))
        kind = "text"
    elif not _typed_as(kind, held):
        faults.append(
            (place, f"answers to a question of the kind {kind} are of the type {TYPES.get(kind, 'string')}")
        )
    if not name.isidentifier():
        faults.append((place, "a question's name is made of letters, digits and underscores"))
    when = read_condition(held.get("x-when"), f"{place}.x-when", faults)
    exact = kind == "number" and held.get("type") == "number"
    least, most, step = (_decimal_ends if exact else _ends)(kind, held, place, faults)
    return Question(
        name=name,
        kind=kind,
        label=spoken(held.get("x-label"), f"{place}.x-label", faults),
        help=_words(held, "x-help", place, faults),
        required=required or held.get("x-required") is True,
        when=when,
        choices=_choices(kind, held, place, faults),
        unit_kind=_unit(kind, held, place, faults),
        longest=min(int(held.get("maxLength", LONGEST)), LONGEST),
        not_after_today=held.get("x-not-after") == "today",
        partial=_partial(kind, held, place, faults),
        least=least,
        most=most,
        currency=_currency(kind, held, place, faults),
        measure=_words(held, "x-measure", place, faults),
        fields=_fields(kind, held, place, faults),
        was=_was(held, place, faults),
        places=places_of(step) if exact else 0,
        step=step,
    )


def rename_faults(questions: Iterable[Question], place: str) -> Iterator[Fault]:
    """Earlier names that cannot be told apart: one that is asked now, or one that two questions had."""
    asked = list(questions)
    names, taken = {each.name for each in asked}, set[str]()
    for each in asked:
        for name in each.was:
            if name in names:
                yield f"{place}.{each.name}.x-was", f"“{name}” is asked now: it is no earlier name"
            elif name in taken:
                yield f"{place}.{each.name}.x-was", f"“{name}” is the earlier name of two questions"
            taken.add(name)


def _was(held: Mapping[str, Any], place: str, faults: list[Fault]) -> tuple[str, ...]:
    """The names that a question had in earlier editions."""
    said = held.get("x-was", ())
    names = [said] if isinstance(said, str) else said
    if isinstance(names, list | tuple) and all(
        isinstance(name, str) and name.isidentifier() for name in names
    ):
        return tuple(names)
    faults.append((f"{place}.x-was", "the earlier name of a question, or a list of them"))
    return ()


def _words(held: Mapping[str, Any], key: str, place: str, faults: list[Fault]) -> Names:
    return spoken(held[key], f"{place}.{key}", faults) if held.get(key) else {}


def _choices(
    kind: str, held: Mapping[str, Any], place: str, faults: list[Fault]
) -> tuple[tuple[str, Names], ...]:
    if kind not in ("choice", "multi-choice"):
        return ()
    inside = mapping(held.get("items"), f"{place}.items", faults) if kind == "multi-choice" else held
    labels = mapping(held.get("x-labels"), f"{place}.x-labels", faults)
    values = [str(value) for value in inside.get("enum") or ()]
    if not values:
        faults.append((place, "a choice without answers"))
    return tuple((value, spoken(labels.get(value), f"{place}.x-labels.{value}", faults)) for value in values)


def _typed_as(kind: str, held: Mapping[str, Any]) -> bool:
    """Whether JSON Schema calls the answers what they are; a number may have decimals."""
    called, right = held.get("type"), TYPES.get(kind, "string")
    return called in (None, right) or (kind == "number" and called == "number")


def _ends(kind: str, held: Mapping[str, Any], place: str, faults: list[Fault]) -> tuple[int, int, Decimal]:
    step = Decimal(1)
    if kind == "group":
        least, most = held.get("minItems", 0), held.get("maxItems")
        if _whole(least) and _whole(most) and least <= most <= MOST_ROWS and most > 0:
            return least, most, step
        faults.append((place, f"a group has maxItems, at most {MOST_ROWS}"))
        return 0, 0, step
    if kind not in ("number", "money"):
        return 0, 0, step
    least, most = held.get("minimum"), held.get("maximum")
    if held.get("type") == "integer" and _whole(least) and _whole(most) and least <= most:
        return least, most, step
    faults.append((place, "a number is an integer with a least and a most of up to 15 digits"))
    return 0, 0, step


def _decimal_ends(
    kind: str, held: Mapping[str, Any], place: str, faults: list[Fault]
) -> tuple[Decimal, Decimal, Decimal]:
    """The ends and the step of a number with decimals; a file's numbers are read by their digits, as they are written."""
    least, most, step = (_decimal(held.get(key)) for key in ("minimum", "maximum", "multipleOf"))
    if least is None or most is None or not least <= most:
        faults.append((place, "a number with decimals has a minimum and a maximum of up to 15 digits"))
        least = most = Decimal(0)
    if step is None or not step % 1 or step > 1:
        faults.append(
            (f"{place}.multipleOf", f"the step of its decimals, such as 0.01; at most {MOST_PLACES} of them")
        )
        step = Decimal("0.01")
    return least, most, step


def _decimal(value: Any) -> Decimal | None:
    """A number of a file by its digits: what JSON calls 0.01 is 0.01 here."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = Decimal(repr(value))
    fits = number.is_finite() and 0 <= number < 10**15 and places_of(number) <= MOST_PLACES
    return number if fits else None


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15


def _unit(kind: str, held: Mapping[str, Any], place: str, faults: list[Fault]) -> str:
    if kind != "unit":
        return ""
    named = str(held.get("x-unit") or "district")
    if named not in UNITS:
        faults.append((f"{place}.x-unit", f"“{named}” is none of {', '.join(UNITS)}"))
    return named


def _partial(kind: str, held: Mapping[str, Any], place: str, faults: list[Fault]) -> bool:
    partial = held.get("x-partial") is True
    if partial and (kind != "date" or "format" in held):
        faults.append((place, "x-partial is for a date without a format: its answers may be a year alone"))
    return partial


def _currency(kind: str, held: Mapping[str, Any], place: str, faults: list[Fault]) -> str:
    if kind != "money":
        return ""
    named = str(held.get("x-currency") or "LAK")
    if named not in EXPONENTS:
        faults.append((f"{place}.x-currency", f"“{named}” is none of {', '.join(EXPONENTS)}"))
        return "LAK"
    return named


def _fields(kind: str, held: Mapping[str, Any], place: str, faults: list[Fault]) -> tuple[Question, ...]:
    if kind in PARTS:
        inside = mapping(held.get("properties"), place, faults)
        if inside and set(inside) != set(PARTS[kind]):
            faults.append((place, f"its parts are {', '.join(PARTS[kind])}"))
    if kind != "group":
        return ()
    items = mapping(held.get("items"), f"{place}.items", faults)
    inside = mapping(items.get("properties"), f"{place}.items", faults)
    if not inside:
        faults.append((f"{place}.items", "a group asks at least one question"))
    required = items.get("required")
    needed = set(required) if isinstance(required, list) else set()
    # The database keeps no order of names, so the form says it.
    order = held.get("x-order", list(inside) if len(inside) < 2 else None)
    if not isinstance(order, list) or sorted(map(str, order)) != sorted(inside):
        faults.append((f"{place}.x-order", "a group names all its questions in their order"))
        order = list(inside)
    found = []
    for name, each in ((name, inside[name]) for name in order):
        here = f"{place}.items.properties.{name}"
        question = read_question(name, each, required=name in needed, place=here, faults=faults)
        if question.kind in NOT_IN_ROWS:
            faults.append((here, f"a row of a group asks no question of the kind {question.kind}"))
        if question.when is not None and name in needed:
            faults.append((here, "is not asked of everybody: write x-required at the question"))
        found.append(question)
    faults += rename_faults(found, f"{place}.items.properties")
    return tuple(found)
