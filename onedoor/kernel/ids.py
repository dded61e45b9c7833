"""Identifiers: time-ordered ones for what happens here, named ones for what a pack brings."""

import os
import time
import uuid

PACK_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://onedoor.example/packs")


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, the rest random. Order is a convenience, never causality."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (7 << 76)
    value = value & ~(0x3 << 62) | (2 << 62)
    return uuid.UUID(int=value)


def named_id(pack: str, key: str) -> uuid.UUID:
    """The UUIDv5 of a row of a pack, the same on every node."""
    return uuid.uuid5(PACK_SPACE, f"{pack}/{key}")
