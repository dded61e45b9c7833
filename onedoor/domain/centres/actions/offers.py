"""What a centre offers, changed by the authority that answers for the service or by the network's owner."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onedoor.domain.centres.actions.places import existing, write
from onedoor.domain.centres.errors import OfferHasEnded
from onedoor.domain.centres.events import OfferSaved, OfferWithdrawn
from onedoor.domain.centres.models import Centre, Counter
from onedoor.domain.centres.permissions import require_offering
from onedoor.domain.centres.queries.kept import centre_view
from onedoor.domain.centres.rules import CentreView, Offer
from onedoor.domain.centres.rules.offering import (
    ONE_DAY,
    check_offer,
    ended,
    merged,
    of_service,
    revision_of,
    withdrawn,
)
from onedoor.kernel.errors import Conflict
from onedoor.kernel.i18n import Translated
from onedoor.kernel.scope import Actor


@transaction.atomic
def save_offer(
    *, by: Actor, at: datetime, centre: UUID, offer: Offer, revision: int | None = None
) -> CentreView:
    """Offer a service at a centre, or change the offer that begins on the same day; the same again writes nothing.

    Args:
        revision: what the person had seen of this service here (`revision_of`); None does not ask.

    Errors: UnknownCentre, UnknownService, Refused, Missing, OfferIsWrong, Conflict when it has changed since it was seen.
    """
    require_offering(by, service=offer.service, centres=[centre])
    row = existing(centre)
    held = centre_view(row)
    ours = of_service(held.offers, offer.service)
    _refuse_stale(ours, offer.service, revision)
    codes = list(Counter.objects.filter(centre=centre).values_list("code", flat=True))
    today = None if by.kind == "system" else _today(held, at)
    before = next((one for one in ours if one.valid_from == offer.valid_from), None)
    wanted = check_offer(offer, held=ours, counters=codes, today=today)
    if before is not None and replace(wanted, revision=before.revision) == before:
        return held
    kept = [one for one in held.offers if one is not before]
    news = OfferSaved(
        service=wanted.service,
        valid_from=wanted.valid_from,
        valid_until=wanted.valid_until,
        weekdays="".join(str(day) for day in wanted.weekdays),
        capacity=wanted.capacity,
    )
    return write(row, replace(held, offers=merged(kept, [wanted])), by=by, at=at, news=news)


@transaction.atomic
def withdraw_offer(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    service: UUID,
    last_day: date,
    reason: Translated,
    revision: int | None = None,
) -> CentreView:
    """End what a centre offers of a service after a last day, with a reason that citizens will read.

    Args:
        revision: what the person had seen of this service here (`revision_of`); None does not ask.

    Errors: UnknownCentre, UnknownService, Refused, Missing, OfferIsWrong, OfferHasEnded, Conflict.
    """
    require_offering(by, service=service, centres=[centre])
    row = existing(centre)
    held = centre_view(row)
    _refuse_stale(held.offers, service, revision)
    left = withdrawn(held.offers, service, last_day=last_day, reason=reason, today=_today(held, at))
    news = OfferWithdrawn(service=service, last_day=last_day)
    return write(row, replace(held, offers=left), by=by, at=at, news=news)


@transaction.atomic
def end_offers(*, by: Actor, at: datetime, service: UUID, on: date, reason: Translated) -> None:
    """A service is withdrawn from a day on: every centre that still offers it then ends its offers; twice does nothing more.

    Errors: UnknownService, Refused.
    """
    held = Centre.objects.filter(offers__service_id=service).values_list("unit_id", flat=True)
    centres = sorted(set(held))
    require_offering(by, service=service, centres=centres)
    for centre in centres:
        row = existing(centre)
        view = centre_view(row)
        try:
            left = ended(view.offers, service, end=on, reason=reason, today=_today(view, at))
        except OfferHasEnded:
            continue
        news = OfferWithdrawn(service=service, last_day=on - ONE_DAY)
        write(row, replace(view, offers=left), by=by, at=at, news=news)


def _refuse_stale(offers: Sequence[Offer], service: UUID, seen: int | None) -> None:
    if seen is not None and revision_of(offers, service) != seen:
        raise Conflict


def _today(view: CentreView, at: datetime) -> date:
    return at.astimezone(ZoneInfo(view.zone)).date()
