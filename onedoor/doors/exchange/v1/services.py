"""Services: what the state offers, to anybody who asks."""

from datetime import date
from typing import Any, Literal

from django.http import HttpResponse
from ninja import Query, Router

from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.exchange.paging import After, Limit, behind, page
from onedoor.doors.exchange.shapes.fees import FeePage, fee_out
from onedoor.doors.exchange.shapes.services import (
    AskQuote,
    QuoteOut,
    ServiceOut,
    ServicePage,
    quote_out,
    service_line,
    service_out,
)
from onedoor.doors.exchange.v1.base import OPEN, POSED
from onedoor.kernel.clock import now
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import public
from onedoor.ui.request import Request

router = Router(tags=["services"])
TheDay = Query(None, description="The day whose table counts; today by default.")


@router.get("/services", response={200: ServicePage, **OPEN}, operation_id="listServices")
@public
def list_services(
    request: Request,
    response: HttpResponse,
    life_event: str = Query("", max_length=80, description="The code of a life event, e.g. birth."),
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The services in force, by code."""
    found = behind(
        catalogue.services(life_event=life_event if life_event.isprintable() and life_event else None),
        after=after,
        key=lambda one: one.code,
        limit=limit,
    )
    return page(request, response, found, limit=limit, cursor=lambda one: one.code, shown=service_line)


@router.get("/services/{slug:service}", response={200: ServiceOut, **OPEN}, operation_id="seeService")
@public
def see_service(request: Request, service: str) -> dict[str, Any]:
    """A service by its code: papers, fees, time, legal basis, result and form."""
    return service_out(catalogue.service(service))


@router.post("/services/{slug:service}/quote", response={200: QuoteOut, **POSED}, operation_id="quoteService")
@public
def quote_service(request: Request, service: str, body: AskQuote) -> dict[str, Any]:
    """What an application with these answers costs, line by line. Nothing is written, so no key is asked for."""
    view = catalogue.service(service)
    on = body.on or now().astimezone(ZONE).date()
    return quote_out(view, catalogue.quote(service=view.version_id, answers=body.answers, on=on))


@router.get("/fees", response={200: FeePage, **OPEN}, operation_id="listFees")
@public
def list_fees(
    request: Request,
    response: HttpResponse,
    q: str = Query("", max_length=120, description="Words of a service, a law or a ministry."),
    state: Literal["", "set", "partly", "free", "to_be_set"] = Query("", description="The state of the fee."),
    on: date | None = TheDay,
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The national fee table: every service with its fee, law, funding and since when, by code."""
    day = on or now().astimezone(ZONE).date()
    found = behind(
        catalogue.national_fees(on=day, words=q if q.isprintable() else "", state=state),
        after=after,
        key=lambda one: one.service.code,
        limit=limit,
    )
    return page(request, response, found, limit=limit, cursor=lambda one: one.service.code, shown=fee_out)
