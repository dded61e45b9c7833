"""Reads of people. Whoever reads must be allowed to by the case or visit that leads here; the caller records the sight."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onedoor.domain.people.errors import UnknownPerson
from onedoor.domain.people.models import Identifier, Person
from onedoor.domain.people.rules import clean_identifier
from onedoor.kernel.crypto import keyring
from onedoor.kernel.letters import read_payload


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """A person: names by script, birth date, sex, telephone, and which kinds of identifiers are held."""

    id: UUID
    names: Mapping[str, str]
    birth_date: date | None
    sex: str
    phone: str
    identifiers: tuple[str, ...]


def person(person_id: UUID) -> PersonView:
    """A person by id. Raises UnknownPerson."""
    row = Person.objects.prefetch_related("identifiers").filter(id=person_id).first()
    if row is None:
        raise UnknownPerson()
    return PersonView(
        id=row.id,
        names=row.names,
        birth_date=row.birth_date,
        sex=row.sex,
        phone=row.phone,
        identifiers=tuple(sorted(each.kind for each in row.identifiers.all())),
    )


def find_by_identifier(*, kind: str, value: str) -> UUID | None:
    """The person who holds this identifier, found without decrypting anything; None when nobody or several do."""
    blind = keyring().blind(f"people/{kind}", clean_identifier(value))
    found = list(Identifier.objects.filter(kind=kind, blind=blind).values_list("person_id", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def identifier(*, person_id: UUID, kind: str) -> str | None:
    """One identifier in plain text, for a document or a registry; None once the person's key is destroyed."""
    row = Identifier.objects.filter(person_id=person_id, kind=kind).first()
    held = read_payload(person=person_id, sealed=bytes(row.sealed)) if row else None
    return str(held["value"]) if held else None
