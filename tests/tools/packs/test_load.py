"""Loading a pack: once, again without writing, and again after a change."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from onedoor.domain.access.api import login_by_name, may, roles, unit_by_code, units
from onedoor.domain.catalogue.api import life_events, quote, search, service
from onedoor.domain.centres.api import calendar_of, centre_by_code, centres, centres_offering, counters
from onedoor.kernel.errors import Refused
from onedoor.kernel.ids import named_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor
from onedoor.tools.errors import ToolError
from onedoor.tools.packs import LAO, check_folder, load_folder, pack
from onedoor.tools.packs.checking import check
from onedoor.tools.packs.loading import Loaded, load

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system()
MONDAY = date(2026, 3, 2)


def load_from(folder: Path, at: datetime) -> Loaded:
    held, faults = check(folder)
    assert not list(faults)
    return load(held, by=SYSTEM, at=at)


def test_loading(at: datetime) -> None:
    done = load_from(LAO, at)
    assert done.written == done.things
    assert (len(units(kind="province")), len(units(kind="district")), len(centres())) == (18, 148, 49)
    assert unit_by_code("0103-1").id == named_id("lao", "unit/0103-1") == centre_by_code("0103-1").id
    assert len(counters(centre_by_code("0103-1").id)) == 10
    birth = service("birth-registration")
    assert birth.id == named_id("lao", "service/birth-registration")
    assert len(centres_offering(birth.id, on=MONDAY)) == 49
    assert len(centres_offering(service("document-registration").id, on=MONDAY)) == 7
    assert [hit.service.code for hit in search("ແຈງເກີດ")][0] == "birth-registration"
    listed = {event.code: event.services for event in life_events()}
    assert len(listed) == 11 and all(listed.values())
    assert (unit_by_code("MPWT-0103").parent, unit_by_code("MICT-01").successors) == (
        unit_by_code("MPWT-01").id,
        (unit_by_code("MCT-01").id,),
    )
    calendar = calendar_of(centre_by_code("0103-1").id)
    assert not calendar.is_working(date(2026, 12, 2))
    assert calendar.add_working_days(date(2026, 12, 1), 1) == date(2026, 12, 3)
    assert {role.code for role in roles()} >= {"kiosk", "reception", "officer", "head", "ministry_officer"}
    officer = Actor("staff", login_by_name("officer1.saysettha").id)
    assert may(officer, "queue.call", at=centre_by_code("0103-1").id)
    assert not may(officer, "queue.call", at=centre_by_code("0601-1").id)
    ministry = Actor("staff", login_by_name("moha").id)
    assert may(ministry, "cases.decide", at=birth.authority)
    assert not may(ministry, "cases.enter", at=centre_by_code("0103-1").id)


def test_again_nothing_is_written_and_of_a_changed_pack_what_changed(at: datetime, tmp_path: Path) -> None:
    load_from(LAO, at)
    letters = LetterRow.objects.count()
    assert load_from(LAO, at).written == 0
    assert LetterRow.objects.count() == letters
    copy = tmp_path / "pack"
    shutil.copytree(LAO, copy)
    for file, old, new in (
        ("services/document-registration/service.yaml", "amount: 40000", "amount: 45000"),
        (
            "centres/centres.csv",
            "0901-1,0901,ສູນບໍລິການປະຕູດຽວ ເມືອງແປກ,Pek One-Door",
            "0901-1,0901,ສູນ ແປກ,Pek One-Door",
        ),
        ("calendar/holidays.csv", "2026-12-02,ວັນຊາດ", "2026-12-02,ວັນຊາດລາວ"),
        ("roles.yaml", "en: Receptionist", "en: Greeter"),
        ("services/road-tax/service.yaml", "upto: 110, amount: 15000", "upto: 110, amount: 16000"),
        ("centres/offers.yaml", "weekdays: [4]\n  capacity: 6", "weekdays: [5]\n  capacity: 7"),
        ("staff.yaml", "valid_until: 2030-01-01", "valid_until: 2029-01-01"),
    ):
        path = copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    old_tax = service("road-tax")
    written = load_from(copy, at).written
    assert written == 10, (
        "two services, a centre and its unit, the calendar, a role, offers of three, a grant"
    )
    assert load_from(copy, at).written == 0
    answers = {"vehicle": "motorbike", "engine": 100}
    assert quote(service=service("road-tax").version_id, answers=answers).total == 16000
    assert quote(service=old_tax.version_id, answers=answers).total == 15000, "a case keeps its edition"
    offers = [one for one in centre_by_code("0103-1").offers if one.weekdays == (5,)]
    assert [one.capacity for one in offers] == [7]
    held = service("document-registration")
    assert (held.version, held.fee.amount) == (2, 45000)
    assert centre_by_code("0901-1").name["lo"] == "ສູນ ແປກ"
    assert calendar_of(centre_by_code("0901-1").id).holidays[date(2026, 12, 2)]["lo"] == "ວັນຊາດລາວ"


def test_a_broken_pack_is_not_touched(
    at: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "pack"
    shutil.copytree(LAO, copy)
    (copy / "roles.yaml").write_text("- code: [", encoding="utf-8")
    letters = LetterRow.objects.count()
    assert load_folder(copy) == 1
    assert LetterRow.objects.count() == letters
    assert "roles.yaml:1:" in capsys.readouterr().out


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_folder(LAO) == 0
    assert "is sound" in capsys.readouterr().out
    assert load_folder(LAO) == 0
    assert load_folder(LAO) == 0
    assert "0 written" in capsys.readouterr().out
    with pytest.raises(ToolError):
        pack(SimpleNamespace(directory="no-such-folder", action="check"))  # type: ignore[arg-type]


def test_only_who_may_load(at: datetime) -> None:
    held, _faults = check(LAO)
    with pytest.raises(Refused):
        load(held, by=Actor.public(), at=at)


def test_only_the_owner_of_the_reference_data_loads(at: datetime, tmp_path: Path) -> None:
    """A centre keeps copies that the hub owns; loading a changed pack there is refused as a whole."""
    load_from(LAO, at)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL onedoor.mirror = 'on'")
        cursor.execute("UPDATE access_role SET owner = gen_random_uuid(), epoch = 2, version = version + 1")
        cursor.execute("SET LOCAL onedoor.mirror = 'off'")
    copy = tmp_path / "pack"
    shutil.copytree(LAO, copy)
    for file, old, new in (
        ("services/document-registration/service.yaml", "amount: 40000", "amount: 45000"),
        ("roles.yaml", "en: Receptionist", "en: Greeter"),
    ):
        text = (copy / file).read_text(encoding="utf-8")
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    letters = LetterRow.objects.count()
    with pytest.raises(ToolError, match="Nothing was loaded"):
        load_folder(copy)
    assert LetterRow.objects.count() == letters
    assert service("document-registration").fee.amount == 40000
