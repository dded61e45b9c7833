"""Where an appointment stands, what can be done with it, and what becomes of who comes early, late or not at all."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from onedoor.domain.queue.errors import AppointmentHasMoved, TooEarly

One = TypeVar("One")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is heard or read like another sign
LENGTH = 8
REMINDERS = (timedelta(days=1), timedelta(hours=2))
"""How long before its time a person is reminded."""
NO_SHOW = timedelta(minutes=60)
"""So long after its time an appointment counts as missed."""
RETENTION = timedelta(days=30)
"""So long after its end the name and the telephone number are kept."""


class Standing(StrEnum):
    """Where an appointment stands."""

    WAITING = "waiting"  # on the waiting list of a day
    OFFERED = "offered"  # a freed time is held for the person
    BOOKED = "booked"
    ARRIVED = "arrived"
    SERVED = "served"
    MISSED = "missed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"  # the waiting list's day is over, or the offer was not taken


class Move(StrEnum):
    """What can be done with it."""

    OFFER = "offer"
    ACCEPT = "accept"
    CHANGE = "change"
    CANCEL = "cancel"
    ARRIVE = "arrive"
    FINISH = "finish"
    MISS = "miss"
    EXPIRE = "expire"


ALIVE = (Standing.WAITING, Standing.OFFERED, Standing.BOOKED)
"""What counts against the limit of one telephone number."""
LISTED = (Standing.WAITING, Standing.OFFERED)
"""Who stands on the waiting list of a day."""
HOLDING = (Standing.OFFERED, Standing.BOOKED, Standing.ARRIVED)
_MOVES: dict[Move, tuple[frozenset[Standing], Standing]] = {
    Move.OFFER: (frozenset({Standing.WAITING}), Standing.OFFERED),
    Move.ACCEPT: (frozenset({Standing.OFFERED}), Standing.BOOKED),
    Move.CHANGE: (frozenset({Standing.BOOKED, Standing.OFFERED, Standing.WAITING}), Standing.BOOKED),
    Move.CANCEL: (frozenset(ALIVE), Standing.CANCELLED),
    Move.ARRIVE: (frozenset({Standing.BOOKED, Standing.MISSED}), Standing.ARRIVED),
    Move.FINISH: (frozenset({Standing.ARRIVED}), Standing.SERVED),
    Move.MISS: (frozenset({Standing.BOOKED, Standing.ARRIVED}), Standing.MISSED),
    Move.EXPIRE: (frozenset({Standing.WAITING, Standing.OFFERED}), Standing.EXPIRED),
}


def standing_after(move: Move, standing: str) -> Standing:
    """Where it stands after a move.

    Raises:
        AppointmentHasMoved: the move does not start from there.
    """
    starts, after = _MOVES[move]
    if standing not in starts:
        raise AppointmentHasMoved
    return after


def may_arrive(*, starts: datetime, at: datetime, early: int, another_day: bool) -> None:
    """Who comes up to ``early`` minutes before the time is let in; who comes earlier is told from when on.

    Args:
        another_day: the booked day is another one than today.

    Raises:
        TooEarly, AppointmentHasMoved.
    """
    opens = starts - timedelta(minutes=early)
    if at < opens:
        raise TooEarly(opens=opens)
    if another_day:
        raise AppointmentHasMoved


def slot_kept(*, starts: datetime, at: datetime, late: int) -> datetime | None:
    """The time that still counts in the line; None for who comes later than ``late`` minutes and stands there as everybody."""
    return starts if at <= starts + timedelta(minutes=late) else None


def spelled(chance: bytes) -> str:
    """A code of sixteen bytes of chance: eight signs, nearly forty bits, to be said on the telephone."""
    value, signs = int.from_bytes(chance[:16], "big"), []
    for _place in range(LENGTH):
        value, rest = divmod(value, len(ALPHABET))
        signs.append(ALPHABET[rest])
    return "".join(signs)


def typed_code(typed: str) -> str:
    """What was meant: case, spaces and hyphens do not count."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:LENGTH]


def in_groups(code: str) -> str:
    """The code as it is shown and read out: ``K7QM-4T2X``."""
    return f"{code[:4]}-{code[4:]}"


def in_turn(listed: Sequence[One], *, most: int, round: int) -> list[One]:
    """Of a list that is too long for one round, those whose turn it is; every one has it within len / most rounds."""
    if len(listed) <= most:
        return list(listed)
    first = round * most % len(listed)
    return [*listed[first:], *listed[:first]][:most]


def reminders_of(starts: datetime, *, at: datetime) -> list[datetime]:
    """When to remind: only what still lies ahead, and not within the hour in which it was booked."""
    return [due for due in (starts - before for before in REMINDERS) if due > at + timedelta(hours=1)]
