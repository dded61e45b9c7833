"""Changing what a centre offers: what an offer may say, what withdrawing it leaves, what a pack may not undo."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.centres.errors import OfferHasEnded, OfferIsWrong
from onedoor.domain.centres.rules import LOOK_AHEAD, Offer
from onedoor.kernel.i18n import Translated

MOST = 10_000  # people a day that one centre can be said to serve
REASON = 1_000  # signs of a reason in one language
ONE_DAY = timedelta(days=1)


def of_service(offers: Iterable[Offer], service: UUID) -> tuple[Offer, ...]:
    """The offers of one service, as they stand."""
    return tuple(one for one in offers if one.service == service)


def revision_of(offers: Iterable[Offer], service: UUID) -> int:
    """How often people changed what a centre offers of a service: it only rises, so a form can say what it had seen."""
    return sum(one.revision for one in of_service(offers, service))


def merged(brought: Sequence[Offer], held: Sequence[Offer]) -> tuple[Offer, ...]:
    """The offers of a pack with those that people changed in their place, in order of their first days."""
    changed = {(one.service, one.valid_from): one for one in held if one.revision}
    kept = [changed.pop((one.service, one.valid_from), one) for one in brought]
    return tuple(sorted([*kept, *changed.values()], key=lambda one: one.valid_from))


def check_offer(
    offer: Offer, *, held: Sequence[Offer], counters: Collection[str], today: date | None
) -> Offer:
    """The offer in order. ``today`` is the first day on which it may begin; None for the node itself, which may tell the past.

    Raises:
        OfferIsWrong: names the field and the reason.
    """
    weekdays = tuple(sorted(set(offer.weekdays)))
    before = next((one for one in held if one.valid_from == offer.valid_from), None)
    others = [one for one in held if one is not before]
    if before is None and today is not None and offer.valid_from < today:
        raise OfferIsWrong(field="valid_from", reason=_("It cannot begin in the past."))
    if offer.valid_until is not None and offer.valid_until <= offer.valid_from:
        raise OfferIsWrong(field="valid_until", reason=_("It ends before it begins."))
    if before is not None and (before.withdrawn_on or before.valid_until != offer.valid_until):
        raise OfferIsWrong(
            field="valid_until",
            reason=_("To end an offer, withdraw it and say why; to begin again, make a new one."),
        )
    if any(not 1 <= day <= 7 for day in weekdays):
        raise OfferIsWrong(field="weekdays", reason=_("A weekday is 1 (Monday) to 7 (Sunday)."))
    if offer.capacity is not None and not 1 <= offer.capacity <= MOST:
        raise OfferIsWrong(field="capacity", reason=_("A capacity is 1 to 10,000 people a day, or none."))
    if unknown := sorted(set(offer.counters) - set(counters)):
        reason = _("This centre has no counter “%(code)s”.") % {"code": unknown[0]}
        raise OfferIsWrong(field="counters", reason=reason)
    if any(_meet(offer, other) for other in others):
        raise OfferIsWrong(
            field="weekdays",
            reason=_("The service is offered here on one of these days already: change that offer."),
        )
    return replace(
        offer,
        weekdays=() if len(weekdays) == 7 else weekdays,
        counters=tuple(sorted(set(offer.counters), key=lambda code: (len(code), code))),
        withdrawn_on=None,
        reason={},
        revision=(before.revision if before else 0) + 1,
    )


def _meet(one: Offer, other: Offer) -> bool:
    """Whether both hold on some day: their periods overlap, and so do their weekdays."""
    far = date.max
    overlap = one.valid_from < (other.valid_until or far) and other.valid_from < (one.valid_until or far)
    days = set(one.weekdays or range(1, 8)) & set(other.weekdays or range(1, 8))
    return overlap and bool(days)


def withdrawn(
    offers: Sequence[Offer], service: UUID, *, last_day: date, reason: Translated, today: date
) -> tuple[Offer, ...]:
    """All offers of a centre, those of a service ended after ``last_day``; one that had not begun never will.

    Raises:
        OfferHasEnded: none of them goes on after that day.
        OfferIsWrong: the last day lies in the past, or no reason is given.
    """
    if not any(said.strip() for said in reason.values()):
        raise OfferIsWrong(field="reason", reason=_("Say why the service is withdrawn."))
    if any(len(said) > REASON for said in reason.values()):
        raise OfferIsWrong(field="reason", reason=_("A reason has at most 1,000 signs."))
    if last_day < today:
        raise OfferIsWrong(field="last_day", reason=_("The last day cannot lie in the past."))
    said = {code: words.strip() for code, words in reason.items() if words.strip()}
    return ended(offers, service, end=last_day + ONE_DAY, reason=said, today=today)


def ended(
    offers: Sequence[Offer], service: UUID, *, end: date, reason: Translated, today: date
) -> tuple[Offer, ...]:
    """All offers of a centre, those of a service without the day ``end`` and any after it.

    Raises:
        OfferHasEnded: none of them goes on until then.
    """
    going_on = [
        one for one in of_service(offers, service) if one.valid_until is None or one.valid_until > end
    ]
    if not going_on:
        raise OfferHasEnded
    return tuple(
        replace(
            one,
            valid_until=max(one.valid_from, end),
            withdrawn_on=today,
            reason=dict(reason),
            revision=one.revision + 1,
        )
        if one in going_on
        else one
        for one in offers
    )


def leaving(offers: Iterable[Offer], service: UUID, *, on: date) -> Offer | None:
    """The withdrawn offer by which a service ends, or ended within a year; None when it goes on, or comes again."""
    held = of_service(offers, service)
    ended = [one for one in held if one.withdrawn_on and one.valid_until and one.valid_until > one.valid_from]
    last = max(ended, key=lambda one: one.valid_until or on, default=None)
    if last is None or last.valid_until is None or last.valid_until < on - timedelta(days=LOOK_AHEAD):
        return None
    stays = any(
        not one.withdrawn_on and (one.valid_until is None or one.valid_until > last.valid_until)
        for one in held
    )
    return None if stays else last


def left_from(offers: Iterable[Offer], *, on: date) -> tuple[Offer, ...]:
    """What a centre stops offering or has stopped within a year: one offer for each service, the latest end first."""
    held = tuple(offers)
    found = [leaving(held, service, on=on) for service in dict.fromkeys(one.service for one in held)]
    return tuple(sorted((one for one in found if one), key=lambda one: one.valid_until or on, reverse=True))
