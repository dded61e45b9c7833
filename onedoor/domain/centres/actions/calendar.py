"""The calendar of a unit: set by the pack, and days declared or taken back by notice."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from onedoor.domain.access.api import require
from onedoor.domain.centres.actions.places import in_order, refuse_wrong
from onedoor.domain.centres.errors import DayIsOver, NoCalendar
from onedoor.domain.centres.events import CalendarSaved, HolidayDeclared
from onedoor.domain.centres.models import Holiday, OfficeCalendar
from onedoor.domain.centres.permissions import CALENDAR
from onedoor.domain.centres.rules import Calendar, Hours
from onedoor.kernel.i18n import Translated
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

IN_LIEU = {"lo": "ພັກຊົດເຊີຍ{}", "en": "{} (in lieu)"}


@transaction.atomic
def save_calendar(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    unit: UUID,
    zone: str,
    rest: Sequence[int],
    hours: Sequence[Hours],
    confirmed: bool,
    holidays: Sequence[tuple[date, Translated, str]],
    in_lieu: Collection[date] = (),
    source: str = "",
) -> None:
    """Set a unit's calendar; days declared or cancelled by notice stay. Nothing new, nothing written.

    Args:
        rest: weekdays without work; holidays: (day, name, source).
        in_lieu: those of them that give the next working day where they fall on a day of rest.
    Errors: Refused, HoursAreWrong.
    """
    require(by, CALENDAR, at=unit)
    refuse_wrong(hours)
    row = OfficeCalendar.objects.select_for_update().filter(id=id).first()
    plain = [
        [one.weekday, one.opens.isoformat("minutes"), one.closes.isoformat("minutes")]
        for one in in_order(hours)
    ]
    fields: dict[str, Any] = {
        "unit_id": unit,
        "zone": zone,
        "rest": sorted(rest),
        "hours": plain,
        "confirmed": confirmed,
        "source": source,
    }
    row_held = list(row.holidays.all()) if row else []
    noticed = {one.day for one in row_held if one.declared}
    wanted = [
        Holiday(day=day, name=dict(name), source=origin, in_lieu=day in in_lieu)
        for day, name, origin in holidays
        if day not in noticed
    ]
    off = [*wanted, *(one for one in row_held if one.declared and not one.cancelled)]
    wanted += [one for one in _given(wanted, rest=rest, off=off) if one.day not in noticed]
    brought = [one for one in row_held if not one.declared]
    if (
        row
        and _said(brought) == _said(wanted)
        and all(getattr(row, name) == value for name, value in fields.items())
    ):
        return
    row = row or OfficeCalendar(id=id)
    for field, value in fields.items():
        setattr(row, field, value)
    row.save()
    row.holidays.filter(declared=False).delete()
    for one in wanted:
        one.calendar = row
    Holiday.objects.bulk_create(wanted)
    publish(CalendarSaved(unit=unit), of=row, by=by, at=at)


def _said(days: Iterable[Holiday]) -> dict[date, tuple[Any, ...]]:
    """What is kept of holidays, by day."""
    return {one.day: (one.name, one.source, one.in_lieu, one.given_for) for one in days}


def _given(holidays: Iterable[Holiday], *, rest: Iterable[int], off: Iterable[Holiday]) -> list[Holiday]:
    """The days that are given for those of these holidays that fall on days of rest, in their order."""
    names, found = {one.day: one.name for one in off}, []
    for one in sorted(holidays, key=lambda one: one.day):
        calendar = Calendar(rest=frozenset(rest), holidays=names, in_lieu=one.in_lieu)
        day = calendar.day_in_lieu(one.day)
        if day is None:
            continue
        name = {language: IN_LIEU.get(language, "{}").format(words) for language, words in one.name.items()}
        found.append(Holiday(day=day, name=name, source=one.source, given_for=one.day, declared=one.declared))
        names = {**names, day: name}
    return found


@transaction.atomic
def save_holiday(
    *,
    by: Actor,
    at: datetime,
    unit: UUID,
    day: date,
    name: Translated | None,
    source: str = "",
    in_lieu: bool = False,
) -> None:
    """Declare a holiday in a unit's calendar, or cancel it (``name`` None). Errors: Refused, NoCalendar, DayIsOver.

    Args:
        in_lieu: where it falls on a day of rest, the next working day is given for it.
    """
    require(by, CALENDAR, at=unit)
    row = OfficeCalendar.objects.select_for_update().filter(unit=unit).first()
    if row is None:
        raise NoCalendar(unit=unit)
    if day < Calendar(zone=row.zone).today(at):
        raise DayIsOver(field="day")
    held = row.holidays.filter(day=day).first()
    known = dict(held.name) if held and not held.cancelled else None
    same = held is None or not known or (held.source, held.in_lieu) == (source, in_lieu)
    if known == (dict(name) if name is not None else None) and same:
        return
    row.save()
    row.holidays.filter(Q(day=day) | Q(given_for=day)).delete()
    declared = Holiday(
        calendar=row,
        day=day,
        name=dict(name or {}),
        source=source,
        declared=True,
        cancelled=name is None,
        in_lieu=in_lieu and name is not None,
    )
    declared.save()
    off = row.holidays.filter(cancelled=False)
    for given in _given([declared] if name is not None else [], rest=row.rest, off=off):
        row.holidays.filter(day=given.day).delete()
        given.calendar = row
        given.save()
    publish(HolidayDeclared(day=day, cancelled=name is None), of=row, by=by, at=at)
