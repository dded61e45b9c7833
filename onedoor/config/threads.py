"""Django's synchronous pages on the asynchronous server: one hand-over to a thread a request, none while a body comes in.

A general adapter crosses between loop and thread for each part of body, headers and answer; that was a third of a hot
request's time. Here the loop reads the body first, a thread makes the whole answer, and the loop sends it no faster than its
reader takes it: a slow client holds no thread, neither while it sends nor while it reads.
"""

from __future__ import annotations

import asyncio
import io
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, cast

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Pages = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

KEPT_BYTES = 512 * 1024
"""What of a body or an answer is held in memory; a larger one goes to a file."""
PART_BYTES = 128 * 1024


class Gone(Exception):
    """The client hung up before its request was whole."""


class TooLarge(Exception):
    """The body is larger than any form here."""


class Crowded(Exception):
    """So many requests wait for a thread that this program had better come again."""


class Threads:
    """The pages of a WSGI application as an ASGI application.

    Args:
        pages: the WSGI application.
        workers: threads, each with a connection of its own to the database.
        largest: bytes of a body, said or not; more is `TooLarge`.
        crowd: how many may be at work or wait for a thread when one more of ``patient`` comes; then it is `Crowded`.
        patient: the beginning of addresses that programs ask, who can be told to come again; people wait.
    """

    def __init__(
        self, pages: Pages, *, workers: int, largest: int, crowd: int = 1000, patient: str = "/api/"
    ) -> None:
        self.pages, self.largest = pages, largest
        self.crowd, self.patient, self.held = crowd, patient, 0
        self.pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request.

        Raises:
            TooLarge, Crowded: nothing was read by the application, and nothing answered.
            OSError: there is no room to keep a large body.
        """
        try:
            body = await _whole(receive, self.largest)
        except Gone:
            return
        loop = asyncio.get_running_loop()
        with body:
            if self.held >= self.crowd and scope["path"].startswith(self.patient):
                raise Crowded
            answer = Answer()
            self.held += 1
            try:
                made = await loop.run_in_executor(self.pool, answer.make, self.pages, environ(scope, body))
            finally:
                self.held -= 1
        with made:
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            part, rest = made.read(PART_BYTES), made.read(PART_BYTES)
            while rest:
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part, rest = rest, made.read(PART_BYTES)
            await send({"type": "http.response.body", "body": part, "more_body": False})


class Answer:
    """One answer, made in a thread and sent from the loop: who reads slowly holds no thread."""

    def __init__(self) -> None:
        self.status, self.headers = 500, list[tuple[bytes, bytes]]()
        self.held: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=KEPT_BYTES)  # noqa: SIM115 - closed when sent

    def start(self, status: str, headers: list[tuple[str, str]], fault: Any = None) -> Callable[[bytes], int]:
        """Notes status and headers, as WSGI asks for."""
        self.status = int(status[:3])
        self.headers = [
            (name.strip().lower().encode("latin1"), value.strip().encode("latin1")) for name, value in headers
        ]
        return self.held.write

    def make(self, pages: Pages, environ: dict[str, Any]) -> IO[bytes]:
        """Runs in a thread: makes the whole answer, as a file at its beginning."""
        chunks = pages(environ, self.start)
        try:
            for chunk in chunks:
                self.held.write(chunk)
        except BaseException:
            self.held.close()
            raise
        finally:
            getattr(chunks, "close", lambda: None)()
        self.held.seek(0)
        return self.held


async def _whole(receive: Receive, largest: int) -> IO[bytes]:
    """The body, as a file at its beginning."""
    body, length, more = cast(IO[bytes], io.BytesIO()), 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        part, more = message.get("body", b""), message.get("more_body", False)
        length += len(part)
        if length > largest:
            raise TooLarge
        if length > KEPT_BYTES and isinstance(body, io.BytesIO):
            body = _in_a_file(body)
        body.write(part)
    body.seek(0)
    return body


def _in_a_file(body: io.BytesIO) -> IO[bytes]:
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer
    file.write(body.getvalue())
    return file


def environ(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """What WSGI (PEP 3333) says of a request."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client")
    made: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf8", "surrogateescape").decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if client:
        made["REMOTE_ADDR"], made["REMOTE_PORT"] = client[0], str(client[1])
    for raw, value in scope["headers"]:
        if b"_" in raw:
            continue  # X_Forwarded_For would pass for X-Forwarded-For, which a proxy has cleaned
        name = raw.decode("latin1").upper().replace("-", "_")
        name = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        said = value.decode("latin1")
        between = "; " if name == "HTTP_COOKIE" else ","
        made[name] = f"{made[name]}{between}{said}" if name in made else said
    made["CONTENT_LENGTH"] = str(body.seek(0, io.SEEK_END))  # what came, also when it came in chunks
    body.seek(0)
    return made
