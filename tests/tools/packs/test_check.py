"""A broken pack: every fault is named with its file and line, and nothing else is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from onedoor.tools.packs import LAO, check_folder
from onedoor.tools.packs.checking import check

MINISTRY = """
- code: {code}
  kind: ministry
  name: {{lo: ກະຊວງ, en: Ministry}}
  valid_from: 2015-01-01
  source: test
"""


@pytest.fixture
def pack(tmp_path: Path) -> Iterator[Path]:
    """A copy of the Lao pack to break."""
    copy = tmp_path / "pack"
    shutil.copytree(LAO, copy)
    yield copy


def lines_of(folder: Path) -> list[str]:
    return [str(fault) for fault in check(folder)[1]]


def line_with(folder: Path, file: str, words: str) -> int:
    for number, line in enumerate((folder / file).read_text(encoding="utf-8").splitlines(), start=1):
        if words in line:
            return number
    raise AssertionError(f"{words} is not in {file}")


def replace(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_lao_pack_is_sound() -> None:
    held, faults = check(LAO)
    assert list(faults) == []
    kinds = [unit.kind for unit in held.units.values()]
    assert (kinds.count("province"), kinds.count("district"), len(held.centres)) == (18, 148, 49)
    assert {row.name["en"] for row in held.centres.values() if not row.demonstration} == {
        f"{name} One-Door Service Centre" for name in ("Saysettha", "Bachieng", "Pek", "Luang Prabang")
    }
    assert held.services["birth-registration"].fees[0].state == "to_be_set"
    assert held.services["birth-registration"].demonstration
    assert held.services["document-registration"].fees[0].amount == 40000
    assert len(held.services) >= 16
    for service in held.services.values():
        assert service.process and service.form, service.code
        assert service.demonstration or not any(fee.open for fee in service.fees), service.code
        assert all(law.source for law in service.legal_basis), service.code
    assert all(offer.demonstration for offer in held.offers), "which centre offers what was not found"
    assert {offer.service for offer in held.offers} == set(held.services)
    ministries = {row.authority for row in held.services.values()}
    deciders = {
        unit for one in held.logins for role, unit, _until in one.grants if role == "ministry_officer"
    }
    assert ministries <= deciders, "each ministry with a service has somebody who decides"
    roles = {role for one in held.logins for role, _unit, _until in one.grants}
    assert roles == set(held.roles) - {"kiosk"}, "a kiosk is a device, not a login"
    assert held.calendar is not None
    assert not held.calendar.confirmed
    ministries = [
        unit for unit in held.units.values() if unit.kind == "ministry" and unit.valid_until is None
    ]
    assert len(ministries) == 14, "thirteen ministries and the Prime Minister's Office since March 2025"
    assert len({held.units[code].parent for code in held.units if held.units[code].kind == "district"}) == 18
    assert {held.centres[code].district[:2] for code in held.centres} == {f"{n:02}" for n in range(1, 19)}


SERVICE = "services/birth-registration/service.yaml"
PAID = "services/document-registration/service.yaml"
ROAD = "services/road-tax/service.yaml"
LAND = "services/land-title-transfer/service.yaml"
PASSPORT = "services/passport/service.yaml"
SETS = "services/import-licence/service.yaml"
PENSION = "services/old-age-pension/service.yaml"
ADVICE = "services/old-age-pension/decisions.dmn"
MOVE = "services/residence-transfer/service.yaml"
AGAIN = "  - {code: other-place, if: 'true', words: {lo: ກ, en: A}, otherwise: officer, demonstration: true}"
VEHICLE = "services/vehicle-registration/service.yaml"
OFFICES = "units/offices.yaml"
DRAWN = "services/construction-permit/process.bpmn"
BROKEN = [
    # what is planted: file, old words, new words, words of the line that is named, words of the sentence
    (SERVICE, "authority: MOHA", "authority: MOHA\nauthority: MOJ", "authority: MOJ", "stands twice"),
    (SERVICE, "authority: MOHA", "authority: MOON", "authority: MOON", "unknown unit “MOON”"),
    (SERVICE, "en: Birth registration}", "}", "name: {lo", "no text in “en”"),
    (SERVICE, "en: Birth registration}", 'en: " "}', "name: {lo", "no text in “en”"),
    (SERVICE, "lo: ການຂຶ້ນທະບຽນການເກີດ,", "lo: Birth,", "name: {lo", "no Lao letter"),
    (SERVICE, "valid_from: 2021-10-28", "valid_from: 2021-02-30", "2021-02-30", "not a date"),
    (SERVICE, "valid_from: 2021-10-28", "valid_from: 28/10/2021", "28/10/2021", "not a date"),
    (SERVICE, "code: birth-registration", "code: birth", "code: birth", "folder"),
    (SERVICE, "life_events: [birth]", "life_events: [birht]", "birht", "unknown life event"),
    (MOVE, "if: 'from_district", "if: 'from_distrikt", "from_distrikt", "the form does not ask"),
    (MOVE, "from_village != to_village'", "from_village !='", "from_village !='", "The condition"),
    (MOVE, "otherwise: not", "otherwise: perhaps", "perhaps", "none of officer, not"),
    (MOVE, "papers:", f"{AGAIN}\npapers:", "code: other-place, ", "stands twice"),
    (MOVE, "otherwise: not", "bars: true\n    otherwise: not", "bars: true", "named law forbids"),
    (MOVE, "otherwise: not", "law: 1/X\n    otherwise: not", "law: 1/X", "number of a law"),
    (PENSION, "eligibility_table: who_may_apply", "eligibility_table: nobody", "nobody", "no decision “nobody”"),
    (ADVICE, "<text>form.years", "<text>form.yeers", "<decision id", "not asked before the visit"),
    (PENSION, "level: vouched", "level: friend", "level: friend", "none of registry"),
    (VEHICLE, "service: document-registration", "service: ghost", "code: vehicle", "unknown service “ghost”"),
    (OFFICES, "- of: GOV", "- of: LA", "- of: LA", "not an authority"),
    (OFFICES, "- of: MCT", "- of: MICT", "province", "stands twice"),
    (OFFICES, "{place}\", en: \"Department of Public", "\", en: \"Department of Public", "province:", "no place for"),
    (DRAWN, 'onedoor:of="GOV"', 'onedoor:of="NOBODY"', "xml version", "unknown unit “NOBODY”"),
    (SERVICE, "demonstration: true\nnotice", "demonstration: false\nnotice", "demonstration: false", "to be set"),
    (SERVICE, "state: to_be_set", "state: cheap", "state: cheap", "none of set, free, to_be_set"),
    (SERVICE, "state: to_be_set", "state: free", "state: free", "only by a law"),
    (SERVICE, "required: true", "requierd: true", "requierd", "means nothing here"),
    (SERVICE, "required: true", "required: maybe", "required: maybe", "true or false"),
    (SERVICE, "code: parents-identity", "code: village-notification", "village-notification", "stands twice"),
    (SERVICE, "days: 3", "days: -3", "days: -3", "negative"),
    (SERVICE, "result:", "result: @", "result: @", "not YAML"),
    (PAID, "amount: 40000", "amount: -40000", "amount: -40000", "negative"),
    (PAID, "amount: 40000", "amount: forty", "amount: forty", "whole number"),
    (PAID, "currency: LAK", "currency: XXX", "currency: XXX", "currency"),
    (
        PAID,
        "    amount: 40000",
        "    amount: 20000\n    valid_until: 2021-06-17\n  - state: set\n    amount: 40000\n    valid_from: 2021-07-01",
        "amount: 40000",
        "gap",
    ),
    (
        PAID,
        "    amount: 40000",
        "    amount: 20000\n    valid_until: 2021-06-17\n  - state: set\n    amount: 40000\n    valid_from: 2021-06-01",
        "amount: 40000",
        "overlaps",
    ),
    # a fee table that leaves a value uncovered, steps that overlap, a period without a table
    (ROAD, "{from: 111, upto: 150", "{from: 121, upto: 150", "from: 121", "no fee from 111 to 120"),
    (ROAD, "{from: 1, upto: 110", "{from: 50, upto: 110", "from: 50,", "no fee from 1 to 49"),
    (ROAD, "{from: 201, amount: 100000}", "{from: 201, upto: 900, amount: 100000}", "steps:", "no fee from 901 to 30.000"),
    (ROAD, "{from: 111, upto: 150", "{from: 100, upto: 150", "from: 100,", "overlaps"),
    (ROAD, "{from: 111, upto: 150", "{from: 111, upto: 109", "upto: 109", "before it begins"),
    (ROAD, "amount: 20000", "amount: -20000", "amount: -20000", "negative"),
    (ROAD, "amount: 20000", "amount: 20.5", "amount: 20.5", "whole number"),
    (ROAD, "amount: 20000", "amount: 99999999999999999", "99999999999999999", "too large"),
    (ROAD, "by: engine", "by: motor", "by: motor", "not a question for a whole number"),
    (ROAD, "when: {vehicle: car}", "when: {vehicle: bus}", "vehicle: bus", "no answer of “vehicle”"),
    (ROAD, "when: {vehicle: car}", "when: {vehicle: motorbike}", "state: set", "vehicle = car: the fee table has a gap"),
    (ROAD, "kind: table", "kind: tabel", "kind: tabel", "none of fixed, table"),
    (ROAD, "code: car", "code: motorbike", "code: motorbike", "stands twice"),
    (
        ROAD,
        "    source: public pages of 2018",
        "    valid_until: 2020-01-01\n  - state: to_be_set\n    valid_from: 2020-02-01\n    source: public pages of 2018",
        "state: to_be_set",
        "no fee from 2020-01-01 to 2020-02-01",
    ),
    (LAND, 'percent: "2"', "percent: two", "percent: two", "not a share in percent"),
    (LAND, "amount: 15000", "amount: 0", "amount: 0", "above 0"),
    (PASSPORT, "          five_days: 300000\n", "", "choices:", "no fee for “five_days”"),
    (PASSPORT, "five_days: 300000", "five_days: 300000\n          ten_days: 1", "by: speed", "no answer of “speed”"),
    (PASSPORT, "demonstration: true\nnotice", "demonstration: false\nnotice", "demonstration: false", "to be set"),
    (SETS, "amount: 10000", "amount: 0", "amount: 0", "above 0"),
    (SETS, "not_published: [papers, duration", "not_published: [papers", "duration", "name it under not_published"),
    (SETS, "not_published: [papers, duration", "not_published: [paper, duration", "[paper,", "none of papers, legal_basis"),
    (LAND, "not_published: [papers", "not_published: [duration, papers", "[duration,", "and is given"),
    ("staff.yaml", "valid_until: 2030-01-01", "valid_until: 2020-01-01", "2020-01-01", "before it begins"),
    ("staff.yaml", "LA, valid_until: 2030-01-01", "LA", "role: auditor", "needs its last day"),
    ("centres/offers.yaml", "weekdays: [3]", "weekdays: [8]", "weekdays: [8]", "not a weekday"),
    ("centres/offers.yaml", "capacity: 60", "capacity: 0", "capacity: 0", "at least 1"),
    ("units/authorities.yaml", "successors: [MAE]", "successors: [MARS]", "MARS", "not a unit of this pack"),
    (
        "units/authorities.yaml",
        "  valid_until: 2025-03-20\n  successors: [MAE]",
        "  successors: [MAE]",
        "successors: [MAE]",
        "no last day",
    ),
    ("units/authorities.yaml", "valid_until: 2025-03-20", "valid_until: 2014-01-01", "2014-01-01", "before it begins"),
    ("units/authorities.yaml", "parent: MOHA", "parent: MOHA-DLA", "parent: MOHA-DLA", "lies below itself"),
    ("units/territory.csv", "0103,district,01,", "0103,district,77,", "0103,district,77", "unknown unit “77”"),
    ("units/territory.csv", "0104,district", "0103,district", "ສີສັດຕະນາກ", "stands twice"),
    ("units/territory.csv", "0104,district,01", "0104,district", "0104,district", "cells instead of"),
    ("units/territory.csv", "0104,district", "0104,distrikt", "distrikt", "none of country"),
    ("units/territory.csv", "code,kind", "kode,kind", "kode", "the columns must be"),
    ("calendar/hours.yaml", 'opens: "13:00"', 'opens: "11:00"', 'opens: "11:00"', "overlap"),
    ("calendar/hours.yaml", 'opens: "13:00"', 'opens: "17:00"', 'opens: "17:00"', "before it opens"),
    ("calendar/hours.yaml", 'opens: "13:00"', 'opens: "25:00"', 'opens: "25:00"', "not a time"),
    ("calendar/hours.yaml", "rest: [6, 7]", "rest: [6, 9]", "rest: [6, 9]", "not a weekday"),
    ("calendar/hours.yaml", "zone: Asia/Vientiane", "zone: Asia/Atlantis", "Atlantis", "not a time zone"),
    ("calendar/holidays.csv", "2026-12-02", "2026-13-02", "2026-13-02", "not a date"),
    ("calendar/holidays.csv", "2026-12-02", "2027-12-02", "2027-12-02,ວັນຊາດ,Lao National Day,python", "stands twice"),
    ("centres/centres.csv", "0103-1,0103,", "0103-1,9903,", "0103-1,9903", "unknown district"),
    ("centres/offers.yaml", "service: document-registration", "service: document", "service: document", "unknown service"),
    ("centres/offers.yaml", '"0601-1"', '"0601-9"', "0601-9", "unknown centre"),
    ("roles.yaml", "cases.mend]", "cases.mended]", "cases.mended", "unknown permission"),
    ("staff.yaml", "role: reception", "role: receptionist", "receptionist", "unknown role"),
    ("staff.yaml", 'unit: "0103-1"', 'unit: "0103-7"', "0103-7", "unknown unit"),
    ("pack.yaml", "Counter {number}", "Counter", "counter_name", "no place for {number}"),
    ("pack.yaml", "languages: [lo, en]", "languages: [lo]", "languages: [lo]", "must be among the languages"),
    ("pack.yaml", "pack: lao", "pack: &anchor lao\nagain: *anchor", "pack: &anchor", "anchors"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "said"), BROKEN, ids=[f"{b[0]}-{b[4]}" for b in BROKEN]
)
def test_a_planted_fault_is_named_by_file_and_line(
    pack: Path, file: str, old: str, new: str, where: str, said: str
) -> None:
    replace(pack, file, old, new)
    found = lines_of(pack)
    numbers = [
        number
        for number, line in enumerate((pack / file).read_text(encoding="utf-8").splitlines(), start=1)
        if where in line
    ]
    named = [line for line in found if said in line]
    assert named, found
    assert any(line.startswith(f"{file}:{number}:") for line in named for number in numbers), (found, numbers)


def test_a_double_login_is_named(pack: Path) -> None:
    replace(pack, "staff.yaml", "username: officer1.saysettha", "username: reception.saysettha")
    number = [
        number
        for number, line in enumerate((pack / "staff.yaml").read_text(encoding="utf-8").splitlines(), start=1)
        if "username: reception.saysettha" in line
    ][1]
    assert lines_of(pack) == [f"staff.yaml:{number}: the login “reception.saysettha” stands twice"]


def test_a_circle_of_units_is_named(pack: Path) -> None:
    with (pack / "units" / "authorities.yaml").open("a", encoding="utf-8") as file:
        for code, parent in (("RING-A", "RING-B"), ("RING-B", "RING-A")):
            file.write(MINISTRY.format(code=code).replace("ministry", f"department\n  parent: {parent}"))
    found = lines_of(pack)
    assert len(found) == 1
    assert "lies below itself: RING-A → RING-B → RING-A" in found[0]
    assert found[0].startswith(
        f"units/authorities.yaml:{line_with(pack, 'units/authorities.yaml', 'parent: RING-B')}:"
    )


@pytest.mark.parametrize("file", ["units/territory.csv", "roles.yaml", "centres/offers.yaml", "pack.yaml"])
def test_a_missing_file_is_named_once(pack: Path, file: str) -> None:
    (pack / file).unlink()
    assert len([line for line in lines_of(pack) if line.startswith(f"{file}:1:")]) == 1


def test_forms_and_processes_are_checked(pack: Path) -> None:
    folder = pack / "services" / "document-registration"
    (folder / "form.json").write_text('{\n "type": "object",\n "type": "object"\n}', encoding="utf-8")
    (folder / "process.bpmn").write_text("<definitions>\n<oops", encoding="utf-8")
    found = lines_of(pack)
    assert "services/document-registration/form.json:3: the key “type” stands twice" in found
    assert any(line.startswith("services/document-registration/process.bpmn:2:") for line in found)
    (folder / "form.json").write_text('{\n "type": "objekt"\n}', encoding="utf-8")
    (folder / "process.bpmn").unlink()
    assert any(
        line.startswith("services/document-registration/form.json:2: not a JSON Schema")
        for line in lines_of(pack)
    )


def test_a_form_that_cannot_be_asked_is_named(pack: Path) -> None:
    path = pack / "services" / "birth-registration" / "form.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"x-field": "phone"', '"x-field": "telepathy"'), encoding="utf-8")
    row = next(row for row in text.splitlines() if '"informant_phone": {' in row)
    line = text.splitlines().index(row) + 1
    named = [fault for fault in lines_of(pack) if "telepathy" in fault]
    assert len(named) == 1 and named[0].startswith(f"services/birth-registration/form.json:{line}: ")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("x-sections", "1"),
        ("x-sections", "[1]"),
        ("x-sections", '[{"fields": 1}]'),
        ("x-document", "[1]"),
        ("x-document", '{"facts": [1]}'),
        ("x-document", '{"facts": {"a": {}}}'),
        ("x-applicant", "7"),
        ("x-applicant", '{"a": []}'),
        ("properties", '{"a": {"enum": [{}], "x-labels": [1]}}'),
        ("properties", '{"a": {"x-field": {}, "x-label": 1, "maxLength": ' + "9" * 5000 + "}}"),
        ("properties", "[" * 100_000),
    ],
)
def test_a_form_of_wrong_shapes_is_named(pack: Path, key: str, value: str) -> None:
    path = pack / "services" / "birth-registration" / "form.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'"{key}":', f'"{key}": {value}, "{key}-before":', 1), encoding="utf-8")
    assert any(fault.startswith("services/birth-registration/form.json:") for fault in lines_of(pack))


def test_a_number_that_is_none_is_named(pack: Path) -> None:
    with (pack / "pack.yaml").open("a", encoding="utf-8") as file:
        file.write("\nmore: !!int zz\n")
    assert any(fault.startswith("pack.yaml:") and "is not a number" in fault for fault in lines_of(pack))


def test_files_that_are_no_text(pack: Path) -> None:
    (pack / "roles.yaml").write_bytes(b"\xff\xfe\x00")
    (pack / "life_events.yaml").write_text("just words", encoding="utf-8")
    (pack / "centres" / "offers.yaml").write_text("[" * 3000, encoding="utf-8")
    found = lines_of(pack)
    assert any("roles.yaml:1: the file is not UTF-8" in line for line in found)
    assert any(line.startswith("life_events.yaml:1:") for line in found)
    assert any(line.startswith("centres/offers.yaml:1:") for line in found)


def test_a_folder_that_is_no_pack(tmp_path: Path) -> None:
    assert lines_of(tmp_path) == ["pack.yaml:1: there is no pack.yaml: this folder is not a pack"]


def test_a_very_deep_tree_is_read(pack: Path) -> None:
    with (pack / "units" / "authorities.yaml").open("a", encoding="utf-8") as file:
        file.write(MINISTRY.format(code="DEEP-0"))
        for number in range(1, 1500):
            below = f"department\n  parent: DEEP-{number - 1}"
            file.write(MINISTRY.format(code=f"DEEP-{number}").replace("ministry", below))
    assert lines_of(pack) == []


def test_decisions_are_checked_where_they_stand(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "services/construction-permit/decisions.dmn"
    path = pack / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[10..20]", "[11..20]"), encoding="utf-8")
    (found,) = lines_of(pack)
    assert found.startswith(
        f"{name}:{line_with(pack, name, '<decisionTable')}: decision “approval_level”: no rule holds for"
    )
    assert "“ຄວາມສູງ (ແມັດ)” = 10" in found
    path.write_text(text.replace("[10..20]", "[10..form.height]"), encoding="utf-8")
    assert check_folder(pack) == 0
    assert (
        f"{name}:{line_with(pack, name, '<decisionTable')}: note: decision “approval_level”: "
        in capsys.readouterr().out
    )
