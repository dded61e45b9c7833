"""Secret codes by which citizens reach their case without a login."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.models import Try
from onedoor.domain.access.queries import code_kept, network_kept
from onedoor.domain.access.rules import codes
from onedoor.kernel.crypto import keyring

REMEMBERED = timedelta(days=2)


@dataclass(frozen=True)
class Checked:
    """Whether a code was right, and until when this address must wait. True when right."""

    right: bool
    wait_until: datetime | None = None

    def __bool__(self) -> bool:
        return self.right


def issue_code(*, of: UUID | None = None) -> tuple[str, bytes]:
    """A secret code of 65 bits: the plain one, to be shown, and the keyed hash, to be kept.

    Args:
        of: whose code it is, made by this node's key and the same each time: where a form may be sent twice. None: a new one.
    """
    plain = codes.draw() if of is None else codes.spell(keyring().mac("access.code/of", of.bytes))
    return plain, code_kept(plain)


def check_code(*, subject: str, code: str, expected: bytes | None, address: str, at: datetime) -> Checked:
    """Compare a typed code with the kept hash; wrong ones count for this subject and address.

    After five wrong tries the address waits a minute, then twice as long after each further one, up to a day;
    what is typed while waiting is not looked at, right or wrong. Must be the outermost transaction, so that no
    failure around it can take a counted try back.

    Args:
        subject: what the code opens, e.g. the number of a case; it may be one that does not exist.
        expected: the kept hash, or None when there is no such subject (takes the same time, and counts).
        address: network address of whoever asks.
    """
    given = code_kept(code)
    with transaction.atomic(durable=True):
        row = _row(subject, address, at)
        if row.blocked_until is not None and at < row.blocked_until:
            return Checked(right=False, wait_until=row.blocked_until)
        if hmac.compare_digest(given, bytes(expected or b"")):
            if row.wrong:
                row.delete()
            return Checked(right=True)
        row.wrong += 1
        wait = codes.wait_after(row.wrong)
        row.last_at, row.blocked_until = at, at + wait if wait else None
        row.save()
        return Checked(right=False, wait_until=row.blocked_until)


def forget_tries(*, at: datetime) -> int:
    """Forget tries that are older than two days and no longer block; gives how many."""
    old = Try.objects.filter(last_at__lt=at - REMEMBERED).exclude(blocked_until__gt=at)
    return old.delete()[0]


def _row(subject: str, address: str, at: datetime) -> Try:
    """The row of this subject and address, locked."""
    key = {
        "subject": subject[:80],
        "address": network_kept(address),
    }
    Try.objects.bulk_create([Try(**key, last_at=at)], ignore_conflicts=True)
    return Try.objects.select_for_update().get(**key)
