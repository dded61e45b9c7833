"""What is wrong with lines that add to others or take off them: surcharges, exemptions, penalties. No database, no clock."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations, product
from math import prod
from typing import Any

from django.utils.translation import gettext_noop as _

from onedoor.domain.catalogue.rules.feel import ExpressionError
from onedoor.domain.catalogue.rules.fees import ADDITIONS, Fee, FeeRow, condition
from onedoor.domain.catalogue.rules.sentences import Sentence, sentence
from onedoor.domain.catalogue.rules.tables.asked import Asked
from onedoor.domain.catalogue.rules.tables.steps import (
    ABOVE,
    Faults,
    Where,
    bound_faults,
    choice_faults,
    share_fault,
    step_faults,
    unrequired,
)
from onedoor.kernel.i18n import missing_languages
from onedoor.kernel.money import LARGEST

MOST_COMBINATIONS = 4_096
MOST_SHARE = 1_000
MOST_PERIODS = 36_600
_NUMBER = re.compile(r"(?<![\w.])\d{1,15}(?![\w.])")


def addition_faults(row: FeeRow, before: tuple[FeeRow, ...], asked: Mapping[str, Asked]) -> Faults:
    """What is wrong with an addition for the lines before it and the questions of the form."""
    if row.kind != "penalty" and (row.most_percent or row.most_periods):
        yield ("kind",), sentence(_("only a penalty has a most by share or by periods"))
    if row.kind not in ADDITIONS:
        if row.where or row.of:
            yield (
                ("kind",),
                sentence(_("only a surcharge, an exemption or a penalty is a part of other lines")),
            )
        return
    known = {each.code for each in before}
    for code in row.of:
        if code not in known:
            yield ("of",), sentence(_("no line before this one is called “%(code)s”"), code=code)
    if not any(each.kind not in ADDITIONS for each in before):
        yield ("kind",), sentence(_("no line stands before this one that it could be a part of"))
    yield from _condition_faults(row, asked)
    yield from bound_faults(row)
    kinds = {"surcharge": _surcharge_faults, "exemption": _exemption_faults, "penalty": _penalty_faults}
    yield from kinds[row.kind](row, asked)


def _condition_faults(row: FeeRow, asked: Mapping[str, Asked]) -> Faults:
    if not row.where:
        return
    if lacking := missing_languages({key: said for key, said in row.where.items() if key != "if"}):
        pattern = _("the condition lacks words in: %(languages)s")
        yield ("where",), sentence(pattern, languages=", ".join(lacking))
    try:
        names = condition(row.where.get("if", "")).names
    except ExpressionError as fault:
        yield ("where",), sentence(_("the condition cannot be read: %(fault)s"), fault=fault)
        return
    for name in sorted({each.partition(".")[0] for each in names} - set(asked)):
        pattern = _("the condition reads “%(name)s”, which the form does not ask")
        yield ("where",), sentence(pattern, name=name)


def _surcharge_faults(row: FeeRow, asked: Mapping[str, Asked]) -> Faults:
    if not row.by:
        if not (row.when or row.where):
            pattern = _("a surcharge names the question or the condition by which it is taken")
            yield ("by",), sentence(pattern)
        yield from _amount_or_share(row, MOST_SHARE)
        return
    answers = (*row.choices, *row.percents)
    yield from choice_faults(("by",), row.by, tuple(dict.fromkeys(answers)), asked)
    for choice in asked.get(row.by, Asked()).choices:
        if choice not in answers:
            pattern = _("no surcharge for “%(choice)s” (0 is none): the fee table has a gap")
            yield ("choices",), sentence(pattern, choice=choice)
        elif choice in row.choices and choice in row.percents:
            pattern = _("“%(choice)s” has an amount and a share: the two overlap")
            yield ("choices", choice), sentence(pattern, choice=choice)
    for choice, amount in row.choices.items():
        if amount is not None and not 0 <= amount <= LARGEST:
            yield ("choices", choice), sentence(ABOVE, amount=amount)
    for choice, share in row.percents.items():
        if fault := share_fault(share, MOST_SHARE):
            yield ("percents", choice), fault


def _amount_or_share(row: FeeRow, most: int) -> Faults:
    if bool(row.amount) == bool(row.percent):
        yield ("amount",), sentence(_("say either an amount or a share in percent"))
    if not 0 <= row.amount <= LARGEST:
        yield ("amount",), sentence(ABOVE, amount=row.amount)
    if row.percent and (fault := share_fault(row.percent, most)):
        yield ("percent",), fault


def _exemption_faults(row: FeeRow, asked: Mapping[str, Asked]) -> Faults:
    if missing_languages(row.law):
        yield ("law",), sentence(_("nobody is exempt without a law: cite it in every language"))
    if not (row.when or row.where):
        pattern = _("an exemption says for whom it is; who is free as a whole is free by the fee's state")
        yield ("where",), sentence(pattern)
    if row.amount and row.percent:
        yield ("amount",), sentence(_("say either an amount or a share in percent"))
    if not 0 <= row.amount <= LARGEST:
        yield ("amount",), sentence(ABOVE, amount=row.amount)
    if row.percent and (fault := share_fault(row.percent)):
        yield ("percent",), fault


def _penalty_faults(row: FeeRow, asked: Mapping[str, Asked]) -> Faults:
    held = asked.get(row.by)
    if held is None or not held.date:
        pattern = _("“%(question)s” is not a question for a whole date")
        yield ("by",), sentence(pattern, question=row.by)
    elif not held.required:
        yield ("by",), unrequired(row.by)
    if row.steps and (row.amount or row.percent):
        pattern = _("a penalty goes by a table or by an amount: the two overlap")
        yield ("steps",), sentence(pattern)
    elif row.steps:
        yield from step_faults(row, 1, None)
    else:
        yield from _amount_or_share(row, MOST_SHARE)
    if not 1 <= row.per <= 366:
        yield ("per",), sentence(_("a penalty counts 1 to 366 days, months or years together"))
    if not 0 <= row.grace <= 3_660:
        yield ("grace",), sentence(_("0 to 3660 days are forgiven"))
    yield from _most_faults(row)


def _most_faults(row: FeeRow) -> Faults:
    """What is wrong with the most that a penalty comes to, as a share of its lines or in periods."""
    if not 0 <= row.most_periods <= MOST_PERIODS:
        yield ("most_periods",), sentence(_("a penalty counts at most 1 to 36600 periods"))
    if not row.most_percent:
        return
    if fault := share_fault(row.most_percent, MOST_SHARE):
        yield ("most_percent",), fault
    elif not share_fault(row.percent, MOST_SHARE) and Decimal(row.most_percent) < Decimal(row.percent):
        pattern = _("the most (%(most)s percent) is less than one period takes (%(percent)s percent)")
        yield ("most_percent",), sentence(pattern, most=row.most_percent, percent=row.percent)


def overlaps(fee: Fee, asked: Mapping[str, Asked]) -> Iterator[tuple[Where, Sentence]]:
    """Exemptions of the same line that hold for the same answers, with such answers."""
    rows = [(index, row) for index, row in enumerate(fee.lines) if row.kind == "exemption"]
    for (_first, one), (index, other) in combinations(rows, 2):
        if one.of and other.of and not set(one.of) & set(other.of):
            continue
        for answers in samples((one, other), asked) or ():
            if _holds(one, answers) and _holds(other, answers):
                said = ", ".join(f"{name} = {value}" for name, value in answers.items())
                pattern = _("the exemptions “%(one)s” and “%(other)s” overlap: both hold for %(answers)s")
                yield ("lines", index), sentence(pattern, one=one.code, other=other.code, answers=said)
                break


def unlooked(fee: Fee, asked: Mapping[str, Asked]) -> Iterator[tuple[Where, Sentence]]:
    """Exemptions of which nobody can say here whether they overlap."""
    rows = [(index, row) for index, row in enumerate(fee.lines) if row.kind == "exemption"]
    for (_first, one), (index, other) in combinations(rows, 2):
        if samples((one, other), asked) is None:
            pattern = _(
                "whether “%(one)s” and “%(other)s” overlap could not be looked through: look yourself"
            )
            yield ("lines", index), sentence(pattern, one=one.code, other=other.code)


def samples(rows: tuple[FeeRow, ...], asked: Mapping[str, Asked]) -> list[dict[str, Any]] | None:
    """Answers that tell the conditions of lines apart: choices, yes and no, numbers at and beside each number they name.

    None where a question takes other answers, or where there are too many together.
    """
    texts, names = [], {question for row in rows for question in row.when}
    for row in rows:
        if row.where:
            texts.append(row.where.get("if", ""))
            try:
                names |= set(condition(texts[-1]).names)
            except ExpressionError:
                return []
    numbers = {int(found) for text in texts for found in _NUMBER.findall(text)}
    values = {name: _values(asked.get(name), numbers) for name in sorted(names)}
    if any(not each for each in values.values()) or prod(map(len, values.values())) > MOST_COMBINATIONS:
        return None
    return [dict(zip(values, each, strict=True)) for each in product(*values.values())]


def _values(held: Asked | None, numbers: set[int]) -> list[Any]:
    if held is None:
        return []
    if held.choices:
        return list(held.choices)
    if held.flag:
        return [True, False]
    if held.least is None or held.most is None:
        return []
    near = {number + step for number in numbers for step in (-1, 0, 1)} | {held.least, held.most}
    return sorted(number for number in near if held.least <= number <= held.most)


def _holds(row: FeeRow, answers: Mapping[str, Any]) -> bool:
    if any(str(answers[question]) != value for question, value in row.when.items()):
        return False
    return not row.where or condition(row.where["if"]).holds(answers)
