"""Every route declares its permission, and the guard holds each to it: anonymous, elsewhere, another role, right."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from onedoor.config import staff
from onedoor.domain.access import api as access
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import PUBLIC, Actor, everything, permission_of
from tests.factories import hall as halls

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

    @property
    def of_a_centre(self) -> bool:
        return ":centre>" in self.address

    @property
    def needs_nothing_else(self) -> bool:
        return "<" not in re.sub(r"<[a-z]+:centre>", "", self.address) and "(?P" not in self.address

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


@dataclass
class World:
    """A centre, and somebody for each column of the table."""

    centre: str
    anonymous: Client
    elsewhere: Client
    another_role: Client
    right: Client


@pytest.fixture
def world(db: None, at: datetime) -> World:
    hall = halls.hall(at=at)
    everything_there_is = sorted(access.permissions())
    nothing = [code for code in everything_there_is if code not in asked_for()][:1]
    with everything("a test builds its world"):
        stranger = halls.officer(
            at=at,
            username="elsewhere",
            unit=access.unit_by_code(f"{hall.code}-other").id,
            permissions=everything_there_is,
            role="all",
        )
        idle = halls.officer(at=at, username="idle", unit=hall.centre, permissions=nothing, role="nothing")
        right = halls.officer(
            at=at, username="right", unit=hall.centre, permissions=everything_there_is, role="all"
        )
        tokens = [
            access.issue_token(by=halls.SYSTEM, at=at, name=name, unit=unit, scopes=scopes)[1]
            for name, unit, scopes in (
                ("elsewhere", access.unit_by_code(f"{hall.code}-other").id, everything_there_is),
                ("idle", hall.centre, nothing),
                ("right", hall.centre, everything_there_is),
            )
        ]
    access.forget()
    seated = [come(who, token) for who, token in zip((stranger, idle, right), tokens, strict=True)]
    return World(hall.code, Client(raise_request_exception=False), *seated)


def asked_for() -> set[str | None]:
    return {asked for route in ROUTES for asked in route.asked.values()}


def come(who: Actor, token: str) -> Client:
    """A browser with this person at it, that also holds a machine's token for the routes of machines."""
    client = Client(raise_request_exception=False)
    session = client.session
    staff.begin(SimpleNamespace(session=session), UUID(str(who.id)))  # type: ignore[arg-type]
    session.save()
    client.token = token  # type: ignore[attr-defined]
    return client


def answers(client: Client, world: World, chosen: list[Route]) -> dict[tuple[str, str], int]:
    """The status of every method of the routes, as this client sees them."""
    statuses = {}
    for route in chosen:
        bearer = {"Authorization": f"Bearer {client.token}"} if hasattr(client, "token") else {}
        headers = bearer if getattr(route.view, "csrf_exempt", False) else {}
        for method in route.asked:
            answer = client.generic(
                method, route.at(world.centre), "{}", content_type="application/json", headers=headers
            )
            statuses[method, route.address] = 401 if _to_a_login(answer) else answer.status_code
    return statuses


def _to_a_login(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(("/accounts/", settings.LOGIN_URL))


def test_anonymous_is_asked_who_it_is(world: World) -> None:
    statuses = answers(world.anonymous, world, GUARDED)
    assert {route: status for route, status in statuses.items() if status != 401} == {}


def test_elsewhere_is_not_found(world: World) -> None:
    statuses = answers(world.elsewhere, world, [route for route in GUARDED if route.of_a_centre])
    assert {route: status for route, status in statuses.items() if status != 404} == {}


def test_another_role_is_refused(world: World) -> None:
    statuses = answers(world.another_role, world, GUARDED)
    assert {route: status for route, status in statuses.items() if status != 403} == {}


def test_the_right_one_comes_in(world: World) -> None:
    statuses = answers(world.right, world, GUARDED)
    assert {route: status for route, status in statuses.items() if status in (401, 403, 500)} == {}
    plain = {route.address for route in GUARDED if route.needs_nothing_else}
    assert {route: status for route, status in statuses.items() if route[1] in plain and status == 404} == {}


def test_the_public_pages_answer(world: World) -> None:
    public = [route for route in ROUTES if not route.guarded]
    statuses = answers(world.anonymous, world, public)
    assert {route: status for route, status in statuses.items() if status in (403, 500)} == {}


def test_there_are_routes_of_both_kinds() -> None:
    assert len(GUARDED) > 10
    assert len(ROUTES) - len(GUARDED) > 5
