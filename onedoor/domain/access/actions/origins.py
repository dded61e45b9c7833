"""Which pack this node was set up from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onedoor.domain.access.models import Origin
from onedoor.domain.access.permissions import LOAD, require
from onedoor.kernel.scope import Actor


def note_origin(*, by: Actor, at: datetime, pack: str, about: Mapping[str, Any]) -> None:
    """Keep what a pack that was loaded says of itself; a local note, of which no other node is told.

    Args:
        pack: its code, after which the ids of what it brought are named.
        about: its languages, currency, zone, owner and the like, as plain data.
    """
    require(by, LOAD)
    Origin.objects.update_or_create(pack=pack, defaults={"about": dict(about)})
