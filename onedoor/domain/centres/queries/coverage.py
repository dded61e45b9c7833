"""Coverage read in a bounded number of statements, and what the end of an offer means to people."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from onedoor.domain.access.api import ancestors, units
from onedoor.domain.catalogue.api import in_force, periods_of
from onedoor.domain.centres.errors import gone_from_here, not_today
from onedoor.domain.centres.queries import centres, next_day_of
from onedoor.domain.centres.queries.space import areas, commitments
from onedoor.domain.centres.rules import CentreView
from onedoor.domain.centres.rules.coverage import Coverage, cover
from onedoor.domain.centres.rules.distance import Left, Site, left_without, nearest_to
from onedoor.domain.centres.rules.offering import leaving, left_from, of_service
from onedoor.kernel.i18n import text


def coverage(
    services: Sequence[UUID],
    *,
    on: date,
    among: Collection[UUID] | None = None,
) -> Coverage:
    """The matrix of these services at all centres or ``among`` some, in the order of the reader's language."""
    views = [view for view in centres() if among is None or view.id in among]
    return cover(
        services, views, commitments(services=services), pilots=_pilots(services, views, on=on), on=on
    )


def _pilots(
    services: Sequence[UUID], views: Sequence[CentreView], *, on: date
) -> Mapping[UUID, Collection[UUID]]:
    """The centres at which an edition applies that was released to named centres: the service is on trial there."""
    found: dict[UUID, set[UUID]] = {}
    for service, periods in periods_of(services).items():
        if any(one.centres for one in periods):
            held = {view.id: in_force(periods, on, view.id) for view in views}
            found[service] = {centre for centre, one in held.items() if one is not None and one.centres}
    return found


def left_by(view: CentreView, *, service: UUID, after: date) -> Left:
    """Whom it leaves without when a centre stops offering a service after a day."""
    return left_without(
        _site(view),
        [_site(one) for one in _going_on(service, after=after) if one.id != view.id],
        areas(),
        [one.id for one in units(kind="district", on=after)],
    )


def nearest_with(view: CentreView, *, service: UUID, on: date) -> tuple[CentreView, float | None] | None:
    """The nearest other centre that offers a service from a day on, with its distance in kilometres where it is known."""
    others = {one.id: one for one in _going_on(service, after=on) if one.id != view.id}
    found = nearest_to(view.district, [_site(one) for one in others.values()], areas())
    if found is not None:
        return others[found[0].centre], found[1]
    province = _site(view).province
    near = sorted(others.values(), key=lambda one: (_site(one).province != province, one.code))
    return (near[0], None) if near else None


def stopping_at(view: CentreView, *, on: date) -> list[dict[str, Any]]:
    """What a centre stops offering, or stopped within a year: the offer, and the nearest centre that goes on."""
    return [
        {"offer": one, "nearest": nearest_with(view, service=one.service, on=max(on, one.valid_until or on))}
        for one in left_from(view.offers, on=on)
    ]


def stopping_of(service: UUID, *, on: date) -> list[dict[str, Any]]:
    """The centres that stop offering a service or stopped within a year, each with the nearest that goes on."""
    found = []
    for view in centres():
        offer = leaving(view.offers, service, on=on)
        if offer is not None:
            near = nearest_with(view, service=service, on=max(on, offer.valid_until or on))
            found.append({"centre": view, "offer": offer, "nearest": near})
    return found


def why_not(view: CentreView, *, service: UUID, on: date) -> Any:
    """The sentence for a service that a centre does not offer on a day: the next day, or that it was withdrawn and why."""
    following = next_day_of(view, service=service, after=on)
    gone = leaving(view.offers, service, on=on) if following is None else None
    if gone is None or gone.valid_until is None or on < gone.valid_until or gone.last_day is None:
        return not_today(following)
    near = nearest_with(view, service=service, on=on)
    return gone_from_here(
        last_day=gone.last_day, reason=text(gone.reason), nearest=text(near[0].name) if near else ""
    )


def _going_on(service: UUID, *, after: date) -> list[CentreView]:
    """The centres that offer a service after a day."""
    return [
        view
        for view in centres()
        if any(one.valid_until is None or one.valid_until > after for one in of_service(view.offers, service))
    ]


def _site(view: CentreView) -> Site:
    above = next((one.id for one in ancestors(view.district) if one.kind == "province"), view.district)
    return Site(centre=view.id, district=view.district, province=above)
