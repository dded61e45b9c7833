"""The bytes of a log, plain or gzipped, in small pieces: a bomb is refused long before it fills anything."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from onedoor.tools.xes.faults import Unreadable

PIECE = 64 * 1024
GZIP = b"\x1f\x8b"
HARMLESS = 16 * 1024 * 1024
DENSEST = 250
LARGEST = 16 * 1024**3


def pieces(path: Path) -> Iterator[tuple[bytes, int]]:
    """Each piece of the log as text bytes, and how many bytes of the file have been read so far. Raises Unreadable."""
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
        file.seek(0)
        yield from _unpacked(file) if packed else _plain(file)


def _plain(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    taken = 0
    while piece := file.read(PIECE):
        taken += len(piece)
        _bounded(taken)
        yield piece, taken


def _unpacked(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Members of a gzip file one after another, never more than a piece of text at a time."""
    taken = given = 0
    inflate, begun, rest = zlib.decompressobj(wbits=31), False, b""
    while True:
        fed = rest or file.read(PIECE)
        taken += 0 if rest else len(fed)
        if not fed:
            break
        try:
            text, begun = inflate.decompress(fed, PIECE), True
        except zlib.error as fault:
            raise Unreadable(f"the gzip file is damaged ({fault})") from fault
        rest = inflate.unconsumed_tail
        given += len(text)
        _bounded(given)
        if given > HARMLESS and given > DENSEST * taken:
            raise Unreadable(f"refused: it unpacks to more than {DENSEST} times its size (a gzip bomb)")
        if text:
            yield text, taken
        if inflate.eof:
            rest = inflate.unused_data.lstrip(b"\0")
            inflate, begun = zlib.decompressobj(wbits=31), False
    if begun:
        raise Unreadable("the gzip file is cut off")


def _bounded(size: int) -> None:
    if size > LARGEST:
        raise Unreadable(f"refused: larger than {LARGEST // 1024**3} GB")
