"""The hand-over to threads: bodies in and answers out, whole, bounded, and without a thread held by who is slow."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from onedoor.config.threads import KEPT_BYTES, PART_BYTES, Crowded, Threads, TooLarge

START: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "path": "/ບໍລິການ/",
    "query_string": b"a=1",
    "http_version": "1.1",
    "scheme": "http",
    "server": ("127.0.0.1", 8000),
    "client": ("127.0.0.1", 4000),
    "headers": [
        (b"content-type", b"text/plain"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x_real_ip", b"9"),
    ],
}


def ask(
    pages: Callable[..., Iterable[bytes]], *parts: bytes, largest: int = 10**7, hang_up: bool = False
) -> list[Any]:
    """What the server is told to send when the body comes in these parts."""
    told = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    told.append(
        {"type": "http.disconnect"} if hang_up else {"type": "http.request", "body": b"", "more_body": False}
    )
    waiting, sent = iter(told), list[Any]()

    async def receive() -> Any:
        return next(waiting)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Threads(pages, workers=1, largest=largest)(START, receive, send))
    return sent


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """Answers with what it was told."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    start("201 Created", [("X-Path", environ["PATH_INFO"]), ("X-Cookie", environ["HTTP_COOKIE"])])
    return [body, b"!"]


def test_a_body_in_parts_is_one_body_and_the_answer_one_message() -> None:
    start, body = ask(echo, b"one ", b"two")
    assert start["status"] == 201
    assert dict(start["headers"])[b"x-path"].decode() == "/ບໍລິການ/"
    assert dict(start["headers"])[b"x-cookie"] == b"a=1; b=2"
    assert body == {"type": "http.response.body", "body": b"one two!", "more_body": False}


@pytest.mark.parametrize("length", [KEPT_BYTES - 1, KEPT_BYTES, KEPT_BYTES + 1, 3 * KEPT_BYTES])
def test_a_large_body_comes_whole_and_a_large_answer_goes_in_parts(length: int) -> None:
    sent = ask(echo, *[b"x" * (length // 2), b"y" * (length - length // 2)])
    assert (
        b"".join(part["body"] for part in sent[1:])
        == b"x" * (length // 2) + b"y" * (length - length // 2) + b"!"
    )
    assert [part["more_body"] for part in sent[1:]] == [True] * (len(sent) - 2) + [False]
    assert len(sent) == 1 + -(-(length + 1) // PART_BYTES)
    assert all(len(part["body"]) <= PART_BYTES for part in sent[1:])


def test_a_body_without_a_said_length_is_bounded() -> None:
    with pytest.raises(TooLarge):
        ask(echo, b"x" * 60, b"x" * 41, largest=100)
    assert len(ask(echo, b"x" * 60, b"x" * 40, largest=100)) == 2


def test_who_hangs_up_is_not_answered_and_nothing_is_done() -> None:
    def never(environ: Any, start: Any) -> list[bytes]:
        raise AssertionError("half a body was acted upon")

    assert ask(never, b"half", hang_up=True) == []


def test_a_header_with_an_underscore_does_not_pass_for_one_with_a_hyphen() -> None:
    def names(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        start("200 OK", [])
        return [",".join(environ).encode()]

    assert b"HTTP_X_REAL_IP" not in ask(names)[1]["body"]


def test_who_reads_slowly_holds_no_thread() -> None:
    """While the first answer goes out, the one thread makes the second."""
    made = list[str]()

    def pages(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        made.append(environ["PATH_INFO"])
        start("200 OK", [])
        return [b"x" * (4 * PART_BYTES)]

    async def both() -> None:
        threads, free = Threads(pages, workers=1, largest=100), asyncio.Event()

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def slow(message: Any) -> None:
            if message["type"] == "http.response.body":
                await free.wait()

        async def quick(message: Any) -> None:
            if not message.get("more_body", True):
                free.set()

        await asyncio.wait_for(
            asyncio.gather(
                threads({**START, "path": "/slow"}, receive, slow),
                threads({**START, "path": "/quick"}, receive, quick),
            ),
            timeout=10,
        )

    asyncio.run(both())
    assert made == ["/slow", "/quick"]


def test_what_an_answer_holds_is_let_go_also_when_it_breaks() -> None:
    closed = []

    class Broken:
        def __iter__(self) -> Any:
            yield b"some"
            raise ValueError("the file is gone")

        def close(self) -> None:
            closed.append(True)

    def pages(environ: Any, start: Callable[..., Any]) -> Any:
        start("200 OK", [])
        return Broken()

    with pytest.raises(ValueError, match="gone"):
        ask(pages)
    assert closed == [True]


def crowd(path: str, number: int) -> list[str]:
    """How each of so many requests at once ended, where two may be held."""
    gate = threading.Event()

    def slow(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        gate.wait(10)
        start("200 OK", [])
        return [b"done"]

    async def all_at_once() -> list[str]:
        threads = Threads(slow, workers=1, largest=10**6, crowd=2)

        async def one() -> str:
            async def receive() -> Any:
                return {"type": "http.request", "body": b"", "more_body": False}

            async def send(message: Any) -> None:
                return None

            try:
                await threads({**START, "path": path}, receive, send)
            except Crowded:
                return "come again"
            return "answered"

        asked = [asyncio.create_task(one()) for _ in range(number)]
        await asyncio.sleep(0.05)
        gate.set()
        ended = await asyncio.gather(*asked)
        return [*ended, await one(), str(threads.held)]

    return asyncio.run(all_at_once())


def test_programs_beyond_the_crowd_are_told_to_come_again_and_then_are_answered() -> None:
    assert crowd("/api/v1/services", 5) == ["answered"] * 2 + ["come again"] * 3 + ["answered", "0"]


def test_people_wait() -> None:
    assert crowd("/desk/", 5) == ["answered"] * 6 + ["0"]
