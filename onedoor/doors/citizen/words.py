"""Facts of services and centres as sentences of the reader's language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onedoor.domain.access.api import heirs, today, unit
from onedoor.domain.catalogue.api import Duration, Fee, Law
from onedoor.kernel.i18n import format_date, format_kip_text, format_number, text
from onedoor.kernel.money import EXPONENTS, format_kip


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
    if fee.currency == "LAK":
        return Said(format_kip_text(fee.amount), format_kip(fee.amount))
    exponent = EXPONENTS[fee.currency]
    return Said(f"{format_number(Decimal(fee.amount).scaleb(-exponent), places=exponent)} {fee.currency}")


def duration_said(duration: Duration) -> Said:
    """How long it takes."""
    if duration.days is None:
        return Said(
            _("Not known yet"), text(duration.note) or _("No official time was found. Ask at the centre.")
        )
    number = {"number": format_number(duration.days)}
    if duration.kind == "working":
        words = ngettext("%(number)s working day", "%(number)s working days", duration.days) % number
    else:
        words = ngettext("%(number)s day", "%(number)s days", duration.days) % number
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
