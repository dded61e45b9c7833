"""Opening and closing lists: kept, measured, signed; and the roster of those who help at the door."""

from datetime import datetime, time, timedelta

import pytest

from onedoor.domain.access.api import OutOfReach
from onedoor.domain.centres import api as centres
from onedoor.domain.centres.actions.roster import forget_old_helpers
from onedoor.domain.centres.models import Helper
from onedoor.domain.centres.rules.checklists import clock_measured, link_measured, standing
from onedoor.kernel.scope import Actor
from tests.domain.centres.test_shifts import head
from tests.factories.hall import Hall, hall

SYSTEM = Actor.system()
ITEMS = [
    centres.Item(phase="opening", code="clean", name={"lo": "ສະອາດ", "en": "Clean"}),
    centres.Item(phase="opening", code="clock", name={"lo": "ໂມງ", "en": "Clock"}, measure="clock"),
]


@pytest.fixture
def here(db: None, at: datetime) -> Hall:
    place = hall(at=at, always_open=True)
    centres.save_checklist_plan(by=SYSTEM, at=at, unit=place.country, items=ITEMS)
    return place


def keep(here: Hall, at: datetime, **about: object) -> centres.ListView:
    wanted = {"by": here.officer, "day": at.date(), "phase": "opening", "ticks": {}}
    return centres.keep_checklist(at=at, centre=here.centre, **{**wanted, **about})  # type: ignore[arg-type]


def test_a_list_is_kept_by_people_measured_by_machines_and_signed_whole(here: Hall, at: datetime) -> None:
    assert [one.code for one in centres.checklist_items(here.centre, "opening")] == ["clean", "clock"]
    with pytest.raises(centres.CheckIsWrong):
        keep(here, at, ticks={"clock": (True, "")})
    with pytest.raises(centres.CheckIsWrong):
        keep(here, at, ticks={"clean": (False, " ")})
    with pytest.raises(centres.CheckIsWrong):
        keep(here, at, ticks={"clean": (True, "")}, sign=True)
    with pytest.raises(centres.CheckIsWrong):
        keep(here, at, day=at.date() - timedelta(days=1))
    with pytest.raises(OutOfReach):
        keep(here, at, by=here.stranger)
    begun = keep(here, at, ticks={"clean": (False, "Water on the floor")})
    assert standing(ITEMS, begun) == "begun" and begun.entries["clean"].by == here.officer.id
    signed = keep(here, at, measured={"clock": clock_measured(0.1)}, sign=True)
    assert standing(ITEMS, signed) == "trouble" and signed.entries["clock"].by is None
    with pytest.raises(centres.ChecklistIsSigned):
        keep(here, at, ticks={"clean": (True, "")})
    assert not clock_measured(-3).fine


def test_a_helper_is_kept_with_consent_and_forgotten(here: Hall, at: datetime) -> None:
    boss, day = head(here, at), at.date()
    about = {"by": boss, "at": at, "centre": here.centre, "kind": "volunteer", "name": "ນາງ ດາວ"}
    with pytest.raises(centres.HelperIsWrong) as wrong:
        centres.save_helper(**about, consent=False)  # type: ignore[arg-type]
    assert wrong.value.field == "consent"
    held = centres.save_helper(
        **about,  # type: ignore[arg-type]
        consent=True,
        phone="020 5555 1234",
        languages=["lo", "hmn"],
        valid_until=day + timedelta(days=5),
    )
    duty = {"by": boss, "at": at, "helper": held.id, "starts": time(8), "ends": time(12), "place": "door"}
    assert centres.plan_duty(**duty, days=[day, day + timedelta(days=1)]) == 2  # type: ignore[arg-type]
    with pytest.raises(centres.HelperIsWrong):
        centres.plan_duty(**duty, days=[day])  # type: ignore[arg-type]
    with pytest.raises(centres.HelperIsWrong):
        centres.plan_duty(**duty, days=[day + timedelta(days=5)])  # type: ignore[arg-type]
    first, _second = centres.duties(here.centre, day, day + timedelta(days=7))
    assert first.helper.name == "ນາງ ດາວ" and first.helper.phone == "02055551234"
    centres.cancel_duty(by=boss, at=at, duty=first.id)
    assert forget_old_helpers(by=SYSTEM, at=at + timedelta(days=94)) == 0
    assert forget_old_helpers(by=SYSTEM, at=at + timedelta(days=97)) == 1
    row = Helper.objects.get(id=held.id)
    assert (row.name, row.phone, row.languages) == ("", None, [])
    assert centres.helpers(here.centre) == []
    with pytest.raises(centres.UnknownHelper):
        centres.forget_helper(by=boss, at=at, helper=held.id)


@pytest.mark.parametrize(
    ("ours", "linked", "minutes", "state"),
    [
        (True, False, None, "hub"),
        (False, False, None, "none"),
        (False, True, None, "sent"),
        (False, True, 9, "sending"),
        (False, True, 11, "cut"),
    ],
)
def test_a_link_is_cut_when_the_oldest_letter_waits_too_long(
    at: datetime, ours: bool, linked: bool, minutes: int | None, state: str
) -> None:
    since = None if minutes is None else at - timedelta(minutes=minutes)
    assert link_measured(ours=ours, linked=linked, waiting=int(bool(since)), since=since, at=at) == state
