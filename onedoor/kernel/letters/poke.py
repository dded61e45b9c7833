"""Poking the sealer: a datagram after a commit, so that nobody waits for the worker's next poll. Losing one is harmless."""

import socket
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings

_sender: socket.socket | None = None


def _path() -> Path:
    return Path(settings.HOME) / "run" / "poke"


@lru_cache(maxsize=1)
def _address(home: str) -> str:
    return str(_path())


def poke() -> None:
    """Wake the worker, if one listens."""
    global _sender
    if _sender is None:
        _sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        _sender.setblocking(False)
    with suppress(OSError):
        _sender.sendto(b".", _address(str(settings.HOME)))


def listen_for_pokes() -> socket.socket:
    """The worker's end: a datagram socket to wait on (with a poll of 200 ms as fallback)."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(str(path))
    return listener
