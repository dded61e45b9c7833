"""Between which sums a fee lies before anybody has answered anything, for one service and for several together. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from onedoor.domain.catalogue.rules.fees.model import ADDITIONS, Fee, FeeRow
from onedoor.domain.catalogue.rules.fees.reckoning import changed
from onedoor.kernel.money import LARGEST


@dataclass(frozen=True)
class Span:
    """From the least to the most that somebody in time pays.

    Without ``most`` nothing bounds it. ``partly``: not all of it is set.
    """

    least: int
    most: int | None
    partly: bool = False

    @property
    def one(self) -> bool:
        """Whether everybody pays the same."""
        return self.least == self.most and not self.partly


def span_of(fee: Fee) -> Span | None:
    """The span of a fee in the money in which it is charged; None where none is set.

    What exempts somebody, and what lateness costs, is left out.
    """
    if fee.state == "free":
        return Span(0, 0)
    if fee.state == "to_be_set":
        return None
    if not fee.lines:
        amount = _charged(fee, FeeRow(code="", name={}), fee.amount)
        return Span(amount, amount)
    own = [(row, _line(fee, row)) for row in fee.lines if row.kind not in ADDITIONS]
    least, most = _chosen(own)
    for row in fee.lines:
        if row.kind == "surcharge":
            most = _raised(fee, row, most)
    return Span(least, most, fee.open)


def together(spans: Iterable[Span | None]) -> Span | None:
    """The span of several fees; ``partly`` where one of them is not set. None where none is."""
    held = list(spans)
    known = [span for span in held if span is not None]
    if not known:
        return None
    tops = [span.most for span in known]
    most = None if None in tops else sum(top for top in tops if top is not None)
    partly = len(known) < len(held) or any(span.partly for span in known)
    return Span(sum(span.least for span in known), most, partly)


def _line(fee: Fee, row: FeeRow) -> tuple[int, int | None]:
    """The least and the most of one line that is charged."""
    if row.kind == "fixed":
        amounts = [row.amount]
    elif row.kind == "table":
        amounts = [step.amount for step in row.steps]
    elif row.kind == "choice":
        amounts = [amount for amount in row.choices.values() if amount is not None]
    elif row.kind == "percent":
        return _charged(fee, row, row.floor), _charged(fee, row, row.ceiling) if row.ceiling else None
    else:
        return _charged(fee, row, row.amount), None
    found = [_charged(fee, row, amount) for amount in amounts] or [0]
    return min(found), max(found)


def _chosen(own: list[tuple[FeeRow, tuple[int, int | None]]]) -> tuple[int, int | None]:
    """Lines that always hold, and of those that go by an answer the cheapest and the dearest answer of each question."""
    least = sum(low for row, (low, _high) in own if not row.when)
    most: int | None = 0
    by_answer: dict[str, dict[str, list[tuple[int, int | None]]]] = {}
    for row, span in own:
        if row.when:
            question = ",".join(sorted(row.when))
            answer = ",".join(row.when[name] for name in sorted(row.when))
            by_answer.setdefault(question, {}).setdefault(answer, []).append(span)
        else:
            most = _plus(most, span[1])
    always = any(not row.when for row, _span in own)
    for answers in by_answer.values():
        least += 0 if always else min(sum(low for low, _high in spans) for spans in answers.values())
        most = _plus(most, _dearest(list(answers.values())))
    return least, most


def _dearest(answers: list[list[tuple[int, int | None]]]) -> int | None:
    tops: list[int] = []
    for spans in answers:
        top: int | None = 0
        for _low, high in spans:
            top = _plus(top, high)
        if top is None:
            return None
        tops.append(top)
    return max(tops)


def _raised(fee: Fee, row: FeeRow, most: int | None) -> int | None:
    """The most with a surcharge upon it."""
    if most is None:
        return None
    sums = [_charged(fee, row, amount) for amount in (*row.choices.values(), row.amount) if amount]
    shares = [Decimal(each) for each in (*row.percents.values(), row.percent) if each]
    parts = [int((most * share / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)) for share in shares]
    more = max([*sums, *parts], default=0)
    return most + (min(more, _charged(fee, row, row.ceiling)) if row.ceiling else more)


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else min(one + other, LARGEST)


def _charged(fee: Fee, row: FeeRow, amount: int) -> int:
    currency = fee.currency_of(row)
    return changed(amount, currency, fee.rate.kip) if fee.rate and currency != "LAK" else amount
