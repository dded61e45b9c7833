"""An officer sits down at her counter, goes for a break, comes back and rises."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from onedoor.domain.access.api import require
from onedoor.domain.centres.actions.places import existing, write_state
from onedoor.domain.centres.errors import BreakIsWrong, NobodySitsHere, UnknownCounter
from onedoor.domain.centres.events import BreakBegan, BreakEnded, OfficerRose, OfficerSatDown
from onedoor.domain.centres.models import Counter, Sitting
from onedoor.domain.centres.permissions import COUNTER
from onedoor.domain.centres.queries import counter as counter_of
from onedoor.domain.centres.queries.shifts import sitting_view
from onedoor.domain.centres.rules.shifts import SittingView
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

SHORTEST, LONGEST = 5, 120


@transaction.atomic
def sit_down(*, by: Actor, at: datetime, counter: UUID) -> SittingView:
    """Begin to serve at a counter, which opens. Whoever sat there before, or where she sat herself, has risen then.

    Sitting down again where one sits writes nothing. Errors: UnknownCounter, Refused, Missing.
    """
    place = _locked(counter)
    require(by, COUNTER, at=place.centre_id)
    centre = existing(place.centre_id)
    day = at.astimezone(ZoneInfo(centre.zone)).date()
    held = list(
        Sitting.objects.select_for_update()
        .filter(Q(counter=counter) | Q(officer=by.id), ended_at=None)
        .order_by("id")
    )
    for row in held:
        if (row.counter_id, row.officer_id, row.day) == (counter, by.id, day):
            return sitting_view(row)
    for row in held:
        _rise(row, by=by, at=at)
    row = Sitting(centre_id=place.centre_id, counter=place, officer_id=by.id, day=day, began_at=at)
    row.save()
    publish(OfficerSatDown(counter=counter), of=row, by=by, at=at, centre=place.centre_id)
    _open(place, by=by, at=at)
    return sitting_view(row)


@transaction.atomic
def rise(*, by: Actor, at: datetime, counter: UUID) -> None:
    """Stop serving at a counter for today: it closes. Errors: UnknownCounter, Refused, Missing, NobodySitsHere."""
    place = _locked(counter)
    require(by, COUNTER, at=place.centre_id)
    _rise(_sitting(counter, by), by=by, at=at)
    if counter_of(counter).state == "open" or counter_of(counter).back_at is not None:
        write_state(place, "closed", by=by, at=at)


@transaction.atomic
def begin_break(*, by: Actor, at: datetime, counter: UUID, minutes: int) -> SittingView:
    """Go for a break: the counter is closed, and everybody is told until when. Repeating it changes the end.

    Errors: UnknownCounter, Refused, Missing, BreakIsWrong, NobodySitsHere.
    """
    place = _locked(counter)
    require(by, COUNTER, at=place.centre_id)
    if not SHORTEST <= minutes <= LONGEST:
        raise BreakIsWrong(field="minutes")
    row = _sitting(counter, by)
    row.break_from, row.break_until = row.break_from or at, at + timedelta(minutes=minutes)
    row.save()
    publish(BreakBegan(counter=counter, until=row.break_until), of=row, by=by, at=at, centre=place.centre_id)
    write_state(place, "closed", by=by, at=at, back_at=row.break_until)
    return sitting_view(row)


@transaction.atomic
def end_break(*, by: Actor, at: datetime, counter: UUID) -> SittingView:
    """Be back from a break: the counter is open again. Without a break nothing is written.

    Errors: UnknownCounter, Refused, Missing, NobodySitsHere.
    """
    place = _locked(counter)
    require(by, COUNTER, at=place.centre_id)
    row = _sitting(counter, by)
    if row.break_from is None:
        return sitting_view(row)
    _end_break(row, at=at)
    row.save()
    publish(BreakEnded(counter=counter), of=row, by=by, at=at, centre=place.centre_id)
    _open(place, by=by, at=at)
    return sitting_view(row)


def _locked(counter: UUID) -> Counter:
    """The counter, held, so that its state is written by one at a time. Raises UnknownCounter."""
    row = Counter.objects.select_for_update().filter(id=counter).first()
    if row is None:
        raise UnknownCounter(id=counter)
    return row


def _sitting(counter: UUID, by: Actor) -> Sitting:
    row = Sitting.objects.select_for_update().filter(counter=counter, officer=by.id, ended_at=None).first()
    if row is None:
        raise NobodySitsHere
    return row


def _open(place: Counter, *, by: Actor, at: datetime) -> None:
    held = counter_of(place.id)
    if held.state != "open" or held.back_at is not None:
        write_state(place, "open", by=by, at=at)


def _rise(row: Sitting, *, by: Actor, at: datetime) -> None:
    _end_break(row, at=at)
    row.ended_at = at
    row.save()
    publish(OfficerRose(counter=row.counter_id), of=row, by=by, at=at, centre=row.centre_id)


def _end_break(row: Sitting, *, at: datetime) -> None:
    if row.break_from is not None:
        row.breaks = [*row.breaks, [row.break_from.isoformat(), at.isoformat()]]
        row.break_from = row.break_until = None
