"""What of the catalogue is open data, gathered once for all its forms: services, who answers for them, where, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres.api import (
    Calendar,
    CentreView,
    Hours,
    NoCalendar,
    Offer,
    calendar_of,
)
from onedoor.domain.centres.api import centres as all_centres


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The catalogue as it stands on a day.

    Args:
        address: of this network, without a slash at its end; what every name of a thing begins with.
        services: by code. centres: by code.
        calendars: by the centre's id; a centre of no calendar has none.
        units: by id, those that the others name.
        contents: of the services in force, as their editions keep them, by the service's id.
    """

    address: str
    day: date
    services: tuple[catalogue.ServiceView, ...]
    events: tuple[catalogue.LifeEventView, ...]
    centres: tuple[CentreView, ...]
    calendars: Mapping[UUID, Calendar]
    units: Mapping[UUID, access.Unit]
    contents: Mapping[UUID, Mapping[str, Any]]

    @property
    def country(self) -> access.Unit | None:
        """The root of the territory; None on a node that no pack was loaded on."""
        return next((unit for unit in self.units.values() if unit.kind == "country"), None)

    def authorities(self) -> list[access.Unit]:
        """Who answers for a service, with whom stands above and who took over, by code."""
        return sorted(
            (unit for unit in self.units.values() if unit.tree == "authority"), key=lambda unit: unit.code
        )

    def service(self, code: str) -> catalogue.ServiceView:
        """One service. Raises UnknownService."""
        for view in self.services:
            if view.code == code:
                return view
        raise catalogue.UnknownService()

    def offering(self, service: UUID) -> list[tuple[CentreView, Offer]]:
        """The centres that offer a service now or later, each with the offer that counts."""
        found = []
        for view in self.centres:
            offers = [one for one in view.offers if one.service == service and not self._over(one)]
            if offers:
                found.append((view, min(offers, key=lambda one: one.valid_from)))
        return found

    def _over(self, offer: Offer) -> bool:
        return offer.valid_until is not None and offer.valid_until <= self.day

    def hours(self, view: CentreView) -> tuple[Hours, ...]:
        """When a centre is open: its own hours, else its calendar's."""
        calendar = self.calendars.get(view.id)
        return view.hours or (calendar.hours if calendar else ())


def opened(*, address: str) -> Opened:
    """The catalogue of today."""
    services = tuple(sorted(catalogue.services(), key=lambda one: one.code))
    held = tuple(sorted(all_centres(), key=lambda one: one.code))
    return Opened(
        address=address,
        day=access.today(),
        services=services,
        events=tuple(catalogue.life_events()),
        centres=held,
        calendars=_calendars(held),
        units=_units(services, held),
        contents={view.id: catalogue.documents_of(view.version_id).content for view in services},
    )


def _calendars(held: Iterable[CentreView]) -> dict[UUID, Calendar]:
    found = {}
    for view in held:
        try:
            found[view.id] = calendar_of(view.id)
        except NoCalendar:
            continue
    return found


def _units(services: Iterable[catalogue.ServiceView], held: Iterable[CentreView]) -> dict[UUID, access.Unit]:
    """The units that are named, whom they follow, and all above them."""
    found = {unit.id: unit for unit in access.units(kind="country")}
    waiting = [*(view.authority for view in services), *(view.district for view in held)]
    while waiting:
        unit = access.unit(waiting.pop())
        if unit.id not in found:
            found[unit.id] = unit
            waiting += [*unit.path, *unit.successors]
    return found
