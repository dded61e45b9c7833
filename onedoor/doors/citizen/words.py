"""Facts of services and centres as sentences of the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onedoor.domain.access.api import heirs, today, unit
from onedoor.domain.catalogue.api import (
    ADDITIONS,
    Duration,
    Fee,
    Law,
    Quote,
    Span,
    least_of,
    money_said,
)
from onedoor.kernel.i18n import format_date, format_number, text
from onedoor.kernel.money import format_kip


@dataclass(frozen=True)
class Said:
    """A fact in a few words, and what one should know about it."""

    words: str
    note: str = ""


def fee_said(fee: Fee) -> Said:
    """What it costs: the amount, free by a named law, or that it is not set."""
    if fee.state == "free":
        return Said(_("Free of charge"), _("By law: %(law)s") % {"law": text(fee.law)})
    if fee.state == "to_be_set":
        return Said(_("The fee has not been set"), _("No fee is taken in the demonstration."))
    if fee.lines:
        return _lines_in_short(fee)
    if fee.currency == "LAK":
        return Said(format_kip(fee.amount))
    return Said(money_said(fee.amount, fee.currency), rate_said(fee))


def rate_said(fee: Fee) -> str:
    """By which rate a fee of another currency is paid in kip; empty where there is none."""
    if fee.rate is None:
        return ""
    about = {
        "rate": format_kip(round(float(fee.rate.kip))),
        "currency": fee.currency,
        "day": format_date(fee.rate.on),
    }
    return _("Paid in kip: %(rate)s for 1 %(currency)s, the rate of %(day)s.") % about


@dataclass(frozen=True)
class QuoteSaid:
    """A fee reckoned for somebody: each line with why it is this much, and the sum."""

    lines: tuple[tuple[str, str, str], ...]
    total: str


def quote_said(quote: Quote) -> QuoteSaid | None:
    """What the answers come to, line by line; None where nothing is charged or not all of it is set."""
    if quote.state != "set" or not quote.lines:
        return None
    lines = tuple(
        (text(line.name), text(line.because), money_said(line.amount, line.currency)) for line in quote.lines
    )
    return QuoteSaid(lines, money_said(quote.total, quote.currency))


def span_said(span: Span | None) -> str:
    """Between which sums a fee lies, before any answer is known."""
    if span is None:
        return _("To be set")
    if span.most == 0:
        return _("Free of charge")
    least = format_kip(span.least)
    if span.most is None:
        return _("%(amount)s or more") % {"amount": least} if span.least else _("by your answers")
    if span.least == span.most:
        return least
    return _("%(least)s to %(most)s") % {
        "least": format_number(span.least),
        "most": format_kip(span.most),
    }


def _lines_in_short(fee: Fee) -> Said:
    """Fees with lines: one sum where they are all fixed, else from the least on, with what adds to it."""
    own = [row for row in fee.lines if row.kind not in ADDITIONS]
    least, fixed = least_of(fee), all(row.kind == "fixed" and not row.when for row in own)
    if fixed:
        return Said(money_said(least, fee.currency))
    shares = [row.percent for row in own if row.kind == "percent"]
    words = _("From %(amount)s") % {"amount": money_said(least, fee.currency)}
    if shares:
        words = _("%(amount)s and %(share)s %%") % {
            "amount": money_said(least, fee.currency),
            "share": " + ".join(shares),
        }
    note = _("A part of it has not been set.") if fee.open else ""
    return Said(words, note)


def duration_said(duration: Duration, answers: Mapping[str, Any] | None = None) -> Said:
    """How long it takes; for somebody with these answers, where they are known."""
    usual = duration.amount(answers or {})
    if usual is None:
        return Said(
            _("Not known yet"), text(duration.note) or _("No official time was found. Ask at the centre.")
        )
    others = () if answers and duration.by in answers else duration.choices.values()
    least, most = min([usual, *others]), max([usual, *others])
    number = {"number": format_number(most)}
    if least < most:
        number["number"] = _("%(least)s to %(most)s") % {
            "least": format_number(least),
            "most": number["number"],
        }
    if duration.kind == "working":
        words = ngettext("%(number)s working day", "%(number)s working days", most) % number
    elif duration.kind == "hours":
        words = ngettext("%(number)s office hour", "%(number)s office hours", most) % number
    else:
        words = ngettext("%(number)s day", "%(number)s days", most) % number
    return Said(words, text(duration.note))


def law_said(law: Law) -> Said:
    """A legal basis with its number and date."""
    parts = [law.number, format_date(law.dated) if law.dated else ""]
    return Said(text(law.name), ", ".join(part for part in parts if part))


def authority_said(authority: UUID) -> Said:
    """Who is answerable; of a unit that has ended also until when, and who took over."""
    held = unit(authority)
    if held.valid_until is None or held.valid_until > today():
        return Said(text(held.name))
    later = [unit(one) for one in heirs(authority) if one != authority]
    now = ", ".join(text(one.name) for one in later if not one.has_ended(today()))
    about = {"day": format_date(held.valid_until), "heirs": now}
    if now:
        return Said(text(held.name), _("Until %(day)s; then %(heirs)s.") % about)
    return Said(text(held.name), _("Until %(day)s; who took over is not known.") % about)


def people_said(count: int) -> str:
    """How many people wait."""
    if count == 0:
        return _("Nobody is waiting")
    about = {"number": format_number(count)}
    return ngettext("%(number)s person waiting", "%(number)s people waiting", count) % about


def weekday_said(weekday: int) -> str:
    """The name of a weekday, 1 is Monday."""
    return format_date(date(2024, 1, weekday), "weekday")
