"""Centres, counters and calendars: saved once, changed by those who may, read by everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from onedoor.domain.access.api import grant, save_login, save_role, save_unit
from onedoor.domain.centres.api import (
    Hours,
    NoCalendar,
    Offer,
    UnknownCentre,
    UnknownCounter,
    calendar_of,
    centre,
    centre_by_code,
    centres,
    centres_offering,
    counter,
    counters,
    holidays,
    is_offered,
    is_open,
    open_centres,
    opening,
    save_calendar,
    save_centre,
    save_counter,
    save_holiday,
    save_hours,
    set_counter_state,
)
from onedoor.kernel.errors import Conflict, Invalid, Missing, Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
BEGIN = date(2021, 1, 1)
MONDAY = date(2026, 3, 2)
WEEK = tuple(Hours(weekday=day, opens=time(8), closes=time(16)) for day in range(1, 6))
HOLIDAY = (date(2026, 12, 2), {"lo": "ວັນຊາດ", "en": "National Day"}, "Decree 386")


@dataclass
class Places:
    """A country with a district and two centres."""

    country: UUID
    district: UUID
    here: UUID
    there: UUID
    service: UUID


def unit(at: datetime, code: str, kind: str, parent: UUID | None) -> UUID:
    id = new_id()
    save_unit(
        by=SYSTEM, at=at, id=id, code=code, kind=kind, tree="territory",
        name={"lo": code, "en": code}, parent=parent, valid_from=BEGIN,
    )  # fmt: skip
    return id


def centre_at(at: datetime, id: UUID, code: str, district: UUID, **more: object) -> object:
    about: dict[str, object] = {"name": {"lo": f"ສູນ {code}", "en": code}, "demonstration": True, **more}
    return save_centre(by=SYSTEM, at=at, id=id, code=code, district=district, **about)  # type: ignore[arg-type]


@pytest.fixture
def places(at: datetime) -> Places:
    country = unit(at, "LA", "country", None)
    province = unit(at, "01", "province", country)
    district = unit(at, "0103", "district", province)
    here, there = unit(at, "0103-1", "centre", district), unit(at, "0103-2", "centre", district)
    service = new_id()
    save_calendar(
        by=SYSTEM, at=at, id=new_id(), unit=country, zone="Asia/Vientiane", rest=(6, 7), hours=WEEK,
        confirmed=False, holidays=[HOLIDAY],
    )  # fmt: skip
    for id, code in ((here, "0103-1"), (there, "0103-2")):
        centre_at(at, id, code, district, offers=[Offer(service=service, valid_from=BEGIN)])
    return Places(country, district, here, there, service)


def written(action: object) -> int:
    before = LetterRow.objects.count()
    action()  # type: ignore[operator]
    return LetterRow.objects.count() - before


def test_saving_the_same_again_writes_nothing(places: Places, at: datetime) -> None:
    offers = [Offer(service=places.service, valid_from=BEGIN)]

    def again() -> None:
        centre_at(at, places.here, "0103-1", places.district, offers=offers)

    assert written(again) == 0
    offers.append(Offer(service=new_id(), valid_from=BEGIN))
    assert written(again) == 1
    assert len(centre(places.here).offers) == 2


def test_hours_that_a_centre_set_survive_a_pack(places: Places, at: datetime) -> None:
    own = (Hours(weekday=6, opens=time(9), closes=time(11)),)
    assert written(lambda: save_hours(by=SYSTEM, at=at, centre=places.here, hours=own, confirmed=True)) == 1
    assert written(lambda: save_hours(by=SYSTEM, at=at, centre=places.here, hours=own, confirmed=True)) == 0
    centre_at(at, places.here, "0103-1", places.district, phone="021 000000")
    held = centre(places.here)
    assert (held.hours, held.hours_confirmed, held.phone) == (own, True, "021 000000")
    with pytest.raises(Invalid):
        save_hours(
            by=SYSTEM, at=at, centre=places.here, confirmed=False,
            hours=[Hours(weekday=1, opens=time(9), closes=time(9))],
        )  # fmt: skip


def test_open_and_closed(places: Places) -> None:
    def moment(day: date, hour: int) -> datetime:
        return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=7)

    assert opening(places.here, MONDAY) == [(time(8), time(16))]
    assert is_open(places.here, moment(MONDAY, 9))
    assert not is_open(places.here, moment(MONDAY, 16))
    assert not is_open(places.here, moment(MONDAY + timedelta(days=5), 9))
    assert not is_open(places.here, moment(HOLIDAY[0], 9))
    assert open_centres(centres(), moment(MONDAY, 9)) == {places.here, places.there}


def test_holidays_declared_by_notice_survive_a_pack(places: Places, at: datetime) -> None:
    extra = date(2026, 3, 3)
    name = {"lo": "ພັກພິເສດ", "en": "Special holiday"}
    declare = {"by": SYSTEM, "at": at, "unit": places.country}
    assert written(lambda: save_holiday(**declare, day=extra, name=name)) == 1
    assert written(lambda: save_holiday(**declare, day=extra, name=name)) == 0
    assert written(lambda: save_holiday(**declare, day=HOLIDAY[0], name=None)) == 1
    assert written(lambda: save_holiday(**declare, day=HOLIDAY[0], name=None)) == 0
    from onedoor.domain.centres.models import OfficeCalendar

    held = OfficeCalendar.objects.get()
    another = (date(2026, 5, 1), {"lo": "ວັນກຳມະກອນ", "en": "Labour Day"}, "Decree 386")
    save_calendar(
        by=SYSTEM, at=at, id=held.id, unit=places.country, zone="Asia/Vientiane", rest=(6, 7), hours=WEEK,
        confirmed=False, holidays=[HOLIDAY, another],
    )  # fmt: skip
    calendar = calendar_of(places.here)
    assert calendar.holiday(extra) == name
    assert calendar.holiday(HOLIDAY[0]) is None
    assert calendar.holiday(another[0]) == another[1]


def test_a_pack_gives_days_for_holidays_on_days_of_rest(places: Places, at: datetime) -> None:
    from onedoor.domain.centres.models import OfficeCalendar

    saturday, sunday = (
        (date(2026, 3, day), {"lo": f"ວັນພັກ {day}", "en": f"Holiday {day}"}, "a pack") for day in (7, 8)
    )
    held = OfficeCalendar.objects.get()

    def load(*given: date) -> None:
        save_calendar(
            by=SYSTEM, at=at, id=held.id, unit=places.country, zone="Asia/Vientiane", rest=(6, 7), hours=WEEK,
            confirmed=False, holidays=[HOLIDAY, sunday, saturday], in_lieu=given,
        )  # fmt: skip

    def days() -> dict[int, str]:
        return {
            one.day.day: one.name["en"]
            for one in holidays(places.country, year=2026)
            if one.day.month == 3 and one.source == "a pack"
        }

    load()
    assert list(days()) == [7, 8]
    assert written(lambda: load(saturday[0], sunday[0])) == 1
    assert days() == {7: "Holiday 7", 8: "Holiday 8", 9: "Holiday 7 (in lieu)", 10: "Holiday 8 (in lieu)"}
    assert written(lambda: load(saturday[0], sunday[0])) == 0
    save_holiday(by=SYSTEM, at=at, unit=places.country, day=date(2026, 3, 9), name=None)
    assert written(lambda: load(saturday[0], sunday[0])) == 0, "a given day that was taken back stays so"
    save_holiday(by=SYSTEM, at=at, unit=places.country, day=sunday[0], name=None)
    assert list(days()) == [7], "taken back with the day that was given for it"


def test_the_nearest_calendar_counts(places: Places, at: datetime) -> None:
    save_calendar(
        by=SYSTEM, at=at, id=new_id(), unit=places.district, zone="Asia/Vientiane", rest=(5,), hours=WEEK,
        confirmed=True, holidays=[],
    )  # fmt: skip
    assert calendar_of(places.here).rest == {5}
    assert calendar_of(places.country).rest == {6, 7}
    with pytest.raises(NoCalendar):
        calendar_of(unit(at, "X", "country", None))


def test_offers_of_a_day(places: Places, at: datetime) -> None:
    assert [view.code for view in centres_offering(places.service, on=MONDAY)] == ["0103-1", "0103-2"]
    ended = Offer(service=places.service, valid_from=BEGIN, valid_until=MONDAY)
    centre_at(at, places.there, "0103-2", places.district, offers=[ended])
    assert [view.code for view in centres_offering(places.service, on=MONDAY)] == ["0103-1"]
    assert not is_offered(centre=places.there, service=places.service, on=MONDAY)
    assert is_offered(centre=places.here, service=places.service, on=MONDAY)
    assert written(lambda: centre_at(at, places.there, "0103-2", places.district, offers=[ended])) == 0


def test_reading_takes_as_many_statements_for_two_as_for_five(places: Places, at: datetime) -> None:
    with CaptureQueriesContext(connection) as two:
        centres()
        centres_offering(places.service, on=MONDAY)
    for number in range(3, 6):
        id = unit(at, f"0103-{number}", "centre", places.district)
        centre_at(
            at,
            id,
            f"0103-{number}",
            places.district,
            offers=[Offer(service=places.service, valid_from=BEGIN)],
        )
    with CaptureQueriesContext(connection) as five:
        assert len(centres()) == 5
        centres_offering(places.service, on=MONDAY)
    assert len(five) == len(two)


def test_counters(places: Places, at: datetime) -> None:
    ids = [new_id() for _ in range(10)]
    for number, id in enumerate(ids, start=1):
        for _again in range(2):
            save_counter(
                by=SYSTEM,
                at=at,
                id=id,
                centre=places.here,
                code=str(number),
                name={"lo": "ຊ່ອງ", "en": "Counter"},
            )
    assert [one.code for one in counters(places.here)] == [str(number) for number in range(1, 11)]
    assert written(lambda: set_counter_state(by=SYSTEM, at=at, counter=ids[0], state="closed")) == 1
    assert written(lambda: set_counter_state(by=SYSTEM, at=at, counter=ids[0], state="closed")) == 0
    assert counter(ids[0]).state == "closed"
    with pytest.raises(Invalid):
        set_counter_state(by=SYSTEM, at=at, counter=ids[0], state="ajar")  # type: ignore[arg-type]
    with pytest.raises(UnknownCounter):
        set_counter_state(by=SYSTEM, at=at, counter=new_id(), state="open")


def test_unknown_centres(places: Places) -> None:
    with pytest.raises(UnknownCentre):
        centre(new_id())
    with pytest.raises(UnknownCentre):
        centre_by_code("none")


def test_only_who_may_and_only_there(places: Places, at: datetime) -> None:
    role = "keeper"
    save_role(
        by=SYSTEM, at=at, id=new_id(), code=role, name={"lo": "ຜູ້ດູແລ", "en": "Keeper"},
        permissions=["centres.counter"],
    )  # fmt: skip
    login = new_id()
    save_login(by=SYSTEM, at=at, id=login, username="keeper", name={"lo": "ກ", "en": "K"}, demonstration=True)
    grant(by=SYSTEM, at=at, login=login, role=role, unit=places.here, valid_from=BEGIN)
    keeper, here, there = Actor("staff", login), new_id(), new_id()
    for id, place in ((here, places.here), (there, places.there)):
        save_counter(by=SYSTEM, at=at, id=id, centre=place, code="1", name={"lo": "ຊ່ອງ 1", "en": "Counter 1"})
    assert set_counter_state(by=keeper, at=at, counter=here, state="closed").state == "closed"
    with pytest.raises(Missing):
        set_counter_state(by=keeper, at=at, counter=there, state="closed")
    with pytest.raises(Refused):
        save_hours(by=keeper, at=at, centre=places.here, hours=WEEK, confirmed=True)
    with pytest.raises(Refused):
        save_holiday(by=Actor.public(), at=at, unit=places.country, day=MONDAY, name=None)


def test_a_stale_copy_is_refused(places: Places, at: datetime) -> None:
    from onedoor.domain.centres.models import Centre

    stale = Centre.objects.get(code="0103-1")
    centre_at(at, places.here, "0103-1", places.district, phone="1")
    stale.phone = "2"
    with pytest.raises(Conflict), transaction.atomic():
        stale.save()
    assert centre(places.here).phone == "1"
