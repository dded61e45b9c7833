"""What is wrong with a fee: periods that leave a gap, tables that leave a value uncovered. No database, no clock."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import product
from math import prod
from typing import Any

from onedoor.domain.catalogue.rules.fees import Fee, FeeRow, grouped
from onedoor.kernel.i18n import missing_languages
from onedoor.kernel.money import LARGEST

MOST_COMBINATIONS = 4_096
Where = tuple[str | int, ...]


@dataclass(frozen=True)
class Asked:
    """What a question of the form can be answered with: choices, or whole numbers from least to most."""

    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    required: bool = False


def asked_in(form: Mapping[str, Any]) -> dict[str, Asked]:
    """The questions of a form that a fee can go by."""
    properties, required = form.get("properties"), form.get("required")
    needed = set(required) if isinstance(required, list) else set()
    found = {}
    for name, held in (properties if isinstance(properties, Mapping) else {}).items():
        if not isinstance(held, Mapping):
            continue
        choices, least, most = held.get("enum"), held.get("minimum"), held.get("maximum")
        number = held.get("type") == "integer" and isinstance(least, int) and isinstance(most, int)
        found[name] = Asked(
            choices=tuple(str(one) for one in choices) if isinstance(choices, list) else (),
            least=least if number else None,
            most=most if number else None,
            required=name in needed,
        )
    return found


def fee_faults(fees: tuple[Fee, ...]) -> list[tuple[int, str]]:
    """What is wrong with a fee table: (index of the period, sentence). Periods are in order of time."""
    faults: list[tuple[int, str]] = []
    for index, fee in enumerate(fees):
        if fee.amount < 0:
            faults.append((index, f"the fee is negative: {fee.amount}"))
        if fee.state == "set" and fee.amount == 0 and not fee.lines:
            faults.append((index, "a fee that is set needs an amount above 0"))
        if fee.lines and (fee.state != "set" or fee.amount):
            faults.append((index, "only a fee that is set, and has no amount of its own, has lines"))
        if fee.state != "set" and fee.amount:
            faults.append((index, f"a fee that is {fee.state} has no amount"))
        if fee.state == "free" and missing_languages(fee.law):
            faults.append((index, "a service is free only by a law: cite it in every language"))
        if fee.valid_from and fee.valid_until and fee.valid_until <= fee.valid_from:
            faults.append((index, f"the period ends ({fee.valid_until}) before it begins ({fee.valid_from})"))
        if index:
            faults.extend(_seam(index, fees[index - 1], fee))
    return faults


def _seam(index: int, before: Fee, after: Fee) -> list[tuple[int, str]]:
    if after.valid_from is None:
        return [(index, "a later fee period needs its first day")]
    if before.valid_until is None or before.valid_until > after.valid_from:
        return [(index, f"the fee period from {after.valid_from} overlaps the one before it")]
    if before.valid_until < after.valid_from:
        return [(index, f"no fee from {before.valid_until} to {after.valid_from}: the fee table has a gap")]
    return []


def line_faults(fee: Fee, asked: Mapping[str, Asked]) -> list[tuple[Where, str]]:
    """What is wrong with the lines of one fee for the questions of its form: (place within the fee, sentence)."""
    faults: list[tuple[Where, str]] = []
    seen: set[str] = set()
    for index, row in enumerate(fee.lines):
        at: Where = ("lines", index)
        if row.code in seen:
            faults.append(((*at, "code"), f"the line “{row.code}” stands twice"))
        seen.add(row.code)
        for question, value in row.when.items():
            faults += _choice_faults((*at, "when"), question, (value,), asked)
        faults += [((*at, *where), sentence) for where, sentence in _row_faults(row, asked)]
    return faults or [((), sentence) for sentence in (_bare(fee, asked) if fee.lines else ())]


def _row_faults(row: FeeRow, asked: Mapping[str, Asked]) -> Iterator[tuple[Where, str]]:
    if missing_languages(row.name):
        yield ("name",), "a line of a fee is named in every language"
    if row.kind in ("fixed", "each") and not 0 < row.amount <= LARGEST:
        yield ("amount",), f"the amount must be above 0: {row.amount}"
    if row.kind == "choice":
        yield from _choice_faults(("by",), row.by, tuple(row.choices), asked)
        for choice in asked.get(row.by, Asked()).choices:
            if choice not in row.choices:
                yield ("choices",), f"no fee for “{choice}”: the fee table has a gap"
        for choice, amount in row.choices.items():
            if amount is not None and not 0 < amount <= LARGEST:
                yield ("choices", choice), f"the amount must be above 0: {amount}"
    if row.kind in ("table", "each", "percent"):
        held = asked.get(row.by)
        if held is None or held.least is None or held.most is None:
            yield ("by",), f"“{row.by}” is not a question for a whole number with a least and a most"
            return
        if not held.required:
            yield ("by",), f"the question “{row.by}” must be a required one: the fee goes by it"
        if row.kind == "table":
            yield from _step_faults(row, held.least, held.most)
    if row.kind == "percent" and not _is_share(row.percent):
        yield ("percent",), f"“{row.percent}” is not a share in percent, such as 2 or 0.5"


def _choice_faults(
    where: Where, question: str, values: tuple[str, ...], asked: Mapping[str, Asked]
) -> list[tuple[Where, str]]:
    held = asked.get(question)
    if held is None or not held.choices:
        return [(where, f"“{question}” is not a choice of the form")]
    faults: list[tuple[Where, str]] = []
    if not held.required:
        faults.append((where, f"the question “{question}” must be a required one: the fee goes by it"))
    faults += [
        (where, f"“{value}” is no answer of “{question}”") for value in values if value not in held.choices
    ]
    return faults


def _step_faults(row: FeeRow, least: int, most: int) -> Iterator[tuple[Where, str]]:
    following: int | None = least
    for index, step in enumerate(row.steps):
        at: Where = ("steps", index)
        if not 0 < step.amount <= LARGEST:
            yield at, f"the amount must be above 0: {step.amount}"
        if step.upto is not None and step.upto < step.start:
            yield at, f"the step ends ({step.upto}) before it begins ({step.start})"
            return
        if following is None or (index and step.start < following):
            yield at, f"the step from {grouped(step.start)} overlaps the one before it"
            return
        if step.start > following:
            yield (
                at,
                f"no fee from {grouped(following)} to {grouped(step.start - 1)}: the fee table has a gap",
            )
        following = None if step.upto is None else step.upto + 1
    if following is not None and following <= most:
        yield ("steps",), f"no fee from {grouped(following)} to {grouped(most)}: the fee table has a gap"


def _is_share(text: str) -> bool:
    try:
        return Decimal(0) < Decimal(text) <= 100
    except InvalidOperation:
        return False


def _bare(fee: Fee, asked: Mapping[str, Asked]) -> Iterator[str]:
    """Answers for which no line of the fee is charged at all; more answers than can be looked through are a fault, too."""
    if any(not row.when for row in fee.lines):
        return
    questions = sorted({question for row in fee.lines for question in row.when})
    together = prod(len(asked[name].choices) for name in questions)
    if together > MOST_COMBINATIONS:
        yield (
            f"{', '.join(questions)} can be answered in {grouped(together)} ways together, and gaps are looked for in"
            f" {grouped(MOST_COMBINATIONS)} at the most: let a line hold always, or the lines go by fewer questions"
        )
        return
    for answers in _answers(questions, asked):
        if not any(all(answers[name] == value for name, value in row.when.items()) for row in fee.lines):
            said = ", ".join(f"{name} = {value}" for name, value in answers.items())
            yield f"no line of the fee holds for {said}: the fee table has a gap"


def _answers(questions: list[str], asked: Mapping[str, Asked]) -> Iterable[dict[str, str]]:
    for values in product(*(asked[name].choices for name in questions)):
        yield dict(zip(questions, values, strict=True))
