"""Greeters and volunteers: written down with their consent, put on duty, and forgotten when they ask or their time is over."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import require
from onedoor.domain.centres.actions.places import existing
from onedoor.domain.centres.errors import HelperIsWrong, UnknownHelper
from onedoor.domain.centres.events import DutyPlanned, HelperForgotten, HelperSaved
from onedoor.domain.centres.models import Duty, Helper
from onedoor.domain.centres.permissions import STAFF
from onedoor.domain.centres.queries.roster import helper_view
from onedoor.domain.centres.rules.roster import DUTY_PLACES, HelperView, helper_fault
from onedoor.kernel.crypto import keyring
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

KEPT = timedelta(days=90)
_FAULTS = {
    "name": _("A name has 1 to 200 signs."),
    "kind": _("A helper is a greeter or a volunteer."),
    "languages": _("A language is a code of two or three letters, at most six of them."),
    "phone": _("A telephone number has 6 to 15 digits."),
    "valid_until": _("It ends before it begins."),
    "consent": _("Without her consent nobody is written down."),
    "trained_on": _("A training lies in the past."),
}


@transaction.atomic
def save_helper(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    kind: str,
    name: str,
    consent: bool,
    languages: Sequence[str] = (),
    phone: str = "",
    trained_on: date | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    id: UUID | None = None,
) -> HelperView:
    """Write down a greeter or volunteer who agreed to it, or change what is kept; drawn by a form, an id makes it once.

    Errors: Refused, Missing, UnknownCentre, HelperIsWrong, UnknownHelper.
    """
    require(by, STAFF, at=centre)
    place = existing(centre)
    today = at.astimezone(ZoneInfo(place.zone)).date()
    words = " ".join(name.split())
    number = "".join(sign for sign in phone if sign.isdigit())
    fault = helper_fault(
        kind=kind,
        name=words,
        languages=languages,
        phone=number if phone.strip() else None,
        consent=consent,
        trained_on=trained_on,
        valid_from=valid_from or today,
        valid_until=valid_until,
        today=today,
    )
    if fault:
        raise HelperIsWrong(field=fault, reason=_FAULTS[fault])
    row = Helper.objects.select_for_update().filter(id=id).first() if id else None
    if row is not None and (row.centre_id != centre or row.forgotten_on):
        raise UnknownHelper(id=id)
    row = row or Helper(id=id or new_id(), centre_id=centre, consent_on=today, valid_from=today)
    row.kind, row.name, row.languages = kind, words, sorted(set(languages))
    row.phone = keyring().wrap(number.encode()) if number else None
    row.trained_on, row.valid_until = trained_on, valid_until
    row.valid_from = valid_from or row.valid_from
    row.save()
    publish(HelperSaved(kind=kind), of=row, by=by, at=at, centre=centre)
    return helper_view(row)


@transaction.atomic
def forget_helper(*, by: Actor, at: datetime, helper: UUID) -> None:
    """Forget what is kept of a helper, who asked for it; her duties to come are cancelled. Errors: UnknownHelper, Refused."""
    row = _held(helper)
    require(by, STAFF, at=row.centre_id)
    _forget(row, by=by, at=at, asked=True)


@transaction.atomic
def forget_old_helpers(*, by: Actor, at: datetime) -> int:
    """Forget the helpers whose time ended 90 days ago; gives how many."""
    rows = Helper.objects.select_for_update(skip_locked=True).filter(
        forgotten_on=None, valid_until__lt=(at - KEPT).date()
    )
    done = list(rows.order_by("id")[:200])
    for row in done:
        _forget(row, by=by, at=at, asked=False)
    return len(done)


@transaction.atomic
def plan_duty(
    *, by: Actor, at: datetime, helper: UUID, days: Sequence[date], starts: time, ends: time, place: str
) -> int:
    """Put a helper on duty for some hours of days; days on which she is on duty then are left out. Gives how many were planned.

    Errors: UnknownHelper, Refused, Missing, HelperIsWrong.
    """
    row = _held(helper)
    require(by, STAFF, at=row.centre_id)
    today = at.astimezone(ZoneInfo(existing(row.centre_id).zone)).date()
    if starts >= ends:
        raise HelperIsWrong(field="ends", reason=_("It ends before it begins."))
    if place not in DUTY_PLACES:
        raise HelperIsWrong(field="place", reason=_("There is no such place."))
    wanted = sorted(set(days))
    if not wanted or len(wanted) > 92 or wanted[0] < today:
        raise HelperIsWrong(field="day", reason=_("Choose a day from today on, at most 13 weeks."))
    if wanted[0] < row.valid_from or (row.valid_until is not None and wanted[-1] >= row.valid_until):
        raise HelperIsWrong(field="day", reason=_("The helper is not with the centre on that day."))
    busy = set(
        Duty.objects.filter(
            helper=helper, day__in=wanted, cancelled=False, starts__lt=ends, ends__gt=starts
        ).values_list("day", flat=True)
    )
    for day in (one for one in wanted if one not in busy):
        duty = Duty(centre_id=row.centre_id, helper=row, day=day, starts=starts, ends=ends, place=place)
        duty.save()
        publish(DutyPlanned(day=day, cancelled=False), of=duty, by=by, at=at, centre=row.centre_id)
    if len(busy) == len(wanted):
        raise HelperIsWrong(field="day", reason=_("She is on duty at these hours already."))
    return len(wanted) - len(busy)


@transaction.atomic
def cancel_duty(*, by: Actor, at: datetime, duty: UUID) -> None:
    """Take a duty out of the roster. Errors: UnknownHelper, Refused, Missing."""
    row = Duty.objects.select_for_update().filter(id=duty, cancelled=False).first()
    if row is None:
        raise UnknownHelper(id=duty)
    require(by, STAFF, at=row.centre_id)
    _cancel(row, by=by, at=at)


def _held(helper: UUID) -> Helper:
    row = Helper.objects.select_for_update().filter(id=helper, forgotten_on=None).first()
    if row is None:
        raise UnknownHelper(id=helper)
    return row


def _forget(row: Helper, *, by: Actor, at: datetime, asked: bool) -> None:
    row.name, row.phone, row.languages, row.trained_on = "", None, [], None
    row.forgotten_on = at.date()
    row.save()
    publish(HelperForgotten(asked=asked), of=row, by=by, at=at, centre=row.centre_id)
    for duty in Duty.objects.filter(helper=row, cancelled=False, day__gte=at.date()):
        _cancel(duty, by=by, at=at)


def _cancel(row: Duty, *, by: Actor, at: datetime) -> None:
    row.cancelled = True
    row.save()
    publish(DutyPlanned(day=row.day, cancelled=True), of=row, by=by, at=at, centre=row.centre_id)
