"""Why a line is as much as it is, in Lao and English. Pure."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from onedoor.domain.catalogue.rules.fees.model import FeeRow, Original, Step
from onedoor.kernel.i18n import Translated
from onedoor.kernel.money import EXPONENTS, format_kip

LANGUAGES = ("lo", "en")
AT_LEAST = {"lo": "ຢ່າງໜ້ອຍ", "en": "at least"}
AT_MOST = {"lo": "ບໍ່ເກີນ", "en": "at most"}
LATE = {
    "day": {"lo": "ມື້", "en": "days"},
    "month": {"lo": "ເດືອນ", "en": "months"},
    "year": {"lo": "ປີ", "en": "years"},
}


def stretch(step: Step, language: str = "lo") -> str:
    """A stretch as people read it: 111–150, or > 200."""
    if step.upto is None:
        return f"> {grouped(step.start - 1, language)}"
    upto = grouped(step.upto, language)
    return f"≤ {upto}" if step.start <= 1 else f"{grouped(step.start, language)}–{upto}"


def grouped(number: int | Decimal, language: str = "lo") -> str:
    """A number with the separators of the language: 10.000 and 0,25 in Lao, 10,000 and 0.25 in English."""
    return f"{number:,}".translate(str.maketrans(",.", ".,")) if language == "lo" else f"{number:,}"


def sum_said(amount: int, currency: str) -> str:
    """A sum in a line's reason, as the country writes it."""
    if currency == "LAK":
        return format_kip(amount)
    exponent = EXPONENTS.get(currency, 0)
    return f"{Decimal(amount).scaleb(-exponent):.{exponent}f} {currency}"


def day_said(day: date) -> str:
    """A day as it is written in both languages: 05/03/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def both(words: Callable[[str], str]) -> Translated:
    """The same reason in Lao and English."""
    return {language: words(language) for language in LANGUAGES}


def said_with(row: FeeRow, words: Callable[[str], str]) -> Translated:
    """A reason in Lao and English, with the row's unit where it has one."""
    return both(lambda language: f"{words(language)} {row.unit.get(language, '')}".strip())


def bounded_said(because: Translated, bound: Translated, amount: int, currency: str) -> Translated:
    """A reason with the bound that decided instead."""
    limit = sum_said(amount, currency)
    return {language: f"{said}; {bound[language]} {limit}" for language, said in because.items()}


def units_begun_said(row: FeeRow, number: int | Decimal, count: int, currency: str) -> Translated:
    """Why so many units are charged: each one, or each begun group of several."""
    price = sum_said(row.amount, currency)
    if row.per == 1 and number == count:
        return said_with(row, lambda language: f"{grouped(count, language)} × {price}")

    def words(language: str) -> str:
        unit = row.unit.get(language, "")
        whole, group = (f"{grouped(each, language)} {unit}".strip() for each in (number, row.per))
        told = f"{whole}: ທຸກ {group} ທີ່ເລີ່ມ" if language == "lo" else f"{whole}: each {group} begun"
        return f"{grouped(count, language)} × {price} ({told})"

    return both(words)


def share_said(because: Translated, percent: str, amount: int, currency: str) -> Translated:
    """A reason with the share of the fee that decided instead."""
    limit = sum_said(amount, currency)
    told = {
        "lo": f"ບໍ່ເກີນ {percent} % ຂອງຄ່າທຳນຽມ ({limit})",
        "en": f"at most {percent} % of the fee ({limit})",
    }
    return {language: f"{said}; {told[language]}" for language, said in because.items()}


def fewer_said(because: Translated, row: FeeRow) -> Translated:
    """A reason with how many periods are counted at most."""
    span = {language: _span(row, row.most_periods, language) for language in LANGUAGES}
    told = {"lo": f"ນັບບໍ່ເກີນ {span['lo']}", "en": f"at most {span['en']} counted"}
    return {language: f"{said}; {told[language]}" for language, said in because.items()}


def _span(row: FeeRow, count: int, language: str) -> str:
    """So many periods in words: 3 months, or 3 × 2 months."""
    number, about = grouped(count, language), LATE[row.period][language]
    if row.per > 1:
        return f"{number} × {row.per} {about}"
    said = f"{number} {about}"
    return said.removesuffix("s") if count == 1 and language == "en" else said


def late_said(row: FeeRow, due: date, count: int, rest: str) -> Translated:
    """How late it is and what that comes to."""

    def words(language: str) -> str:
        span = _span(row, count, language)
        if language == "lo":
            return f"ຊ້າ {span} ນັບແຕ່ວັນທີ {day_said(due)}{rest}"
        return f"{span} late, counted from {day_said(due)}{rest}"

    return both(words)


def changed_said(because: Translated, original: Original) -> Translated:
    """A reason with the sum as the law has it, and by which rate of which day it became kip."""
    total, rate = sum_said(original.amount, original.currency), _rate_said(original.rate)
    day, source = day_said(original.on), f", {original.source}" if original.source else ""
    told = {
        "lo": f"{total} × {rate} (ອັດຕາແລກປ່ຽນວັນທີ {day}{source})",
        "en": f"{total} × {rate} (rate of {day}{source})",
    }
    return {
        language: f"{because[language]}; {said}" if because.get(language) else said
        for language, said in told.items()
    }


def _rate_said(rate: str) -> str:
    whole, _point, parts = rate.partition(".")
    return format_kip(int(whole)) + (f",{parts}" if parts.strip("0") else "")
