"""What was typed into the fee editor as the fees of a draft again; what cannot be read is named at its box."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation, Overflow
from typing import Any

from django.utils.translation import gettext as _

from onedoor.doors.console.designer.fee_rows import MOST_LINES, MOST_PERIODS, MOST_STEPS, TO_BE_SET, row_of
from onedoor.kernel.errors import Invalid
from onedoor.kernel.money import EXPONENTS, LARGEST

LONGEST = 1_000
Typed = Mapping[str, Any]


def read_periods(typed: Typed, held: list[Any]) -> list[dict[str, Any]]:
    """The fees as they were typed; an empty period, and one that is to be removed, is left out. Errors: Invalid."""
    count = _line(typed, "periods") or "0"
    if not (count.isascii() and count.isdecimal() and len(count) < 5 and int(count) <= MOST_PERIODS):
        raise Invalid(_("More rows than a fee may have."), field="periods")
    found = []
    for number in range(int(count)):
        at = f"p.{number}"
        if typed.get(f"{at}.remove") == "yes" or not _line(typed, f"{at}.state"):
            continue
        before = held[number] if number < len(held) and isinstance(held[number], dict) else {}
        found.append(_period(typed, at, before))
    return found


def _period(typed: Typed, at: str, before: dict[str, Any]) -> dict[str, Any]:
    currency = _currency(typed, f"{at}.currency") or "LAK"
    fee: dict[str, Any] = {
        "state": _line(typed, f"{at}.state"),
        "amount": _money(typed, f"{at}.amount", currency) or 0,
        "currency": currency,
        "law": _words(typed, f"{at}.law"),
        "valid_from": _day(typed, f"{at}.valid_from"),
        "valid_until": _day(typed, f"{at}.valid_until"),
        "source": _line(typed, f"{at}.source"),
    }
    rate = {name: _line(typed, f"{at}.rate.{name}") for name in ("kip", "on", "source")}
    if any(rate.values()):
        fee["rate"] = {**rate, "on": _day(typed, f"{at}.rate.on")}
        if not fee["rate"]["on"]:
            raise Invalid(_("Say of which day the rate is."), field=f"{at}.rate.on")
    if model := _line(typed, f"{at}.funding.model"):
        cost = _money(typed, f"{at}.funding.unit_cost", "LAK")
        demonstration = bool(row_of(before, "funding").get("demonstration", False))
        source = str(row_of(before, "funding").get("source", ""))
        share = _line(typed, f"{at}.funding.share")
        fee["funding"] = {
            "model": model,
            "unit_cost": cost,
            "share": share,
            "demonstration": demonstration,
            "source": source,
        }
    if lines := _lines(typed, at, currency):
        fee["lines"] = lines
    return fee


def _lines(typed: Typed, at: str, currency: str) -> list[dict[str, Any]]:
    count = _line(typed, f"{at}.lines") or "0"
    if not (count.isascii() and count.isdecimal() and len(count) < 5 and int(count) <= MOST_LINES + 1):
        raise Invalid(_("More rows than a fee may have."), field=f"{at}.lines")
    found = []
    for number in range(int(count)):
        mine = f"{at}.line.{number}"
        if typed.get(f"{mine}.remove") == "yes" or not _line(typed, f"{mine}.kind"):
            continue
        found.append(_one_line(typed, mine, currency))
    return found


def _one_line(typed: Typed, at: str, currency: str) -> dict[str, Any]:
    kind, own = _line(typed, f"{at}.kind"), _currency(typed, f"{at}.currency")
    currency = own or currency
    choices, percents = (
        _answers(typed, f"{at}.answer.", currency) if kind in ("choice", "surcharge") else ({}, {})
    )
    row: dict[str, Any] = {
        "code": _line(typed, f"{at}.code", 80),
        "name": _words(typed, f"{at}.name"),
        "kind": kind,
        "amount": _money(typed, f"{at}.amount", currency) or 0,
        "by": _line(typed, f"{at}.by"),
        "steps": _steps(typed, at, currency),
        "choices": choices,
        "percent": _line(typed, f"{at}.percent").removesuffix("%").strip(),
        "when": _when(typed, f"{at}.when"),
        "unit": _words(typed, f"{at}.unit"),
        "law": _words(typed, f"{at}.law"),
    }
    condition, words = _line(typed, f"{at}.where.if"), _words(typed, f"{at}.where")
    more: dict[str, Any] = {
        "per": _number(typed, f"{at}.per") or 1,
        "floor": _money(typed, f"{at}.floor", currency) or 0,
        "ceiling": _money(typed, f"{at}.ceiling", currency) or 0,
        "of": [part.strip() for part in _line(typed, f"{at}.of").split(",") if part.strip()],
        "percents": percents,
        "where": {"if": condition, **words} if condition or words else {},
        "period": _line(typed, f"{at}.period") or "day",
        "grace": _number(typed, f"{at}.grace") or 0,
        "most_percent": _line(typed, f"{at}.most_percent").removesuffix("%").strip(),
        "most_periods": _number(typed, f"{at}.most_periods") or 0,
        "currency": own,
    }
    usual = {
        "per": 1,
        "floor": 0,
        "ceiling": 0,
        "of": [],
        "percents": {},
        "where": {},
        "period": "day",
        "grace": 0,
        "most_percent": "",
        "most_periods": 0,
        "currency": "",
    }
    return {**row, **{name: value for name, value in more.items() if value != usual[name]}}


def _steps(typed: Typed, at: str, currency: str) -> list[dict[str, Any]]:
    steps = []
    for index in range(MOST_STEPS + 2):
        mine = f"{at}.step.{index}"
        start, upto = _number(typed, f"{mine}.start"), _number(typed, f"{mine}.upto")
        amount = _money(typed, f"{mine}.amount", currency)
        if start is None and upto is None and amount is None:
            continue
        steps.append({"start": start or 0, "upto": upto, "amount": amount or 0})
    return steps


def _answers(typed: Typed, at: str, currency: str) -> tuple[dict[str, int | None], dict[str, str]]:
    amounts: dict[str, int | None] = {}
    shares: dict[str, str] = {}
    for name in typed:
        said = _line(typed, name) if name.startswith(at) else ""
        answer = name.removeprefix(at)
        if said == TO_BE_SET:
            amounts[answer] = None
        elif said.endswith("%"):
            shares[answer] = said.removesuffix("%").strip()
        elif said:
            amounts[answer] = _money(typed, name, currency)
    return amounts, shares


def _when(typed: Typed, name: str) -> dict[str, str]:
    found = {}
    for part in filter(None, (each.strip() for each in _line(typed, name).split(","))):
        question, sign, answer = (each.strip() for each in part.partition("="))
        if not (question and sign and answer):
            raise Invalid(
                _("Write a question, an equals sign and an answer, such as vehicle = car."), field=name
            )
        found[question] = answer
    return found


def _line(typed: Typed, name: str, longest: int = LONGEST) -> str:
    said = " ".join(str(typed.get(name, "")).replace("\x00", "").split())
    if len(said) > longest:
        raise Invalid(_("This is longer than %s characters.") % longest, field=name)
    return said


def _words(typed: Typed, name: str) -> dict[str, str]:
    said = {code: _line(typed, f"{name}_{code}") for code in ("lo", "en")}
    return said if any(said.values()) else {}


def _day(typed: Typed, name: str) -> str | None:
    said = _line(typed, name)
    if not said:
        return None
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError as fault:
        raise Invalid(_("This is not a day of the calendar."), field=name) from fault


def _currency(typed: Typed, name: str) -> str:
    said = _line(typed, name)
    if said and said not in EXPONENTS:
        raise Invalid(_("This currency is not known here."), field=name)
    return said


def _number(typed: Typed, name: str) -> int | None:
    said = _line(typed, name).replace(".", "").replace(",", "")
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) < 16):
        raise Invalid(_("Write a whole number."), field=name)
    return int(said)


def _money(typed: Typed, name: str, currency: str) -> int | None:
    """A sum in minor units: kip with or without dots between thousands, dollars with their cents behind a point."""
    if not EXPONENTS[currency]:
        return _number(typed, name)
    said = _line(typed, name).replace(",", "")
    if not said:
        return None
    try:
        amount = Decimal(said).scaleb(EXPONENTS[currency])
        if amount != amount.to_integral_value() or not 0 <= amount <= LARGEST:
            raise InvalidOperation
    except (InvalidOperation, Overflow) as fault:
        raise Invalid(_("Write a sum, such as 30.50."), field=name) from fault
    return int(amount)
