"""The guard at every door: who comes, what the route asks for, and what they may see while they are in.

A view carries `needs(permission)` or `public` (kernel.scope), the outermost mark; without one it is refused. An actor
comes by a session with a proved second factor, by a device's cookie, or by a bearer token. A route exempt from CSRF
checks takes bearer tokens only. The url argument ``centre`` (a centre's code) names the unit that is asked about: out of
reach is 404, in reach without the permission is 403.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onedoor.config import faults
from onedoor.config.staff import KEY, Present, Seat, seat
from onedoor.domain.access.api import bearer, centres_of, may, reach, refresh, unit_by_code
from onedoor.doors.exchange import limits
from onedoor.kernel.errors import Conflict, DomainError, Missing, race_lost
from onedoor.kernel.mirrors.reference import UNREAD, as_stamped
from onedoor.kernel.scope import PUBLIC, Actor, open_scope, permission_of

View = Callable[..., HttpResponse]
log = logging.getLogger(__name__)
_checked = threading.local()


class UnmarkedRoute(Exception):
    """A view without `needs` or `public`: a fault of the program."""


class Guard:
    """The last middleware before a view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        with ExitStack() as scopes:
            request.scopes = scopes
            request.actor = Actor.public()
            request.centre = None
            scopes.enter_context(as_stamped(UNREAD))
            response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        if request.actor.kind != "public":
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: Any, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Refuse, or let in with the actor and the scope set."""
        asked = _asked(request, view)
        if asked is None:
            if settings.TESTING:
                raise UnmarkedRoute(f"{view.__module__}.{view.__qualname__} carries neither needs nor public")
            return faults.refuse(request, 403, code="unmarked_route")
        _recheck()
        if asked == PUBLIC:
            return None
        try:
            return self._admit(request, view, asked, kwargs.get("centre"))
        except DomainError as fault:
            return faults.answer(request, fault)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Show a sentence of the domain with its status, and to the slower of two that the other was faster.

        Anything else is the server's fault (500).
        """
        if isinstance(fault, DomainError):
            return faults.answer(request, fault)
        lost = race_lost(fault)
        if not lost:
            return None
        log.warning("race lost: %s", lost, exc_info=fault)
        return faults.answer(request, Conflict())

    def _admit(self, request: Any, view: View, asked: str, code: str | None) -> HttpResponse | None:
        refusal: HttpResponse | None = None
        for actor, seated in _comers(request, view):
            try:
                centre = _centre(actor, code)
            except Missing as fault:
                refusal = refusal or faults.answer(request, fault)
                continue
            if not may(actor, asked, at=centre):
                refusal = refusal or faults.refuse(request, 403, code="not_permitted")
                continue
            if seated is not None and seated.locked:
                return _send_to(request, "staff_unlock", 423)
            _let_in(request, actor, seated, asked, centre)
            return None
        return refusal or _slowed(request) or _ask_who(request)


def _asked(request: HttpRequest, view: View) -> str | None:
    """The permission that a route asks for; a route with several methods may ask for one per method."""
    asked: Any = permission_of(view)
    if isinstance(asked, Mapping):
        asked = asked.get(request.method or "GET") or (asked.get("GET") if request.method == "HEAD" else None)
    return asked if isinstance(asked, str) else None


def _comers(request: HttpRequest, view: View) -> Iterator[tuple[Actor, Seat | None]]:
    """Everybody that this request proves to be, in the order in which they are asked for the permission."""
    token = _shown(request)
    if token:
        actor = bearer(token)
        if actor is not None:
            yield actor, None
        return
    if getattr(view, "csrf_exempt", False):
        return
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        seated = seat(request)
        if seated is not None:
            yield seated.actor, seated
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME)
    if cookie:
        actor = bearer(cookie)
        if actor is not None and actor.kind == "device":
            yield actor, None


def _shown(request: HttpRequest) -> str:
    """The bearer token that a request shows, or nothing."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _slowed(request: HttpRequest) -> HttpResponse | None:
    """Count a token that proved nobody; the refusal when its address tried too many. A right token never comes here."""
    return limits.wrong_token(request) if _shown(request) else None


def _centre(actor: Actor, code: str | None) -> UUID | None:
    """The id of the centre that the address names.

    Raises:
        Missing: there is none, or the actor cannot know that there is.
    """
    if code is None:
        return None
    found = unit_by_code(code)
    if found.kind != "centre" or found.id not in reach(actor):
        raise Missing()
    return found.id


def _let_in(request: Any, actor: Actor, seated: Seat | None, asked: str, centre: UUID | None) -> None:
    request.actor = actor
    request.centre = centre
    if seated is not None:
        request.user = Present(seated.known)
        request.scopes.enter_context(as_stamped(request.session.stamp))
    seen = (centre,) if centre is not None else centres_of(actor, asked)
    request.scopes.enter_context(open_scope(centre=seen))


def _ask_who(request: HttpRequest) -> HttpResponse:
    """Send people to the page where they can prove who they are; tell machines that they must."""
    if faults.wants_json(request):
        response = faults.refuse(request, 401, code="not_logged_in")
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    door = request.resolver_match.namespace if request.resolver_match else ""
    if door in ("kiosk", "board"):
        return _send_to(request, "device_enter", 401)
    if request.session.get("_auth_user_id") and KEY not in request.session:
        return _send_to(request, "mfa_activate_totp", 401)
    return _send_to(request, "account_login", 401)


def _send_to(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """A redirect that comes back here afterwards; htmx is told by a header, machines by a status."""
    if faults.wants_json(request):
        return faults.refuse(request, status, code="locked" if status == 423 else "not_logged_in")
    back = (
        request.get_full_path()
        if request.method in ("GET", "HEAD")
        else request.headers.get("HX-Current-URL", "/")
    )
    address = f"{reverse(name)}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=status, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _recheck() -> None:
    """Notice revoked rights, at most once in `RIGHTS_CHECK_EVERY` seconds per thread."""
    now = time.monotonic()
    if now - getattr(_checked, "at", 0.0) >= settings.RIGHTS_CHECK_EVERY:
        _checked.at = now
        refresh()
