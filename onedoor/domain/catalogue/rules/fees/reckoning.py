"""What the answers of one application come to, line by line, by the table of a day. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import ceil
from typing import Any

from onedoor.domain.catalogue.rules.feel import Expression, ExpressionError, compile_expression
from onedoor.domain.catalogue.rules.fees import saying
from onedoor.domain.catalogue.rules.fees.lateness import begun
from onedoor.domain.catalogue.rules.fees.model import (
    ADDITIONS,
    Fee,
    FeeLine,
    FeeRow,
    Original,
    Quote,
    Step,
    Unanswered,
)
from onedoor.kernel.i18n import Translated
from onedoor.kernel.money import EXPONENTS, LARGEST, Money

Labels = Mapping[str, Mapping[str, Translated]]
Found = tuple[int, Translated] | None


@dataclass(frozen=True)
class Asking:
    """One application: its answers, how its choices are said, the day that counts, and the lines found so far.

    ``left`` is how much of each line no exemption has taken off yet.
    """

    answers: Mapping[str, Any]
    labels: Labels
    on: date | None
    lines: tuple[FeeLine, ...] = ()
    left: Mapping[str, int] = field(default_factory=dict)

    def with_line(self, line: FeeLine, *, off: Sequence[str]) -> "Asking":
        """The same with one line more; an exemption takes its sum off the lines ``off`` in their order."""
        left = dict(self.left)
        if line.kind == "exemption":
            still = -line.amount
            for code in off:
                taken = min(still, left.get(code, 0))
                left[code], still = left.get(code, 0) - taken, still - taken
        else:
            left[line.code] = line.amount
        return replace(self, lines=(*self.lines, line), left=left)


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
    labels: Labels | None = None,
    on: date | None = None,
) -> Quote:
    """The lines of a fee for the answers of one application.

    Args:
        name: what a fee of one amount is called on the receipt (the service).
        labels: how the answers of choices are said, by question.
        on: the day to which a penalty counts.
    Errors: Unanswered.
    """
    charged = "LAK" if fee.rate else fee.currency
    if fee.state != "set":
        return Quote(state=fee.state, currency=charged, since=fee.valid_from)
    rows = fee.lines or (FeeRow(code="fee", name=name, amount=fee.amount),)
    asking = Asking(answers, labels or {}, on)
    for row in rows:
        if not _applies(row, answers):
            continue
        found = _found(row, fee, asking)
        if found is None:
            return Quote(state="to_be_set", currency=charged, since=fee.valid_from)
        line = _within_share(row, _line(row, fee, *found), asking)
        if line.amount or row.kind not in ("surcharge", "penalty"):
            asking = asking.with_line(line, off=[each.code for each in _parts(row, asking)])
    return Quote(state="set", lines=asking.lines, currency=charged, since=fee.valid_from)


def least_of(fee: Fee) -> int:
    """The least that anybody pays: of lines that exclude each other the cheapest, without shares of a sum, in the fee's money."""
    rows = [row for row in fee.lines if row.kind not in ADDITIONS]
    always = [row for row in rows if not row.when]
    sometimes = [_least(row) for row in rows if row.when]
    return sum(_least(row) for row in always) + (min(sometimes) if sometimes and not always else 0)


def _least(row: FeeRow) -> int:
    if row.kind == "table":
        return min((step.amount for step in row.steps), default=0)
    if row.kind == "choice":
        return min((amount for amount in row.choices.values() if amount is not None), default=0)
    return row.floor if row.kind == "percent" else row.amount


def fee_questions(fee: Fee) -> frozenset[str]:
    """The questions of the form by which a fee goes; those of a condition that cannot be read are left out."""
    found = {name for row in fee.lines for name in (row.by, *row.when) if name}
    for row in fee.lines:
        try:
            found |= (
                {name.partition(".")[0] for name in condition(row.where["if"]).names} if row.where else set()
            )
        except (ExpressionError, KeyError):
            continue
    return frozenset(found)


@lru_cache(maxsize=512)
def condition(text: str) -> Expression:
    """A compiled condition of an addition. Raises ExpressionError."""
    return compile_expression(text)


def _applies(row: FeeRow, answers: Mapping[str, Any]) -> bool:
    for question, value in row.when.items():
        if not answers.get(question):
            raise Unanswered(question)
        if str(answers[question]) != value:
            return False
    return not row.where or condition(row.where["if"]).holds(answers)


def _line(row: FeeRow, fee: Fee, amount: int, because: Translated) -> FeeLine:
    """The line in the money in which it is charged; what was set in another keeps that beside it."""
    line = FeeLine(
        code=row.code,
        name=row.name,
        amount=amount,
        currency=fee.currency,
        law=row.law or fee.law,
        because=because,
        kind=row.kind,
    )
    currency = fee.currency_of(row)
    if fee.rate is None or currency == "LAK" or _is_part(row):
        return replace(line, currency="LAK") if fee.rate else line
    original = Original(
        currency=currency, amount=amount, rate=fee.rate.kip, on=fee.rate.on, source=fee.rate.source
    )
    return replace(
        line,
        amount=changed(amount, currency, fee.rate.kip),
        currency="LAK",
        because=saying.changed_said(because, original),
        original=original,
    )


def changed(amount: int, currency: str, rate: str) -> int:
    """Minor units of a currency in kip, rounded half up once."""
    kip = Decimal(amount).scaleb(-EXPONENTS[currency]) * Decimal(rate)
    return int(kip.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _is_part(row: FeeRow) -> bool:
    """Whether a line is a part of other lines, and so in their money already."""
    return row.kind in ADDITIONS and bool(row.percent or row.percents or row.kind == "exemption")


def _found(row: FeeRow, fee: Fee, asking: Asking) -> Found:
    """The amount of a line in its own money and why; None when it is to be set."""
    currency = fee.currency_of(row)
    if row.kind == "fixed":
        return row.amount, {}
    if row.kind == "choice":
        return _chosen(row, asking)
    if row.kind == "exemption":
        return _exempt(row, asking)
    if row.kind == "surcharge":
        return _bounded(row, _surcharge(row, asking, currency), currency)
    if row.kind == "penalty":
        return _bounded(row, _penalty(row, asking, currency), currency)
    answer = asking.answers.get(row.by)
    number = whole(answer)
    if number is None:
        raise Unanswered(row.by)
    if row.kind == "table":
        step = _step(row, number)
        return step.amount, saying.said_with(row, lambda language: saying.stretch(step, language))
    if row.kind == "each":
        count = -(-number // row.per)
        said = answer if isinstance(answer, Decimal) else number
        found = row.amount * count, saying.units_begun_said(row, said, count, currency)
    else:
        found = _share(row, number, currency)
    if found[0] > LARGEST:
        raise Unanswered(row.by)
    return found


def _share(row: FeeRow, number: int, currency: str) -> tuple[int, Translated]:
    amount = Money(min(number, LARGEST), currency).share(Decimal(row.percent)).amount
    told = saying.said_with(row, lambda _language: f"{row.percent} % × {saying.sum_said(number, currency)}")
    found = _bounded(row, (amount, told), currency)
    return found or (amount, told)


def _step(row: FeeRow, number: int) -> Step:
    for step in row.steps:
        if step.start <= number and (step.upto is None or number <= step.upto):
            return step
    raise Unanswered(row.by)


def _chosen(row: FeeRow, asking: Asking) -> Found:
    answer = str(asking.answers.get(row.by) or "")
    if answer not in row.choices:
        raise Unanswered(row.by)
    amount = row.choices[answer]
    return None if amount is None else (amount, asking.labels.get(row.by, {}).get(answer, {}))


def _bounded(row: FeeRow, found: Found, currency: str) -> Found:
    """Not less than the floor and not more than the ceiling; nothing stays nothing."""
    if found is None or not found[0] and row.kind != "percent":
        return found
    amount, because = found
    if row.floor and amount < row.floor:
        return row.floor, saying.bounded_said(because, saying.AT_LEAST, row.floor, currency)
    if row.ceiling and amount > row.ceiling:
        return row.ceiling, saying.bounded_said(because, saying.AT_MOST, row.ceiling, currency)
    return found


def _parts(row: FeeRow, asking: Asking) -> list[FeeLine]:
    """The lines that an addition is a part of: those that it names, or all that are no exemption and no penalty."""
    if row.of:
        return [line for line in asking.lines if line.code in row.of]
    return [line for line in asking.lines if line.kind not in ("exemption", "penalty")]


def _base(row: FeeRow, asking: Asking) -> int:
    return sum(line.amount for line in _parts(row, asking))


def _part(percent: str, base: int) -> tuple[int, str]:
    amount = Money(min(base, LARGEST), "LAK").share(Decimal(percent)).amount
    return amount, f"{percent} % × {saying.sum_said(base, 'LAK')}"


def _reason(row: FeeRow, asking: Asking) -> Translated:
    """Why an addition holds: its own words, or how the answers are said by which it holds."""
    if row.where:
        return {language: row.where.get(language, "") for language in saying.LANGUAGES}
    said = [asking.labels.get(question, {}).get(value, {}) for question, value in row.when.items()]
    return saying.both(lambda language: ", ".join(one[language] for one in said if one.get(language)))


def _told(reason: Translated, rest: str) -> Translated:
    return saying.both(lambda language: ": ".join(part for part in (reason.get(language, ""), rest) if part))


def _surcharge(row: FeeRow, asking: Asking, currency: str) -> Found:
    if not row.by:
        reason = _reason(row, asking)
        if not row.percent:
            return row.amount, reason
        amount, rest = _part(row.percent, _base(row, asking))
        return amount, _told(reason, rest)
    answer = str(asking.answers.get(row.by) or "")
    label = asking.labels.get(row.by, {}).get(answer, {})
    if answer in row.percents:
        amount, rest = _part(row.percents[answer], _base(row, asking))
        return amount, _told(label, rest)
    return _chosen(row, asking)


def _exempt(row: FeeRow, asking: Asking) -> Found:
    """What is taken off: never more than is left of the lines."""
    base, left = _base(row, asking), sum(asking.left.get(line.code, 0) for line in _parts(row, asking))
    reason = _reason(row, asking)
    if row.amount:
        return -min(row.amount, left), reason
    amount, rest = _part(row.percent or "100", base)
    return -min(amount, left), _told(reason, rest)


def _penalty(row: FeeRow, asking: Asking, currency: str) -> Found:
    due = _day(asking.answers.get(row.by))
    if due is None or asking.on is None:
        raise Unanswered(row.by)
    late = begun(due, asking.on, period=row.period, per=row.per, grace=row.grace)
    if not late:
        return 0, {}
    count = min(late, row.most_periods or late)
    if row.steps:
        amount, rest = _step(row, count).amount, ""
    elif row.percent:
        base = _base(row, asking)
        amount, share = _part(row.percent, base)
        amount, rest = amount * count, f": {count} × {share}"
    else:
        amount, rest = row.amount * count, f": {count} × {saying.sum_said(row.amount, currency)}"
    if amount > LARGEST and not (row.ceiling or row.most_percent):
        raise Unanswered(row.by)
    because = saying.late_said(row, due, late, rest)
    return amount, saying.fewer_said(because, row) if count < late else because


def _within_share(row: FeeRow, line: FeeLine, asking: Asking) -> FeeLine:
    """A penalty that is not more than its share of the lines that it is a part of, in the money that is charged."""
    if not row.most_percent:
        return line
    most, _told_as = _part(row.most_percent, _base(row, asking))
    if line.amount <= most:
        return line
    because = saying.share_said(line.because, row.most_percent, most, line.currency)
    return replace(line, amount=most, because=because, original=None)


def _day(answer: Any) -> date | None:
    try:
        return date.fromisoformat(str(answer)) if len(str(answer)) == 10 else None
    except ValueError:
        return None


def whole(answer: Any) -> int | None:
    """An answer as a whole number of 0 or more, of decimals the next one above: what is begun counts; None when it is none."""
    if isinstance(answer, bool):
        return None
    if isinstance(answer, Decimal):
        return ceil(answer) if 0 <= answer <= LARGEST else None
    if isinstance(answer, int):
        return answer if 0 <= answer <= LARGEST else None
    text = str(answer or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 15 else None
