"""Personal contents that stand beside a letter, encrypted under a key per person."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from os import urandom
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from onedoor.kernel.crypto import WrongKey, decrypt, encrypt, keyring


@dataclass(frozen=True)
class Payload:
    """What a letter carries about one person: JSON values that must not stand in its body."""

    person: UUID
    data: dict[str, Any]

    def sealed(self) -> bytes:
        """The ciphertext, bound to the person."""
        return encrypt(_key_of(self.person), orjson.dumps(self.data), context=self.person.bytes)


def sealed_each(payloads: Sequence[Payload]) -> list[bytes]:
    """The ciphertexts of many persons, in their order: two statements, however many."""
    keys = _keys_of({one.person for one in payloads})
    return [encrypt(keys[one.person], orjson.dumps(one.data), context=one.person.bytes) for one in payloads]


def read_payload(*, person: UUID, sealed: bytes) -> dict[str, Any] | None:
    """The contents, or None when the person's key was destroyed."""
    return read_payloads({person: sealed}).get(person)


def read_payloads(sealed: Mapping[UUID, bytes]) -> dict[UUID, dict[str, Any]]:
    """The contents by person, in one statement; without those whose keys were destroyed."""
    with connection.cursor() as cursor:
        asked = "SELECT person, wrapped FROM kernel_person_key WHERE person = ANY(%s) AND wrapped IS NOT NULL"
        cursor.execute(asked, [list(sealed)])
        rows = cursor.fetchall()
    read: dict[UUID, dict[str, Any]] = {}
    for person, wrapped in rows:
        with suppress(WrongKey):
            key = keyring().unwrap(bytes(wrapped))
            read[person] = orjson.loads(decrypt(key, bytes(sealed[person]), context=person.bytes))
    return read


def beside(letter: int) -> dict[str, Any] | None:
    """The personal contents that stand beside a letter; None when it carries none or their key was destroyed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, payload FROM kernel_letter WHERE id = %s", [letter])
        row = cursor.fetchone()
    if row is None or row[0] is None or row[1] is None:
        return None
    return read_payload(person=row[0], sealed=bytes(row[1]))


def forget_person(*, person: UUID, at: datetime) -> None:
    """Destroy a person's key: what was written about them can no longer be read, and the chain stays whole."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_person_key (person, wrapped, destroyed_at) VALUES (%s, NULL, %s)"
            " ON CONFLICT (person) DO UPDATE SET wrapped = NULL, destroyed_at = EXCLUDED.destroyed_at",
            [person, at],
        )


def rewrap_person_keys() -> int:
    """Wrap every person's key under the present wrapping key; gives how many changed."""
    ring, changed = keyring(), 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, wrapped FROM kernel_person_key WHERE wrapped IS NOT NULL FOR UPDATE")
        for person, wrapped in cursor.fetchall():
            anew = ring.rewrap(bytes(wrapped))
            if anew != bytes(wrapped):
                cursor.execute("UPDATE kernel_person_key SET wrapped = %s WHERE person = %s", [anew, person])
                changed += 1
    return changed


def _key_of(person: UUID) -> bytes:
    return _keys_of([person])[person]


def _keys_of(persons: Iterable[UUID]) -> dict[UUID, bytes]:
    """The keys of these persons; who has none yet gets one.

    Raises:
        WrongKey: that of one was destroyed.
    """
    ring, asked = keyring(), sorted(set(persons))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_person_key (person, wrapped) SELECT * FROM unnest(%s::uuid[], %s::bytea[])"
            " ON CONFLICT (person) DO NOTHING",
            [asked, [ring.wrap(urandom(32)) for _ in asked]],
        )
        cursor.execute("SELECT person, wrapped FROM kernel_person_key WHERE person = ANY(%s)", [asked])
        held = dict(cursor.fetchall())
    if any(wrapped is None for wrapped in held.values()):
        raise WrongKey("a person's key was destroyed")
    return {person: ring.unwrap(bytes(wrapped)) for person, wrapped in held.items()}
