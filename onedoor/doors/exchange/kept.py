"""Texts of open data, made once for each state of the catalogue: a crawler reads what was made for the one before.

The stamps of the tables behind it (`kernel.mirrors.reference`) say whether it is still the same: one small statement a
request. What has no stamp (units, life events) is at most an hour old. One thread makes a text, others wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings

from onedoor.doors.exchange.opened import Opened, opened
from onedoor.kernel.clock import now
from onedoor.kernel.mirrors.reference import ReferenceStamp

Made = TypeVar("Made")
TABLES = ("catalogue_service", "centres_centre", "centres_officecalendar")
MOST = 4_000
"""Texts that are kept at once; a catalogue has a few for each service."""


class _Kept:
    def __init__(self) -> None:
        self.state: Hashable = None
        self.held: Opened | None = None
        self.made: dict[Hashable, Any] = {}
        self.lock = Lock()


_kept = _Kept()


def kept(name: Hashable, make: Callable[[Opened], Made]) -> Made:
    """What was made of the catalogue as it stands, or make it now.

    Args:
        name: what it is; the same name is always made the same way.
    """
    state = _state()
    with _kept.lock:
        if _kept.state != state or _kept.held is None or len(_kept.made) > MOST:
            _kept.held, _kept.made = opened(address=settings.PUBLIC_ADDRESS.rstrip("/")), {}
            _kept.state = state
        if name not in _kept.made:
            _kept.made[name] = make(_kept.held)
        found: Made = _kept.made[name]
        return found


def _state() -> Hashable:
    stamps = ReferenceStamp.objects.filter(name__in=TABLES).order_by("name").values_list("name", "value")
    at = now()
    return settings.PUBLIC_ADDRESS, at.date(), at.hour, tuple(stamps)
