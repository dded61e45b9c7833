"""A centre is closed out of turn: what is left of its hours, who may close it, and what is refused."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from onedoor.domain.centres import api as centres
from onedoor.domain.centres.rules.closures import Closure, check_closure, in_force, left_open
from onedoor.kernel.errors import Refused
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall, hall

ZONE = "Asia/Vientiane"
DAY = date(2026, 3, 2)
HOURS = [(time(8), time(12)), (time(13), time(16))]
FLOOD = {"lo": "ນ້ຳຖ້ວມ", "en": "Flood"}
SYSTEM = Actor.system()


def closure(since: datetime, last: date, kind: str = "unplanned") -> Closure:
    return Closure(id=uuid4(), centre=uuid4(), kind=kind, since=since, last=last, reason=FLOOD)  # type: ignore[arg-type]


def test_what_is_left_of_a_day() -> None:
    noon = datetime(2026, 3, 2, 3, 30, tzinfo=UTC)  # half past ten in Vientiane
    held = [closure(noon, DAY + timedelta(days=1))]
    assert left_open(HOURS, held, day=DAY, zone=ZONE) == [(time(8), time(10, 30))]
    assert left_open(HOURS, held, day=DAY + timedelta(days=1), zone=ZONE) == []
    assert left_open(HOURS, held, day=DAY + timedelta(days=2), zone=ZONE) == HOURS
    assert left_open(HOURS, held, day=DAY - timedelta(days=1), zone=ZONE) == HOURS


def test_an_unplanned_closure_is_named_before_the_evening() -> None:
    evening = closure(datetime(2026, 3, 2, 1, tzinfo=UTC), DAY, "evening")
    flood = closure(datetime(2026, 3, 2, 2, tzinfo=UTC), DAY)
    assert in_force([evening, flood], day=DAY, zone=ZONE) is flood
    assert in_force([evening], day=DAY, zone=ZONE) is evening
    assert in_force([evening], day=DAY + timedelta(days=1), zone=ZONE) is None


@pytest.mark.parametrize(
    ("first", "last", "reason", "field"),
    [
        (DAY - timedelta(days=1), DAY, FLOOD, "first"),
        (DAY, DAY - timedelta(days=1), FLOOD, "last"),
        (DAY, DAY + timedelta(days=61), FLOOD, "last"),
        (DAY, DAY, {"lo": "  "}, "reason"),
        (DAY, DAY, {"lo": "ກ" * 301}, "reason"),
        (DAY + timedelta(days=5), DAY + timedelta(days=9), FLOOD, "first"),
    ],
)
def test_what_is_wrong_is_named(first: date, last: date, reason: dict[str, str], field: str) -> None:
    held = [closure(datetime(2026, 3, 8, 2, tzinfo=UTC), DAY + timedelta(days=7))]
    with pytest.raises(centres.ClosureIsWrong) as refusal:
        check_closure(first=first, last=last, today=DAY, reason=reason, held=held, zone=ZONE)
    assert refusal.value.field == field


@pytest.fixture
def here(db: None, at: datetime) -> Hall:
    return hall(at=at)


def closed(here: Hall, at: datetime, *, days: int = 0) -> Closure:
    last = DAY + timedelta(days=days)
    return centres.close_centre(by=SYSTEM, at=at, centre=here.centre, first=DAY, last=last, reason=FLOOD)


def test_a_closed_centre_is_closed_for_everybody_and_opens_again(here: Hall, at: datetime) -> None:
    view = centres.centre(here.centre)
    assert centres.is_open_now(view, at)
    made = closed(here, at, days=1)
    assert not centres.is_open_now(view, at) and centres.open_centres([view], at) == frozenset()
    assert centres.is_open_now(view, at - timedelta(minutes=1)), "the past stays as it was"
    assert centres.next_day_of(view, service=here.birth, after=DAY) == date(2026, 3, 4)
    offered = {one.service: one for one in centres.offered_at(view, on=DAY + timedelta(days=1))}
    assert not offered[here.birth].today and offered[here.birth].following == date(2026, 3, 4)
    assert centres.calendar_of(here.centre).is_working(DAY), "a legal term does not stand still"
    again = centres.reopen_centre(by=SYSTEM, at=at + timedelta(hours=1), closure=made.id)
    assert again.id == made.id and centres.is_open_now(view, at + timedelta(hours=1))
    with pytest.raises(centres.ClosureUnknown):
        centres.reopen_centre(by=SYSTEM, at=at, closure=made.id)
    types = list(
        LetterRow.objects.filter(aggregate=made.id).order_by("version").values_list("type", flat=True)
    )
    assert types == ["centres.centre_closed", "centres.centre_reopened"]


def test_the_evening_is_written_once(here: Hall, at: datetime) -> None:
    first = centres.end_day(by=SYSTEM, at=at, centre=here.centre)
    second = centres.end_day(by=SYSTEM, at=at + timedelta(minutes=5), centre=here.centre)
    assert first == second and centres.closure_on(here.centre, day=DAY) == first


def test_who_may_not_manage_a_centre_does_not_close_it(here: Hall, at: datetime) -> None:
    with pytest.raises(Refused):
        centres.end_day(by=here.officer, at=at, centre=here.centre)
