"""`onedoor verify`: reads the whole chain again and names every letter that was edited, deleted, inserted or reordered.

What it cannot see: a letter that vanished before it was sealed (less than a second), and a cut tail that no head had been
signed for yet (at most a minute).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from onedoor.kernel.aggregate import this_node
from onedoor.kernel.crypto import signed_by
from onedoor.kernel.letters.chain import COLUMNS, GENESIS, digest, link
from onedoor.kernel.letters.heads import anchors, head_bytes

BATCH = 5000


@dataclass
class Verification:
    """What a reading of the chain found: how many letters, how many heads, and each fault in words."""

    letters: int = 0
    heads: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify() -> Verification:
    """Read every sealed letter in order and compare it with the chain, the signed heads and the anchors."""
    found = Verification()
    expected, previous = 0, GENESIS
    marks = _heads(found)
    versions: dict[Any, tuple[int, int]] = {}
    for number, kept, *row in _chain():
        expected += 1
        if number != expected:
            found.faults.append(f"numbers {expected} to {number - 1} are missing from the chain")
            expected = number
        if row[0] is None:
            found.faults.append(f"letter number {number} was deleted")
        else:
            computed = link(previous, number, digest(tuple(row)))
            if computed != bytes(kept):
                found.faults.append(
                    f"letter number {number} ({row[3]}) was edited or its place in the chain was changed"
                )
            stage = (row[7], row[8])
            if stage <= versions.get(row[6], (0, 0)):
                found.faults.append(f"letter number {number} ({row[3]}) is out of the order of its aggregate")
            versions[row[6]] = stage
        previous = bytes(kept)
        if number in marks and marks.pop(number) != previous:
            found.faults.append(f"the chain at number {number} is not what the node signed")
        found.letters += 1
    found.faults += [
        f"the chain ends at {expected}, but number {number} was signed" for number in sorted(marks)
    ]
    found.faults += [f"letter {letter} was inserted beside the chain" for letter in _strangers()]
    return found


def _chain() -> Iterator[tuple[Any, ...]]:
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT s.number, s.hash, {COLUMNS} FROM kernel_seal s LEFT JOIN kernel_letter l ON l.id = s.letter"
                " WHERE s.number > %s ORDER BY s.number LIMIT %s",
                [after, BATCH],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield from rows
        after = rows[-1][0]


def _heads(found: Verification) -> dict[int, bytes]:
    """Number and hash of every head whose signature holds, from the table and from the anchors' file."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, hash, signature, public_key, generation FROM kernel_head ORDER BY number"
        )
        rows = [
            (number, bytes(a), bytes(b), bytes(c), generation)
            for number, a, b, c, generation in cursor.fetchall()
        ]
    if anchors().exists():
        for line in anchors().read_text().splitlines():
            number, *parts, generation = line.split()
            rows.append((int(number), *(bytes.fromhex(part) for part in parts), int(generation)))  # type: ignore[arg-type]
    marks: dict[int, bytes] = {}
    for number, kept, signature, public_key, generation in rows:
        signed = head_bytes(node=this_node(), generation=generation, number=number, digest=kept)
        if not signed_by(public_key, signature, signed):
            found.faults.append(f"the signature of head {number} does not hold")
        elif marks.setdefault(number, kept) != kept:
            found.faults.append(f"two heads were signed for number {number}")
        found.heads += 1
    return marks


def _strangers() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.id FROM kernel_letter l WHERE NOT EXISTS (SELECT FROM kernel_seal s WHERE s.letter = l.id)"
            " AND NOT EXISTS (SELECT FROM kernel_unsealed u WHERE u.letter = l.id) ORDER BY l.id LIMIT 100"
        )
        return [row[0] for row in cursor.fetchall()]
