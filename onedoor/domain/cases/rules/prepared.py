"""How long a prepared application waits, and how many one network may begin. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from onedoor.domain.catalogue.api import Upgrade

WAITS = timedelta(days=30)
MOST_AN_HOUR = 60
CHANNELS = ("portal", "kiosk", "phone")


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A preparation that was begun, and its code: shown to whoever fills it in, kept nowhere."""

    id: UUID
    code: str


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A prepared application as its applicant sees it.

    ``edition``: the one in force, in whose form ``data`` is; ``kept_in`` and ``former``: the edition and the answers as they
    were saved. ``version`` counts the changes. ``newer``: what became of the answers, when the service was published anew since.
    """

    id: UUID
    service: UUID
    edition: UUID
    channel: str
    data: Mapping[str, Any]
    saved_at: datetime
    until: datetime
    kept_in: UUID
    former: Mapping[str, Any]
    version: int
    newer: Upgrade | None = None

    @property
    def upgraded(self) -> bool:
        """Whether the service was published anew since it was saved."""
        return self.newer is not None


@dataclass(frozen=True, kw_only=True)
class TakenOver:
    """A draft that was filled with what was prepared; ``newer``: what became of it, when it was of another edition."""

    case: UUID
    newer: Upgrade | None = None


def waits_until(at: datetime) -> datetime:
    """The instant at which what is saved now falls away."""
    return at + WAITS
