"""The national fee table, as the API gives it."""

from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from ninja import Schema

from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.exchange.shapes.common import Names
from onedoor.doors.exchange.shapes.services import RowKind
from onedoor.kernel.i18n import spoken


class FundingOut(Schema):
    """Who bears the cost: the model, what one case costs the state in kip, and the percentage of it that the state bears."""

    model: Literal["free", "subsidised", "partly_subsidised", "cost_recovery", "cost_plus"]
    unit_cost: int | None
    share: str
    demonstration: bool
    source: str


class RateOut(Schema):
    """How many kip one unit of the fee's currency is, on which day, and who says so."""

    kip: str
    on: date
    source: str


class FeeLineOut(Schema):
    """A line of a fee in words: what for, when it is taken, how much."""

    kind: RowKind
    name: Names
    when: Names
    amount: Names
    law: Names


class NationalFeeOut(Schema):
    """A service in the fee table. ``partly``: for some answers the fee is still to be set."""

    service: str
    name: Names
    authority: Names
    state: Literal["set", "partly", "free", "to_be_set"]
    amount: int | None
    currency: str
    rate: RateOut | None
    law: Names
    valid_from: date | None
    valid_until: date | None
    lines: list[FeeLineOut]
    funding: FundingOut | None
    source: str


class FeePage(Schema):
    """Fees by the code of their service."""

    items: list[NationalFeeOut]
    next: str | None


def fee_out(held: catalogue.NationalFee) -> dict[str, Any]:
    """A row of the table as `NationalFeeOut`."""
    fee = held.fee
    return {
        "service": held.service.code,
        "name": held.service.name,
        "authority": dict(held.authority),
        "state": held.state,
        "amount": fee.amount if fee.money is not None else None,
        "currency": fee.currency,
        "rate": asdict(fee.rate) if fee.rate else None,
        "law": fee.law,
        "valid_from": fee.valid_from,
        "valid_until": fee.valid_until,
        "lines": _lines(held),
        "funding": asdict(fee.funding) if fee.funding else None,
        "source": fee.source,
    }


def _lines(held: catalogue.NationalFee) -> list[dict[str, Any]]:
    """The lines in both languages, side by side."""
    said = {}
    for code in ("lo", "en"):
        with spoken(code):
            said[code] = catalogue.told(held.fee, held.service.form)
    return [
        {
            "kind": lao.kind,
            "name": {"lo": lao.name, "en": english.name},
            "when": {"lo": lao.when, "en": english.when},
            "amount": {"lo": lao.amount, "en": english.amount},
            "law": {"lo": lao.law, "en": english.law},
        }
        for lao, english in zip(said["lo"], said["en"], strict=True)
    ]
