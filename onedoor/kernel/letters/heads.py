"""Signed heads: the chain's end, signed each minute and anchored in a file outside the database."""

import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from onedoor.kernel.aggregate import this_node
from onedoor.kernel.clock import every
from onedoor.kernel.crypto import keyring


def head_bytes(*, node: UUID, generation: int, number: int, digest: bytes) -> bytes:
    """What is signed of a head."""
    return f"onedoor-head/1|{node}|{generation}|{number}|{digest.hex()}".encode()


def anchors() -> Path:
    """The file of heads outside the database; one line each: number, hash, signature, public key."""
    return Path(settings.HOME) / "anchors" / "heads"


@every(seconds=60)
def sign_head(*, at: datetime) -> int | None:
    """Sign the chain's end if it moved; gives its number, or None."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.number, s.hash, kernel_generation() FROM kernel_seal s"
            " WHERE s.number > coalesce((SELECT max(number) FROM kernel_head), 0) ORDER BY s.number DESC LIMIT 1"
        )
        row = cursor.fetchone()
        if row is None:
            return None
        number, digest, generation = row[0], bytes(row[1]), row[2]
        ring = keyring()
        signature = ring.sign(
            head_bytes(node=this_node(), generation=generation, number=number, digest=digest)
        )
        cursor.execute(
            "INSERT INTO kernel_head (number, hash, at, generation, public_key, signature) VALUES (%s, %s, %s, %s, %s, %s)",
            [number, digest, at, generation, ring.public_key, signature],
        )
    _anchor(f"{number} {digest.hex()} {signature.hex()} {ring.public_key.hex()} {generation}\n")
    return int(number)


def _anchor(line: str) -> None:
    path = anchors()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
