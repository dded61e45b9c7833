"""Centres as the citizen sees them: where, open or not, how many wait. A fixed number of statements for any number of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.access.api import ancestors, today, unit, unit_by_code
from onedoor.domain.catalogue.api import ServiceView
from onedoor.domain.centres.api import CentreView, OfferDays, centres_with, open_centres
from onedoor.domain.queue.api import Busy, Expected, busy, expect, today_at, waiting_counts
from onedoor.doors.citizen.words import people_said
from onedoor.kernel.errors import Missing
from onedoor.kernel.i18n import text

NEAR = "onedoor_near"
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Hall:
    """A centre with the state of its hall; ``days`` says when it offers the service that is looked at."""

    centre: CentreView
    waiting: int
    open: bool
    days: OfferDays | None = None
    wait: Expected | None = None
    busy: Busy | None = None

    @property
    def people(self) -> str:
        """How many wait, in words."""
        return people_said(self.waiting)


@dataclass(frozen=True)
class Region:
    """A province with its halls; ``open`` when the reader is most likely to look for it."""

    code: str
    name: str
    halls: tuple[Hall, ...]
    open: bool

    @property
    def waiting(self) -> int:
        """How many wait in all of them."""
        return sum(hall.waiting for hall in self.halls)

    @property
    def people(self) -> str:
        """How many wait in all of them, in words."""
        return people_said(self.waiting)


def halls_of(views: Iterable[CentreView], *, at: datetime) -> list[Hall]:
    """The halls of these centres at an instant, in the same order."""
    listed = list(views)
    waiting: dict[UUID, int] = {}
    for zone in {view.zone for view in listed}:
        there = [view.id for view in listed if view.zone == zone]
        waiting |= waiting_counts(there, day=at.astimezone(ZoneInfo(zone)).date())
    opened = open_centres(listed, at)
    return [Hall(centre=view, waiting=waiting.get(view.id, 0), open=view.id in opened) for view in listed]


def hall_seen(view: CentreView, *, at: datetime) -> Hall:
    """One hall with the wait of who comes now, and how busy such a day is."""
    hall = halls_of([view], at=at)[0]
    wait = expect(view.id, at=at) if hall.open else None
    day = today_at(centre=view.id, at=at)
    return replace(hall, wait=wait, busy=busy(view.id, day=day, at=at, wait=wait))


def stretches(day: Busy) -> list[tuple[time, time, str]]:
    """From when to when it usually is how busy: half hours of one kind that follow each other are one stretch."""
    found: list[tuple[time, time, str]] = []
    for one in day.hours:
        ends = _half_an_hour_after(one.starts)
        if found and found[-1][1:] == (one.starts, one.load):
            found[-1] = (found[-1][0], ends, one.load)
        else:
            found.append((one.starts, ends, one.load))
    return found


def _half_an_hour_after(at: time) -> time:
    minute = min(at.hour * 60 + at.minute + 30, 24 * 60 - 1)
    return time(minute // 60, minute % 60)


def by_province(halls: Iterable[Hall], *, near: str = "") -> list[Region]:
    """The same by province in the official order; the first is open, or that of the centre with the code ``near``."""
    found: dict[UUID, list[Hall]] = {}
    for hall in halls:
        found.setdefault(province_of(hall.centre), []).append(hall)
    ordered = sorted(found.items(), key=lambda pair: unit(pair[0]).code)
    first = next((id for id, kept in ordered if near in {hall.centre.code for hall in kept}), None)
    first = first or (ordered[0][0] if ordered else None)
    return [
        Region(code=unit(id).code, name=text(unit(id).name), halls=tuple(kept), open=id == first)
        for id, kept in ordered
    ]


def province_of(view: CentreView) -> UUID:
    """The province a centre lies in (its district where there is none)."""
    above = [one.id for one in ancestors(view.district) if one.kind == "province"]
    return above[-1] if above else view.district


def province_known(code: str) -> bool:
    """Whether a province has this code."""
    try:
        return unit_by_code(code).kind == "province"
    except Missing:
        return False


def days_at(hall: Hall, service: ServiceView) -> OfferDays | None:
    """When this centre offers a service; None where it does not."""
    offering = centres_with(service.id, on=today())
    return next((days for view, days in offering if view.id == hall.centre.id), None)
