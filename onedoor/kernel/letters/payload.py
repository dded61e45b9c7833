"""Personal contents that stand beside a letter, encrypted under a key per person."""

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


def read_payload(*, person: UUID, sealed: bytes) -> dict[str, Any] | None:
    """The contents, or None when the person's key was destroyed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped FROM kernel_person_key WHERE person = %s", [person])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return None
    try:
        return orjson.loads(decrypt(keyring().unwrap(bytes(row[0])), bytes(sealed), context=person.bytes))  # type: ignore[no-any-return]
    except WrongKey:
        return None


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
    ring = keyring()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_person_key (person, wrapped) VALUES (%s, %s) ON CONFLICT (person) DO NOTHING",
            [person, ring.wrap(urandom(32))],
        )
        cursor.execute("SELECT wrapped FROM kernel_person_key WHERE person = %s", [person])
        wrapped = cursor.fetchone()[0]
    if wrapped is None:
        raise WrongKey("the person's key was destroyed")
    return ring.unwrap(bytes(wrapped))
