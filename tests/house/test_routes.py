"""Every route declares its permission, and public pages answer. Who is turned away how stands in test_urls."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from onedoor.domain.access import api as access
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import PUBLIC, permission_of
from tests.factories.hall import hall

FILLERS = {
    "uuid": lambda: str(new_id()),
    "uuidstr": lambda: str(new_id()),
    "int": lambda: "1",
    "path": lambda: "x",
}


@dataclass(frozen=True)
class Route:
    """One address and what answers there."""

    address: str
    view: Callable[..., Any]

    @property
    def asked(self) -> dict[str, str | None]:
        """The permission that each method asks for."""
        asked: Any = permission_of(self.view)
        return dict(asked) if isinstance(asked, Mapping) else {"GET": asked}

    @property
    def guarded(self) -> bool:
        return any(asked != PUBLIC for asked in self.asked.values())

    def at(self, centre: str) -> str:
        """The address with the centre's code, and with something that does not exist for all else."""

        def fill(argument: re.Match[str]) -> str:
            kind, name = argument.group(1), argument.group(2)
            return centre if name == "centre" else FILLERS.get(kind, lambda: "x")()

        return re.sub(r"<(?:([a-z_]+):)?([a-z_]+)>", fill, self.address)


def routes(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[Route]:
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(pattern, URLPattern):
            yield Route(address, pattern.callback)
        else:
            yield from routes(pattern, address)


ROUTES = list(routes())
GUARDED = [route for route in ROUTES if route.guarded]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.address)
def test_a_route_declares_its_permission(route: Route) -> None:
    assert None not in route.asked.values(), "mark the view with @needs or @public"
    undeclared = set(route.asked.values()) - {PUBLIC} - set(access.permissions())
    assert not undeclared, "an undeclared permission can be granted to nobody"


@pytest.mark.django_db
def test_a_public_page_answers_whatever_is_asked(at: datetime) -> None:
    """Anonymous people get an answer everywhere: a page, or that there is none; never a fault of the server."""
    code, browser = hall(at=at).code, Client(raise_request_exception=False)
    public = [route for route in ROUTES if not route.guarded]
    statuses = {
        route.address: browser.generic(method, route.at(code)).status_code
        for route in public
        for method in route.asked
    }
    assert {
        address: status for address, status in statuses.items() if status in (401, 403) or status >= 500
    } == {}


def test_there_are_routes_of_both_kinds() -> None:
    assert len(GUARDED) > 10
    assert len(ROUTES) - len(GUARDED) > 5
