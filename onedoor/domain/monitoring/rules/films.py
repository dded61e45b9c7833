"""A past day of a hall as it is kept: its reel packed into few bytes, and drawn out again just as it was. Pure."""

import zlib
from datetime import UTC, datetime
from uuid import UUID

import orjson

from onedoor.domain.monitoring.rules.hall import Moment, Move, Reel, Stay, Turn


def packed(reel: Reel) -> bytes:
    """A reel as the bytes of its film: instants as seconds since 1970, ids as hex, in the order in which they stand."""
    said = {
        "stays": [
            [
                stay.number,
                stay.service.hex,
                stay.zone,
                [[move.at.timestamp(), move.status, _hex(move.counter)] for move in stay.moves],
            ]
            for stay in reel.stays
        ],
        "turns": [
            [turn.at.timestamp(), turn.counter.hex, turn.code, turn.state, _hex(turn.officer)]
            for turn in reel.turns
        ],
        "moments": [[one.at.timestamp(), one.kind, one.number] for one in reel.moments],
    }
    return zlib.compress(orjson.dumps(said), 9)


def unpacked(film: bytes) -> Reel:
    """The reel of a film."""
    said = orjson.loads(zlib.decompress(film))
    return Reel(
        stays=tuple(
            Stay(number, UUID(service), zone, tuple(move_of(*each) for each in moves))
            for number, service, zone, moves in said["stays"]
        ),
        turns=tuple(
            Turn(_instant(at), UUID(counter), code, state, UUID(officer) if officer else None)
            for at, counter, code, state, officer in said["turns"]
        ),
        moments=tuple(Moment(_instant(at), kind, number) for at, kind, number in said["moments"]),
    )


def move_of(seconds: float, status: str, counter: str) -> Move:
    """A move as it is kept: the instant as seconds, the counter's id as hex or nothing."""
    return Move(_instant(seconds), status, UUID(counter) if counter else None)


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _hex(id: UUID | None) -> str:
    return id.hex if id is not None else ""
