"""Payments: the public tariff, drawers, what is to be paid at a centre, and its receipts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.domain.queue.api import today_at
from onedoor.doors.exchange.answers import writes
from onedoor.doors.exchange.paging import After, Limit, newest, page
from onedoor.doors.exchange.shapes.money import (
    ChargeOut,
    ChargePage,
    CloseDrawer,
    DayOut,
    DayPage,
    DrawerOut,
    OpenDrawer,
    ReceiptOut,
    ReceiptPage,
    Settle,
    TariffOut,
    WaiverOut,
    WaiverPage,
    WaiverWord,
    charge_out,
    closed_day_out,
    day_out,
    drawer_out,
    receipt_out,
    tariff_out,
    waiver_out,
)
from onedoor.doors.exchange.v1.base import ASKED, OPEN, REFUSALS
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.ids import marked
from onedoor.kernel.scope import needs, public
from onedoor.ui.request import AtCentre, Request

router = Router(tags=["payments"])
HERE = "/centres/{slug:centre}"
AfterDay = Query(None, description="`next` of the page before: a day.")


@router.get("/tariff", response={200: TariffOut, **OPEN}, operation_id="seeTariff")
@public
def see_tariff(request: Request) -> dict[str, Any]:
    """What incidental work may cost, with its ceilings. Nothing else can be charged beside the state fee."""
    return tariff_out(payments.tariff())


@router.get(f"{HERE}/charges", response={200: ChargePage, **ASKED}, operation_id="listCharges")
@needs("payments.take")
def list_charges(
    request: AtCentre, response: HttpResponse, centre: str, limit: int = Limit, after: str = After
) -> dict[str, Any]:
    """What is still to be paid at a centre, newest first."""
    found = payments.due(by=request.actor, centre=request.centre, limit=limit + 1, after=marked(after, UUID))
    return newest(request, response, found, limit=limit, instant="made_at", shown=charge_out)


@router.get(f"{HERE}/charges/{{uuid:charge}}", response={200: ChargeOut, **ASKED}, operation_id="seeCharge")
@needs("payments.take")
def see_charge(request: AtCentre, centre: str, charge: UUID) -> dict[str, Any]:
    """One charge of the centre."""
    return charge_out(_charge(request, charge))


@router.post(
    f"{HERE}/charges/{{uuid:charge}}/settle",
    response={201: ReceiptOut, **REFUSALS},
    operation_id="settleCharge",
)
@needs("payments.take")
@writes(status=201, secret=["code"])
def settle_charge(request: AtCentre, centre: str, charge: UUID, body: Settle, *, at: datetime) -> ReceiptOut:
    """Take cash for a charge into this token's own open drawer; the receipt is written in the same transaction."""
    _charge(request, charge)
    made = payments.settle_cash(
        by=request.actor,
        at=at,
        charge=charge,
        tendered=body.tendered,
        given=body.given,
        items=list(body.items.items()),
    )
    return ReceiptOut(**receipt_out(made, code=payments.code_for(made)))


@router.post(f"{HERE}/drawers", response={201: DrawerOut, **REFUSALS}, operation_id="openDrawer")
@needs("payments.take")
@writes(status=201)
def open_drawer(request: AtCentre, centre: str, body: OpenDrawer, *, at: datetime) -> DrawerOut:
    """Open the drawer of a counter with the float that was counted."""
    counter = centres.counter_by_code(request.centre, body.counter).id
    held = payments.open_session(
        by=request.actor, at=at, centre=request.centre, counter=counter, notes=body.notes
    )
    return DrawerOut(**drawer_out(held))


@router.get(f"{HERE}/drawers/{{uuid:drawer}}", response={200: DrawerOut, **ASKED}, operation_id="seeDrawer")
@needs("payments.take")
def see_drawer(request: AtCentre, centre: str, drawer: UUID) -> dict[str, Any]:
    """A drawer of one's own; that of another needs `payments.approve`."""
    return drawer_out(_drawer(request, drawer))


@router.post(
    f"{HERE}/drawers/{{uuid:drawer}}/close", response={200: DrawerOut, **REFUSALS}, operation_id="closeDrawer"
)
@needs("payments.take")
@writes()
def close_drawer(
    request: AtCentre, centre: str, drawer: UUID, body: CloseDrawer, *, at: datetime
) -> DrawerOut:
    """Count a drawer and hand its money in."""
    _drawer(request, drawer)
    held = payments.close_session(
        by=request.actor,
        at=at,
        session=drawer,
        notes=body.notes,
        reason=body.reason,
        signed=body.signed,
    )
    return DrawerOut(**drawer_out(held))


@router.get(f"{HERE}/receipts", response={200: ReceiptPage, **ASKED}, operation_id="listReceipts")
@needs("payments.read")
def list_receipts(
    request: AtCentre,
    response: HttpResponse,
    centre: str,
    day: date | None = None,
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The receipts of a day at a centre (today where none is named), newest first."""
    asked = day or today_at(centre=request.centre, at=now())
    found = payments.receipts(
        by=request.actor, centre=request.centre, day=asked, limit=limit + 1, after=marked(after, UUID)
    )
    return newest(request, response, found, limit=limit, instant="issued_at", shown=receipt_out)


@router.get(
    f"{HERE}/receipts/{{slug:number}}", response={200: ReceiptOut, **ASKED}, operation_id="seeReceipt"
)
@needs("payments.read")
def see_receipt(request: AtCentre, centre: str, number: str) -> dict[str, Any]:
    """A receipt of the centre by its number."""
    return receipt_out(_receipt(request, number))


@router.get(f"{HERE}/waivers", response={200: WaiverPage, **ASKED}, operation_id="listWaivers")
@needs("payments.read")
def list_waivers(
    request: AtCentre,
    response: HttpResponse,
    centre: str,
    state: WaiverWord | None = None,
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The waivers that were asked for at a centre, newest first. Only people ask for one and answer it: two of them."""
    found = payments.waivers_of(
        by=request.actor,
        centre=request.centre,
        state=state or "",
        limit=limit + 1,
        after=marked(after, UUID),
    )
    return newest(request, response, found, limit=limit, instant="asked_at", shown=waiver_out)


@router.get(f"{HERE}/waivers/{{uuid:charge}}", response={200: WaiverOut, **ASKED}, operation_id="seeWaiver")
@needs("payments.read")
def see_waiver(request: AtCentre, centre: str, charge: UUID) -> dict[str, Any]:
    """The waiver of a charge: on which ground it was asked for and how it was answered, without the paper that shows it."""
    return waiver_out(payments.waiver_of(by=request.actor, centre=request.centre, charge=charge))


@router.get(f"{HERE}/days", response={200: DayPage, **ASKED}, operation_id="listDays")
@needs("payments.read")
def list_days(
    request: AtCentre,
    response: HttpResponse,
    centre: str,
    limit: int = Limit,
    after: date | None = AfterDay,
) -> dict[str, Any]:
    """The closed days of a centre, newest first. Only the head closes a day, as the person beside those who took the money."""
    found = payments.days(by=request.actor, centre=request.centre, limit=limit + 1, before=after)
    return page(
        request,
        response,
        found,
        limit=limit,
        cursor=lambda one: one.day.isoformat(),
        shown=lambda one: closed_day_out(one, centre=centre),
    )


@router.get(f"{HERE}/days/{{slug:day}}", response={200: DayOut, **ASKED}, operation_id="seeDay")
@needs("payments.read")
def see_day(request: AtCentre, centre: str, day: date) -> dict[str, Any]:
    """What a centre took on a day, by service and officer, closed or not yet."""
    if not 1900 <= day.year <= 9000:
        raise Invalid(field="day")
    return day_out(payments.day_of(by=request.actor, centre=request.centre, day=day), centre=centre)


def _charge(request: AtCentre, charge: UUID) -> payments.Charge:
    """A charge, if it is of the centre that the address names. Raises NoSuchCharge."""
    held = payments.charge_of(by=request.actor, charge=charge)
    if held.centre_id != request.centre:
        raise payments.NoSuchCharge
    return held


def _drawer(request: AtCentre, drawer: UUID) -> payments.Session:
    """A drawer, if it is of the centre that the address names. Raises NoSuchSession."""
    held = payments.session_of(by=request.actor, session=drawer)
    if held.centre_id != request.centre:
        raise payments.NoSuchSession
    return held


def _receipt(request: AtCentre, number: str) -> payments.Receipt:
    return payments.receipt_numbered(by=request.actor, centre=request.centre, number=number)
