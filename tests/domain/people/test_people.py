"""Persons: names in both scripts, telephone numbers, identifiers that can be found but not read."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from onedoor.domain.people import api as people
from onedoor.kernel.errors import Refused
from onedoor.kernel.letters import forget_person
from onedoor.kernel.scope import Actor

BY = Actor.system()
NAMES = {"lo": " ນາງ  ດາວ ", "en": "Dao"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("020 5555 1234", "+8562055551234"),
        ("+856 30 123 4567", "+856301234567"),
        ("021-212345", "+85621212345"),
        ("", ""),
    ],
)
def test_telephone_numbers(typed: str, kept: str) -> None:
    assert people.clean_phone(typed) == kept


@pytest.mark.parametrize("typed", ["12", "020 5555", "0044 20 7946 0000", "abc"])
def test_what_is_no_lao_number(typed: str) -> None:
    with pytest.raises(people.PhoneIsNotValid):
        people.clean_phone(typed)


def test_a_person_is_kept_and_changed(db: None, at: datetime) -> None:
    made = people.save_person(
        by=BY, at=at, names=NAMES, birth_date=date(1990, 1, 2), sex="female", phone="02055551234"
    )
    found = people.person(made.id)
    assert (found.names["lo"], found.phone, found.sex) == ("ນາງ ດາວ", "+8562055551234", "female")
    people.save_person(by=BY, at=at, id=made.id, names={"en": "Dao Vongxay"})
    assert people.person(made.id).names == {"lo": "", "en": "Dao Vongxay"}


def test_identifiers_are_found_but_not_readable(db: None, at: datetime) -> None:
    held = {"national_id": "01-234 567", "family_book": "", "magic": "x"}
    made = people.save_person(by=BY, at=at, names=NAMES, identifiers=held)
    assert people.person(made.id).identifiers == ("national_id",)
    assert people.find_by_identifier(kind="national_id", value="01234567") == made.id
    assert people.find_by_identifier(kind="passport", value="01234567") is None
    assert people.identifier(person_id=made.id, kind="national_id") == "01234567"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed, blind FROM people_identifier")
        sealed, blind = cursor.fetchone()
    assert b"01234567" not in bytes(sealed) + bytes(blind)
    forget_person(person=made.id, at=at)
    assert people.identifier(person_id=made.id, kind="national_id") is None


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"names": {"lo": " "}}, people.NameIsMissing),
        ({"sex": "dragon"}, people.NotASex),
        ({"phone": "1"}, people.PhoneIsNotValid),
        ({"birth_date": date(2999, 1, 1)}, people.BirthDateIsInTheFuture),
    ],
)
def test_what_is_refused(db: None, at: datetime, wrong: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        people.save_person(by=BY, at=at, **{"names": NAMES, **wrong})  # type: ignore[arg-type]


def test_strangers_and_unknown_people(db: None, at: datetime) -> None:
    with pytest.raises(Refused):
        people.save_person(by=Actor.public(), at=at + timedelta(days=1), names=NAMES)
    with pytest.raises(people.UnknownPerson):
        people.person(BY.id)
    with pytest.raises(people.UnknownPerson):
        people.save_person(by=BY, at=at, names=NAMES, id=BY.id)
