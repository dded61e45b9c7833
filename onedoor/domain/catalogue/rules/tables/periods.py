"""What is wrong with the periods of a fee: gaps and overlaps in time, states without what they need. No database, no clock."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_noop as _

from onedoor.domain.catalogue.rules.fees import Fee
from onedoor.domain.catalogue.rules.sentences import Sentence, sentence
from onedoor.kernel.i18n import missing_languages
from onedoor.kernel.money import EXPONENTS, LARGEST

LARGEST_RATE = Decimal(10) ** 9
DAY = timedelta(days=1)


def fee_faults(fees: tuple[Fee, ...], *, on: date | None = None) -> list[tuple[int, Sentence]]:
    """What is wrong with a fee table: (index of the period, sentence). Periods are in order of time.

    Args:
        on: the day of the check; nobody knows the rate of a later one.
    """
    faults: list[tuple[int, Sentence]] = []
    for index, fee in enumerate(fees):
        faults += [(index, said) for said in _of_itself(fee)]
        if on and fee.rate and fee.rate.on > on:
            pattern = _("the rate is of %(day)s, a day that has not come yet")
            faults.append((index, sentence(pattern, day=fee.rate.on)))
        if index:
            faults += [(index, said) for said in _seam(fees[index - 1], fee)]
    return faults


def _of_itself(fee: Fee) -> list[Sentence]:
    found = []
    if fee.amount < 0:
        found.append(sentence(_("the fee is negative: %(amount)s"), amount=fee.amount))
    if fee.amount > LARGEST:
        found.append(sentence(_("the fee is larger than anybody could pay: %(amount)s"), amount=fee.amount))
    if fee.state == "set" and fee.amount == 0 and not fee.lines:
        found.append(sentence(_("a fee that is set needs an amount above 0")))
    if fee.lines and (fee.state != "set" or fee.amount):
        found.append(sentence(_("only a fee that is set, and has no amount of its own, has lines")))
    if fee.state != "set" and fee.amount:
        found.append(sentence(_("a fee that is %(state)s has no amount"), state=fee.state))
    if fee.state == "free" and missing_languages(fee.law):
        found.append(sentence(_("a service is free only by a law: cite it in every language")))
    if fee.valid_from and fee.valid_until and fee.valid_until <= fee.valid_from:
        pattern = _("the period ends (%(end)s) before it begins (%(start)s)")
        found.append(sentence(pattern, end=fee.valid_until, start=fee.valid_from))
    return [*found, *_of_money(fee)]


def _of_money(fee: Fee) -> list[Sentence]:
    if fee.currency not in EXPONENTS:
        return [sentence(_("“%(currency)s” is not a known currency"), currency=fee.currency)]
    if fee.rate is None:
        if fee.state == "set" and fee.currency != "LAK":
            pattern = _("a fee set in %(currency)s needs its rate in kip, with the day and the source")
            return [sentence(pattern, currency=fee.currency)]
        return []
    found = []
    if not is_rate(fee.rate.kip):
        found.append(sentence(_("“%(rate)s” is not a rate in kip, such as 21500"), rate=fee.rate.kip))
    if not fee.rate.source.strip():
        found.append(sentence(_("say who gave the rate out: its source is missing")))
    return found


def is_rate(text: str) -> bool:
    """Whether a text is a rate: a number above 0 of kip for one unit."""
    try:
        return Decimal(0) < Decimal(text) <= LARGEST_RATE and "e" not in text.lower()
    except InvalidOperation:
        return False


def _seam(before: Fee, after: Fee) -> list[Sentence]:
    if after.valid_from is None:
        return [sentence(_("a later fee period needs its first day"))]
    if before.valid_until is None or before.valid_until > after.valid_from:
        pattern = _("the fee period from %(start)s overlaps the one before it: on %(day)s both hold")
        day = max(after.valid_from, before.valid_from or after.valid_from)
        return [sentence(pattern, start=after.valid_from, day=day)]
    if before.valid_until < after.valid_from:
        pattern = _("no fee from %(start)s to %(end)s: the fee table has a gap, such as on %(day)s")
        until, day = after.valid_from, before.valid_until
        return [sentence(pattern, start=before.valid_until, end=until, day=day)]
    return []
