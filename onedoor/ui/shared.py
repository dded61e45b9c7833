"""Parts of pages that are the same for everybody, such as a hall's board: made once for each change, for all screens.

A door declares a part by `shared`; whoever needs it asks `part` with the number of the newest change that it must show.
Within one process a part is made by one thread at a time, and who comes meanwhile waits for it.
"""

import asyncio
import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID

from django.db import close_old_connections, connections

from onedoor.kernel.mirrors.reference import UNREAD, as_stamped

Make = Callable[..., str]
NAME = re.compile(r"[a-z]{1,20}(?:\.[a-z0-9_-]{1,20}){0,3}")
GOOD_SECONDS, OLDEST_SECONDS = 1.0, 10.0
"""How long a part serves who names no change, and who names one that it shows: times of the day and estimates move in it."""
MOST_KEPT = 2000

_makes: dict[str, Make] = {}


@dataclass
class _Kept:
    lock: threading.Lock
    number: int = -1
    born: float = 0.0
    text: str = ""


_kept: dict[tuple[UUID, str], _Kept] = {}
_makers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="shared")
_flying: dict[tuple[UUID, str], tuple[int, "asyncio.Task[str]"]] = {}


def shared(name: str) -> Callable[[Make], Make]:
    """Declare how a part is made: called with the centre and the words behind the part's name, it gives HTML."""

    def register(make: Make) -> Make:
        _makes[name] = make
        return make

    return register


def is_part(name: str) -> bool:
    """Whether some door makes such a part."""
    return bool(NAME.fullmatch(name)) and name.partition(".")[0] in _makes


def part(name: str, centre: UUID, *, number: int = 0) -> str:
    """The part as it is after change ``number``, or of this second.

    Args:
        name: as declared, with its own words after dots: ``board.main.lo``.
    """
    if len(_kept) > MOST_KEPT:
        _kept.clear()
    kept = _kept.setdefault((centre, name), _Kept(threading.Lock()))
    with kept.lock:
        good_for = OLDEST_SECONDS if number else GOOD_SECONDS
        if not kept.text or number > kept.number or time.monotonic() - kept.born > good_for:
            first, *about = name.split(".")
            began = time.monotonic()
            kept.text = _makes[first](centre, *about)
            kept.number, kept.born = max(number, kept.number), began
        return kept.text


async def part_soon(name: str, centre: UUID, *, number: int) -> str:
    """The same for streams: whoever asks for a change that is being made waits for the one who makes it."""
    key = (centre, name)
    upto, task = _flying.get(key, (-1, None))
    if task is None or upto < number or task.get_loop() is not asyncio.get_running_loop():
        task = asyncio.get_running_loop().create_task(_make(name, centre, number))
        _flying[key] = (number, task)
    try:
        return await asyncio.shield(task)
    finally:
        if task.done() and _flying.get(key, (0, None))[1] is task:
            del _flying[key]


async def _make(name: str, centre: UUID, number: int) -> str:
    return await asyncio.get_running_loop().run_in_executor(_makers, _made, name, centre, number)


def _made(name: str, centre: UUID, number: int) -> str:
    close_old_connections()
    with as_stamped(UNREAD):
        return part(name, centre, number=number)


def forget_parts() -> None:
    """Forget what was made and give the makers' connections back; for tests."""
    _kept.clear()
    _flying.clear()
    for done in [_makers.submit(connections.close_all) for _ in range(4)]:
        done.result()
