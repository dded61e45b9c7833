"""The catalogue and each service as linked data; a browser is sent on to the page for people."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers
from rdflib import Graph

from onedoor.doors.exchange import problems
from onedoor.doors.exchange.cpsv.graph import one, whole
from onedoor.doors.exchange.cpsv.texts import JSON_LD, TURTLE, written
from onedoor.doors.exchange.given import given, text
from onedoor.doors.exchange.kept import kept
from onedoor.doors.exchange.opened import Opened
from onedoor.ui.request import Request

KINDS = (TURTLE, JSON_LD, "application/json", "text/html")
ENDINGS = {TURTLE: "ttl", JSON_LD: "jsonld"}


@given
def catalogue(request: Request, kind: str = "") -> HttpResponse:
    """All services, in the form that the reader prefers."""
    return _told(request, "", kind, whole, page="/services/")


@given
def service(request: Request, service: str, kind: str = "") -> HttpResponse:
    """One service with everything that it names."""
    return _told(request, service, kind, lambda held: one(held, service), page=f"/services/{service}/")


def _told(
    request: Request, code: str, kind: str, make: Callable[[Opened], Graph], *, page: str
) -> HttpResponse:
    chosen = kind or request.get_preferred_type(list(KINDS))
    if chosen is None:
        refusal = problems.problem(406, code="not_offered", detail=f"Offered are {', '.join(KINDS[:2])}.")
        patch_vary_headers(refusal, ["Accept"])
        return refusal
    if chosen == "text/html":
        onward = HttpResponse(status=303, headers={"Location": page})
        patch_vary_headers(onward, ["Accept"])
        return onward
    chosen = JSON_LD if chosen == "application/json" else chosen
    body = kept(("cpsv", code, chosen), lambda held: written(make(held), chosen))
    response = text(request, body, kind=f"{chosen}; charset=utf-8", vary="" if kind else "Accept")
    stem = f"/api/catalogue/services/{code}" if code else "/api/catalogue"
    response["Link"] = ", ".join(
        f'<{stem}.{ending}>; rel="alternate"; type="{other}"' for other, ending in ENDINGS.items()
    )
    return response


addresses: list[URLPattern] = [
    path("catalogue", catalogue, name="catalogue"),
    path("catalogue.ttl", catalogue, {"kind": TURTLE}, name="catalogue_turtle"),
    path("catalogue.jsonld", catalogue, {"kind": JSON_LD}, name="catalogue_json"),
    path("catalogue/services/<slug:service>", service, name="catalogue_service"),
    path("catalogue/services/<slug:service>.ttl", service, {"kind": TURTLE}, name="catalogue_service_turtle"),
    path(
        "catalogue/services/<slug:service>.jsonld", service, {"kind": JSON_LD}, name="catalogue_service_json"
    ),
]
