"""A fee as people read it before anybody has answered anything: each line, when it is taken and how much. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onedoor.domain.catalogue.rules.fees.model import Fee, FeeRow, FundingModel, Period, RowKind
from onedoor.domain.catalogue.rules.fees.saying import stretch
from onedoor.kernel.i18n import format_number, language, text
from onedoor.kernel.money import EXPONENTS, format_kip

KIND_WORDS: Mapping[RowKind, Any] = {
    "fixed": gettext_lazy("Fixed amount"),
    "table": gettext_lazy("By a table"),
    "choice": gettext_lazy("By an answer"),
    "each": gettext_lazy("For each unit"),
    "percent": gettext_lazy("Share of a sum"),
    "surcharge": gettext_lazy("Surcharge"),
    "exemption": gettext_lazy("Exemption"),
    "penalty": gettext_lazy("Penalty for lateness"),
}
FUNDING_WORDS: Mapping[FundingModel, tuple[Any, Any]] = {
    "free": (gettext_lazy("Free"), gettext_lazy("The state pays all of it.")),
    "subsidised": (gettext_lazy("Subsidised"), gettext_lazy("The state pays half of the cost or more.")),
    "partly_subsidised": (
        gettext_lazy("Partly subsidised"),
        gettext_lazy("The state pays less than half of the cost."),
    ),
    "cost_recovery": (gettext_lazy("Cost recovery"), gettext_lazy("The fee covers what it costs.")),
    "cost_plus": (gettext_lazy("Cost-plus"), gettext_lazy("The fee is more than what it costs.")),
}


@dataclass(frozen=True)
class Told:
    """A line of a fee for readers: what for, when, how much, and which kind of line it is."""

    name: str
    when: str
    amount: str
    kind: RowKind = "fixed"
    law: str = ""


def told(fee: Fee, form: Mapping[str, Any]) -> list[Told]:
    """What each line of a fee comes to, a table's steps and a choice's answers one by one; in the reader's language."""
    if fee.state != "set":
        return []
    questions = form.get("properties")
    asked = questions if isinstance(questions, Mapping) else {}
    return [
        Told(text(row.name), when, amount, row.kind, text(row.law))
        for row in fee.lines
        for when, amount in _line(row, fee, asked)
    ]


def money_said(amount: int, currency: str) -> str:
    """A sum of a currency as people read it."""
    if currency == "LAK":
        return format_kip(amount)
    exponent = EXPONENTS[currency]
    return f"{format_number(Decimal(amount).scaleb(-exponent), places=exponent)} {currency}"


def _line(row: FeeRow, fee: Fee, asked: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    currency, holds = fee.currency_of(row), _conditions(row, asked)
    question = asked.get(row.by) or {}
    if row.kind == "table":
        unit = text(row.unit)
        for step in row.steps:
            when = f"{stretch(step, language())} {unit}".strip()
            yield _joined(holds, when), money_said(step.amount, currency)
    elif row.kind in ("choice", "surcharge") and row.by:
        for answer, amount in _answers(row, question, currency):
            yield _joined(holds, answer), amount
    elif row.kind == "percent":
        share = _("%(share)s %% of: %(question)s") % {
            "share": row.percent,
            "question": _label(question, row.by),
        }
        yield holds, _joined(share, _bounds(row, currency))
    elif row.kind == "penalty":
        yield from _penalty(row, currency, holds, _label(question, row.by))
    elif row.kind == "surcharge":
        much = f"{row.percent} %" if row.percent else money_said(row.amount, currency)
        yield holds, f"+ {_joined(much, _bounds(row, currency))}"
    elif row.kind == "exemption":
        yield holds, f"− {money_said(row.amount, 'LAK')}" if row.amount else f"− {row.percent or '100'} %"
    else:
        yield holds, _joined(money_said(row.amount, currency), _each(row))


def _each(row: FeeRow) -> str:
    if row.kind != "each":
        return text(row.unit)
    if row.per == 1:
        return text(row.unit)
    group = f"{format_number(row.per)} {text(row.unit)}".strip()
    return _("for each %(group)s begun") % {"group": group}


def _answers(row: FeeRow, question: Mapping[str, Any], currency: str) -> Iterator[tuple[str, str]]:
    """The answers in the order of the form, each with what it comes to."""
    labels, plus = question.get("x-labels") or {}, "+ " if row.kind == "surcharge" else ""
    for answer in question.get("enum") or (*row.choices, *row.percents):
        name = text(labels.get(answer, {})) or str(answer)
        if answer in row.percents:
            yield name, f"{plus}{row.percents[answer]} %"
        elif answer in row.choices:
            amount = row.choices[answer]
            if amount is None:
                yield name, _("To be set")
            elif amount or row.kind == "choice":
                yield name, f"{plus}{money_said(amount, currency)}"


def _penalty(row: FeeRow, currency: str, holds: str, question: str) -> Iterator[tuple[str, str]]:
    since = _("late after: %(question)s") % {"question": question}
    forgiven = (
        ngettext("%(number)s day is forgiven", "%(number)s days are forgiven", row.grace)
        % {"number": format_number(row.grace)}
        if row.grace
        else ""
    )
    if row.steps:
        for step in row.steps:
            span = f"{stretch(step, language())} {_period_name(row.period)}"
            much = _joined(money_said(step.amount, currency), _bounds(row, currency))
            yield _joined(holds, span, since, forgiven), much
        return
    much = f"{row.percent} %" if row.percent else money_said(row.amount, currency)
    yield (
        _joined(holds, since, forgiven),
        _joined(f"{much} {_for_each(row)}", _bounds(row, currency)),
    )


def _period_name(period: Period) -> str:
    return {"day": _("days"), "month": _("months"), "year": _("years")}[period]


def _for_each(row: FeeRow) -> str:
    if row.per > 1:
        about = {"number": format_number(row.per), "periods": _period_name(row.period)}
        return _("for each %(number)s %(periods)s begun") % about
    one = {"day": _("for each day"), "month": _("for each month begun"), "year": _("for each year begun")}
    return one[row.period]


def _conditions(row: FeeRow, asked: Mapping[str, Any]) -> str:
    """Under which answers a line is taken, as people read them."""
    said = []
    for question, value in row.when.items():
        labels = (asked.get(question) or {}).get("x-labels") or {}
        said.append(text(labels.get(value, {})) or value)
    return _joined(*said, text({code: words for code, words in row.where.items() if code != "if"}))


def _label(question: Mapping[str, Any], name: str) -> str:
    return text(question.get("x-label") or {}) or name


def _bounds(row: FeeRow, currency: str) -> str:
    least = _("at least %(amount)s") % {"amount": money_said(row.floor, currency)} if row.floor else ""
    most = _("at most %(amount)s") % {"amount": money_said(row.ceiling, currency)} if row.ceiling else ""
    return _joined(least, most, *_most_of_penalty(row))


def _most_of_penalty(row: FeeRow) -> Iterator[str]:
    if row.most_percent:
        yield _("at most %(share)s %% of the fee") % {"share": row.most_percent}
    if row.most_periods:
        number = f"{row.most_periods} × {row.per}" if row.per > 1 else format_number(row.most_periods)
        yield _("at most %(number)s %(periods)s counted") % {
            "number": number,
            "periods": _period_name(row.period),
        }


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
