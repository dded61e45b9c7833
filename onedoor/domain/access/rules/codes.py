"""Secret codes that people copy by hand, and how long one waits after wrong ones."""

from __future__ import annotations

import secrets
from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
LENGTH = 13  # 13 symbols of 5 bits: 65 bits
FREE_TRIES = 5
LONGEST_WAIT = timedelta(days=1)
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def draw() -> str:
    """A new code from the operating system's randomness, in groups for the eye: ``K7QM-4T2X-9WRZH``."""
    return spell(secrets.token_bytes(9))


def spell(chance: bytes) -> str:
    """The code of nine bytes of chance; its last 65 bits count."""
    value = int.from_bytes(chance[:9], "big")
    symbols = "".join(ALPHABET[value >> (5 * place) & 31] for place in reversed(range(LENGTH)))
    return f"{symbols[:4]}-{symbols[4:8]}-{symbols[8:]}"


def normalise(typed: str) -> str:
    """What was meant: case, spaces and hyphens do not count, and look-alikes are read as what the alphabet has."""
    kept = "".join(symbol for symbol in typed.upper() if symbol.isalnum())
    return kept.translate(_READ_AS)[: LENGTH + 1]


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, the /64 network of an IPv6 one (a home has all of it), else the text."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return address[:60]
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False).network_address)
    return str(found)


def wait_after(wrong: int) -> timedelta:
    """How long to wait after this many wrong tries in a row: nothing up to four, then a minute, doubling to a day."""
    if wrong < FREE_TRIES:
        return timedelta(0)
    return min(timedelta(minutes=2 ** min(wrong - FREE_TRIES, 12)), LONGEST_WAIT)
