"""Live pages: server-sent events that say "something changed here", by hand in ASGI, so that a stream costs no thread.

``/live/centres/<uuid>`` (``/live/country``: of all centres) sends ``change`` with the letter's type and sealed number,
nothing else: no page can leak through it, and the page fetches its part again under its own permission. ``?of=queue``
narrows to one context's letters (``?of=queue,centres`` to those of two). What is open to anybody and alike for all is sent
itself: ``?part=board.main.lo`` sends ``part`` with the HTML, made once for each change (`ui.shared`), and beats that a page
can hear, so that a screen notices a dead link.
One connection per process listens to the sealer (`kernel.letters.CHANNEL`) and fans out.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import orjson
import psycopg
from django.db import DatabaseError, connections

from onedoor.kernel.errors import DomainError
from onedoor.kernel.letters import CHANNEL
from onedoor.ui.shared import is_part, part_soon

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH = re.compile(r"/live/(?:country|centres/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}))")
COUNTRY = UUID(int=0)
PREFIX = re.compile(r"[a-z_]{1,40}(?:,[a-z_]{1,40}){0,4}")
BEAT_SECONDS = 15.0
RETRY_MILLISECONDS = 2000
MOST_STREAMS = 2000
FARTHEST_LOOK = 10_000
LONGEST_PAUSE = 10.0

NEWS = """
SELECT s.number, l.type, l.centre FROM kernel_seal s JOIN kernel_letter l ON l.id = s.letter
WHERE s.number > %s AND s.number <= %s AND l.centre IS NOT NULL ORDER BY s.number
"""
LAST = "SELECT coalesce(max(number), 0) FROM kernel_seal"
SINCE = """
SELECT s.number, l.type FROM kernel_seal s JOIN kernel_letter l ON l.id = s.letter
WHERE s.number > %s AND (l.centre = %s OR %s AND l.centre IS NOT NULL) AND l.type LIKE ANY(%s) ORDER BY s.number DESC LIMIT 1
"""


class Stream:
    """One browser that watches one centre; only the newest change is kept for it."""

    def __init__(self, prefixes: tuple[str, ...], *, part: str = "") -> None:
        self.prefixes, self.part = prefixes, part
        self.newest: tuple[int, str] | None = None
        self.stirred = asyncio.Event()

    def tell(self, number: int, name: str) -> None:
        """Keep the change and wake the stream."""
        if name.startswith(self.prefixes):
            self.newest = (number, name)
            self.stirred.set()

    def take(self) -> tuple[int, str] | None:
        """The newest change since the last look."""
        newest, self.newest = self.newest, None
        self.stirred.clear()
        return newest


class Hub:
    """Listens to the sealer on one connection and tells every stream of this process."""

    def __init__(self) -> None:
        self.streams: dict[UUID, set[Stream]] = defaultdict(set)
        self.seen = 0
        self._listening: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    def count(self) -> int:
        """How many streams are open."""
        return sum(map(len, self.streams.values()))

    async def join(self, centre: UUID, stream: Stream) -> None:
        """Begin to tell a stream; returns when the connection listens, or after two seconds without it."""
        self.streams[centre].add(stream)
        if self._listening is None or self._listening.done():
            self._listening = asyncio.create_task(self._listen())
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ready.wait(), 2)

    def part(self, centre: UUID, stream: Stream) -> None:
        """Tell a stream no more; without streams the connection is given up."""
        self.streams[centre].discard(stream)
        if not self.streams[centre]:
            del self.streams[centre]
        if not self.streams and self._listening is not None:
            self._listening.cancel()
            self._listening = None
            self._ready.clear()

    async def _listen(self) -> None:
        pause = 0.5
        while True:
            try:
                async with await _connect() as listener:
                    await listener.execute(f"LISTEN {CHANNEL}")
                    await self._catch_up(listener)
                    self._ready.set()
                    pause = 0.5
                    while True:  # the generator holds the connection, so it is ended before each look
                        heard = [int(note.payload) async for note in listener.notifies(stop_after=1)]
                        await self._tell(listener, max(heard))
            except (psycopg.Error, OSError, ValueError):
                self._ready.clear()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _catch_up(self, listener: psycopg.AsyncConnection[Any]) -> None:
        """After a lost connection everybody looks again; nothing is missed, at worst something is told twice."""
        last = await _last(listener)
        if self.seen and last > self.seen:
            await self._tell(listener, last)
        self.seen = max(self.seen, last)

    async def _tell(self, listener: psycopg.AsyncConnection[Any], upto: int) -> None:
        since = max(self.seen, upto - FARTHEST_LOOK)
        async with listener.cursor() as cursor:
            await cursor.execute(NEWS, [since, upto])
            for number, name, centre in await cursor.fetchall():
                for stream in (*self.streams.get(centre, ()), *self.streams.get(COUNTRY, ())):
                    stream.tell(number, name)
        self.seen = max(self.seen, upto)


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop (there is one in a process)."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs.clear()
        _hubs[loop] = Hub()
    return _hubs[loop]


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """One stream, from the first look to the browser's leave."""
    place = PATH.fullmatch(scope["path"])
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    of, part = asked.get("of", [""])[0], asked.get("part", [""])[0]
    if place is None or (of and not PREFIX.fullmatch(of)) or (part and not (place[1] and is_part(part))):
        await _refuse(send, 404)
        return
    if scope["method"] != "GET":
        await _refuse(send, 405)
        return
    here = hub()
    if here.count() >= MOST_STREAMS:
        await _refuse(send, 503)
        return
    centre = UUID(place[1]) if place[1] else COUNTRY
    stream = Stream(tuple(f"{one}." for one in of.split(",")) if of else ("",), part=part)
    await here.join(centre, stream)
    try:
        await _begin(send)
        await _resume(here, centre, stream, _last_seen(scope), send)
        leaving = asyncio.create_task(_left(receive))
        try:
            while not leaving.done():
                await _next(centre, stream, leaving, send)
        finally:
            leaving.cancel()
    except OSError:
        return  # the browser went away in mid-sentence
    finally:
        here.part(centre, stream)


async def _next(centre: UUID, stream: Stream, leaving: "asyncio.Task[None]", send: Send) -> None:
    """Send the next change, or a heartbeat when nothing happens for a while."""
    stirred = asyncio.create_task(stream.stirred.wait())
    await asyncio.wait({stirred, leaving}, timeout=BEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    stirred.cancel()
    if leaving.done():
        return
    change = stream.take()
    if change:
        await _write(send, await _news(centre, stream, *change))
    else:
        await _write(send, b"event: beat\ndata:\n\n" if stream.part else b": beat\n\n")


async def _news(centre: UUID, stream: Stream, number: int, name: str) -> bytes:
    """The part itself, where the stream is of one that can be made; else that something changed."""
    if stream.part:
        with suppress(DomainError, DatabaseError, OSError):
            html = await part_soon(stream.part, centre, number=number)
            return b"id: %d\nevent: part\ndata: %s\n\n" % (number, orjson.dumps(html))
    return _change(number, name)


async def _begin(send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await _write(send, f"retry: {RETRY_MILLISECONDS}\n\n".encode())


async def _resume(here: Hub, centre: UUID, stream: Stream, since: int | None, send: Send) -> None:
    """Say where the stream begins; who comes back is told at once when anything happened meanwhile."""
    newest: tuple[int, str] | None = None
    with suppress(psycopg.Error, OSError):
        async with await _connect() as looking:
            last = await _last(looking)
            if since is not None and since < last:
                if last - since > FARTHEST_LOOK:
                    newest = (last, "")
                else:
                    row = await (
                        await looking.execute(
                            SINCE, [since, centre, centre == COUNTRY, [f"{one}%" for one in stream.prefixes]]
                        )
                    ).fetchone()
                    newest = (row[0], row[1]) if row else None
            await _write(send, f"id: {last}\nevent: hello\ndata:\n\n".encode())
            newest = (last, "") if stream.part else newest  # a screen that comes back shows what is so now
    if newest is not None:
        await _write(send, await _news(centre, stream, *newest))


def _change(number: int, name: str) -> bytes:
    data = orjson.dumps({"name": name, "number": number})
    return b"id: %d\nevent: change\ndata: %s\n\n" % (number, data)


def _last_seen(scope: Message) -> int | None:
    for name, value in scope["headers"]:
        if name == b"last-event-id":
            return int(value) if value.isdigit() and len(value) < 19 else None
    return None


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _connect() -> psycopg.AsyncConnection[Any]:
    asked = connections["default"].get_connection_params()
    kept = {name: asked[name] for name in ("host", "port", "dbname", "user", "password") if asked.get(name)}
    return await psycopg.AsyncConnection.connect(
        **kept, autocommit=True, connect_timeout=5, application_name="onedoor live"
    )


async def _last(connection: psycopg.AsyncConnection[Any]) -> int:
    row = await (await connection.execute(LAST)).fetchone()
    return int(row[0]) if row else 0


async def _write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
