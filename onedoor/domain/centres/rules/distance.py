"""How far people have to go for a service, as the crow flies between the middles of districts, and whom an end leaves without."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from uuid import UUID

RADIUS_KM = 6371.0


@dataclass(frozen=True, kw_only=True)
class AreaView:
    """The middle of a district or province in degrees, and its people in a year; None where they were not counted."""

    unit: UUID
    latitude: float
    longitude: float
    population: int | None = None
    year: int | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Site:
    """A centre with the district and province in which it lies."""

    centre: UUID
    district: UUID
    province: UUID


@dataclass(frozen=True, kw_only=True)
class Further:
    """A district whose nearest centre with the service this was: kilometres before and after, and where to go then."""

    district: UUID
    before: float
    after: float | None
    to: UUID | None


@dataclass(frozen=True, kw_only=True)
class Left:
    """Whom the end of a service at a centre leaves without.

    Args:
        nearest, away: the next centre that goes on offering it, and its distance in kilometres; None without any.
        last_in_province: no other centre of the province offers it.
        people, year: everybody in the province, when it was the last one and they were counted.
        districts: whose nearest centre this was, those who must go furthest first.
    """

    province: UUID
    nearest: UUID | None
    away: float | None
    last_in_province: bool
    people: int | None
    year: int | None
    districts: tuple[Further, ...]


def kilometres(one: AreaView, other: AreaView) -> float:
    """The great-circle distance of two areas' middles."""
    north, other_north = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin(east / 2) ** 2
    return 2 * RADIUS_KM * asin(min(1.0, sqrt(half)))


def nearest_to(
    district: UUID, sites: Sequence[Site], areas: Mapping[UUID, AreaView]
) -> tuple[Site, float] | None:
    """The nearest of these centres to a district, and its distance; None when no place of either is known."""
    here = areas.get(district)
    if here is None:
        return None
    known = [(kilometres(here, areas[one.district]), one) for one in sites if one.district in areas]
    away, found = min(known, key=lambda pair: (pair[0], str(pair[1].centre)), default=(0.0, None))
    return (found, away) if found else None


def left_without(
    leaving: Site, staying: Sequence[Site], areas: Mapping[UUID, AreaView], districts: Sequence[UUID]
) -> Left:
    """Whom it leaves without when ``leaving`` stops and ``staying`` go on.

    Args:
        districts: every district of the country.
    """
    others = [one for one in staying if one.centre != leaving.centre]
    alone = all(one.province != leaving.province for one in others)
    near = nearest_to(leaving.district, others, areas)
    further = []
    for district in districts:
        before = nearest_to(district, [leaving], areas)
        if before is None:
            continue
        after = nearest_to(district, others, areas)
        if after is None or before[1] < after[1]:
            further.append(
                Further(
                    district=district,
                    before=before[1],
                    after=after[1] if after else None,
                    to=after[0].centre if after else None,
                )
            )
    province = areas.get(leaving.province)
    return Left(
        province=leaving.province,
        nearest=near[0].centre if near else None,
        away=near[1] if near else None,
        last_in_province=alone,
        people=province.population if province and alone else None,
        year=province.year if province and alone else None,
        districts=tuple(sorted(further, key=lambda one: one.before - (one.after or RADIUS_KM))),
    )
