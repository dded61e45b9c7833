"""Links between nodes: parcels of letters by dense number with the states that they touched, applied once, in order, or kept.

A parcel is signed by its sender; the receiver trusts the signature. Letters that repeat change nothing; a letter whose
predecessor comes over another link waits for it; one that was written under an epoch that had passed is parked for a person.
A number beyond a gap is not applied: the sender keeps what was not acknowledged and sends it again.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from onedoor.kernel.aggregate import this_node
from onedoor.kernel.crypto import signed_by
from onedoor.kernel.errors import Refused
from onedoor.kernel.inbox.models import Link, Outgoing, ParkedMirror, Received
from onedoor.kernel.letters.chain import COLUMNS
from onedoor.kernel.letters.handler import handlers_of
from onedoor.kernel.mirrors.state import State, apply_state, read_state

KEEP_LETTER = f"""
INSERT INTO kernel_letter ({COLUMNS.replace("l.id, ", "").replace("l.", "")})
VALUES ({", ".join(["%s"] * 15)}) ON CONFLICT (aggregate, epoch, version) DO NOTHING RETURNING id
"""


class NotSigned(Refused):
    """A parcel whose signature is not its sender's."""

    message = _("A message from another node was not signed by it and was refused.")


@dataclass(frozen=True)
class Parcel:
    """What goes over a link at once: numbered letters, and the newest state of each aggregate that they touched."""

    sender: UUID
    generation: int
    letters: list[tuple[int, list[Any]]]
    states: list[State]

    def canonical(self) -> bytes:
        """The bytes that are signed."""
        return orjson.dumps(
            [self.sender, self.generation, self.letters, [vars(state) for state in self.states]],
            option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS,
            default=lambda value: bytes(value).hex(),
        )


def connect(*, peer: UUID, everything: bool, public_key: bytes | None = None) -> None:
    """Open a link to ``peer``: ``everything`` goes up to a hub; to a centre only letters addressed to it and reference data."""
    Link.objects.update_or_create(peer=peer, defaults={"everything": everything, "public_key": public_key})


def next_parcel(*, peer: UUID, limit: int = 200) -> Parcel | None:
    """The oldest letters that ``peer`` has not acknowledged, with the states they touched as they are now."""
    rows = list(Outgoing.objects.filter(peer=peer).order_by("generation", "number")[:limit])
    if not rows:
        return None
    generation = rows[0].generation
    numbers = {row.letter: row.number for row in rows if row.generation == generation}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM kernel_letter l WHERE l.id = ANY(%s) ORDER BY l.id", [list(numbers)]
        )
        letters = [(numbers[row[0]], list(row[1:])) for row in cursor.fetchall()]
    touched = {(letter[4], letter[5]) for _, letter in letters}
    states = [read_state(kind=kind, aggregate=aggregate) for kind, aggregate in sorted(touched)]
    return Parcel(
        this_node(), generation, sorted(letters, key=lambda pair: pair[0]), [s for s in states if s]
    )


def acknowledge(*, peer: UUID, generation: int, watermark: int) -> None:
    """Forget what ``peer`` has applied without a gap."""
    Outgoing.objects.filter(peer=peer, generation=generation, number__lte=watermark).delete()


def accept(parcel: Parcel, *, signature: bytes | None = None) -> int:
    """Apply what is new in a parcel, in one transaction; gives the watermark to acknowledge.

    Raises:
        NotSigned: the link names a key, and the signature is not of it.
    """
    link = Link.objects.filter(peer=parcel.sender).first()
    if (
        link is None
        or link.public_key
        and not signed_by(bytes(link.public_key), signature or b"", parcel.canonical())
    ):
        raise NotSigned
    hub = not link.everything
    with transaction.atomic():
        Received.objects.get_or_create(peer=parcel.sender, generation=parcel.generation)
        mark = Received.objects.select_for_update().get(peer=parcel.sender, generation=parcel.generation)
        for number, letter in parcel.letters:
            if number == mark.last + 1:
                _take(parcel.sender, letter, in_order=hub)
                mark.last = number
        mark.save()
        for state in parcel.states:
            if not _overruled(state.aggregate, state.epoch, state.version):
                apply_state(state if _is_ours_now(state) else _before_hand_over(state, owner=parcel.sender))
    return mark.last


def _is_ours_now(state: State) -> bool:
    """Whether ownership, if the state gives it to us, comes together with the letter that hands it over."""
    return state.row["owner"] != str(this_node()) or _knows(state.aggregate, state.version, epoch=state.epoch)


def _before_hand_over(state: State, *, owner: UUID) -> State:
    """The same contents as the sender held them: we own nothing before the letter is here, and no longer what was recalled."""
    epoch, version = state.epoch - 1, state.version - 1
    row = {**state.row, "epoch": epoch, "version": version, "owner": str(owner)}
    return replace(state, epoch=epoch, version=version, row=row)


def _take(peer: UUID, letter: list[Any], *, in_order: bool) -> None:
    aggregate, epoch, version = letter[5], letter[6], letter[7]
    if _overruled(aggregate, epoch, version):
        _set_aside(peer, letter, "overruled")
    elif in_order and version > 1 and not _knows(aggregate, version - 1):
        _set_aside(peer, letter, "waiting")
    else:
        _keep(letter)
        waiting = ParkedMirror.objects.filter(
            aggregate=aggregate, version=version + 1, what="waiting"
        ).first()
        if waiting is not None:
            waiting.delete()
            _take(waiting.peer, _unpack(waiting.body), in_order=in_order)


def _keep(letter: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(KEEP_LETTER, letter)
        row = cursor.fetchone()
        if row is None:
            return
        here = letter[1] == this_node()
        cursor.execute("INSERT INTO kernel_unsealed (letter) VALUES (%s)", [row[0]])
        cursor.execute(
            "INSERT INTO kernel_delivery (letter, handler, aggregate) SELECT %s, heard, %s FROM unnest(%s::text[]) AS heard",
            [row[0], letter[5], handlers_of(letter[2], here=here)],
        )


def _overruled(aggregate: UUID, epoch: int, version: int) -> bool:
    """Whether a later epoch had begun at or before this version: its writer was no longer the owner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM kernel_letter WHERE aggregate = %s AND epoch > %s AND version <= %s)",
            [aggregate, epoch, version],
        )
        return bool(cursor.fetchone()[0])


def _knows(aggregate: UUID, version: int, epoch: int | None = None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM kernel_letter WHERE aggregate = %s AND version = %s AND epoch = coalesce(%s, epoch))",
            [aggregate, version, epoch],
        )
        return bool(cursor.fetchone()[0])


def _set_aside(peer: UUID, letter: list[Any], what: str) -> None:
    ParkedMirror.objects.get_or_create(
        aggregate=letter[5],
        epoch=letter[6],
        version=letter[7],
        what=what,
        defaults={"peer": peer, "kind": letter[4], "body": _pack(letter)},
    )


def _pack(letter: list[Any]) -> str:
    return orjson.dumps(letter, default=lambda value: {"hex": bytes(value).hex()}).decode()


def _unpack(body: str) -> list[Any]:
    letter: list[Any] = orjson.loads(body)
    for place in (0, 1, 5, 9, 10, 13):
        letter[place] = UUID(letter[place]) if letter[place] else None
    if isinstance(letter[14], dict):
        letter[14] = bytes.fromhex(letter[14]["hex"])
    return letter
