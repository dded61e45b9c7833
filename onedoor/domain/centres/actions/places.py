"""Centres set up and changed: their hours and counters, and the one way in which a centre's row is written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onedoor.domain.access.api import require
from onedoor.domain.centres.errors import (
    CounterIsWrong,
    CounterStateIsWrong,
    HoursAreWrong,
    UnknownCentre,
    UnknownCounter,
)
from onedoor.domain.centres.events import (
    CentreSaved,
    CounterClosed,
    CounterOpened,
    CounterSaved,
    HoursChanged,
)
from onedoor.domain.centres.models import Centre, Counter, OpeningHours
from onedoor.domain.centres.models import CounterState as StateRow
from onedoor.domain.centres.models import Offer as OfferRow
from onedoor.domain.centres.permissions import COUNTER, MANAGE
from onedoor.domain.centres.queries import counter as counter_by_id
from onedoor.domain.centres.queries.kept import centre_view
from onedoor.domain.centres.rules import (
    COUNTER_STATES,
    CentreKind,
    CentreView,
    CounterState,
    CounterView,
    Hours,
    Offer,
    hours_faults,
)
from onedoor.domain.centres.rules.counters import check_counter
from onedoor.domain.centres.rules.offering import merged
from onedoor.kernel.errors import Conflict
from onedoor.kernel.i18n import Translated, sort_key
from onedoor.kernel.ids import named_id
from onedoor.kernel.letters import Event, publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def save_centre(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    code: str,
    name: Translated,
    district: UUID,
    demonstration: bool,
    address: Translated | None = None,
    phone: str = "",
    zone: str = "Asia/Vientiane",
    hours: Sequence[Hours] | None = None,
    hours_confirmed: bool | None = None,
    offers: Sequence[Offer] = (),
    source: str = "",
    kind: CentreKind = "fixed",
) -> CentreView:
    """Set up a centre with its hours and offers, or change them; nothing is written when nothing has changed.

    An offer that people changed or withdrew stays as they left it, whatever a pack says.

    Args:
        id: the centre's unit in the territory.
        district: the unit it lies in.
        hours: its own hours, empty for the calendar's office hours; None leaves them as they are.
    Errors: Refused, Missing, HoursAreWrong.
    """
    require(by, MANAGE, at=id)
    row = locked(id)
    held = centre_view(row) if row else None
    wanted = CentreView(
        id=id,
        code=code,
        name=dict(name),
        district=district,
        demonstration=demonstration,
        address=dict(address or {}),
        phone=phone,
        zone=zone,
        hours=in_order(hours) if hours is not None else held.hours if held else (),
        hours_confirmed=hours_confirmed
        if hours_confirmed is not None
        else bool(held and held.hours_confirmed),
        offers=merged(offers, held.offers if held else ()),
        source=source,
        kind=kind,
    )
    if held == wanted:
        return wanted
    news = _hours_news(held, wanted)
    return write(row or Centre(id=named_id(str(id), "centre"), unit_id=id), wanted, by=by, at=at, news=news)


@transaction.atomic
def save_hours(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    hours: Sequence[Hours],
    confirmed: bool,
    seen: Sequence[Hours] | None = None,
) -> CentreView:
    """Change a centre's opening hours; the same again writes nothing.

    Args:
        hours: empty for the office hours of its calendar.
        seen: the hours that were changed; others in the meantime refuse it. None does not ask.
    Errors: Refused, Missing, UnknownCentre, HoursAreWrong, Conflict.
    """
    require(by, MANAGE, at=centre)
    row = existing(centre)
    held = centre_view(row)
    wanted = replace(held, hours=in_order(hours), hours_confirmed=confirmed)
    if wanted == held:
        return held
    if seen is not None and in_order(seen) != held.hours:
        raise Conflict
    return write(row, wanted, by=by, at=at, news=_hours_news(held, wanted))


def _hours_news(held: CentreView | None, wanted: CentreView) -> Event | None:
    """That a centre opens at other hours, where it was open before and does; else nothing in particular."""
    return HoursChanged(code=wanted.code) if held and held.hours != wanted.hours else None


@transaction.atomic
def save_counter(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    centre: UUID,
    code: str,
    name: Translated,
    state: CounterState = "open",
    remote: Translated | None = None,
) -> CounterView:
    """Set up or rename a counter; ``state`` counts only when it is new.

    Args:
        remote: where people go when its officer sits elsewhere; empty for one in the hall, None leaves it as it is.
    Errors: Refused, Missing, Conflict, CounterIsWrong.
    """
    require(by, MANAGE, at=centre)
    check_counter(code=code, name=name, remote=remote)
    row = Counter.objects.select_for_update().filter(id=id).first()
    elsewhere = dict(remote) if remote is not None else row.remote if row else {}
    if row and (row.centre_id, row.code, row.name, row.remote) == (centre, code, dict(name), elsewhere):
        return counter_by_id(id)
    if Counter.objects.filter(centre=centre, code=code).exclude(id=id).exists():
        raise CounterIsWrong(field="code", reason=_("Another counter of this centre has this code."))
    new = row is None
    row = row or Counter(id=id)
    row.centre_id, row.code, row.name, row.remote = centre, code, dict(name), elsewhere
    row.save()
    publish(CounterSaved(code=code), of=row, by=by, at=at, centre=centre)
    if new and state == "closed":
        write_state(row, state, by=by, at=at)
    return counter_by_id(id)


@transaction.atomic
def set_counter_state(*, by: Actor, at: datetime, counter: UUID, state: CounterState) -> CounterView:
    """Open or close a counter; repeating it writes nothing. Errors: Refused, Missing, UnknownCounter."""
    row = Counter.objects.select_for_update().filter(id=counter).first()
    if row is None:
        raise UnknownCounter(id=counter)
    require(by, COUNTER, at=row.centre_id)
    if state not in COUNTER_STATES:
        raise CounterStateIsWrong(field="state")
    held = counter_by_id(counter)
    if held.state == state and held.back_at is None:
        return held
    write_state(row, state, by=by, at=at)
    return replace(held, state=state, back_at=None)


def write_state(
    counter: Counter, state: CounterState, *, by: Actor, at: datetime, back_at: datetime | None = None
) -> None:
    """The counter's row is locked by the caller, so that its state is written by one at a time."""
    row = StateRow.objects.filter(counter=counter).first()
    row = row or StateRow(id=named_id(str(counter.id), "state"), counter=counter)
    row.state, row.back_at = state, back_at
    row.save()
    news = CounterOpened(code=counter.code) if state == "open" else CounterClosed(code=counter.code)
    publish(news, of=row, by=by, at=at, centre=counter.centre_id)


def locked(centre: UUID) -> Centre | None:
    """The centre of a unit, held until the transaction ends; None when it was never opened."""
    return Centre.objects.select_for_update().filter(unit=centre).first()


def existing(centre: UUID) -> Centre:
    """The same. Raises UnknownCentre."""
    row = locked(centre)
    if row is None:
        raise UnknownCentre(id=centre)
    return row


def write(
    row: Centre, wanted: CentreView, *, by: Actor, at: datetime, news: Event | None = None
) -> CentreView:
    """The centre with its child rows and one letter: `news`, or that the centre was saved."""
    refuse_wrong(wanted.hours)
    row.code, row.name, row.district_id = wanted.code, dict(wanted.name), wanted.district
    row.demonstration, row.address, row.phone = wanted.demonstration, dict(wanted.address), wanted.phone
    row.zone, row.hours_confirmed, row.source = wanted.zone, wanted.hours_confirmed, wanted.source
    row.kind = wanted.kind
    row.sort_keys = {language: sort_key(word) for language, word in wanted.name.items()}
    row.save()
    row.hours.all().delete()
    row.offers.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(centre=row, weekday=one.weekday, opens=one.opens, closes=one.closes)
        for one in wanted.hours
    )
    OfferRow.objects.bulk_create(
        OfferRow(
            centre=row,
            service_id=one.service,
            valid_from=one.valid_from,
            valid_until=one.valid_until,
            weekdays=list(one.weekdays),
            capacity=one.capacity,
            demonstration=one.demonstration,
            counters=list(one.counters),
            revision=one.revision,
            withdrawn_on=one.withdrawn_on,
            reason=dict(one.reason),
        )
        for one in wanted.offers
    )
    publish(news or CentreSaved(code=row.code), of=row, by=by, at=at, centre=row.unit_id)
    return wanted


def in_order(hours: Sequence[Hours]) -> tuple[Hours, ...]:
    """Hours by weekday and time."""
    return tuple(sorted(hours, key=lambda one: (one.weekday, one.opens)))


def refuse_wrong(hours: Sequence[Hours]) -> None:
    """Raises HoursAreWrong for the first fault."""
    for _index, sentence in hours_faults(hours):
        raise HoursAreWrong(field="hours", reason=sentence)
