"""The desk's list of everybody who waits, with five hundred of them: milliseconds and weight as sent, over HTTP.

The page is asked for as an officer's browser asks for it, with session and permission; nothing is compressed there. The floor is
the same rows by one prepared statement. Tickets are taken through the action, with the pack's calling rule in force.
"""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any

from bench.frontline import Stage, drained, session_of
from bench.harness import finish, node, say, served

GOALS = {"list_ms": ("<=", 10), "list_kb": ("<=", 60)}
WAITING, ASKED, WARM = 500, 200, 30
FLOOR = (
    "SELECT number, issued_at, zone, priority, appointment_id, not_before FROM queue_ticket"
    " WHERE centre_id = %s AND day = %s AND status = 'waiting' ORDER BY place, id LIMIT 1000"
)


def main() -> None:
    """Takes the tickets, asks for the page and for the floor in turn, says the median of each."""
    with node() as place, served(place) as server:
        stage = Stage(server.address)
        days = _taken(stage)
        drained()
        say(f"{WAITING} people wait")
        line = HTTPConnection(stage.host, stage.port)
        cookie = {"Cookie": f"onedoor_session={session_of(stage.login)}; onedoor_language=lo"}
        address = f"/desk/{stage.view.code}/1/waiting/"
        pages, floors, weight = [], [], 0
        for asked in range(ASKED + WARM):
            began = time.perf_counter()
            line.request("GET", address, headers=cookie)
            answer = line.getresponse()
            page = answer.read()
            took = time.perf_counter() - began
            if answer.status != 200 or page.count(b"<tr>") <= WAITING:
                raise SystemExit(f"the page gave {answer.status} with {page.count(b'<tr>')} rows")
            floor = _floor(stage, days)
            if asked >= WARM:
                pages.append(took * 1000)
                floors.append(floor * 1000)
                weight = len(page)
        figures: dict[str, Any] = {
            "list_ms": round(statistics.median(pages), 2),
            "list_p95_ms": round(sorted(pages)[int(ASKED * 0.95)], 2),
            "list_kb": round(weight / 1024, 1),
            "raw_ms": round(statistics.median(floors), 2),
            "waiting": WAITING,
        }
    finish("queue", figures, GOALS)


def _taken(stage: Stage) -> Any:
    """Five hundred tickets of the services that the centre gives today, over the last two hours; gives their day."""
    from onedoor.domain.centres import api as centres
    from onedoor.domain.queue import api as queue
    from onedoor.kernel.clock import now
    from onedoor.kernel.scope import Actor, everything

    at = now()
    with everything("a benchmark fills the hall"):
        day = queue.today_at(centre=stage.view.id, at=at)
        view = centres.centre(stage.view.id)
        given = [one.service for one in view.offers if one.holds_on(day) and one.capacity is None]
        for number in range(WAITING):
            came = at - timedelta(seconds=number * 14)
            if queue.today_at(centre=stage.view.id, at=came) != day:
                came = at
            queue.take_ticket(
                by=Actor.system(),
                at=at,
                centre=stage.view.id,
                service=given[number % len(given)],
                ground="older" if number % 9 == 0 else "",
                issued_at=came,
            )
    return day


def _floor(stage: Stage, day: Any) -> float:
    from onedoor.kernel.aggregate import prepared

    began = time.perf_counter()
    with prepared() as cursor:
        cursor.execute(FLOOR, (stage.view.id, day)).fetchall()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
