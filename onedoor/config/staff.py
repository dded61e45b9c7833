"""Who sits at this session: written when a second factor was proved, read at every staff page without a query."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from onedoor.domain.access.api import Known, login
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import Actor

KEY = "staff"


@dataclass(frozen=True)
class Present:
    """Stands for ``request.user`` on working pages: what templates ask of it, from memory."""

    known: Known
    is_authenticated: bool = True
    is_anonymous: bool = False
    is_active: bool = True

    @property
    def pk(self) -> UUID:
        """The login's id."""
        return self.known.id

    @property
    def id(self) -> UUID:
        """The login's id."""
        return self.known.id

    def get_username(self) -> str:
        """The user name."""
        return self.known.username

    def get_short_name(self) -> str:
        """The person's name in the language of the page."""
        return text(self.known.name) or self.known.username

    def __str__(self) -> str:
        return self.get_short_name()


@dataclass(frozen=True)
class Seat:
    """A session with somebody of the staff at it."""

    actor: Actor
    known: Known
    locked: bool


def begin(request: HttpRequest, id: UUID) -> None:
    """Seat a login whose password and second factor were proved just now."""
    known = login(id)
    if known is None:
        return
    now = int(time.time())
    request.session[KEY] = {
        "id": str(id),
        "stamp": known.stamp,
        "at": now,
        "seen": now,
        "locked": False,
        "agent": request.META.get("HTTP_USER_AGENT", "")[:300],
        "address": request.META.get("REMOTE_ADDR", "")[:60],
    }


def seat(request: HttpRequest) -> Seat | None:
    """Who sits here, or None. Ends the session when the login was closed, its password changed, or the shift is over."""
    held: dict[str, Any] | None = request.session.get(KEY)
    if held is None:
        return None
    known = holds(held)
    if known is None:
        request.session.flush()
        return None
    now, locked = int(time.time()), is_locked(held)
    if not locked and now - held["seen"] > settings.SESSION_SEEN_EVERY:
        request.session[KEY] = {**held, "seen": now}
    return Seat(actor=Actor("staff", known.id), known=known, locked=locked)


def holds(held: Mapping[str, Any]) -> Known | None:
    """Whose seat this is, while it holds: the login is open, its proof unchanged, the shift not over."""
    known = login(UUID(held["id"]))
    fresh = int(time.time()) - held["at"] <= settings.SESSION_COOKIE_AGE
    return known if known is not None and fresh and known.stamp == held["stamp"] else None


def is_locked(held: Mapping[str, Any]) -> bool:
    """Whether the password has to be given again."""
    return bool(held["locked"] or int(time.time()) - held["seen"] > settings.SESSION_LOCK_AFTER)


def lock(request: HttpRequest) -> None:
    """Lock the session until the password is given again; what was begun stays."""
    if KEY in request.session:
        request.session[KEY] = {**request.session[KEY], "locked": True}


def unlock(request: HttpRequest) -> None:
    """Open a locked session under a new key."""
    request.session[KEY] = {**request.session[KEY], "locked": False, "seen": int(time.time())}
    request.session.cycle_key()
