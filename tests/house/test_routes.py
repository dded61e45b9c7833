"""Every route declares its permission, and the guard holds each to it: anonymous, elsewhere, another role, right."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from onedoor.domain.access.api import permissions
from onedoor.kernel.scope import PUBLIC, permission_of


@dataclass(frozen=True)
class Route:
    """One address and what answers there."""

    address: str
    view: Callable[..., Any]

    @property
    def asked(self) -> set[str]:
        """The permissions that the route declares; several where its methods differ."""
        asked: Any = permission_of(self.view)
        return set(asked.values()) if isinstance(asked, Mapping) else {asked}


def routes(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[Route]:
    for pattern in (resolver or get_resolver()).url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Route(address, pattern.callback)
        else:
            yield from routes(pattern, address)


ROUTES = list(routes())


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.address)
def test_a_route_declares_its_permission(route: Route) -> None:
    assert None not in route.asked, "mark the view with @needs or @public"
    assert route.asked - {PUBLIC} <= set(permissions()), "an undeclared permission can be granted to nobody"


def test_there_are_routes() -> None:
    assert len(ROUTES) > 10
