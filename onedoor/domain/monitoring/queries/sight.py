"""What one may watch: the country, one's centres, or one's services at all centres; and how a question narrows it."""

from dataclasses import dataclass
from uuid import UUID

from onedoor.domain.access.api import Unit, ancestors, centres_of, descendants, holding, require, unit, units
from onedoor.domain.catalogue.api import ServiceView, services
from onedoor.domain.centres.api import CentreView, centres
from onedoor.domain.monitoring.errors import OutOfSight
from onedoor.domain.monitoring.permissions import SEE
from onedoor.kernel.scope import Actor


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What an actor may watch.

    Args:
        kind: ``country`` (all), ``centres`` (these centres) or ``services`` (these services, at all centres).
        centres, services: those that pages show and filters offer.
    """

    kind: str
    centres: tuple[CentreView, ...]
    services: tuple[ServiceView, ...]

    def centre(self, code: str) -> CentreView:
        """One of the centres by its code. Raises OutOfSight."""
        for view in self.centres:
            if view.code == code:
                return view
        raise OutOfSight

    def service(self, code: str) -> ServiceView:
        """One of the services by its code. Raises OutOfSight."""
        for view in self.services:
            if view.code == code:
                return view
        raise OutOfSight

    def provinces(self) -> list[Unit]:
        """The provinces, by code."""
        here = {province_of(view.id).id for view in self.centres}
        every = units(kind="province")
        return [one for one in every if self.kind != "centres" or one.id in here]

    def province(self, code: str) -> Unit:
        """One of the provinces by its code. Raises OutOfSight."""
        for one in self.provinces():
            if one.code == code:
                return one
        raise OutOfSight

    def ministries(self) -> list[Unit]:
        """The authorities of the services, by code."""
        return sorted({unit(view.authority) for view in self.services}, key=lambda one: one.code)


@dataclass(frozen=True, kw_only=True)
class Lens:
    """A sight narrowed by a question; None stands for all of them."""

    units: tuple[UUID, ...] | None
    services: tuple[UUID, ...] | None


def sight_of(by: Actor) -> Sight:
    """What an actor may watch.

    Raises:
        NotPermitted: nothing at all.
    """
    require(by, SEE)
    if by.kind == "system":
        return Sight(kind="country", centres=tuple(centres()), services=tuple(services()))
    where = holding(by).where.get(SEE, frozenset())
    if any(unit(one).kind == "country" for one in where):
        return Sight(kind="country", centres=tuple(centres()), services=tuple(services()))
    mine = set(centres_of(by, SEE))
    if mine:
        return Sight(
            kind="centres",
            centres=tuple(view for view in centres() if view.id in mine),
            services=tuple(services()),
        )
    owned = tuple(view for view in services() if view.authority in where)
    return Sight(kind="services", centres=tuple(centres()), services=owned)


def narrowed(
    sight: Sight, *, province: str = "", centre: str = "", ministry: str = "", service: str = ""
) -> Lens:
    """The lens of a question within a sight.

    Raises:
        OutOfSight: what is asked for is not among what may be watched.
    """
    chosen: tuple[UUID, ...] | None = None
    if centre:
        chosen = (sight.centre(centre).id,)
    elif province:
        below = descendants(sight.province(province).id)
        chosen = tuple(view.id for view in sight.centres if view.id in below)
    elif sight.kind == "centres":
        chosen = tuple(view.id for view in sight.centres)
    asked: tuple[UUID, ...] | None = None
    if service:
        asked = (sight.service(service).id,)
    elif ministry:
        asked = tuple(view.id for view in sight.services if unit(view.authority).code == ministry)
        if not asked:
            raise OutOfSight
    elif sight.kind == "services":
        asked = tuple(view.id for view in sight.services)
    return Lens(units=chosen, services=asked)


def province_of(centre: UUID) -> Unit:
    """The province in which a centre lies (the highest unit below the country)."""
    above = ancestors(centre)
    for one in above:
        if one.kind == "province":
            return one
    return above[-1] if above else unit(centre)
