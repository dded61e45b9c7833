"""What is done to people's records."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.people.errors import UnknownPerson
from onedoor.domain.people.events import PersonSaved
from onedoor.domain.people.models import Identifier, Person
from onedoor.domain.people.permissions import KEEP
from onedoor.domain.people.rules import IDENTIFIERS, check, clean_identifier, clean_names, clean_phone
from onedoor.kernel.crypto import keyring
from onedoor.kernel.i18n import sort_key
from onedoor.kernel.letters import Payload, publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def save_person(
    *,
    by: Actor,
    at: datetime,
    names: Mapping[str, str],
    birth_date: date | None = None,
    sex: str = "unknown",
    phone: str = "",
    identifiers: Mapping[str, str] | None = None,
    id: UUID | None = None,
    centre: UUID | None = None,
) -> Person:
    """Make a person's record, or change the one with ``id``.

    Args:
        names: by script: ``lo`` and ``en`` (Latin). birth_date: where known. identifiers: kind to value.
        centre: where it happens; the permission is asked there.
    Errors: Refused, UnknownPerson, NameIsMissing, NotASex, BirthDateIsInTheFuture, PhoneIsNotValid.
    """
    require(by, KEEP, at=centre)
    kept, number = clean_names(names), clean_phone(phone)
    check(birth_date=birth_date, sex=sex, today=at.date())
    if id is None:
        row = Person()
    else:
        found = Person.objects.select_for_update().filter(id=id).first()
        if found is None:
            raise UnknownPerson()
        row = found
    row.names = kept
    row.sort_keys = {script: sort_key(name) for script, name in kept.items()}
    row.birth_date, row.sex, row.phone = birth_date, sex, number
    row.save()
    for kind, value in (identifiers or {}).items():
        _identify(row, kind, value)
    contents: dict[str, Any] = {
        "names": kept,
        "sex": sex,
        "birth_date": birth_date.isoformat() if birth_date else None,
    }
    publish(
        PersonSaved(new=id is None),
        of=row,
        by=by,
        at=at,
        centre=centre,
        payload=Payload(person=row.id, data=contents),
    )
    return row


def _identify(row: Person, kind: str, value: str) -> None:
    plain = clean_identifier(value)
    if kind not in IDENTIFIERS or not plain:
        return
    sealed = Payload(person=row.id, data={"value": plain}).sealed()
    Identifier.objects.update_or_create(
        person=row, kind=kind, defaults={"sealed": sealed, "blind": keyring().blind(f"people/{kind}", plain)}
    )
