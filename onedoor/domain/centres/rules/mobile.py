"""Mobile units: when their stops open them, what a stop may say, what villages ask for, where to go next. Pure decisions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from onedoor.domain.centres.rules import CentreView, Offer, StopHours


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
