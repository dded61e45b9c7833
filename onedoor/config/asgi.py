"""The web server's entry: live streams and health by hand, every page through Django in threads.

Django's own asynchronous handler would cost 2-10 times the CPU for our synchronous views.
"""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from onedoor.config.wsgi import application as pages  # sets Django up, so it comes before what needs models

from onedoor.config import urls  # noqa: F401  # isort: skip  # every door is here before the first stream asks for a part of it
from onedoor.config import health, observing  # isort: skip
from onedoor.config.threads import Crowded, Threads, TooLarge  # isort: skip
from onedoor.ui.live import application as live  # isort: skip

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LARGEST_BODY = 24 * 1024 * 1024  # bytes; a scan of several pages, with room for the form around it
PLAIN = b"text/plain; charset=utf-8"
TOO_LARGE = (413, "ໄຟລ໌ໃຫຍ່ເກີນໄປ · The upload is too large.\n".encode(), PLAIN)
NO_ROOM = (507, "ບໍ່ມີບ່ອນເກັບແລ້ວ · There is no room left to keep this.\n".encode(), PLAIN)
CROWDED = (
    429,
    b'{"type":"urn:onedoor:problem:too_many_requests","title":"Too many requests","status":429,'
    b'"code":"too_many_requests","detail":"Many ask at this moment. Come again in a second."}',
    b"application/problem+json",
)
THREADS = int(os.environ.get("ONEDOOR_THREADS", "8"))
CROWD = int(os.environ.get("ONEDOOR_API_CROWD", "500"))  # requests at work or waiting in this process

django = Threads(pages, workers=THREADS, largest=LARGEST_BODY, crowd=CROWD)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers one connection: a page, a live stream, or a question about this process's health."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    if scope["type"] != "http":
        return
    path = scope["path"]
    if path == "/health":
        await _say(send, 200, b"ok\n", b"text/plain; charset=utf-8")
    elif path in ("/ready", "/metrics"):
        await _say(send, *await asyncio.to_thread(health.answer, path, _is_local(scope)))
    elif path.startswith("/live/"):
        await live(scope, receive, send)
    elif _too_large(scope):
        await _say(send, *TOO_LARGE)
    else:
        await observing.observed(_page, scope, receive, send)


async def _page(scope: Scope, receive: Receive, send: Send) -> None:
    try:
        await django(scope, receive, send)
    except TooLarge:
        await _say(send, *TOO_LARGE)
    except Crowded:
        await _say(send, *CROWDED, more=((b"retry-after", b"1"),))
    except OSError as fault:
        if fault.errno != errno.ENOSPC:
            raise
        await _say(send, *NO_ROOM)


def _is_local(scope: Scope) -> bool:
    """Whether somebody on this machine asks, and not through a proxy: only they read figures and backlog."""
    client = (scope.get("client") or ("",))[0]
    forwarded = any(name in (b"x-forwarded-for", b"forwarded") for name, _ in scope["headers"])
    return client in ("127.0.0.1", "::1", "") and not forwarded


def _too_large(scope: Scope) -> bool:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return value.isdigit() and int(value) > LARGEST_BODY
    return False


async def _say(
    send: Send, status: int, body: bytes, kind: bytes, *, more: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return
