"""Where everything of a test happens: a country down to a centre and its neighbour, a ministry, and when they are open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.kernel.ids import new_id
from tests.factories.offices import SYSTEM, unit


@dataclass(frozen=True)
class Place:
    """The units that a test may refer to."""

    country: UUID
    ministry: UUID
    district: UUID
    centre: UUID
    other: UUID


def place(*, at: datetime, code: str, always_open: bool = False) -> Place:
    """The units and the calendar; the two centres are units only, until they are opened."""
    country = unit(at=at, code="LA", kind="country", tree="territory", parent=None)
    ministry = unit(at=at, code="MOHA", kind="ministry", tree="authority", parent=None)
    province = unit(at=at, code="01", kind="province", tree="territory", parent=country)
    district = unit(at=at, code="0103", kind="district", tree="territory", parent=province)
    centre = unit(at=at, code=code, kind="centre", tree="territory", parent=district)
    other = unit(at=at, code=f"{code}-other", kind="centre", tree="territory", parent=district)
    days = range(1, 8) if always_open else range(1, 6)
    opens, closes = (time(0), time(23, 59)) if always_open else (time(8), time(16))
    centres.save_calendar(
        by=SYSTEM,
        at=at,
        id=new_id(),
        unit=country,
        zone="Asia/Vientiane",
        rest=() if always_open else (6, 7),
        hours=[centres.Hours(weekday=day, opens=opens, closes=closes) for day in days],
        confirmed=False,
        holidays=[],
    )
    return Place(country=country, ministry=ministry, district=district, centre=centre, other=other)


def open_centre(unit: UUID, *, at: datetime, district: UUID, offers: Sequence[centres.Offer]) -> None:
    """Opens a centre that offers these services."""
    centres.save_centre(
        by=SYSTEM,
        at=at,
        id=unit,
        code=access.unit(unit).code,
        name={"lo": "ສູນໄຊເສດຖາ", "en": "Saysettha"},
        district=district,
        demonstration=True,
        offers=offers,
    )
