"""Letters with the proof that they stand in the chain: for each the way from it to the next head that the node signed."""

from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from onedoor.kernel.aggregate import this_node
from onedoor.kernel.crypto import keyring
from onedoor.kernel.errors import NotYet
from onedoor.kernel.letters import outside
from onedoor.kernel.letters.chain import COLUMNS, GENESIS, digest, written
from onedoor.kernel.letters.outside import FIELDS

BATCH = 5_000
SCRIPT = "verify_case.py"
READ_ME = """This archive holds one case that was taken out of OneDoor, with the proof that nothing of it was altered.

    python verify_case.py CASE.zip --key KEY

needs Python 3.9 or later and the package cryptography, and no connection. KEY is the public key of the node, as its owner
published it; without it the archive is only checked against the key that stands in it. Take the script from a place that you
trust rather than from this archive: one who could change the archive could change the script in it too.

letters.json   every letter about the case, its documents and its payments, as it was hashed
proof.json     the way of each letter through the chain of hashes to a head that the node signed
state.json     the case, its steps, papers and documents as they were when it was taken out (personal data)
manifest.json  the hash of every file; manifest.sig is the node's Ed25519 signature of it
"""

_LETTERS = f"""
SELECT s.number, {COLUMNS} FROM kernel_letter l JOIN kernel_seal s ON s.letter = l.id
WHERE l.aggregate = ANY(%s) ORDER BY s.number
"""
_UNSEALED = """
SELECT count(*) FROM kernel_unsealed u JOIN kernel_letter l ON l.id = u.letter WHERE l.aggregate = ANY(%s)
"""
_HEAD = """
SELECT number, hash, at, generation, public_key, signature FROM kernel_head WHERE number >= %s ORDER BY number LIMIT 1
"""
_BEFORE = "SELECT hash FROM kernel_seal WHERE number = %s"
_BETWEEN = f"""
SELECT s.number, {COLUMNS} FROM kernel_seal s JOIN kernel_letter l ON l.id = s.letter
WHERE s.number BETWEEN %s AND %s ORDER BY s.number
"""


def sealed_archive(
    *, case: UUID, number: str, at: datetime, aggregates: Collection[UUID], state: Mapping[str, Any]
) -> bytes:
    """Everything about a case in one archive that `outside` checks: letters, proof, state, script, signature.

    Args:
        aggregates: the case and all that belongs to it. state: what stands beside the letters, JSON values.
    Errors: NotYet (the last letters are not under a signed head yet).
    """
    letters, proof = letters_with_proof(aggregates=aggregates)
    files = {
        "README.txt": READ_ME.encode(),
        outside.LETTERS: outside.canonical(letters),
        outside.PROOF: outside.canonical(proof),
        "state.json": outside.canonical(dict(state)),
        SCRIPT: script(),
    }
    manifest = outside.canonical(
        {
            "format": outside.FORMAT,
            "case": str(case),
            "number": number,
            "at": at.isoformat(),
            "node": str(this_node()),
            "public_key": keyring().public_key.hex(),
            "files": {name: sha256(content).hexdigest() for name, content in files.items()},
        }
    )
    signature = keyring().sign(outside.manifest_bytes(manifest)).hex().encode()
    return outside.archive({outside.MANIFEST: manifest, outside.SIGNATURE: signature, **files})


def script() -> bytes:
    """The script that checks such an archive outside."""
    return Path(outside.__file__).read_bytes()


def letters_with_proof(*, aggregates: Collection[UUID]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Every letter of these aggregates as it was hashed, and the segments of the chain that lead to signed heads.

    Errors: NotYet (a letter is not sealed, or no head was signed since: within a minute there is).
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED, [list(aggregates)])
        if cursor.fetchone()[0]:
            raise NotYet("a letter is not sealed yet")
        cursor.execute(_LETTERS, [list(aggregates)])
        rows = cursor.fetchall()
        letters = [
            {"number": number, "written": dict(zip(FIELDS, written(tuple(row)), strict=True))}
            for number, *row in rows
        ]
        segments: list[dict[str, Any]] = []
        for number, *_ in rows:
            if not segments or number > segments[-1]["head"]["number"]:
                segments.append(_segment(cursor, number))
    keys = sorted({segment["head"]["public_key"] for segment in segments})
    return letters, {"segments": segments, "keys": keys}


def _segment(cursor: Any, first: int) -> dict[str, Any]:
    """The way from a number to the next signed head."""
    cursor.execute(_HEAD, [first])
    head = cursor.fetchone()
    if head is None:
        raise NotYet("no head was signed since")
    before = GENESIS
    if first > 1:
        cursor.execute(_BEFORE, [first - 1])
        before = bytes(cursor.fetchone()[0])
    digests: list[str] = []
    for start in range(first, head[0] + 1, BATCH):
        cursor.execute(_BETWEEN, [start, min(start + BATCH - 1, head[0])])
        digests += [digest(tuple(row)).hex() for _, *row in cursor.fetchall()]
    return {
        "first": first,
        "before": before.hex(),
        "digests": digests,
        "head": {
            "number": head[0],
            "hash": bytes(head[1]).hex(),
            "at": head[2].isoformat(),
            "generation": head[3],
            "public_key": bytes(head[4]).hex(),
            "signature": bytes(head[5]).hex(),
        },
    }
