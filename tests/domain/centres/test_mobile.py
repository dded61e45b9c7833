"""Mobile units: open during their announced stops only, planned without overlaps, asked for by villages."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from onedoor.domain.centres import api as centres
from onedoor.domain.centres.actions.mobile import forget_old_numbers
from onedoor.domain.centres.models import StopRequest
from onedoor.domain.centres.rules.mobile import village_key
from onedoor.kernel.errors import Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor
from tests.factories import offices
from tests.factories.hall import Hall, hall
from tests.factories.mobile import stop, unit

SYSTEM = Actor.system()


@pytest.fixture
def here(db: None, at: datetime) -> Hall:
    return hall(at=at, always_open=True)


def test_a_unit_is_open_during_its_announced_stops_and_brings_what_they_say(here: Hall, at: datetime) -> None:
    van, day = unit(here, at), at.date() + timedelta(days=3)
    planned = centres.save_stop(by=SYSTEM, at=at, stop=stop(here, van, day))
    assert planned.id and centres.opening(van, day) == [] and centres.stop_on(van, day) is None
    assert centres.save_stop(by=SYSTEM, at=at, stop=replace(planned, version=0)) == planned
    centres.announce_stop(by=SYSTEM, at=at, stop=planned.id)
    assert centres.opening(van, day) == [(time(9), time(15))] and centres.opening(van, at.date()) == []
    view = centres.centre(van)
    assert centres.capacity_on(view, service=here.birth, on=day) == 20
    assert [one.service for one in centres.offered_at(view, on=day) if one.today] == [here.birth]
    assert centres.is_offered(centre=van, service=here.birth, on=day)
    assert not centres.is_offered(centre=van, service=here.document, on=day)
    assert centres.next_day_of(view, service=here.birth, after=at.date()) == day
    centres.save_holiday(by=SYSTEM, at=at, unit=here.country, day=day, name={"lo": "ພັກ"})
    assert centres.opening(van, day) == []
    meant = replace(planned, on_holiday=True, version=0)
    centres.save_stop(by=SYSTEM, at=at, stop=meant)
    assert centres.opening(van, day) == [(time(9), time(15))]
    centres.cancel_stop(by=SYSTEM, at=at, stop=planned.id, reason={"lo": "ນ້ຳຖ້ວມ"})
    assert centres.opening(van, day) == []
    with pytest.raises(centres.StopIsSettled):
        centres.announce_stop(by=SYSTEM, at=at, stop=planned.id)


@pytest.mark.parametrize(
    ("about", "field"),
    [
        ({"village": " "}, "village"),
        ({"village": "ກ" * 201}, "village"),
        ({"day": date(2020, 1, 6)}, "day"),
        ({"closes": time(9)}, "closes"),
        ({"capacity": 0}, "capacity"),
        ({"services": ()}, "services"),
        ({"services": (UUID(int=5),)}, "services"),
        ({"opens": time(12), "closes": time(18)}, "opens"),
        ({"district": UUID(int=5)}, "district"),
    ],
)
def test_what_is_wrong_with_a_stop_is_named(
    here: Hall, at: datetime, about: dict[str, object], field: str
) -> None:
    van, day = unit(here, at), at.date() + timedelta(days=3)
    offices.role("planner", "centres.travel", at=at)
    planner = offices.staff("planner.one", at=at)
    offices.give(planner, "planner", here.country, at=at)
    centres.save_stop(by=planner, at=at, stop=stop(here, van, day, closes=time(13)))
    with pytest.raises(centres.StopIsWrong) as wrong:
        centres.save_stop(by=planner, at=at, stop=replace(stop(here, van, day, opens=time(14)), **about))  # type: ignore[arg-type]
    assert wrong.value.field == field
    with pytest.raises(centres.StopIsWrong):
        centres.save_stop(by=planner, at=at, stop=stop(here, here.centre, day))
    with pytest.raises(Refused):
        centres.save_stop(by=here.officer, at=at, stop=stop(here, here.centre, day))


def test_a_stop_opens_on_its_day_and_is_reported(here: Hall, at: datetime) -> None:
    van, day = unit(here, at), at.date()
    held = centres.save_stop(by=SYSTEM, at=at, stop=stop(here, van, day))
    assert held.id
    report = centres.ReportView(opened_at=at, people=12, services={here.birth: 12}, kilometres=80, unmet=3)
    with pytest.raises(centres.StopIsSettled):
        centres.open_stop(by=SYSTEM, at=at, stop=held.id)
    centres.announce_stop(by=SYSTEM, at=at, stop=held.id)
    with pytest.raises(centres.StopIsWrong):
        centres.open_stop(by=SYSTEM, at=at + timedelta(days=1), stop=held.id)
    with pytest.raises(centres.StopIsSettled):
        centres.report_stop(by=SYSTEM, at=at, stop=held.id, report=report)
    assert centres.open_stop(by=SYSTEM, at=at, stop=held.id).state == "open"
    for wrong in (
        replace(report, people=-1),
        replace(report, unmet=None),
        replace(report, services={UUID(int=3): 1}),
        replace(report, services={here.birth: -1}),
        replace(report, services={here.birth: 10**9}),
    ):
        with pytest.raises(centres.StopIsWrong):
            centres.report_stop(by=SYSTEM, at=at, stop=held.id, report=wrong)
    done = centres.report_stop(by=SYSTEM, at=at, stop=held.id, report=report)
    assert done.state == "done" and done.report and done.report.people == 12
    assert centres.report_stop(by=SYSTEM, at=at + timedelta(hours=1), stop=held.id, report=report) == done


def ask(here: Hall, at: datetime, **about: object) -> UUID:
    wanted = {"district": here.district, "village": "ນາໄຊ", "services": [here.birth], "people": 40}
    sent = {"by": Actor.public(), "address": "203.0.113.7", **wanted, **about}
    return centres.ask_for_stop(at=at, **sent)  # type: ignore[arg-type]


def test_a_village_asks_is_counted_once_and_is_answered(here: Hall, at: datetime) -> None:
    form = new_id()
    first = ask(here, at, id=form, phone="020 555 1234", language="lo")
    assert ask(here, at, id=form) == first == form
    ask(here, at, village="ບ້ານ ນາໄຊ", people=60)
    ask(here, at, village="Ban Xe", people=10, services=[here.birth, here.document])
    (asked,) = centres.demand(since=at.date())
    assert (asked.people, asked.services) == (70, {here.birth: 70, here.document: 10})
    assert asked.villages[0] == ("ບ້ານ ນາໄຊ", 60)
    assert centres.where_next(since=at.date())[0].demand == asked
    van = unit(here, at)
    held = centres.save_stop(by=SYSTEM, at=at, stop=stop(here, van, at.date() + timedelta(days=3)))
    assert held.id
    centres.announce_stop(by=SYSTEM, at=at, stop=held.id)
    assert [(number, code) for _id, number, code in centres.askers_of(held.id)] == [("0205551234", "lo")]
    assert centres.demand(since=at.date())[0].people == 10
    centres.cancel_stop(by=SYSTEM, at=at, stop=held.id, reason={"lo": "ຝົນ"})
    assert centres.demand(since=at.date())[0].people == 70
    assert forget_old_numbers(by=SYSTEM, at=at + timedelta(days=190)) == 1
    assert not StopRequest.objects.filter(phone__isnull=False).exists()


def test_a_flood_of_requests_is_stopped_and_wrong_ones_are_named(here: Hall, at: datetime) -> None:
    wrong = {"village": "", "people": 0, "services": [], "district": UUID(int=4), "phone": "12"}
    for field, value in wrong.items():
        with pytest.raises(centres.RequestIsWrong) as refusal:
            ask(here, at, **{field: value})
        assert refusal.value.field == field
    for _ in range(5):
        ask(here, at)
    with pytest.raises(centres.TooManyRequests):
        ask(here, at)
    ask(here, at, address="198.51.100.9")
    ask(here, at + timedelta(days=1))


def test_the_number_of_who_asked_is_forgotten_when_the_stop_was_held(here: Hall, at: datetime) -> None:
    ask(here, at, phone="020 555 1234")
    held = centres.save_stop(by=SYSTEM, at=at, stop=stop(here, unit(here, at), at.date() + timedelta(days=3)))
    assert held.id
    centres.announce_stop(by=SYSTEM, at=at, stop=held.id)
    assert forget_old_numbers(by=SYSTEM, at=at + timedelta(days=10)) == 0
    assert forget_old_numbers(by=SYSTEM, at=at + timedelta(days=11)) == 1


def test_the_stop_of_another_unit_is_not_changed_under_ones_own_name(here: Hall, at: datetime) -> None:
    held = centres.save_stop(by=SYSTEM, at=at, stop=stop(here, unit(here, at), at.date()))
    with pytest.raises(centres.UnknownStop):
        centres.save_stop(by=SYSTEM, at=at, stop=replace(held, centre=here.centre, village="ບ້ານ ອື່ນ"))
    assert held.id and centres.stop(held.id) == held


def test_a_village_is_known_by_any_spelling() -> None:
    assert village_key("ບ້ານ ນາ ໄຊ") == village_key("ນາໄຊ")
    assert village_key("Ban Na Xai") == village_key("naxai") != village_key("naxay")
