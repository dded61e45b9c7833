"""Where somebody of the staff is logged in on this node, and how such a session ends from elsewhere.

What a session holds is read from the sessions themselves: there are no more of them than people at work, and the page that
lists them is opened seldom. So nothing has to be kept beside them, and an ended session is simply gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.http import HttpRequest

from onedoor.config import staff
from onedoor.kernel.crypto import keyring

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Sitting:
    """One session of a login: ``mark`` names it on the page without giving its key away."""

    mark: str
    key: str
    since: datetime
    seen: datetime
    locked: bool
    browser: str
    address: str
    here: bool


def sittings(request: HttpRequest, of: UUID) -> list[Sitting]:
    """The sessions in which a login works now; this one first, then the newest."""
    found = [_sitting(request, key, held) for key, held in _held(request, of)]
    return sorted(found, key=lambda one: (one.here, one.since), reverse=True)


def end(request: HttpRequest, of: UUID, *, mark: str = "") -> int:
    """End the session with this mark, or all but this one where none is named; gives how many ended."""
    chosen = [one.key for one in sittings(request, of) if not one.here and mark in ("", one.mark)]
    gone, _each = Session.objects.filter(session_key__in=chosen).delete()
    return gone


def browser_of(agent: str) -> str:
    """Browser and system in the words that their owner knows: “Firefox · Windows”."""
    known = (next((name for sign, name in table if sign in agent), "") for table in (BROWSERS, SYSTEMS))
    return " · ".join(name for name in known if name)


def _held(request: HttpRequest, of: UUID) -> Iterator[tuple[str, dict[str, Any]]]:
    store = request.session
    kept = Session.objects.filter(expire_date__gt=datetime.now(UTC)).values_list(
        "session_key", "session_data"
    )
    for key, data in kept.iterator():
        held = store.decode(data).get(staff.KEY)
        if held and held["id"] == str(of) and staff.holds(held):
            yield key, held


def _sitting(request: HttpRequest, key: str, held: dict[str, Any]) -> Sitting:
    return Sitting(
        mark=keyring().mac("config.sitting", key.encode())[:16].hex(),
        key=key,
        since=datetime.fromtimestamp(held["at"], UTC),
        seen=datetime.fromtimestamp(held["seen"], UTC),
        locked=staff.is_locked(held),
        browser=browser_of(held.get("agent", "")),
        address=held.get("address", ""),
        here=key == request.session.session_key,
    )
