"""The live floor: one change until it stands in 500 open screens, and the machine's share while 110 centres work a morning.

First 500 screens of one hall, as browsers keep them (a stream each): from the officer's press to the instant at which each of
them has the new call in its hands. Then the same screens spread over 110 centres, while all of them together serve people at
the pace of a real morning: which share of the machine server and database take, and how late the screens are then.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import time
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from bench.clients import Machine, Times
from bench.frontline import Stage, around_the_clock, cpu, drained, postmaster
from bench.harness import finish, node, say, served
from bench.nation import more_centres

GOALS = {"p99_ms": ("<=", 100), "reached": ("==", 1.0)}
SCREENS = int(os.environ.get("BENCH_SCREENS", "500"))
CENTRES = int(os.environ.get("BENCH_CENTRES", "110"))
CALLS = int(os.environ.get("BENCH_CALLS", "40"))
MORNING_SECONDS = float(os.environ.get("BENCH_SECONDS", "30"))
A_COUNTER_AN_HOUR, COUNTERS = 6, 10
"""People that a counter serves in an hour of a full morning, and counters of a centre (the plan's size: field facts)."""
PATIENCE = 5.0


@dataclass
class Screen:
    """A stream of one centre's board: the last part that came, and when."""

    centre: UUID
    heard: dict[str, float] = field(default_factory=dict)
    text: str = ""


async def watch(screen: Screen, host: str, port: int, opened: asyncio.Semaphore) -> None:
    """Keep one stream open and note when each number stood in its part for the first time."""
    async with opened:
        reader, writer = await asyncio.open_connection(host, port, limit=2**20)
        path = f"/live/centres/{screen.centre}?of=queue&part=board.main.lo"
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/event-stream\r\n\r\n".encode()
        )
        await writer.drain()
        status = await reader.readline()
        if b" 200 " not in status:
            raise SystemExit(f"a screen was refused: {status!r}")
    while line := await reader.readline():
        if line.startswith(b"data: "):
            screen.text = line.decode(errors="replace")
            screen.heard["last"] = time.perf_counter()
            for number in WANTED:
                if number not in screen.heard and f"{number}@" in screen.text:  # called, not only next
                    screen.heard[number] = screen.heard["last"]


WANTED: set[str] = set()


async def one_hall(stage: Stage) -> tuple[list[float], float]:
    """Milliseconds from each press to each screen; and which share of all screens had it within five seconds."""
    screens = [Screen(stage.view.id) for _ in range(SCREENS)]
    watching = await _opened(screens, stage)
    took: list[float] = []
    reached = 0
    client = stage.machine(1)
    assert isinstance(client, Machine)
    for _ in range(CALLS):
        number, began, id = await asyncio.to_thread(_call, client)
        await _until(lambda number=number: all(number in one.heard for one in screens))
        took += [1000 * (one.heard[number] - began) for one in screens if number in one.heard]
        reached += sum(number in one.heard for one in screens)
        await asyncio.to_thread(_serve, client, id)
        await asyncio.sleep(0.1)
    await _closed(watching)
    return took, reached / (CALLS * SCREENS)


def _call(client: Machine) -> tuple[str, float, str]:
    """A person takes a ticket and is called; the instant before the press."""
    taken = json.loads(client.post("/tickets", client.wish, 201, Times()))
    WANTED.add(taken["number"])
    time.sleep(0.15)  # the line without her has reached the screens
    began = time.perf_counter()
    called = json.loads(client.post(f"/counters/{client.counter}/call-next", b"{}", 200, Times()))
    return called["number"], began, called["id"]


def _serve(client: Machine, id: str) -> None:
    for step in ("start", "finish"):
        client.post(f"/tickets/{id}/{step}", b"{}", 200, Times())


async def _until(holds: object) -> None:
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end and not holds():  # type: ignore[operator]
        await asyncio.sleep(0.005)


async def _opened(screens: list[Screen], stage: Stage) -> list[asyncio.Task[None]]:
    gate = asyncio.Semaphore(50)
    tasks = [asyncio.create_task(watch(one, stage.host, stage.port, gate)) for one in screens]
    await asyncio.sleep(0)
    for _ in range(400):
        await asyncio.sleep(0.05)
        if all(one.heard for one in screens):
            return tasks
        with suppress(StopIteration):
            next(task for task in tasks if task.done()).result()
    say(f"only {sum(bool(one.heard) for one in screens)} of {len(screens)} screens have begun")
    return tasks


class Morning:
    """All centres of the country, open, each with a counter, and a machine that serves people at each in turn."""

    def __init__(self, stage: Stage) -> None:
        from onedoor.domain.access import api as access
        from onedoor.domain.centres import api as centres
        from onedoor.kernel.clock import now
        from onedoor.kernel.ids import new_id
        from onedoor.kernel.scope import Actor, everything

        more_centres(CENTRES)
        at, system = now(), Actor.system()
        with everything("a benchmark builds its country"):
            country = access.units(kind="country")[0]
            _, token = access.issue_token(
                by=system, at=at, name="morning", unit=country.id, scopes=["queue.take", "queue.call"]
            )
            hours, name = around_the_clock(), {"lo": "1", "en": "1"}
            self.halls = [view for view in centres.centres() if view.offers][:CENTRES]
            for view in self.halls:
                centres.save_hours(by=system, at=at, centre=view.id, hours=hours, confirmed=False)
                if not any(one.code == "1" for one in centres.counters(view.id)):
                    centres.save_counter(by=system, at=at, id=new_id(), centre=view.id, code="1", name=name)
        self.clients = [
            Machine(stage.host, stage.port, token, view.code, "1", str(view.offers[0].service))
            for view in self.halls
        ]

    async def worked(self, stage: Stage, roots: list[int]) -> dict[str, float]:
        """The share of the machine, and how late screens are, while all centres work at a real morning's pace."""
        screens = [Screen(self.halls[number % len(self.halls)].id) for number in range(SCREENS)]
        watching = await _opened(screens, stage)
        pace = 3600 / (len(self.halls) * COUNTERS * A_COUNTER_AN_HOUR)
        used, began, late, people = sum(map(cpu, roots)), time.perf_counter(), [], 0
        while time.perf_counter() - began < MORNING_SECONDS:
            place = people % len(self.halls)
            number, pressed, id = await asyncio.to_thread(_call, self.clients[place])
            here = [one for one in screens if one.centre == self.halls[place].id]
            await _until(lambda number=number, here=here: all(number in one.heard for one in here))
            await asyncio.to_thread(_serve, self.clients[place], id)
            people += 1
            await asyncio.sleep(max(0.02, began + people * pace - time.perf_counter()))
            late += [1000 * (one.heard[number] - pressed) for one in here if number in one.heard]
        took = time.perf_counter() - began
        share = (sum(map(cpu, roots)) - used) / (took * (os.cpu_count() or 1))
        await _closed(watching)
        say(f"{people} people in {took:.0f} s at {len(self.halls)} centres, {SCREENS} screens")
        return {"cpu_share": share, "p99_ms": _percentile(late, 0.99), "people_per_s": people / took}


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def _closed(watching: list[asyncio.Task[None]]) -> None:
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)


async def reconnected(stage: Stage) -> float:
    """Seconds until all screens stand again after all of them lost the link at once."""
    began = time.perf_counter()
    watching = await _opened([Screen(stage.view.id) for _ in range(SCREENS)], stage)
    took = time.perf_counter() - began
    await _closed(watching)
    return took


def main() -> None:
    """Prints one line of JSON."""
    with node() as place, served(place) as server:
        stage = Stage(server.address)
        roots = [server.process.pid, postmaster()]
        drained()
        took, reached = asyncio.run(one_hall(stage))
        again = asyncio.run(reconnected(stage))
        country = Morning(stage)
        drained()
        worked = asyncio.run(country.worked(stage, roots))
    finish(
        "floor",
        {
            "p50_ms": round(statistics.median(took), 1),
            "p99_ms": round(_percentile(took, 0.99), 1),
            "reached": round(reached, 4),
            "cpu_share": round(worked["cpu_share"], 3),
            "morning_p99_ms": round(worked["p99_ms"], 1),
            "people_per_s": round(worked["people_per_s"], 2),
            "reconnected_s": round(again, 2),
        },
        GOALS,
        more={"screens": SCREENS, "calls": CALLS, "centres": len(country.halls)},
    )


if __name__ == "__main__":
    main()
