"""Charges, drawers and receipts, as the API takes and gives them. Amounts are whole minor units (kip)."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from onedoor.domain.access import api as access
from onedoor.domain.payments import api as payments
from onedoor.doors.exchange.shapes.common import Names, Said

Amount = Annotated[int, Field(ge=0, le=100_000_000_000, strict=True)]
Notes = Annotated[
    dict[
        Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,8}$")],
        Annotated[int, Field(ge=0, le=99_999, strict=True)],
    ],
    Field(max_length=30),
]
Words = Annotated[str, StringConstraints(max_length=500)]


class TariffItem(Schema):
    """An incidental charge: its price for one, and the most that a receipt may hold of it."""

    code: str
    name: Names
    price: int
    ceiling: int
    demonstration: bool


class TariffOut(Schema):
    """The public tariff of incidental charges, and the notes in use."""

    currency: str
    notes: list[int]
    items: list[TariffItem]
    law: Names
    source: str


class ChargeOut(Schema):
    """What is owed for a case (``subject``): the state fee, fixed by an edition of the service; a sale alone has none."""

    id: UUID
    subject: UUID
    service: UUID | None
    edition: UUID | None
    centre: str
    currency: str
    fee: int
    lines: list[dict[str, Any]]
    state: str
    waiver: str
    made_at: datetime


class ChargePage(Schema):
    """Charges that are still to be paid, newest first."""

    items: list[ChargeOut]
    next: str | None


class OpenDrawer(Said):
    """The counter whose drawer is opened, and its counted float: notes by denomination."""

    counter: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    notes: Notes = {}


class CloseDrawer(Said):
    """What was counted, by denomination; a reason and a signature where it differs from what should be there."""

    notes: Notes = {}
    reason: Words = ""
    signed: bool = False


class DrawerOut(Schema):
    """A drawer in this token's hands, from the counted float to the counted close."""

    id: UUID
    centre: str
    counter: UUID
    day: date
    state: str
    opened_at: datetime
    closed_at: datetime | None
    float_total: int
    counted: int | None
    expected: int | None
    difference: int


class Settle(Said):
    """What was handed over, the change given back (as much as the drawer holds by default), and incidental charges."""

    tendered: Amount
    given: Amount | None = None
    items: Annotated[
        dict[
            Annotated[str, StringConstraints(min_length=1, max_length=40)],
            Annotated[int, Field(ge=0, le=999, strict=True)],
        ],
        Field(max_length=40),
    ] = {}


class CheckReceipt(Said):
    """The number of a receipt and the code in its QR."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    code: Annotated[str, StringConstraints(min_length=1, max_length=60)]


class ReceiptOut(Schema):
    """A receipt. ``code`` opens the person's own page; it is told once, when the receipt is written."""

    id: UUID
    number: str
    kind: str
    state: str
    charge: UUID
    service: UUID | None
    centre: str
    day: date
    issued_at: datetime
    currency: str
    lines: list[dict[str, Any]]
    fee: int
    incidental: int
    total: int
    tendered: int
    change_given: int
    change_owed: int
    owes: int
    voided_at: datetime | None
    void_reason: str
    code: str | None = None


class ReceiptPage(Schema):
    """Receipts of a day, newest first."""

    items: list[ReceiptOut]
    next: str | None


WaiverWord = Literal["asked", "granted", "refused"]


class WaiverOut(Schema):
    """A waiver of a charge's fee: asked, granted or refused. ``ground`` is a code of the tariff's; its evidence is for people."""

    charge: UUID
    subject: UUID
    service: UUID
    centre: str
    currency: str
    fee: int
    ground: str
    state: WaiverWord
    asked_at: datetime
    granted_at: datetime | None


class WaiverPage(Schema):
    """Waivers, newest first."""

    items: list[WaiverOut]
    next: str | None


class DayLine(Schema):
    """A closed day of a centre: what was taken, handed in, and over or short."""

    centre: str
    day: date
    closed_at: datetime
    total: int
    handed_in: int
    difference: int
    first: str
    last: str


class DayPage(Schema):
    """Closed days, newest first."""

    items: list[DayLine]
    next: str | None


class TakenOut(Schema):
    """What one officer took for one service (null: incidental charges alone); voided receipts are taken off."""

    service: UUID | None
    officer: UUID
    receipts: int
    voided: int
    waived: int
    fee: int
    incidental: int
    waived_fee: int


class DayOut(Schema):
    """A day of a centre by service and officer; ``closed_at`` is null until its head closed it."""

    centre: str
    day: date
    closed_at: datetime | None
    fee: int
    incidental: int
    total: int
    receipts: int
    difference: int
    drawers_open: int
    rows: list[TakenOut]


def tariff_out(view: payments.TariffView) -> dict[str, Any]:
    """The tariff as `TariffOut`."""
    return {
        "currency": view.currency,
        "notes": list(view.notes),
        "items": [
            {
                "code": one.code,
                "name": one.name,
                "price": one.price,
                "ceiling": one.ceiling,
                "demonstration": one.demonstration,
            }
            for one in view.items
        ],
        "law": view.law,
        "source": view.source,
    }


def charge_out(held: payments.Charge) -> dict[str, Any]:
    """A charge as `ChargeOut`."""
    return {
        "id": held.id,
        "subject": held.subject,
        "service": held.service,
        "edition": held.edition,
        "centre": access.unit(held.centre_id).code,
        "currency": held.currency,
        "fee": held.fee,
        "lines": held.lines,
        "state": held.state,
        "waiver": held.waiver,
        "made_at": held.made_at,
    }


def drawer_out(held: payments.Session) -> dict[str, Any]:
    """A drawer as `DrawerOut`."""
    return {
        "id": held.id,
        "centre": access.unit(held.centre_id).code,
        "counter": held.counter,
        "day": held.day,
        "state": held.state,
        "opened_at": held.opened_at,
        "closed_at": held.closed_at,
        "float_total": held.float_total,
        "counted": held.counted,
        "expected": held.expected,
        "difference": held.difference,
    }


def receipt_out(held: payments.Receipt, *, code: str | None = None) -> dict[str, Any]:
    """A receipt as `ReceiptOut`."""
    return {
        "id": held.id,
        "number": held.number,
        "kind": held.kind,
        "state": held.state,
        "charge": held.charge_id,
        "service": held.service,
        "centre": access.unit(held.centre_id).code,
        "day": held.day,
        "issued_at": held.issued_at,
        "currency": held.currency,
        "lines": held.lines,
        "fee": held.fee,
        "incidental": held.incidental,
        "total": held.total,
        "tendered": held.tendered,
        "change_given": held.change_given,
        "change_owed": held.change_owed,
        "owes": held.owes,
        "voided_at": held.voided_at,
        "void_reason": held.void_reason,
        "code": code,
    }


def waiver_out(held: payments.Charge) -> dict[str, Any]:
    """A charge whose waiver was asked for, as `WaiverOut`."""
    return {
        "charge": held.id,
        "subject": held.subject,
        "service": held.service,
        "centre": access.unit(held.centre_id).code,
        "currency": held.currency,
        "fee": held.fee,
        "ground": held.ground,
        "state": held.waiver,
        "asked_at": held.asked_at,
        "granted_at": held.ended_at if held.waiver == "granted" else None,
    }


def closed_day_out(held: payments.Day, *, centre: str) -> dict[str, Any]:
    """A closed day as `DayLine`."""
    kept = {name: held.content.get(name) for name in ("handed_in", "difference", "first", "last")}
    return {"centre": centre, "day": held.day, "closed_at": held.closed_at, "total": held.total, **kept}


def day_out(held: payments.DaySummary, *, centre: str) -> dict[str, Any]:
    """A day as `DayOut`."""
    sums = ("fee", "incidental", "total", "receipts", "difference")
    return {
        "centre": centre,
        "day": held.day,
        "closed_at": held.closed.closed_at if held.closed else None,
        "drawers_open": held.open_sessions,
        "rows": [asdict(row) for row in held.rows],
        **{name: getattr(held, name) for name in sums},
    }
