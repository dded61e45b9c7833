"""Sealing: committed letters get dense numbers, and each number's hash covers all before it."""

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from onedoor.kernel.mirrors.state import travelling

SEALER_LOCK = 0x0D00_0001
CHANNEL = "onedoor_letters"
GENESIS = bytes(32)

COLUMNS = (
    "l.id, l.origin, l.addressee, l.type, l.schema, l.kind, l.aggregate, l.epoch, l.version,"
    " l.actor_kind, l.actor, l.centre, l.at, l.body, l.person, l.payload"
)

WAITING = f"""
SELECT {COLUMNS},
       l.version = 1 OR l.origin <> kernel_this_node()
       OR EXISTS (SELECT FROM kernel_letter p WHERE p.aggregate = l.aggregate AND p.version = l.version - 1) AS in_order
FROM kernel_unsealed u JOIN kernel_letter l ON l.id = u.letter ORDER BY l.id LIMIT %s
"""


def digest(row: tuple[Any, ...]) -> bytes:
    """The hash of one letter's canonical bytes; ``row`` in the order of `COLUMNS`."""
    return sha256(_canonical(row)).digest()


def written(row: tuple[Any, ...]) -> list[Any]:
    """What is hashed of a letter, in plain JSON values; of a personal payload only its own hash."""
    return orjson.loads(_canonical(row))  # type: ignore[no-any-return]


def _canonical(row: tuple[Any, ...]) -> bytes:
    identity, origin, addressee, type_, schema, kind, aggregate, epoch, version = row[:9]
    actor_kind, actor, centre, at, body, person, payload = row[9:16]
    values = [
        origin,
        addressee,
        type_,
        schema,
        kind,
        aggregate,
        epoch,
        version,
        actor_kind,
        actor,
        centre,
        _microseconds(at),
        body,
        person,
        sha256(payload).hexdigest() if payload is not None else None,
    ]
    return orjson.dumps(values)


def link(previous: bytes, number: int, letter: bytes) -> bytes:
    """The chain's hash at ``number``."""
    return sha256(previous + number.to_bytes(8, "big") + letter).digest()


def seal_batch(*, limit: int = 2000) -> int:
    """Number and chain what has been committed; gives how many letters were sealed. One sealer at a time.

    A letter whose predecessor is not here yet is held back for a later batch.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(WAITING, [limit])
        letters, numbers, hashes = [], [], []
        waiting = cursor.fetchall()
        if not waiting:
            return 0
        number, last = _end(cursor)
        for row in _in_order(waiting):
            number += 1
            last = link(last, number, digest(row))
            letters.append(row[0])
            numbers.append(number)
            hashes.append(last)
        if not letters:
            return 0
        cursor.execute(
            "WITH gone AS (DELETE FROM kernel_unsealed WHERE letter = ANY(%s)),"
            " sealed AS (INSERT INTO kernel_seal (number, letter, hash)"
            "            SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[]))"
            " SELECT pg_notify(%s, %s)",
            [letters, numbers, letters, hashes, CHANNEL, str(number)],
        )
        _address(cursor, numbers[0])
    return len(letters)


def _in_order(waiting: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The letters that may be sealed: those whose predecessor exists, in version order inside each aggregate."""
    held: set[UUID] = set()
    latest: dict[UUID, int] = {}
    ready = []
    for row in waiting:
        aggregate, version, in_order = row[6], row[8], row[16]
        if aggregate in held or not in_order or version < latest.get(aggregate, 0):
            held.add(aggregate)
            continue
        latest[aggregate] = version
        ready.append(row)
    return ready


def _end(cursor: Any) -> tuple[int, bytes]:
    cursor.execute("SELECT number, hash FROM kernel_seal ORDER BY number DESC LIMIT 1")
    row = cursor.fetchone()
    return (row[0], bytes(row[1])) if row else (0, GENESIS)


def _address(cursor: Any, first: int) -> None:
    """Give the newly sealed letters their dense numbers on each link: up go all, down only those addressed."""
    cursor.execute("SELECT peer, everything FROM kernel_link ORDER BY peer")
    links = cursor.fetchall()
    if not links:
        return
    down = travelling(direction="down")
    for peer, everything in links:
        cursor.execute(
            "WITH chosen AS (SELECT s.letter, row_number() OVER (ORDER BY s.number) AS place"
            "                FROM kernel_seal s JOIN kernel_letter l ON l.id = s.letter"
            "                WHERE s.number >= %s AND l.origin <> %s AND (%s OR l.addressee = %s OR l.kind = ANY(%s))),"
            " counted AS (UPDATE kernel_link SET last = last + (SELECT count(*) FROM chosen) WHERE peer = %s"
            "             RETURNING last - (SELECT count(*) FROM chosen) AS before)"
            " INSERT INTO kernel_outgoing (peer, generation, number, letter)"
            " SELECT %s, kernel_generation(), counted.before + chosen.place, chosen.letter FROM chosen, counted",
            [first, peer, everything, peer, down, peer, peer],
        )


def _microseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000 + at.microsecond
