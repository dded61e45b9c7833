"""The head plans shifts by day and week; officers give them away and take them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import login, may, require
from onedoor.domain.centres.actions.places import existing
from onedoor.domain.centres.errors import (
    CounterIsPlanned,
    NobodyAsks,
    NotStaffHere,
    OfficerIsPlanned,
    ShiftIsNotOffered,
    ShiftIsWrong,
    UnknownShift,
)
from onedoor.domain.centres.events import ShiftAsked, ShiftCancelled, ShiftOffered, ShiftPlanned, ShiftTaken
from onedoor.domain.centres.models import Centre, Counter, Shift, one_plans
from onedoor.domain.centres.permissions import COUNTER, STAFF
from onedoor.domain.centres.queries import days_at, opening_of
from onedoor.domain.centres.queries.kept import centre_view
from onedoor.domain.centres.queries.shifts import near, shift_view, shifts_between
from onedoor.domain.centres.rules import Period
from onedoor.domain.centres.rules.shifts import (
    WEEK,
    Clash,
    Planned,
    ShiftView,
    Warned,
    clashes,
    monday,
    moved,
    shift_fault,
    warnings,
)
from onedoor.kernel.errors import Conflict
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Event, publish
from onedoor.kernel.scope import Actor

MOST_DAYS = 92
ONE_DAY = timedelta(days=1)
_FAULTS = {
    "backwards": _("It ends before it begins."),
    "outside": _("A break lies within the shift, after the break before it."),
    "many": _("A shift has at most four breaks."),
}


@transaction.atomic
def plan_shifts(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    officer: UUID,
    days: Sequence[date],
    starts: time,
    ends: time,
    counter: UUID | None = None,
    breaks: Sequence[Period] = (),
) -> Planned:
    """Plan an officer for one day or many; of many, those that cannot be are left out with why.

    A holiday or hours outside the opening are allowed for one day that somebody chose, and left out of many.

    Errors: Refused, Missing, UnknownCentre, NotStaffHere, ShiftIsWrong, OfficerIsPlanned, CounterIsPlanned.
    """
    require(by, STAFF, at=centre)
    row = existing(centre)
    require_staff(officer, centre=centre)
    if not days:
        raise ShiftIsWrong(field="day", reason=_("Choose a day."))
    if len(days) > MOST_DAYS:
        raise ShiftIsWrong(field="until", reason=_("At most 13 weeks are planned at once."))
    wanted = [
        ShiftView(
            id=new_id(),
            centre=centre,
            officer=officer,
            day=day,
            starts=starts,
            ends=ends,
            counter=counter,
            breaks=tuple(breaks),
        )
        for day in sorted(set(days))
    ]
    return _plan(row, wanted, by=by, at=at, alone=len(wanted) == 1)


@transaction.atomic
def copy_week(*, by: Actor, at: datetime, centre: UUID, source: date, to: date) -> Planned:
    """Plan a week as another was; past days, holidays, who left and what clashes is left out. Errors: Refused, UnknownCentre.

    Args:
        source, to: any day of the week that is copied, and of the week to plan.
    """
    require(by, STAFF, at=centre)
    row = existing(centre)
    first, aim = monday(source), monday(to)
    if first == aim:
        raise ShiftIsWrong(field="to", reason=_("A week cannot be copied onto itself."))
    held = shifts_between(centre, first, first + WEEK - ONE_DAY)
    wanted = [moved(one, to=aim + (one.day - first), id=new_id()) for one in held]
    return _plan(row, wanted, by=by, at=at, alone=False)


@transaction.atomic
def change_shift(
    *,
    by: Actor,
    at: datetime,
    shift: UUID,
    starts: time,
    ends: time,
    counter: UUID | None,
    breaks: Sequence[Period] = (),
    version: int | None = None,
) -> ShiftView:
    """Change the hours, counter or breaks of a shift; the same again writes nothing.

    Args:
        version: what the person had seen; None does not ask.

    Errors: UnknownShift, Refused, Missing, ShiftIsWrong, OfficerIsPlanned, CounterIsPlanned, Conflict.
    """
    row = _held(shift)
    require(by, STAFF, at=row.centre_id)
    place = existing(row.centre_id)
    held = shift_view(row)
    if version is not None and version != held.version:
        raise Conflict
    wanted = replace(held, starts=starts, ends=ends, counter=counter, breaks=tuple(breaks))
    if wanted == held:
        return held
    _check(wanted, counters=_counters(row.centre_id), today=_today(place, at))
    one_plans(officers=[held.officer])
    _refuse_clash(wanted, near(centre=held.centre, officers=[held.officer], days=[held.day]))
    return _write(row, wanted, by=by, at=at)


@transaction.atomic
def cancel_shift(*, by: Actor, at: datetime, shift: UUID) -> None:
    """Take a shift out of the plan. Errors: UnknownShift, Refused, Missing."""
    row = _held(shift)
    require(by, STAFF, at=row.centre_id)
    row.cancelled = True
    row.save()
    publish(ShiftCancelled(day=row.day), of=row, by=by, at=at, centre=row.centre_id)


@transaction.atomic
def offer_shift(*, by: Actor, at: datetime, shift: UUID, offered: bool = True) -> None:
    """Ask others to take one's own shift, or keep it after all; the head may do so for her. Repeating it writes nothing.

    Errors: UnknownShift, Refused, Missing, ShiftIsWrong.
    """
    row = _held(shift)
    if row.officer_id != by.id:
        require(by, STAFF, at=row.centre_id)
    require(by, COUNTER, at=row.centre_id)
    if row.day < _today(existing(row.centre_id), at):
        raise ShiftIsWrong(field="day", reason=_("This day is over."))
    if row.offered == offered:
        return
    row.offered, row.taker_id = offered, None
    row.save()
    publish(ShiftOffered(day=row.day, back=not offered), of=row, by=by, at=at, centre=row.centre_id)


@transaction.atomic
def take_shift(*, by: Actor, at: datetime, shift: UUID) -> ShiftView:
    """Ask to take a shift that another officer of the centre offers; it stays hers until the head approves. Again writes nothing.

    Errors: UnknownShift, Refused, Missing, ShiftIsNotOffered, OfficerIsPlanned.
    """
    row = _held(shift)
    require(by, COUNTER, at=row.centre_id)
    place = existing(row.centre_id)
    if row.taker_id == by.id:
        return shift_view(row)
    if not row.offered or row.taker_id or row.officer_id == by.id or row.day < _today(place, at):
        raise ShiftIsNotOffered
    _refuse_taker(row, by.id)
    row.taker_id = by.id
    row.save()
    event = ShiftAsked(day=row.day, taker=by.id, refused=False)
    publish(event, of=row, by=by, at=at, centre=row.centre_id)
    return shift_view(row)


@transaction.atomic
def settle_exchange(*, by: Actor, at: datetime, shift: UUID, taker: UUID, approved: bool) -> ShiftView:
    """The head approves that a shift goes to who asked for it, or refuses; then it is offered still.

    Args:
        taker: who was seen to ask; somebody else in the meantime is not approved by it.

    Errors: UnknownShift, Refused, Missing, NobodyAsks, NotStaffHere, ShiftIsWrong, OfficerIsPlanned.
    """
    row = _held(shift)
    require(by, STAFF, at=row.centre_id)
    if row.taker_id != taker:
        raise NobodyAsks
    if approved and row.day < _today(existing(row.centre_id), at):
        raise ShiftIsWrong(field="day", reason=_("This day is over."))
    giver, row.taker_id = row.officer_id, None
    event: Event = ShiftAsked(day=row.day, taker=taker, refused=True)
    if approved:
        require_staff(taker, centre=row.centre_id)
        _refuse_taker(row, taker)
        row.officer_id, row.offered = taker, False
        event = ShiftTaken(day=row.day, giver=giver)
    row.save()
    publish(event, of=row, by=by, at=at, centre=row.centre_id)
    return shift_view(row)


def require_staff(officer: UUID, *, centre: UUID) -> None:
    """Refuse an officer who does not work at a centre's counters. Raises: NotStaffHere."""
    if not _is_staff(officer, centre=centre):
        raise NotStaffHere(field="officer")


def _is_staff(officer: UUID, *, centre: UUID) -> bool:
    return login(officer) is not None and may(Actor("staff", officer), COUNTER, at=centre)


def _refuse_taker(row: Shift, taker: UUID) -> None:
    """Who takes a shift is not planned at its hours, here or elsewhere."""
    wanted = replace(shift_view(row), officer=taker, offered=False)
    one_plans(officers=[taker])
    _refuse_clash(wanted, near(centre=wanted.centre, officers=[taker], days=[wanted.day]))


def _plan(place: Centre, wanted: Sequence[ShiftView], *, by: Actor, at: datetime, alone: bool) -> Planned:
    """Plan what can be, in order; one shift alone is refused by a sentence, of many what cannot be is left out."""
    counters, today = _counters(place.unit_id), _today(place, at)
    one_plans(officers={one.officer for one in wanted})
    held = near(
        centre=place.unit_id, officers={one.officer for one in wanted}, days={one.day for one in wanted}
    )
    made: list[ShiftView] = []
    left: list[tuple[ShiftView, Clash | Warned | str]] = []
    for one in wanted:
        why = None if alone else _left_out(place, one, [*held, *made], today=today)
        if why is not None:
            left.append((one, why))
            continue
        _check(one, counters=counters, today=today)
        _refuse_clash(one, [*held, *made])
        made.append(_write(Shift(id=one.id, centre_id=one.centre), one, by=by, at=at))
    return Planned(made=tuple(made), left=tuple(left))


def _left_out(
    place: Centre, shift: ShiftView, held: Iterable[ShiftView], *, today: date
) -> Clash | Warned | str | None:
    if shift.day < today:
        return "past"
    if not _is_staff(shift.officer, centre=place.unit_id):
        return "left"
    found = clashes(shift, held)
    if found:
        return found[0][0]
    warned = warnings_of(place, shift)
    return warned[0] if warned and warned[0] != "outside" else None


def warnings_of(place: Centre, shift: ShiftView) -> tuple[Warned, ...]:
    """What a head should know of a shift at this centre."""
    view = centre_view(place)
    return warnings(shift, opening=opening_of(view, shift.day), calendar=days_at(view, since=shift.day))


def _check(shift: ShiftView, *, counters: frozenset[UUID], today: date) -> None:
    fault = shift_fault(shift)
    if fault is not None:
        raise ShiftIsWrong(field=fault[0], reason=_FAULTS[fault[1]])
    if shift.day < today:
        raise ShiftIsWrong(field="day", reason=_("This day is over."))
    if shift.counter is not None and shift.counter not in counters:
        raise ShiftIsWrong(field="counter", reason=_("This centre has no such counter."))


def _refuse_clash(shift: ShiftView, held: Iterable[ShiftView]) -> None:
    for kind, other in clashes(shift, held):
        about = {"from": f"{other.starts:%H:%M}", "until": f"{other.ends:%H:%M}"}
        if kind == "officer" and other.centre != shift.centre:
            raise OfficerIsPlanned(_("This officer is planned elsewhere at these hours."))
        if kind == "officer":
            raise OfficerIsPlanned(
                _("This officer is planned from %(from)s to %(until)s already.") % about, **about
            )
        raise CounterIsPlanned(
            _("Another officer is planned at this counter from %(from)s to %(until)s.") % about, **about
        )


def _write(row: Shift, wanted: ShiftView, *, by: Actor, at: datetime) -> ShiftView:
    row.officer_id, row.counter_id, row.day = wanted.officer, wanted.counter, wanted.day
    row.starts, row.ends, row.taker_id = wanted.starts, wanted.ends, None  # who asked had seen other hours
    row.breaks = [[begins.isoformat("minutes"), ends.isoformat("minutes")] for begins, ends in wanted.breaks]
    row.save()
    publish(ShiftPlanned(day=row.day), of=row, by=by, at=at, centre=row.centre_id)
    return shift_view(row)


def _held(shift: UUID) -> Shift:
    row = Shift.objects.select_for_update().filter(id=shift, cancelled=False).first()
    if row is None:
        raise UnknownShift(id=shift)
    return row


def _counters(centre: UUID) -> frozenset[UUID]:
    return frozenset(Counter.objects.filter(centre=centre).values_list("id", flat=True))


def _today(place: Centre, at: datetime) -> date:
    return at.astimezone(ZoneInfo(place.zone)).date()
