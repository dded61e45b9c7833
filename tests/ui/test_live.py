"""Server-sent events: what a screen is told, also after a reconnect."""

import asyncio
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from onedoor.domain.queue import api as queue
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import seal_batch
from onedoor.ui import live, shared
from tests.factories.hall import Hall, hall

pytestmark = pytest.mark.django_db(transaction=True)


class Browser:
    """Opens a stream and reads its events."""

    def __init__(self, path: str, *, last: int | None = None, method: str = "GET") -> None:
        headers = [(b"last-event-id", str(last).encode())] if last is not None else []
        bare, _, question = path.partition("?")
        self.scope = {
            "type": "http",
            "method": method,
            "path": bare,
            "query_string": question.encode(),
            "headers": headers,
        }
        self.parts: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.gone = asyncio.Event()

    async def __aenter__(self) -> "Browser":
        self.task = asyncio.create_task(live.application(self.scope, self._receive, self.parts.put))
        self.status = (await asyncio.wait_for(self.parts.get(), 5))["status"]
        return self

    async def __aexit__(self, *fault: object) -> None:
        self.gone.set()
        await asyncio.wait_for(self.task, 5)

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def event(self, seconds: float = 5.0) -> dict[str, str]:
        """The next event that has a name."""
        while True:
            body = (await asyncio.wait_for(self.parts.get(), seconds))["body"].decode()
            fields = dict(
                line.split(": ", 1) if ": " in line else (line, "") for line in body.strip().splitlines()
            )
            if "event" in fields:
                return fields


def take(here: Hall, at: datetime) -> None:
    """A ticket, sealed as the worker does."""
    queue.take_ticket(
        by=here.kiosk, at=at, centre=here.centre, service=here.birth, name="ທ້າວ ບຸນມີ", phone="02055551234"
    )
    seal_batch()
    connections.close_all()


def watch(at: datetime, what: Any) -> None:
    here = hall(at=at)
    seal_batch()
    asyncio.run(asyncio.wait_for(what(here), 20))


def test_a_change_is_told_without_any_personal_data(at: datetime) -> None:
    async def what(here: Hall) -> None:
        async with Browser(f"/live/centres/{here.centre}?of=queue") as browser:
            assert browser.status == 200
            hello = await browser.event()
            assert hello["event"] == "hello" and int(hello["id"]) > 0
            await asyncio.to_thread(take, here, at)
            change = await browser.event()
            assert change["event"] == "change" and int(change["id"]) == int(hello["id"]) + 1
            assert change["data"] == f'{{"name":"queue.ticket_taken","number":{change["id"]}}}'

    watch(at, what)


def test_a_reconnect_is_told_at_once_what_it_missed_and_only_then(at: datetime) -> None:
    async def what(here: Hall) -> None:
        path = f"/live/centres/{here.centre}"
        async with Browser(path) as browser:
            seen = int((await browser.event())["id"])
        await asyncio.to_thread(take, here, at)
        async with Browser(path, last=seen) as browser:
            hello, change = await browser.event(), await browser.event()
            assert change["event"] == "change" and int(change["id"]) == int(hello["id"]) > seen
        async with Browser(path, last=seen + 1) as browser:
            assert (await browser.event())["event"] == "hello"
            with pytest.raises(TimeoutError):
                await browser.event(seconds=0.5)

    watch(at, what)


def test_the_country_is_told_of_every_centre_and_what_it_missed(at: datetime) -> None:
    async def what(here: Hall) -> None:
        async with Browser("/live/country") as browser:
            seen = int((await browser.event())["id"])
            await asyncio.to_thread(take, here, at)
            change = await browser.event()
            assert (change["event"], int(change["id"])) == ("change", seen + 1)
        await asyncio.to_thread(take, here, at)
        async with Browser("/live/country", last=seen + 1) as browser:
            assert (await browser.event())["event"] == "hello"
            assert (await browser.event())["event"] == "change"

    watch(at, what)


def test_another_centre_and_another_context_stir_nobody(at: datetime) -> None:
    async def what(here: Hall) -> None:
        async with (
            Browser(f"/live/centres/{new_id()}") as elsewhere,
            Browser(f"/live/centres/{here.centre}?of=cases") as other,
        ):
            for browser in (elsewhere, other):
                await browser.event()
            await asyncio.to_thread(take, here, at)
            for browser in (elsewhere, other):
                with pytest.raises(TimeoutError):
                    await browser.event(seconds=0.4)

    watch(at, what)


def test_the_listener_comes_back_after_its_connection_was_cut(at: datetime) -> None:
    def cut() -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'onedoor live'"
            )
        connections.close_all()

    async def what(here: Hall) -> None:
        async with Browser(f"/live/centres/{here.centre}") as browser:
            await browser.event()
            await asyncio.to_thread(cut)
            await asyncio.to_thread(take, here, at)
            assert (await browser.event(seconds=8))["event"] == "change"

    watch(at, what)


def test_a_part_is_made_once_for_each_change_however_many_screens_show_it(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[UUID] = []

    def make(centre: UUID, code: str) -> str:
        made.append(centre)
        return f"<p>{code}\n{len(made)}</p>"

    monkeypatch.setitem(shared._makes, "trial", make)
    monkeypatch.setattr(live, "BEAT_SECONDS", 0.3)

    async def what(here: Hall) -> None:
        path = f"/live/centres/{here.centre}?of=queue,centres&part=trial.main"
        async with AsyncExitStack() as held:
            screens = [await held.enter_async_context(Browser(path)) for _ in range(20)]
            firsts = [[await screen.event(), await screen.event()] for screen in screens]
            assert {first["event"] for first, _ in firsts} == {"hello"}
            assert {second["data"] for _, second in firsts} == {'"<p>main\\n1</p>"'}
            await asyncio.to_thread(take, here, at)
            told = []
            for screen in screens:
                while (event := await screen.event())["event"] == "beat":
                    continue
                told.append(event)
            assert {(event["event"], event["data"]) for event in told} == {("part", '"<p>main\\n2</p>"')}
            assert (await screens[0].event())["event"] == "beat"

    watch(at, what)
    assert len(made) == 2
    shared.forget_parts()


def test_a_silent_stream_beats(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BEAT_SECONDS", 0.1)

    async def what(here: Hall) -> None:
        async with Browser(f"/live/centres/{here.centre}") as browser:
            await browser.event()
            assert (await asyncio.wait_for(browser.parts.get(), 2))["body"] == b": beat\n\n"

    watch(at, what)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/live/centres/nowhere", "GET", 404),
        (f"/live/centres/{UUID(int=0)}/more", "GET", 404),
        (f"/live/centres/{UUID(int=0)}?of=%00", "GET", 404),
        (f"/live/centres/{UUID(int=0)}?part=nothing.main", "GET", 404),
        ("/live/country?part=board.main.lo", "GET", 404),
        (f"/live/centres/{UUID(int=0)}", "POST", 405),
    ],
)
def test_what_is_no_stream_is_refused(path: str, method: str, status: int) -> None:
    async def what() -> None:
        async with Browser(path, method=method) as browser:
            assert browser.status == status

    asyncio.run(what())
