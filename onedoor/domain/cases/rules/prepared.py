"""How long a prepared application waits, and how many one network may begin. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

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

    ``upgraded``: whether the service was published anew since, so that some of it is asked again.
    """

    id: UUID
    service: UUID
    edition: UUID
    channel: str
    data: Mapping[str, Any]
    saved_at: datetime
    until: datetime
    upgraded: bool = False


def waits_until(at: datetime) -> datetime:
    """The instant at which what is saved now falls away."""
    return at + WAITS
