"""What is wrong with the lines of a fee for the questions of its form. No database, no clock."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod

from django.utils.translation import gettext_noop as _

from onedoor.domain.catalogue.rules.fees import ADDITIONS, Fee, FeeRow, grouped
from onedoor.domain.catalogue.rules.sentences import Sentence, sentence
from onedoor.domain.catalogue.rules.tables.additions import MOST_COMBINATIONS, addition_faults, overlaps
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
from onedoor.kernel.money import EXPONENTS, LARGEST


def line_faults(fee: Fee, asked: Mapping[str, Asked]) -> list[tuple[Where, Sentence]]:
    """What is wrong with the lines of one fee for the questions of its form: (place within the fee, sentence)."""
    faults: list[tuple[Where, Sentence]] = []
    seen: set[str] = set()
    for index, row in enumerate(fee.lines):
        at: Where = ("lines", index)
        if row.code in seen:
            faults.append(((*at, "code"), sentence(_("the line “%(code)s” stands twice"), code=row.code)))
        seen.add(row.code)
        for question, value in row.when.items():
            faults += choice_faults((*at, "when"), question, (value,), asked)
        for found in (
            _row_faults(row, asked),
            addition_faults(row, fee.lines[:index], asked),
            _money(row, fee),
        ):
            faults += [((*at, *where), said) for where, said in found]
    if faults or not fee.lines:
        return faults
    return [*(((), said) for said in _bare(fee, asked)), *overlaps(fee, asked)]


def _row_faults(row: FeeRow, asked: Mapping[str, Asked]) -> Faults:
    if missing_languages(row.name):
        yield ("name",), sentence(_("a line of a fee is named in every language"))
    if row.kind in ("fixed", "each") and not 0 < row.amount <= LARGEST:
        yield ("amount",), sentence(ABOVE, amount=row.amount)
    if row.kind == "choice":
        yield from _choices(row, asked)
    if row.kind in ("table", "each", "percent"):
        yield from _by_number(row, asked)
    if row.kind == "percent":
        if fault := share_fault(row.percent):
            yield ("percent",), fault
        yield from bound_faults(row)
    if row.kind == "each" and not 1 <= row.per <= LARGEST:
        yield ("per",), sentence(_("each counts 1 or more together, not %(per)s"), per=row.per)


def _choices(row: FeeRow, asked: Mapping[str, Asked]) -> Faults:
    yield from choice_faults(("by",), row.by, tuple(row.choices), asked)
    for choice in asked.get(row.by, Asked()).choices:
        if choice not in row.choices:
            pattern = _("no fee for “%(choice)s”: the fee table has a gap")
            yield ("choices",), sentence(pattern, choice=choice)
    for choice, amount in row.choices.items():
        if amount is not None and not 0 < amount <= LARGEST:
            yield ("choices", choice), sentence(ABOVE, amount=amount)


def _by_number(row: FeeRow, asked: Mapping[str, Asked]) -> Faults:
    held = asked.get(row.by)
    if held is None or held.least is None or held.most is None:
        pattern = _("“%(question)s” is not a question for a whole number with a least and a most")
        yield ("by",), sentence(pattern, question=row.by)
        return
    if not held.required:
        yield ("by",), unrequired(row.by)
    if row.kind == "table":
        yield from step_faults(row, held.least, held.most)


def _money(row: FeeRow, fee: Fee) -> Faults:
    if not row.currency or row.currency == fee.currency:
        return
    if row.currency not in EXPONENTS:
        yield ("currency",), sentence(_("“%(currency)s” is not a known currency"), currency=row.currency)
    elif row.currency != "LAK" and fee.currency != "LAK":
        pattern = _("a fee has one rate: a line is in kip or in the currency of the fee")
        yield ("currency",), sentence(pattern)
    elif fee.rate is None:
        pattern = _("a line in %(currency)s needs the rate of the fee in kip, with the day and the source")
        yield ("currency",), sentence(pattern, currency=row.currency)


def _bare(fee: Fee, asked: Mapping[str, Asked]) -> Iterator[Sentence]:
    """Answers for which no line of the fee is charged at all; more answers than can be looked through are a fault, too."""
    rows = [row for row in fee.lines if row.kind not in ADDITIONS]
    if any(not row.when for row in rows):
        return
    questions = sorted({question for row in rows for question in row.when})
    together = prod(len(asked[name].choices) for name in questions)
    if together > MOST_COMBINATIONS:
        pattern = _(
            "%(questions)s can be answered in %(together)s ways together, and gaps are looked for in %(most)s at the most:"
            " let a line hold always, or the lines go by fewer questions"
        )
        about = {"questions": ", ".join(questions), "most": grouped(MOST_COMBINATIONS)}
        yield sentence(pattern, together=grouped(together), **about)
        return
    for answers in _answers(questions, asked):
        if not any(all(answers[name] == value for name, value in row.when.items()) for row in rows):
            said = ", ".join(f"{name} = {value}" for name, value in answers.items())
            yield sentence(
                _("no line of the fee holds for %(answers)s: the fee table has a gap"), answers=said
            )


def _answers(questions: list[str], asked: Mapping[str, Asked]) -> Iterable[dict[str, str]]:
    for values in product(*(asked[name].choices for name in questions)):
        yield dict(zip(questions, values, strict=True))
