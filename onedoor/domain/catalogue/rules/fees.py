"""What the state charges, line by line: fixed, by a table, by a choice, each, or a share. No database, no clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from onedoor.kernel.i18n import Translated
from onedoor.kernel.money import LARGEST, Money, format_kip

FeeState = Literal["set", "free", "to_be_set"]
RowKind = Literal["fixed", "table", "choice", "each", "percent"]
FEE_STATES: tuple[FeeState, ...] = ("set", "free", "to_be_set")
ROW_KINDS: tuple[RowKind, ...] = ("fixed", "table", "choice", "each", "percent")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A stretch of a fee table: both ends belong to it; without ``upto`` it has no end."""

    start: int
    upto: int | None = None
    amount: int = 0


@dataclass(frozen=True, kw_only=True)
class FeeRow:
    """One line of a fee and how its amount is found.

    Args:
        code: names the line on receipts and in reports.
        kind: fixed (``amount``), table (``steps`` by a number), choice (``choices`` by an answer; None is to be set),
            each (``amount`` times a number), percent (``percent`` of a sum, rounded half up once).
        by: the question of the form whose answer counts.
        when: answers under which the line is charged at all.
        unit: what the number counts, for readers.
    """

    code: str
    name: Translated
    kind: RowKind = "fixed"
    amount: int = 0
    by: str = ""
    steps: tuple[Step, ...] = ()
    choices: Mapping[str, int | None] = field(default_factory=dict)
    percent: str = ""
    when: Mapping[str, str] = field(default_factory=dict)
    unit: Translated = field(default_factory=dict)
    law: Translated = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Fee:
    """What the state charges from a day on: set, free by a law that is cited, or to be set.

    A fee that is set has an ``amount``, or ``lines`` that find it from the answers of the form.
    ``valid_until`` is the first day on which it no longer applies.
    """

    state: FeeState
    amount: int = 0
    currency: str = "LAK"
    law: Translated = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""
    lines: tuple[FeeRow, ...] = ()

    @property
    def money(self) -> Money | None:
        """The amount, when it is set and the same for everyone."""
        return Money(self.amount, self.currency) if self.state == "set" and not self.lines else None

    @property
    def open(self) -> bool:
        """Whether all of it, or a part of it, is still to be set."""
        return self.state == "to_be_set" or any(None in row.choices.values() for row in self.lines)


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """One line that is charged: whole minor units, the law where it is known, and why it is this much."""

    code: str
    name: Translated
    amount: int
    currency: str = "LAK"
    law: Translated = field(default_factory=dict)
    because: Translated = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What an application costs: lines only when all of it is set."""

    state: FeeState
    lines: tuple[FeeLine, ...] = ()
    currency: str = "LAK"

    @property
    def total(self) -> int:
        """The sum of the lines in minor units."""
        return sum(line.amount for line in self.lines)


class Unanswered(ValueError):
    """A fee depends on an answer that is missing or outside its table; ``question`` names it."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


def fee_on(fees: tuple[Fee, ...], day: date) -> Fee:
    """The period that covers ``day``; *to be set* when none does."""
    for fee in fees:
        if (fee.valid_from is None or fee.valid_from <= day) and (
            fee.valid_until is None or day < fee.valid_until
        ):
            return fee
    return Fee(state="to_be_set")


def reckon(
    fee: Fee,
    answers: Mapping[str, Any],
    *,
    name: Translated,
    labels: Mapping[str, Mapping[str, Translated]] | None = None,
) -> Quote:
    """The lines of a fee for the answers of one application.

    Args:
        name: what a fee of one amount is called on the receipt (the service).
        labels: how the answers of choices are said, by question.
    Errors: Unanswered.
    """
    if fee.state != "set":
        return Quote(state=fee.state, currency=fee.currency)
    if not fee.lines:
        line = FeeLine(code="fee", name=name, amount=fee.amount, currency=fee.currency, law=fee.law)
        return Quote(state="set", lines=(line,), currency=fee.currency)
    lines = []
    for row in fee.lines:
        if not _applies(row, answers):
            continue
        found = _amount(row, answers, fee.currency, labels or {})
        if found is None:
            return Quote(state="to_be_set", currency=fee.currency)
        amount, because = found
        lines.append(
            FeeLine(
                code=row.code,
                name=row.name,
                amount=amount,
                currency=fee.currency,
                law=row.law or fee.law,
                because=because,
            )
        )
    return Quote(state="set", lines=tuple(lines), currency=fee.currency)


def least_of(fee: Fee) -> int:
    """The least that anybody pays: of lines that exclude each other the cheapest, without shares of a sum."""
    always = [row for row in fee.lines if not row.when]
    sometimes = [_least(row) for row in fee.lines if row.when]
    return sum(_least(row) for row in always) + (min(sometimes) if sometimes and not always else 0)


def _least(row: FeeRow) -> int:
    if row.kind == "table":
        return min((step.amount for step in row.steps), default=0)
    if row.kind == "choice":
        return min((amount for amount in row.choices.values() if amount is not None), default=0)
    return row.amount


def _applies(row: FeeRow, answers: Mapping[str, Any]) -> bool:
    for question, value in row.when.items():
        if not answers.get(question):
            raise Unanswered(question)
        if str(answers[question]) != value:
            return False
    return True


def _amount(
    row: FeeRow, answers: Mapping[str, Any], currency: str, labels: Mapping[str, Mapping[str, Translated]]
) -> tuple[int, Translated] | None:
    """The amount of a line and why; None when it is to be set."""
    if row.kind == "fixed":
        return row.amount, {}
    if row.kind == "choice":
        answer = str(answers.get(row.by) or "")
        if answer not in row.choices:
            raise Unanswered(row.by)
        amount = row.choices[answer]
        return None if amount is None else (amount, labels.get(row.by, {}).get(answer, {}))
    number = whole(answers.get(row.by))
    if number is None:
        raise Unanswered(row.by)
    if row.kind == "table":
        step = next(
            (one for one in row.steps if one.start <= number and (one.upto is None or number <= one.upto)),
            None,
        )
        if step is None:
            raise Unanswered(row.by)
        return step.amount, said_with(row, lambda language: stretch(step, language))
    if row.kind == "each":
        amount = row.amount * number
        because = said_with(
            row, lambda language: f"{grouped(number, language)} × {sum_said(row.amount, currency)}"
        )
    else:
        amount = Money(min(number, LARGEST), currency).share(Decimal(row.percent)).amount
        because = said_with(row, lambda _language: f"{row.percent} % × {sum_said(number, currency)}")
    if amount > LARGEST:
        raise Unanswered(row.by)
    return amount, because


def whole(answer: Any) -> int | None:
    """An answer as a whole number of 0 or more; None when it is none."""
    if isinstance(answer, bool):
        return None
    if isinstance(answer, int):
        return answer if 0 <= answer <= LARGEST else None
    text = str(answer or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 15 else None


def stretch(step: Step, language: str = "lo") -> str:
    """A stretch as people read it: 111–150, or > 200."""
    if step.upto is None:
        return f"> {grouped(step.start - 1, language)}"
    upto = grouped(step.upto, language)
    return f"≤ {upto}" if step.start <= 1 else f"{grouped(step.start, language)}–{upto}"


def grouped(number: int, language: str = "lo") -> str:
    """A whole number with the separators of the language: 10.000 in Lao, 10,000 in English."""
    return f"{number:,}".replace(",", "." if language == "lo" else ",")


def sum_said(amount: int, currency: str) -> str:
    """A sum in a line's reason, as the country writes it."""
    return format_kip(amount) if currency == "LAK" else f"{grouped(amount)} {currency}"


def said_with(row: FeeRow, words: Callable[[str], str]) -> Translated:
    """A reason in Lao and English, with the row's unit where it has one."""
    return {language: f"{words(language)} {row.unit.get(language, '')}".strip() for language in ("lo", "en")}
