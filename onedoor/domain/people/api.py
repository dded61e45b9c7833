"""The only door to people: names in both scripts, and what identifies a person."""

from onedoor.domain.people.actions import save_person
from onedoor.domain.people.errors import (
    BirthDateIsInTheFuture,
    NameIsMissing,
    NotASex,
    PhoneIsNotValid,
    UnknownPerson,
)
from onedoor.domain.people.queries import PersonView, find_by_identifier, identifier, person
from onedoor.domain.people.rules import SEXES, clean_phone

__all__ = [
    "SEXES",
    "BirthDateIsInTheFuture",
    "NameIsMissing",
    "NotASex",
    "PersonView",
    "PhoneIsNotValid",
    "UnknownPerson",
    "clean_phone",
    "find_by_identifier",
    "identifier",
    "person",
    "save_person",
]
