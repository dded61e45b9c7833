"""The calendar of a unit: set by the pack, and days declared or taken back by notice."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.centres.actions.places import in_order, refuse_wrong
from onedoor.domain.centres.errors import NoCalendar
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
    source: str = "",
) -> None:
    """Set a unit's calendar; days declared or cancelled by notice stay. Nothing new, nothing written.

    Args:
        rest: weekdays without work; holidays: (day, name, source).
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
    wanted = {day: (dict(name), origin) for day, name, origin in holidays if day not in noticed}
    brought = {one.day: (one.name, one.source) for one in row_held if not one.declared}
    if row and brought == wanted and all(getattr(row, name) == value for name, value in fields.items()):
        return
    row = row or OfficeCalendar(id=id)
    for field, value in fields.items():
        setattr(row, field, value)
    row.save()
    row.holidays.filter(declared=False).delete()
    Holiday.objects.bulk_create(
        Holiday(calendar=row, day=day, name=name, source=origin) for day, (name, origin) in wanted.items()
    )
    publish(CalendarSaved(unit=unit), of=row, by=by, at=at)


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
    """Declare a holiday in a unit's calendar, or cancel it (``name`` None). Errors: Refused, NoCalendar.

    Args:
        in_lieu: where it falls on a day of rest, the next working day is given for it.
    """
    require(by, CALENDAR, at=unit)
    row = OfficeCalendar.objects.select_for_update().filter(unit=unit).first()
    if row is None:
        raise NoCalendar(unit=unit)
    held = row.holidays.filter(day=day).first()
    known = dict(held.name) if held and not held.cancelled else None
    if known == (dict(name) if name is not None else None) and (
        held is None or held.source == source or not known
    ):
        return
    row.save()
    row.holidays.filter(day=day).delete()
    Holiday.objects.create(
        calendar=row, day=day, name=dict(name or {}), source=source, declared=True, cancelled=name is None
    )
    if in_lieu and name is not None and day.isoweekday() in row.rest:
        _give_in_lieu(row, day, name, source)
    publish(HolidayDeclared(day=day, cancelled=name is None), of=row, by=by, at=at)


def _give_in_lieu(row: OfficeCalendar, day: date, name: Translated, source: str) -> None:
    """The next working day becomes a holiday, too, and says for which one."""
    off = dict(row.holidays.filter(cancelled=False).values_list("day", "name"))
    calendar = Calendar(rest=frozenset(row.rest), holidays=off)
    given = calendar.add_working_days(day, 1)
    said = {language: IN_LIEU.get(language, "{}").format(words) for language, words in name.items()}
    row.holidays.filter(day=given).delete()
    Holiday.objects.create(calendar=row, day=given, name=said, source=source, declared=True)
