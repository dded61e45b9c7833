"""The HSDS 3.0 API: about itself, services, organizations, services at locations, taxonomies and their terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
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
from onedoor.doors.exchange.hsds.asked import Asked, asked_of
from onedoor.doors.exchange.hsds.described import described
from onedoor.doors.exchange.hsds.places import organization as organization_out
from onedoor.doors.exchange.hsds.services import at_locations, line, minimal, services_asked, whole
from onedoor.doors.exchange.kept import kept
from onedoor.doors.exchange.opened import Opened
from onedoor.kernel.errors import Missing
from onedoor.ui.request import Request

PROFILE = "https://docs.openreferral.org/"
KIND = "application/json"
LINES = "application/x-ndjson"
MOST, MOST_WHOLE, ALL = 200, 25, 10_000
WHOLE = Asked(full=True)
Made = list[dict[str, Any]]


class NothingHere(Missing):
    """No thing has this id."""

    message = _("There is no such thing.")


@given
def about(request: Request) -> HttpResponse:
    """What this API is."""

    def make(held: Opened) -> bytes:
        return orjson.dumps(
            {"version": "3.0", "profile": PROFILE, "openapi_url": f"{held.address}/api/hsds/openapi.json"}
        )

    return text(request, kept("hsds", make), kind=KIND)


@given
def services(request: Request) -> HttpResponse:
    """Services page by page: what each has one of, all of it (`full=true`), or when each was changed (`minimal=true`)."""
    asked = asked_of(request)
    ranked = [one.service.id for one in catalogue.search(asked.words, limit=MOST)] if asked.words else None

    def make(held: Opened, language: str) -> Iterable[dict[str, Any]]:
        chosen = services_asked(held, asked, ranked)
        if asked.minimal:
            return (minimal(view, held.day) for view in chosen)
        shown = whole if asked.full else line
        return (shown(held, view, language) for view in chosen)

    most = MOST_WHOLE if asked.full else ALL if asked.minimal else MOST
    if asked.minimal and "per_page" not in request.GET:
        asked = replace(asked, size=None)
    return _page(request, ("services", asked.full, asked.minimal), make, asked, most=most)


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
    """Who answers for services, with whom stands above them; with the services themselves (`full_service=true`)."""
    asked = asked_of(request)

    def make(held: Opened, language: str) -> Iterable[dict[str, Any]]:
        return [one for _unit, one in _organizations(held, language, asked) if _has(one, asked.words)]

    most = MOST_WHOLE if asked.full_service else MOST
    return _page(request, ("organizations", asked.full_service), make, asked, most=most)


@given
def organization(request: Request, thing: UUID) -> HttpResponse:
    """One organization; with its services whole (`full_service=true`)."""
    asked = asked_of(request)
    return _one(
        request,
        ("organization", thing, asked.full_service),
        lambda held, language: _by_id((one for _unit, one in _organizations(held, language, asked)), thing),
    )


@given
def services_at_locations(request: Request) -> HttpResponse:
    """Every service at every centre that offers it."""
    asked = asked_of(request)
    ranked = [one.service.id for one in catalogue.search(asked.words, limit=MOST)] if asked.words else None

    def make(held: Opened, language: str) -> Iterable[dict[str, Any]]:
        chosen = services_asked(held, replace(asked, since=None), ranked)
        return (one for _id_, one in at_locations(held, language, asked=asked, views=chosen))

    return _page(request, ("at", asked.full), make, asked)


@given
def service_at_location(request: Request, thing: UUID) -> HttpResponse:
    """One service at one centre."""
    return _one(
        request,
        ("at", thing),
        lambda held, language: next(
            (
                one
                for id, one in at_locations(held, language, asked=WHOLE, views=held.services)
                if id == thing
            ),
            None,
        ),
    )


@given
def taxonomies(request: Request) -> HttpResponse:
    """Our taxonomies."""
    asked = asked_of(request)

    def make(held: Opened, language: str) -> Iterable[dict[str, Any]]:
        return [one for one in map(terms.taxonomy, terms.TAXONOMIES) if _has(one, asked.words)]

    return _page(request, ("taxonomies",), make, asked)


@given
def taxonomy(request: Request, thing: UUID) -> HttpResponse:
    """One of our taxonomies."""
    made = map(terms.taxonomy, terms.TAXONOMIES)
    return _one(request, ("taxonomy", thing), lambda held, language: _by_id(made, thing))


@given
def taxonomy_terms(request: Request) -> HttpResponse:
    """The life events and the facts by which services are classified; none has another above it."""
    asked = asked_of(request)

    def make(held: Opened, language: str) -> Iterable[dict[str, Any]]:
        of = str(asked.taxonomy) if asked.taxonomy else None
        return [
            one
            for one in terms.listed(held.events)
            if asked.parent is None and of in (None, one["taxonomy_id"]) and _has(one, asked.words)
        ]

    return _page(request, ("terms",), make, asked)


@given
def taxonomy_term(request: Request, thing: UUID) -> HttpResponse:
    """One term."""
    return _one(request, ("term", thing), lambda held, language: _by_id(terms.listed(held.events), thing))


@given
def description(request: Request) -> HttpResponse:
    """What of the standard's API is offered here, as OpenAPI 3.1."""
    return text(request, kept("hsds openapi", lambda held: orjson.dumps(described(held.address))), kind=KIND)


def _organizations(held: Opened, language: str, asked: Asked) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """Those that are asked for: by a term, those of whose services one is classified by it."""
    classed = services_asked(held, Asked(taxonomy=asked.taxonomy, term=asked.term), None)
    owners = {view.authority for view in classed}
    for unit in held.authorities():
        if (asked.taxonomy or asked.term) and unit.id not in owners:
            continue
        one = organization_out(held, unit, language)
        if asked.full_service and (own := [v for v in held.services if v.authority == unit.id]):
            one["services"] = [whole(held, view, language) for view in own]
        yield unit.id, one


def _has(one: dict[str, Any], words: str) -> bool:
    """Whether a thing has all these words in its name or description."""
    said = " ".join(
        str(one.get(key, "")) for key in ("name", "alternate_name", "description", "code")
    ).lower()
    return all(word in said for word in words.lower().split())


def _by_id(found: Iterable[dict[str, Any]], id: UUID) -> dict[str, Any] | None:
    return next((one for one in found if one["id"] == str(id)), None)


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
    asked: Asked,
    *,
    most: int = MOST,
) -> HttpResponse:
    """A page of a list, or all of it a thing a line (`format=ndjson`); what a reader narrowed is not kept for the next.

    Args:
        most: items of a page, however many are asked for.
    """
    language = _language(request)
    if asked.narrows:
        whole_catalogue = kept(("hsds", "opened"), lambda held: held)
        found = [orjson.dumps(one) for one in make(whole_catalogue, language)]
    else:
        found = kept(
            ("hsds", language, *name), lambda held: [orjson.dumps(one) for one in make(held, language)]
        )
    if asked.ndjson:
        lines = b"".join(one + b"\n" for one in found)
        return _in(language, text(request, lines, kind=LINES, vary="Accept-Language"))
    size = min(asked.size or most, most)
    items = found[(asked.page - 1) * size : asked.page * size]
    pages = max(1, ceil(len(found) / size))
    body = orjson.dumps(
        {
            "total_items": len(found),
            "total_pages": pages,
            "page_number": asked.page,
            "size": len(items),
            "first_page": asked.page == 1,
            "last_page": asked.page >= pages,
            "empty": not items,
            "contents": [orjson.Fragment(one) for one in items],
        }
    )
    return _in(language, text(request, body, kind=KIND, vary="Accept-Language"))


def _in(language: str, response: HttpResponse) -> HttpResponse:
    response["Content-Language"] = language
    return response


addresses: list[URLPattern] = [
    path("hsds/", about, name="hsds"),
    path("hsds/services", services, name="hsds_services"),
    path("hsds/services/<uuid:thing>", service, name="hsds_service"),
    path("hsds/organizations", organizations, name="hsds_organizations"),
    path("hsds/organizations/<uuid:thing>", organization, name="hsds_organization"),
    path("hsds/service_at_locations", services_at_locations, name="hsds_at_locations"),
    path("hsds/service_at_locations/<uuid:thing>", service_at_location, name="hsds_at_location"),
    path("hsds/openapi.json", description, name="hsds_openapi"),
    path("hsds/taxonomies", taxonomies, name="hsds_taxonomies"),
    path("hsds/taxonomies/<uuid:thing>", taxonomy, name="hsds_taxonomy"),
    path("hsds/taxonomy_terms", taxonomy_terms, name="hsds_terms"),
    path("hsds/taxonomy_terms/<uuid:thing>", taxonomy_term, name="hsds_term"),
]
