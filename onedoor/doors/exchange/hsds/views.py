"""The HSDS 3.0 API: about itself, services, organizations, services at locations, taxonomies and their terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.exchange.given import given, text
from onedoor.doors.exchange.hsds import terms
from onedoor.doors.exchange.hsds.places import organization as organization_out
from onedoor.doors.exchange.hsds.services import at_locations, line, whole
from onedoor.doors.exchange.kept import kept
from onedoor.doors.exchange.opened import Opened
from onedoor.kernel.errors import Invalid, Missing
from onedoor.ui.request import Request

PROFILE = "https://docs.openreferral.org/"
KIND = "application/json"
USUAL, MOST, MOST_WHOLE = 50, 200, 25
Made = list[dict[str, Any]]


class NotAPage(Invalid):
    """A number of a page, of items or a flag that is none."""

    message = _("This value cannot be read.")


class NothingHere(Missing):
    """No thing has this id."""

    message = _("There is no such thing.")


@given
def about(request: Request) -> HttpResponse:
    """What this API is."""

    def make(held: Opened) -> bytes:
        return orjson.dumps(
            {"version": "3.0", "profile": PROFILE, "openapi_url": f"{held.address}/api/v1/openapi.json"}
        )

    return text(request, kept("hsds", make), kind=KIND)


@given
def services(request: Request) -> HttpResponse:
    """Services page by page: what each has one of, or all of it (`full=true`)."""
    full, words = _flag(request, "full"), request.GET.get("search", "")
    organization, term = _id(request, "organization_id"), _id(request, "taxonomy_term_id")
    found = [one.service.id for one in catalogue.search(words, limit=MOST)] if words else None

    def chosen(held: Opened) -> list[catalogue.ServiceView]:
        views = held.services
        if found is not None:
            views = tuple(sorted((v for v in views if v.id in found), key=lambda view: found.index(view.id)))
        wanted = [view for view in views if organization in (None, view.authority)]
        return [v for v in wanted if term is None or term in {_event(code) for code in v.life_events}]

    def make(held: Opened, language: str) -> Iterable[dict[str, Any]]:
        shown = whole if full else line
        return (shown(held, view, language) for view in chosen(held))

    named = ("services", full, organization, term, tuple(found) if found is not None else None)
    return _page(
        request,
        named,
        make,
        keeps=not words and organization is None and term is None,
        most=MOST_WHOLE if full else MOST,
    )


@given
def service(request: Request, thing: UUID) -> HttpResponse:
    """One service with everything that belongs to it."""
    return _one(
        request,
        ("service", thing),
        lambda held, language: next((whole(held, v, language) for v in held.services if v.id == thing), None),
    )


@given
def organizations(request: Request) -> HttpResponse:
    """Who answers for services, with whom stands above them."""
    return _page(request, ("organizations",), _organizations)


@given
def organization(request: Request, thing: UUID) -> HttpResponse:
    """One organization."""
    return _one(
        request, ("organization", thing), lambda held, language: _by_id(_organizations(held, language), thing)
    )


@given
def services_at_locations(request: Request) -> HttpResponse:
    """Every service at every centre that offers it."""
    full = _flag(request, "full")

    def make(held: Opened, language: str) -> Iterable[dict[str, Any]]:
        return (one for _id_, one in at_locations(held, language, full=full))

    return _page(request, ("at", full), make)


@given
def service_at_location(request: Request, thing: UUID) -> HttpResponse:
    """One service at one centre."""
    return _one(
        request,
        ("at", thing),
        lambda held, language: next(
            (one for id, one in at_locations(held, language, full=True) if id == thing), None
        ),
    )


@given
def taxonomies(request: Request) -> HttpResponse:
    """Our taxonomies."""
    return _page(request, ("taxonomies",), lambda _held, _language: map(terms.taxonomy, terms.TAXONOMIES))


@given
def taxonomy_terms(request: Request) -> HttpResponse:
    """The life events and the facts by which services are classified."""
    return _page(request, ("terms",), _terms)


def _terms(held: Opened, language: str) -> Iterable[dict[str, Any]]:
    for event in held.events:
        yield terms.term(
            "life-events", event.code, name=event.name.get("en", ""), about=" / ".join(event.name.values())
        )
    for code in terms.FACTS:
        yield terms.term("facts", code)


def _organizations(held: Opened, language: str) -> list[dict[str, Any]]:
    return [organization_out(held, unit, language) for unit in held.authorities()]


def _by_id(found: list[dict[str, Any]], id: UUID) -> dict[str, Any] | None:
    return next((one for one in found if one["id"] == str(id)), None)


def _event(code: str) -> UUID:
    return terms.term_id("life-events", code)


def _language(request: Request) -> str:
    return "en" if request.headers.get("Accept-Language", "").startswith("en") else "lo"


def _one(
    request: Request, name: tuple[Any, ...], make: Callable[[Opened, str], dict[str, Any] | None]
) -> HttpResponse:
    language = _language(request)

    def made(held: Opened) -> bytes:
        found = make(held, language)
        if found is None:
            raise NothingHere()
        return orjson.dumps(found)

    return _in(
        language, text(request, kept(("hsds", language, *name), made), kind=KIND, vary="Accept-Language")
    )


def _page(
    request: Request,
    name: tuple[Any, ...],
    make: Callable[[Opened, str], Iterable[dict[str, Any]]],
    *,
    keeps: bool = True,
    most: int = MOST,
) -> HttpResponse:
    """A page of a list.

    Args:
        keeps: whether the list is kept for the next reader; one of words that somebody typed is not.
        most: items of a page, however many are asked for.
    """
    language, number, size = (
        _language(request),
        _number(request, "page", 1),
        _number(request, "per_page", USUAL),
    )
    size = min(size, most)
    if keeps:
        found = kept(
            ("hsds", language, *name), lambda held: [orjson.dumps(one) for one in make(held, language)]
        )
    else:
        whole_catalogue = kept(("hsds", "opened"), lambda held: held)
        found = [orjson.dumps(one) for one in make(whole_catalogue, language)]
    items = found[(number - 1) * size : number * size]
    pages = max(1, ceil(len(found) / size))
    body = orjson.dumps(
        {
            "total_items": len(found),
            "total_pages": pages,
            "page_number": number,
            "size": len(items),
            "first_page": number == 1,
            "last_page": number >= pages,
            "empty": not items,
            "contents": [orjson.Fragment(one) for one in items],
        }
    )
    return _in(language, text(request, body, kind=KIND, vary="Accept-Language"))


def _in(language: str, response: HttpResponse) -> HttpResponse:
    response["Content-Language"] = language
    return response


def _number(request: Request, key: str, usual: int) -> int:
    said = request.GET.get(key, "")
    if not said:
        return usual
    if not (said.isascii() and said.isdecimal() and 0 < len(said) < 7 and int(said) > 0):
        raise NotAPage(field=key)
    return int(said)


def _flag(request: Request, key: str) -> bool:
    said = request.GET.get(key, "").lower()
    if said not in ("", "true", "false"):
        raise NotAPage(field=key)
    return said == "true"


def _id(request: Request, key: str) -> UUID | None:
    said = request.GET.get(key, "")
    try:
        return UUID(said) if said else None
    except ValueError as fault:
        raise NotAPage(field=key) from fault


addresses: list[URLPattern] = [
    path("hsds/", about, name="hsds"),
    path("hsds/services", services, name="hsds_services"),
    path("hsds/services/<uuid:thing>", service, name="hsds_service"),
    path("hsds/organizations", organizations, name="hsds_organizations"),
    path("hsds/organizations/<uuid:thing>", organization, name="hsds_organization"),
    path("hsds/service_at_locations", services_at_locations, name="hsds_at_locations"),
    path("hsds/service_at_locations/<uuid:thing>", service_at_location, name="hsds_at_location"),
    path("hsds/taxonomies", taxonomies, name="hsds_taxonomies"),
    path("hsds/taxonomy_terms", taxonomy_terms, name="hsds_terms"),
]
