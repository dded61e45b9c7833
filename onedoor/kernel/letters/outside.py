"""Checks a case that was taken out of OneDoor, without its database: python verify_case.py CASE.zip [--key HEX]

One file that needs Python 3.9 or later and the package `cryptography`, nothing of OneDoor. It finds every change of a single
byte: of a letter, of the chain, of a signature, of a file beside them, of the archive itself. Says 0 when all holds, 1 if not.

What it proves: each letter stood in the node's chain at its number, in front of a head that the node signed; the state of
the case and of its documents is what the node signed when the case was taken out. Whose node it is, the key tells: compare it
with the one that the node's owner published (`--key`). What it cannot prove: that letters written later do not exist.
"""

import argparse
import io
import json
import struct
import sys
import zipfile
import zlib
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "onedoor-case/1"
MANIFEST, SIGNATURE, LETTERS, PROOF = "manifest.json", "manifest.sig", "letters.json", "proof.json"
LARGEST = 512 * 1024 * 1024
FIELDS = "origin addressee type schema kind aggregate epoch version actor_kind actor centre at body person payload".split()


class Broken(Exception):
    """Something does not hold; the sentence says what."""


def canonical(value: Any) -> bytes:
    """The bytes that are hashed and signed: JSON without spaces, in UTF-8."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def link(previous: bytes, number: int, letter: bytes) -> bytes:
    """The chain's hash at a number."""
    return sha256(previous + number.to_bytes(8, "big") + letter).digest()


def head_bytes(node: str, generation: int, number: int, digest: bytes) -> bytes:
    """What a node signs of its chain each minute."""
    return f"onedoor-head/1|{node}|{generation}|{number}|{digest.hex()}".encode()


def manifest_bytes(manifest: bytes) -> bytes:
    """What a node signs of a case that is taken out."""
    return b"onedoor-case/1|" + sha256(manifest).hexdigest().encode()


def archive(files: dict[str, bytes]) -> bytes:
    """A plain archive, the same bytes for the same files: stored, without dates, in the order that is given."""
    body, index = io.BytesIO(), io.BytesIO()
    for name, content in files.items():
        path = name.encode()
        about = struct.pack(
            "<HHHHHIIIHH",
            20,
            0x800,
            0,
            0,
            0x21,
            zlib.crc32(content),
            len(content),
            len(content),
            len(path),
            0,
        )
        index.write(
            b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, body.tell())
        )
        index.write(path)
        body.write(b"PK\x03\x04" + about + path + content)
    size, start = index.tell(), body.tell()
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(files), len(files), size, start, 0)
    return body.getvalue() + index.getvalue() + end


def opened(content: bytes) -> dict[str, bytes]:
    """The files of an archive that `archive` wrote; any other byte in it is found."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            if sum(one.file_size for one in held.infolist()) > LARGEST:
                raise Broken("the archive is larger than a case can be")
            files = {one.filename: held.read(one) for one in held.infolist()}
    except Broken:
        raise
    except Exception as fault:  # whatever a damaged archive makes the library say
        raise Broken(f"the archive is damaged ({fault})") from fault
    if archive(files) != content:
        raise Broken("the archive itself was changed")
    return files


def signed(key: bytes, signature: bytes, content: bytes) -> bool:
    """Whether the holder of the key signed the content."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def read(files: dict[str, bytes], name: str) -> Any:
    """One of the JSON files."""
    try:
        return json.loads(files[name])
    except KeyError as fault:
        raise Broken(f"{name} is missing") from fault
    except ValueError as fault:
        raise Broken(f"{name} cannot be read") from fault


def check(content: bytes, key: str = "") -> dict[str, Any]:
    """What the archive proves; raises Broken with the first thing that does not hold."""
    files = opened(content)
    manifest = read(files, MANIFEST)
    try:
        return _checked(files, manifest, key.strip().lower())
    except Broken:
        raise
    except Exception as fault:  # a shape that is not ours
        raise Broken(f"the archive is not of the shape {FORMAT} ({fault!r})") from fault


def _checked(files: dict[str, bytes], manifest: Any, key: str) -> dict[str, Any]:
    if manifest["format"] != FORMAT:
        raise Broken(f"the archive is not of the shape {FORMAT}")
    if key and manifest["public_key"] != key:
        raise Broken("it was signed with another key than the one that was given")
    public = bytes.fromhex(manifest["public_key"])
    if not signed(public, bytes.fromhex(files.get(SIGNATURE, b"").decode()), manifest_bytes(files[MANIFEST])):
        raise Broken("the signature of the list of files does not hold")
    listed = {MANIFEST, SIGNATURE, *manifest["files"]}
    if listed != set(files):
        raise Broken(f"files are missing or strange: {', '.join(sorted(listed ^ set(files)))}")
    for name, digest in manifest["files"].items():
        if sha256(files[name]).hexdigest() != digest:
            raise Broken(f"{name} was changed")
    letters, proof = read(files, LETTERS), read(files, PROOF)
    proven = _proven(proof, manifest["node"])
    versions: dict[str, tuple[int, int]] = {}
    for letter in letters:
        written = [letter["written"][field] for field in FIELDS]
        if proven.get(letter["number"]) != sha256(canonical(written)).hexdigest():
            raise Broken(f"letter number {letter['number']} is not the one in the chain")
        stage = (letter["written"]["epoch"], letter["written"]["version"])
        aggregate = letter["written"]["aggregate"]
        if stage <= versions.get(aggregate, (0, 0)):
            raise Broken(f"letter number {letter['number']} is out of order")
        if (
            stage[0] == versions.get(aggregate, (1, 0))[0]
            and stage[1] != versions.get(aggregate, (1, 0))[1] + 1
        ):
            raise Broken(f"a letter before number {letter['number']} is missing")
        versions[aggregate] = stage
    return {
        "case": manifest["case"],
        "number": manifest["number"],
        "taken_out": manifest["at"],
        "node": manifest["node"],
        "public_key": manifest["public_key"],
        "letters": len(letters),
        "heads": len(proof["segments"]),
        "files": len(manifest["files"]),
    }


def _proven(proof: Any, node: str) -> dict[int, str]:
    """The digest of each letter that leads to a signed head, by its number."""
    found: dict[int, str] = {}
    for segment in proof["segments"]:
        head, digest = segment["head"], bytes.fromhex(segment["before"])
        number = segment["first"] - 1
        for letter in segment["digests"]:
            number += 1
            digest = link(digest, number, bytes.fromhex(letter))
            found[number] = letter
        if number != head["number"] or digest.hex() != head["hash"]:
            raise Broken(f"the chain does not lead to the head at number {head['number']}")
        key, signature = bytes.fromhex(head["public_key"]), bytes.fromhex(head["signature"])
        if head["public_key"] not in proof["keys"]:
            raise Broken(f"the head at number {head['number']} is signed by a stranger")
        if not signed(key, signature, head_bytes(node, head["generation"], number, digest)):
            raise Broken(f"the signature of the head at number {head['number']} does not hold")
    return found


def main() -> int:
    """Reads the archive and says what it proves."""
    ask = argparse.ArgumentParser(description="Checks a case that was taken out of OneDoor.")
    ask.add_argument("file")
    ask.add_argument(
        "--key", default="", help="the node's public key, as its owner published it (64 hex digits)"
    )
    given = ask.parse_args()
    try:
        with open(given.file, "rb") as file:
            proven = check(file.read(LARGEST + 1), given.key)
    except (Broken, OSError) as fault:
        print(f"NOT GENUINE: {fault}")
        return 1
    print("GENUINE" if given.key else "WHOLE (compare the key with the one that the node's owner published)")
    for name, value in proven.items():
        print(f"  {name:<12} {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
