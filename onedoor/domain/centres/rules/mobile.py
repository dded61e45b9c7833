"""Mobile units: when their stops open them, what a stop may say, what villages ask for, where to go next. Pure decisions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Literal
from uuid import UUID

from onedoor.domain.centres.rules import CentreView, Offer, StopHours
from onedoor.domain.centres.rules.distance import AreaView, Site, kilometres, nearest_to
from onedoor.kernel.i18n import Translated, normalise

StopState = Literal["planned", "announced", "open", "done", "cancelled"]
StopFault = Literal[
    "village", "place", "past", "backwards", "capacity", "nothing", "not offered", "overlap", "holiday"
]
MOST_PEOPLE = 10_000
VILLAGE_WORDS = ("ບ້ານ", "ban")


def as_it_goes(view: CentreView, stops: Iterable[StopHours]) -> CentreView:
    """A mobile unit with its announced stops: it is open during them, and offers on their days what they bring."""
    held = tuple(sorted(stops, key=lambda one: (one.day, one.opens)))
    return replace(
        view,
        stops=held,
        offers=tuple(
            replace(offer, days=tuple(one.day for one in held if offer.service in one.services))
            for offer in view.offers
        ),
    )


def capacity_of_day(view: CentreView, offer: Offer, day: date) -> int | None:
    """How many people a day a centre serves with an offer at most: never more than its stops of the day; None without a limit."""
    stops = [one.capacity for one in view.stops if one.day == day and offer.service in one.services]
    if not stops:
        return offer.capacity
    return min(sum(stops), offer.capacity) if offer.capacity else sum(stops)


def stop_of_hour(stops: Iterable[StopHours], day: date, moment: time) -> tuple[StopHours, time, time] | None:
    """The stop to which a moment of a day belongs, and from when until when; None where the unit stands nowhere.

    The first stop of a day begins with it, since people come before it opens, and each lasts until the next one opens.
    """
    held = sorted((one for one in stops if one.day == day), key=lambda one: one.opens)
    if not held:
        return None
    place = max((at for at, one in enumerate(held) if one.opens <= moment), default=0)
    since = held[place].opens if place else time.min
    until = held[place + 1].opens if place + 1 < len(held) else time.max
    return held[place], since, until


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """What a stop did, as its unit wrote it: people, cases and so on are None until it has closed."""

    opened_at: datetime
    closed_at: datetime | None = None
    people: int | None = None
    services: Mapping[UUID, int] = field(default_factory=dict)
    cases: int | None = None
    cash: int | None = None
    wait_minutes: int | None = None
    kilometres: int | None = None
    unmet: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StopView:
    """A mobile unit in a village for some hours of a day.

    Args:
        id: None while it is only proposed.
        services: those that it brings, by id.
        state: planned, announced, open, done or cancelled.
        on_holiday: it is held although the day is a holiday.
        version: for whoever changes it.
    """

    id: UUID | None
    centre: UUID
    district: UUID
    village: str
    day: date
    opens: time
    closes: time
    services: tuple[UUID, ...]
    capacity: int
    place: str = ""
    state: StopState = "planned"
    announced_on: date | None = None
    reason: Translated = field(default_factory=dict)
    on_holiday: bool = False
    demonstration: bool = False
    version: int = 0
    report: ReportView | None = None


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What villages of a district ask for: people by service (each asked for by so many), and the villages by people."""

    district: UUID
    people: int
    requests: int
    services: Mapping[UUID, int]
    villages: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A district where a stop would spare the most: people who asked, times the kilometres to the nearest centre.

    Args:
        away: kilometres to the nearest centre that stays; None when no place of either is known.
        spared: person-kilometres, one way.
    """

    demand: Demand
    away: float | None
    spared: float


def stop_fault(
    stop: StopView,
    *,
    offered: Collection[UUID],
    others: Iterable[StopView],
    today: date | None,
    holiday: bool,
) -> tuple[str, StopFault] | None:
    """The first thing that cannot be: (field, which fault); None when the stop is in order.

    Args:
        others: the unit's other stops of the day, cancelled ones left out.
        today: the first day on which it may be; None for the node itself, which may tell the past.
        holiday: whether the day is a holiday; then it must be meant.
    """
    if not 1 <= len(stop.village) <= 200:
        return "village", "village"
    if len(stop.place) > 200:
        return "place", "place"
    if today is not None and stop.day < today:
        return "day", "past"
    if stop.opens >= stop.closes:
        return "closes", "backwards"
    if not 1 <= stop.capacity <= MOST_PEOPLE:
        return "capacity", "capacity"
    if not stop.services:
        return "services", "nothing"
    if set(stop.services) - set(offered):
        return "services", "not offered"
    if any(one.day == stop.day and one.opens < stop.closes and stop.opens < one.closes for one in others):
        return "opens", "overlap"
    if holiday and not stop.on_holiday:
        return "on_holiday", "holiday"
    return None


def request_fault(
    *, village: str, people: int, services: Collection[UUID], known: Collection[UUID]
) -> str | None:
    """The first field of a village's request that cannot be; None when all can."""
    if not 2 <= len(village) <= 200:
        return "village"
    if not 1 <= people <= MOST_PEOPLE:
        return "people"
    if not services or set(services) - set(known):
        return "services"
    return None


def village_key(name: str) -> str:
    """A village's name as it is compared: without case, blanks, and the word for village before it."""
    plain = "".join(normalise(name).casefold().split())
    for word in VILLAGE_WORDS:
        if plain.startswith(word) and len(plain) > len(word):
            return plain[len(word) :]
    return plain


def proposals(
    demands: Iterable[Demand], *, sites: Sequence[Site], areas: Mapping[UUID, AreaView]
) -> list[Proposal]:
    """Where to go next: the districts by people who asked times their way to the nearest centre, the most spared first."""
    found = []
    for one in demands:
        near = nearest_to(one.district, sites, areas)
        away = near[1] if near else None
        # Where no distance is known, it counts as the shortest way that anybody goes: it is listed, but last.
        found.append(Proposal(demand=one, away=away, spared=one.people * max(away or 0.0, 1.0)))
    return sorted(found, key=lambda one: (-one.spared, str(one.demand.district)))


def near_stops(
    stops: Iterable[StopView],
    *,
    district: UUID,
    province_of: Mapping[UUID, UUID],
    areas: Mapping[UUID, AreaView],
) -> list[tuple[StopView, float | None, bool]]:
    """Stops as somebody of a district reaches them: (stop, kilometres or None, in the same province), the nearest first.

    The district itself, then by distance as the crow flies; where none is known the own province, then by day.
    """
    here, home, found = areas.get(district), province_of.get(district), []
    for one in stops:
        there = areas.get(one.district)
        away = kilometres(here, there) if here and there else None
        found.append((one, 0.0 if one.district == district else away, province_of.get(one.district) == home))
    far = float("inf")
    return sorted(
        found, key=lambda row: (far if row[1] is None else row[1], not row[2], row[0].day, row[0].opens)
    )
