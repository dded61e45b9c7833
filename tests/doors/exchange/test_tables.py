"""The tables of HSDS catch what they are for: an offence against each field is planted, and each is found."""

from __future__ import annotations

from typing import Any

import pytest

from tests.doors.exchange.tables import KINDS, LISTS, NESTED, TABLES, fields, offences

SOUND: dict[str, Any] = {
    "text": "ຄຳ",
    "number": 10.5,
    "uuid": "0f2c1b9a-5d1e-4a57-9f0e-5f0c3c1b7a11",
    "uri": "https://onedoor.example/services/whole/",
    "email": "desk@onedoor.example",
    "date": "2026-01-31",
    "time": "08:00+07:00",
    "currency": "LAK",
    "country": "LA",
    "language": "lo",
    "state": "active",
    "place": "physical",
    "freq": "WEEKLY",
    "wkst": "MO",
    "days": "MO,TU",
    "phone": "voice",
}
WRONG: dict[str, tuple[Any, ...]] = {
    "text": (7, ["ຄຳ"], {"lo": "ຄຳ"}, None),
    "number": ("10.5", None),
    "uuid": ("whole", 7),
    "uri": ("/services/whole/", "https://onedoor.example/a b"),
    "email": ("desk",),
    "date": ("31.1.2026", "2026-02-30"),
    "time": ("8:00", "08:00"),
    "currency": ("kip, LAK",),
    "country": ("Lao",),
    "language": ("Lao",),
    "state": ("demonstration",),
    "place": ("centre",),
    "freq": ("DAILY",),
    "wkst": ("Monday",),
    "days": ("Mon,Tue", "MO, TU"),
    "phone": ("landline",),
}


def sound(table: str) -> dict[str, Any]:
    """A thing that says nothing but what it must."""
    return {field: SOUND[kind] for field, (needed, kind) in fields(table).items() if needed}


@pytest.mark.parametrize("table", TABLES)
def test_each_offence_is_caught_and_nothing_else_is_called_one(table: str) -> None:
    thing = sound(table)
    assert not offences(thing, table)
    for field, (needed, kind) in fields(table).items():
        if needed:
            assert offences({key: value for key, value in thing.items() if key != field}, table), field
        if other := LISTS.get(field) or NESTED.get(field):
            inside = sound(other)
            listed = field in LISTS
            assert not offences({**thing, field: [inside] if listed else inside}, table), field
            assert offences({**thing, field: inside if listed else [inside]}, table), field
            without = {key: value for key, value in inside.items() if key != "id"}
            assert offences({**thing, field: [without] if listed else without}, table), field
            continue
        assert not offences({**thing, field: SOUND[kind]}, table), field
        for wrong in WRONG[kind]:
            assert offences({**thing, field: wrong}, table), (field, wrong)
    assert offences({**thing, "nmae": "misspelt"}, table)


def test_every_kind_has_its_offence() -> None:
    assert set(SOUND) == set(WRONG) == set(KINDS)
