"""Idempotency of people's and machines' writing requests: the same key and body gets the stored answer again.

    answer = remember(actor=actor.id, key=key, body=body_bytes, at=at, act=lambda: Answer(201, json_text))

The action, its letter and the answer are one transaction. Two equal requests at once: the later one waits on the unique key,
loses, and is given the first one's answer. A hot path writes the row in its own statement and calls `remembered` first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from onedoor.kernel.clock import every
from onedoor.kernel.errors import Conflict, Invalid

KEPT_DAYS = 2
LONGEST_KEY = 200


@dataclass(frozen=True)
class Answer:
    """What was answered: an HTTP status and the text; ``replayed`` when it is an earlier answer."""

    status: int
    text: str
    replayed: bool = False


class KeyReused(Conflict):
    """The key came with another request before."""

    message = _("This idempotency key was used for a different request. Nothing was changed.")


def said(body: bytes) -> bytes:
    """The fingerprint of a request's body."""
    return sha256(body).digest()


def remembered(*, actor: UUID, key: str, fingerprint: bytes, at: datetime) -> Answer | None:
    """The stored answer to this request, if it was answered today or yesterday.

    Raises:
        KeyReused: the key stands for another body.
        Invalid: the key is empty or longer than 200 characters.
    """
    if not key or len(key) > LONGEST_KEY or "\x00" in key:
        raise Invalid(_("The idempotency key must have 1 to 200 characters."), field="Idempotency-Key")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT said, status, answer FROM kernel_request WHERE day >= %s AND actor = %s AND key = %s",
            [at.date() - timedelta(days=1), actor, key],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    if bytes(row[0]) != fingerprint:
        raise KeyReused
    return Answer(row[1], row[2], replayed=True)


def remember(*, actor: UUID, key: str, body: bytes, at: datetime, act: Callable[[], Answer]) -> Answer:
    """Do ``act`` once for this actor and key, and give its answer each time."""
    fingerprint = said(body)
    earlier = remembered(actor=actor, key=key, fingerprint=fingerprint, at=at)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            answer = act()
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO kernel_request (day, actor, key, said, status, answer) VALUES (%s, %s, %s, %s, %s, %s)",
                    [at.date(), actor, key, fingerprint, answer.status, answer.text],
                )
            return answer
    except IntegrityError:
        earlier = remembered(actor=actor, key=key, fingerprint=fingerprint, at=at)
        if earlier is None:
            raise
        return earlier


@every(seconds=3600)
def keep_partitions(*, at: datetime) -> int:
    """Make the coming days' partitions of the key table and drop those that nobody can ask for; gives how many dropped."""
    with transaction.atomic(), connection.cursor() as cursor:
        for ahead in range(3):
            _partition(cursor, at + timedelta(days=ahead))
        cursor.execute(
            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = 'kernel_request'::regclass AND c.relname ~ '^kernel_request_[0-9]{8}$'"
            " AND c.relname < %s",
            [f"kernel_request_{(at - timedelta(days=KEPT_DAYS)):%Y%m%d}"],
        )
        old = [row[0] for row in cursor.fetchall()]
        for name in old:
            cursor.execute(f'DROP TABLE "{name}"')
    return len(old)


def _partition(cursor: object, day: datetime) -> None:
    name = f"kernel_request_{day:%Y%m%d}"
    first, last = f"{day:%Y-%m-%d}", f"{day + timedelta(days=1):%Y-%m-%d}"
    cursor.execute("SELECT to_regclass(%s)", [name])  # type: ignore[attr-defined]
    if cursor.fetchone()[0] is not None:  # type: ignore[attr-defined]
        return
    cursor.execute("SELECT EXISTS (SELECT FROM kernel_request_rest WHERE day = %s)", [first])  # type: ignore[attr-defined]
    if not cursor.fetchone()[0]:  # type: ignore[attr-defined]
        cursor.execute(  # type: ignore[attr-defined]
            f"CREATE TABLE \"{name}\" PARTITION OF kernel_request FOR VALUES FROM ('{first}') TO ('{last}')"
        )
