"""Reading the plan of a centre's staff: shifts and skills from memory while nothing changes, who sits where from the table."""

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.centres.models import Shift, Sitting, look_at_shifts, look_at_skills
from onedoor.domain.centres.queries import centre as centre_of
from onedoor.domain.centres.rules import Period
from onedoor.domain.centres.rules.shifts import ShiftView, SittingView, Skills, staffed


def skills_of(officer: UUID, *, centre: UUID | None = None) -> Skills:
    """What an officer may serve, at one centre or at all of hers. Kept in memory until somebody changes skills."""
    rows = look_at_skills(officer=officer)
    return Skills(
        rows=tuple(
            (kind, value, since, until)
            for place, kind, value, since, until in rows
            if kind is not None and (centre is None or place == centre)
        )
    )


def shifts_on(centre: UUID, day: date) -> tuple[ShiftView, ...]:
    """The shifts of a centre on a day by their begin. Kept in memory until somebody changes shifts."""
    return tuple(
        ShiftView(
            id=id,
            centre=centre,
            officer=officer,
            day=day,
            starts=starts,
            ends=ends,
            counter=counter,
            breaks=breaks_of(json.loads(breaks)),
            offered=offered,
            taker=taker,
            version=version,
        )
        for id, officer, counter, starts, ends, breaks, offered, taker, version in look_at_shifts(
            centre=centre, day=day
        )
    )


def on_shift(centre: UUID, at: datetime) -> tuple[ShiftView, ...]:
    """Who is planned to work at a centre at an instant, without those on a planned break. Raises UnknownCentre."""
    local = at.astimezone(ZoneInfo(centre_of(centre).zone))
    return tuple(one for one in shifts_on(centre, local.date()) if one.works_at(local.time()))


def counters_staffed(centre: UUID, day: date) -> Mapping[UUID, tuple[Period, ...]]:
    """When each counter of a centre has an officer by the plan of a day; empty where nobody planned anything."""
    return staffed(shifts_on(centre, day))


def shifts_between(centre: UUID, first: date, last: date) -> list[ShiftView]:
    """The shifts of a centre from a day to another, by day and begin; one statement."""
    rows = Shift.objects.filter(centre=centre, day__range=(first, last), cancelled=False)
    return [shift_view(row) for row in rows.order_by("day", "starts", "id")]


def exchanges(centre: UUID, *, since: date) -> list[ShiftView]:
    """The shifts from a day on that an officer asks to take from another, by day and begin: the head decides."""
    rows = Shift.objects.filter(centre=centre, day__gte=since, cancelled=False, taker__isnull=False)
    return [shift_view(row) for row in rows.order_by("day", "starts", "id")]


def shifts_of(officer: UUID, first: date, last: date) -> list[ShiftView]:
    """The shifts of an officer at all centres from a day to another, in order."""
    rows = Shift.objects.filter(officer=officer, day__range=(first, last), cancelled=False)
    return [shift_view(row) for row in rows.order_by("day", "starts", "id")]


def near(*, centre: UUID, officers: Collection[UUID], days: Collection[date]) -> list[ShiftView]:
    """The shifts that one on these days may clash with: at this centre, or of these officers anywhere."""
    held = Shift.objects.filter(day__in=days, cancelled=False)
    rows = (held.filter(centre=centre) | held.filter(officer__in=officers)).order_by("day", "starts", "id")
    return [shift_view(row) for row in rows]


def sittings(centre: UUID, day: date) -> list[SittingView]:
    """Who sat down at the counters of a centre on a day, in the order in which they did."""
    rows = Sitting.objects.filter(centre=centre, day=day).order_by("began_at", "id")
    return [sitting_view(row) for row in rows]


def sitting_at(counter: UUID, *, day: date) -> SittingView | None:
    """Who sits at a counter today; None when nobody sat down or she rose."""
    row = Sitting.objects.filter(counter=counter, day=day, ended_at=None).first()
    return sitting_view(row) if row else None


def sitting_of(officer: UUID, *, day: date) -> SittingView | None:
    """Where an officer sits today."""
    row = Sitting.objects.filter(officer=officer, day=day, ended_at=None).first()
    return sitting_view(row) if row else None


def shift_view(row: Shift) -> ShiftView:
    """A row as readers get it."""
    return ShiftView(
        id=row.id,
        centre=row.centre_id,
        officer=row.officer_id,
        day=row.day,
        starts=row.starts,
        ends=row.ends,
        counter=row.counter_id,
        breaks=breaks_of(row.breaks),
        offered=row.offered,
        taker=row.taker_id,
        version=row.version,
    )


def sitting_view(row: Sitting) -> SittingView:
    """A row as readers get it."""
    return SittingView(
        id=row.id,
        centre=row.centre_id,
        counter=row.counter_id,
        officer=row.officer_id,
        day=row.day,
        began_at=row.began_at,
        ended_at=row.ended_at,
        break_from=row.break_from,
        break_until=row.break_until,
        breaks=tuple((datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in row.breaks),
    )


def breaks_of(kept: list[list[str]]) -> tuple[Period, ...]:
    """Breaks as they are kept in JSON."""
    return tuple((time.fromisoformat(begins), time.fromisoformat(ends)) for begins, ends in kept)
