"""Power fails while people are called: what was answered stands on the board, what was not is whole or was never made.

And all 500 screens of the hall come back at once.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.tools.nodes import Node, copied
from tests.tools.trees import kill_tree

COUNTERS, SCREENS = 4, 500
LAY = f"""
from tests.factories.hall import hall
from onedoor.kernel.clock import now
from onedoor.domain.queue import api as queue
made = hall(at=now(), counters={COUNTERS}, always_open=True)
for _ in range(150):
    queue.take_ticket(by=made.kiosk, at=now(), centre=made.centre, service=made.birth)
print(made.code, made.machine_token, made.centre)
"""
LOOK = """
import json
from onedoor.domain.queue.models import Ticket
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import everything
with everything('a test looks'): tickets = {str(t.id): [t.status, t.version, t.number] for t in Ticket.objects.all()}
letters = {}
rows = LetterRow.objects.filter(kind='queue.ticket').values_list('aggregate', 'version')
for aggregate, version in rows: letters.setdefault(str(aggregate), []).append(version)
print(json.dumps([tickets, letters]))
"""


class Counter(threading.Thread):
    """Calls, starts and finishes as fast as it can; remembers what was answered, and the one request that was not."""

    def __init__(self, node: Node, code: str, counter: int, token: str) -> None:
        super().__init__(daemon=True)
        self.node, self.token = node, token
        self.call = f"/api/v1/centres/{code}/counters/{counter}/call-next"
        self.step = f"/api/v1/centres/{code}/tickets/"
        self.answered: dict[str, str] = {}
        self.open: tuple[str, str] | None = None
        self.turn = 0

    def run(self) -> None:
        try:
            while True:
                ticket = self.ask(self.call)
                for step in ("start", "finish"):
                    self.ask(f"{self.step}{ticket}/{step}")
        except urllib.error.HTTPError:
            self.open = None  # it was answered: a fast machine has called everybody before the power is cut
        except (OSError, http.client.HTTPException):  # the power was cut, perhaps in mid-answer
            return

    def ask(self, path: str) -> str:
        self.turn += 1
        self.open = (path, f"k{self.turn}-{self.name}")
        answer = self.send(*self.open)
        self.open = None
        return answer

    def send(self, path: str, key: str) -> str:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.node.port}{path}",
            data=b"{}",
            headers={
                "Authorization": f"Bearer {self.token}",
                "Idempotency-Key": key,
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            told = json.loads(answer.read())
        self.answered[told["id"]] = told["status"]
        return str(told["id"])


@pytest.fixture
def hall_of(migrated: Node) -> Iterator[tuple[Node, str, str, str]]:
    with copied(migrated) as one:
        code, token, centre = one.python(LAY).split()[-3:]
        one.serve()
        yield one, code, token, centre


def test_a_power_cut_while_calling(hall_of: tuple[Node, str, str, str]) -> None:
    one, code, token, centre = hall_of
    counters = [Counter(one, code, place + 1, token) for place in range(COUNTERS)]
    for counter in counters:
        counter.start()
    time.sleep(1.0)
    kill_tree(one.servers[-1].pid)
    one.servers.pop().wait()
    for counter in counters:
        counter.join(30)
    assert sum(len(counter.answered) for counter in counters) > COUNTERS, "people were called before"
    one.serve()
    tickets, letters = json.loads(one.python(LOOK).splitlines()[-1])
    order = ["waiting", "called", "serving", "served"]
    for counter in counters:
        for id, status in counter.answered.items():
            assert order.index(tickets[id][0]) >= order.index(status), "an answered step was lost"
    for id, (_status, version, number) in tickets.items():
        assert sorted(letters[id]) == list(range(1, version + 1)), (
            f"{number}: a change without its letter, or half of one"
        )
    board = one.get(f"/board/{code}/now/")[1].decode()
    for id, (status, _version, number) in tickets.items():
        if status in ("called", "serving"):
            assert number in board, f"{number} ({id}) was called and is not shown"
    for counter in counters:
        if counter.open is None:
            continue
        before = dict(counter.answered)
        again = counter.send(*counter.open)
        assert counter.send(*counter.open) == again, "the same request, the same answer"
        assert tickets[again][0] != "waiting" or again not in before
    assert asyncio.run(_all_at_once(one.port, centre)) == SCREENS


async def _all_at_once(port: int, centre: str) -> int:
    """How many of 500 screens that connect at the same moment are answered."""

    async def screen() -> bool:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
        path = f"/live/centres/{centre}?of=queue&part=board.main.lo"
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n"
        writer.write(head.encode())
        await writer.drain()
        status = await reader.readline()
        writer.close()
        return b" 200 " in status

    opened = [asyncio.wait_for(screen(), 20) for _ in range(SCREENS)]
    answers = await asyncio.gather(*opened, return_exceptions=True)
    return sum(answer is True for answer in answers)
