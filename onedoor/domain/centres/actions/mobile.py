"""Stops of mobile units: planned, announced, cancelled, held and reported; and what villages ask for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import UnknownUnit, network_kept, require, unit
from onedoor.domain.catalogue.api import services as all_services
from onedoor.domain.centres.actions.places import existing
from onedoor.domain.centres.errors import (
    RequestIsWrong,
    StopIsSettled,
    StopIsWrong,
    TooManyRequests,
    UnknownStop,
)
from onedoor.domain.centres.events import (
    NumberForgotten,
    RequestAnswered,
    StopAnnounced,
    StopCancelled,
    StopMoved,
    StopOpened,
    StopPlanned,
    StopReported,
    StopRequested,
)
from onedoor.domain.centres.models import Centre, Stop, StopReport, StopRequest
from onedoor.domain.centres.permissions import COUNTER, TRAVEL
from onedoor.domain.centres.queries import calendar_of
from onedoor.domain.centres.queries.kept import centre_view
from onedoor.domain.centres.queries.mobile import report_view, stop_view
from onedoor.domain.centres.rules.mobile import (
    ReportView,
    StopView,
    request_fault,
    stop_fault,
    village_key,
)
from onedoor.kernel.crypto import keyring
from onedoor.kernel.errors import Conflict
from onedoor.kernel.i18n import Translated
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import named_id, new_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

A_DAY = 5  # requests from one place on the network
A_DISTRICT = 200  # requests a day for one district
REASON = 1_000
MOST = 1_000_000_000_000
MOST_SERVED = 100_000
KEPT = timedelta(days=183)
KEPT_ANSWERED = timedelta(days=7)
_FAULTS = {
    "village": _("A village has a name of 1 to 200 signs."),
    "place": _("The place is described in at most 200 signs."),
    "past": _("It cannot be in the past."),
    "backwards": _("It closes before it opens."),
    "capacity": _("A stop serves 1 to 10,000 people."),
    "nothing": _("Choose at least one service."),
    "not offered": _("The unit does not offer one of these services."),
    "overlap": _("The unit stands in another village at these hours."),
    "holiday": _("This day is a holiday. Say that the stop is held all the same, or choose another day."),
}
_ASKED = {
    "village": _("Write the name of the village, with 2 to 200 signs."),
    "people": _("Say how many people need it, from 1 to 10,000."),
    "services": _("Choose at least one service."),
    "district": _("Choose a district."),
    "phone": _("A telephone number has 6 to 15 digits."),
}


@transaction.atomic
def save_stop(*, by: Actor, at: datetime, stop: StopView) -> StopView:
    """Plan a stop of a mobile unit, or change one that was not held yet; the same again writes nothing.

    Args:
        stop: ``id`` None for a new one; ``version`` what the person had seen, 0 does not ask.

    Errors: Refused, Missing, UnknownCentre, UnknownStop, StopIsWrong, StopIsSettled, Conflict.
    """
    require(by, TRAVEL, at=stop.centre)
    place = existing(stop.centre)
    row = Stop.objects.select_for_update().filter(id=stop.id).first() if stop.id else None
    if row is not None:
        if row.centre_id != stop.centre:  # the permission was asked for another unit's stops
            raise UnknownStop(id=row.id)
        _refuse_settled(row)
        if stop.version and stop.version != row.version:
            raise Conflict
    village = " ".join(stop.village.split())
    wanted = replace(
        stop,
        village=village,
        place=" ".join(stop.place.split()),
        services=tuple(dict.fromkeys(stop.services)),
    )
    _check(wanted, place, by=by, at=at)
    if row is not None:
        held = stop_view(row)
        same = replace(
            wanted, state=held.state, announced_on=held.announced_on, version=held.version, report=None
        )
        if same == held:
            return held
    former = stop_view(row) if row is not None else None
    row = row or Stop(id=stop.id or new_id(), centre_id=stop.centre, state="planned")
    row.district_id, row.village, row.place, row.day = wanted.district, village, wanted.place, wanted.day
    row.opens, row.closes, row.capacity = wanted.opens, wanted.closes, wanted.capacity
    row.services = [str(one) for one in wanted.services]
    row.on_holiday, row.demonstration = wanted.on_holiday, wanted.demonstration
    row.save()
    moved = _moved(former, wanted, ZoneInfo(place.zone)) if former is not None else None
    event = moved or StopPlanned(district=row.district_id, day=row.day)
    publish(event, of=row, by=by, at=at, centre=row.centre_id)
    if moved is not None and moved.elsewhere:
        _let_wait(row, by=by, at=at)
        _answer(row, by=by, at=at)
    return stop_view(row)


@transaction.atomic
def announce_stop(*, by: Actor, at: datetime, stop: UUID) -> StopView:
    """Make a stop known: people may book and come, and villages that asked are answered. Again writes nothing.

    Errors: UnknownStop, Refused, Missing, StopIsSettled, StopIsWrong.
    """
    row = _held(stop)
    require(by, TRAVEL, at=row.centre_id)
    _refuse_settled(row)
    if row.state == "announced":
        return stop_view(row)
    _check(stop_view(row), existing(row.centre_id), by=by, at=at)
    row.state, row.announced_on = "announced", at.astimezone(ZONE).date()
    row.save()
    publish(StopAnnounced(district=row.district_id, day=row.day), of=row, by=by, at=at, centre=row.centre_id)
    _answer(row, by=by, at=at)
    return stop_view(row)


@transaction.atomic
def cancel_stop(*, by: Actor, at: datetime, stop: UUID, reason: Translated) -> StopView:
    """A stop will not be held; the reason is what people read. Again writes nothing. Requests that it answered wait on.

    Errors: UnknownStop, Refused, Missing, StopIsSettled, StopIsWrong.
    """
    row = _held(stop)
    require(by, TRAVEL, at=row.centre_id)
    if row.state == "cancelled":
        return stop_view(row)
    _refuse_settled(row)
    words = {language: text.strip() for language, text in reason.items() if text.strip()}
    if not words or any(len(text) > REASON for text in words.values()):
        raise StopIsWrong(field="reason", reason=_("Say why, in at most 1,000 signs."))
    announced = row.state == "announced"
    row.state, row.reason = "cancelled", words
    row.save()
    publish(
        StopCancelled(district=row.district_id, day=row.day, announced=announced),
        of=row,
        by=by,
        at=at,
        centre=row.centre_id,
    )
    _let_wait(row, by=by, at=at)
    return stop_view(row)


@transaction.atomic
def open_stop(*, by: Actor, at: datetime, stop: UUID) -> StopView:
    """The unit stands in the village and serves; on the day itself. Again writes nothing.

    Errors: UnknownStop, Refused, Missing, StopIsSettled, StopIsWrong.
    """
    row = _held(stop)
    require(by, COUNTER, at=row.centre_id)
    held = StopReport.objects.select_for_update().filter(stop=stop).first()
    if held is not None:
        return stop_view(row, report_view(held))
    if row.state != "announced":
        raise StopIsSettled
    if row.day != _today(existing(row.centre_id), at):
        raise StopIsWrong(field="day", reason=_("A stop opens on its day."))
    report = StopReport(id=named_id(str(stop), "report"), stop=row, centre_id=row.centre_id, opened_at=at)
    report.save()
    publish(StopOpened(stop=stop), of=report, by=by, at=at, centre=row.centre_id)
    return stop_view(row, report_view(report))


@transaction.atomic
def report_stop(*, by: Actor, at: datetime, stop: UUID, report: ReportView) -> StopView:
    """Close a stop and write down what it did; told again, it is corrected. The same again writes nothing.

    Args:
        report: its instants are not read; it was opened when it was, and closed at ``at``.

    Errors: UnknownStop, Refused, Missing, StopIsSettled, StopIsWrong.
    """
    row = _held(stop)
    require(by, COUNTER, at=row.centre_id)
    held = StopReport.objects.select_for_update().filter(stop=stop).first()
    if held is None:
        raise StopIsSettled(_("The stop has not been opened yet."))
    numbers = {
        "people": report.people,
        "cases": report.cases,
        "cash": report.cash,
        "wait_minutes": report.wait_minutes,
        "kilometres": report.kilometres,
        "unmet": report.unmet,
    }
    for field, number in numbers.items():
        if (number is None and field in ("people", "kilometres", "unmet")) or (
            number is not None and not 0 <= number <= (MOST if field == "cash" else MOST_SERVED)
        ):
            raise StopIsWrong(field=field, reason=_("Write a number, nought or more."))
    if len(report.note) > REASON:
        raise StopIsWrong(field="note", reason=_("A note has at most 1,000 signs."))
    if set(report.services) - {UUID(one) for one in row.services}:
        raise StopIsWrong(field="services", reason=_FAULTS["not offered"])
    if any(not 0 <= number <= MOST_SERVED for number in report.services.values()):
        raise StopIsWrong(field="services", reason=_("Write a number, nought or more."))
    wanted = replace(report, opened_at=held.opened_at, closed_at=held.closed_at)
    if held.closed_at is not None and wanted == report_view(held):
        return stop_view(row, wanted)
    for field, number in numbers.items():
        setattr(held, field, number)
    held.services = {str(one): number for one, number in report.services.items()}
    held.note, held.closed_at = report.note.strip(), held.closed_at or at
    held.save()
    event = StopReported(
        stop=stop, people=report.people or 0, unmet=report.unmet or 0, kilometres=report.kilometres or 0
    )
    publish(event, of=held, by=by, at=at, centre=row.centre_id)
    return stop_view(row, report_view(held))


@transaction.atomic
def ask_for_stop(
    *,
    by: Actor,
    at: datetime,
    district: UUID,
    village: str,
    services: Sequence[UUID],
    people: int,
    address: str,
    phone: str = "",
    language: str = "",
    id: UUID | None = None,
) -> UUID:
    """A village asks for a visit. Anybody may, five times a day from one place on the network.

    Args:
        address: where the request came from; only a keyed hash of its network is kept.
        phone: to be told of the stop; sealed, and forgotten when it was held.
        id: drawn by the form, so that sending twice makes one request.

    Errors: RequestIsWrong, TooManyRequests.
    """
    words = " ".join(village.split())
    digits = "".join(sign for sign in phone if sign.isdigit())
    known = {one.id for one in all_services()}
    fault = request_fault(village=words, people=people, services=services, known=known)
    if not fault and not _is_district(district):
        fault = "district"
    if not fault and phone.strip() and not 6 <= len(digits) <= 15:
        fault = "phone"
    if fault:
        raise RequestIsWrong(field=fault, reason=_ASKED[fault])
    held = StopRequest.objects.filter(id=id).first() if id else None
    if held is not None:
        return held.id
    today, asker = at.astimezone(ZONE).date(), network_kept(address)
    asked = StopRequest.objects.filter(asked_on=today)
    if asked.filter(asker=asker).count() >= A_DAY or asked.filter(district=district).count() >= A_DISTRICT:
        raise TooManyRequests
    row = StopRequest(
        id=id or new_id(),
        district_id=district,
        village=words,
        village_key=village_key(words),
        services=sorted({str(one) for one in services}),
        people=people,
        asked_on=today,
        asker=asker,
        phone=keyring().wrap(digits.encode()) if digits else None,
        language=language[:10],
    )
    row.save()
    publish(StopRequested(district=district, people=people), of=row, by=by, at=at)
    return row.id


def forget_old_numbers(*, by: Actor, at: datetime) -> int:
    """Forget the telephone numbers of requests that are half a year old, or whose stop was a week ago; gives how many."""
    old, over = (at - KEPT).date(), (at - KEPT_ANSWERED).date()
    done = 0
    with transaction.atomic():
        rows = StopRequest.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            Q(asked_on__lt=old) | Q(stop__day__lt=over), phone__isnull=False
        )
        for row in list(rows.order_by("id")[:200]):
            row.phone = None
            row.save()
            publish(NumberForgotten(), of=row, by=by, at=at)
            done += 1
    return done


def _check(stop: StopView, place: Centre, *, by: Actor, at: datetime) -> None:
    view = centre_view(place)
    if view.kind != "mobile":
        raise StopIsWrong(field="centre", reason=_("This centre does not travel."))
    if not _is_district(stop.district):
        raise StopIsWrong(field="district", reason=_("Choose a district."))
    others = Stop.objects.filter(centre=stop.centre, day=stop.day).exclude(state="cancelled")
    fault = stop_fault(
        stop,
        offered={one.service for one in view.offers if one.holds_on(stop.day)},
        others=[stop_view(row) for row in others if row.id != stop.id],
        today=None if by.kind == "system" else _today(place, at),
        holiday=calendar_of(stop.centre).holiday(stop.day) is not None,
    )
    if fault:
        raise StopIsWrong(field=fault[0], reason=_FAULTS[fault[1]])


def _moved(former: StopView, wanted: StopView, zone: ZoneInfo) -> StopMoved | None:
    """The news that people were told of another time or village; None where nobody was, or both are the same."""
    elsewhere = (former.district, village_key(former.village)) != (
        wanted.district,
        village_key(wanted.village),
    )
    times = (former.day, former.opens, former.closes) != (wanted.day, wanted.opens, wanted.closes)
    if former.state != "announced" or not (elsewhere or times):
        return None
    return StopMoved(
        district=wanted.district,
        day=wanted.day,
        since=datetime.combine(former.day, former.opens, zone),
        until=datetime.combine(former.day, former.closes, zone),
        elsewhere=elsewhere,
    )


def _answer(row: Stop, *, by: Actor, at: datetime) -> None:
    """The wishes of the stop's village for what it brings are answered."""
    asked = StopRequest.objects.select_for_update().filter(
        district=row.district_id, village_key=village_key(row.village), stop=None
    )
    for one in asked.order_by("id"):
        if set(one.services) & set(row.services):
            one.stop_id = row.id
            one.save()
            publish(RequestAnswered(stop=row.id), of=one, by=by, at=at, centre=row.centre_id)


def _let_wait(row: Stop, *, by: Actor, at: datetime) -> None:
    """The wishes that the stop answered wait again."""
    for one in StopRequest.objects.select_for_update().filter(stop=row.id).order_by("id"):
        one.stop_id = None
        one.save()
        publish(StopRequested(district=one.district_id, people=one.people), of=one, by=by, at=at)


def _is_district(id: UUID) -> bool:
    try:
        return unit(id).kind == "district"
    except UnknownUnit:
        return False


def _refuse_settled(row: Stop) -> None:
    if row.state == "cancelled" or StopReport.objects.filter(stop=row.id).exists():
        raise StopIsSettled


def _held(stop: UUID) -> Stop:
    row = Stop.objects.select_for_update().filter(id=stop).first()
    if row is None:
        raise UnknownStop(id=stop)
    return row


def _today(place: Centre, at: datetime) -> date:
    return at.astimezone(ZoneInfo(place.zone)).date()
