"""`onedoor serve`: one tree of processes that answers, heals, stops clean and survives a power cut."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tools.nodes import Node, copied
from tests.tools.trees import alive, descendants, kill_tree

WRITE = """
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor
from onedoor.domain.access.api import save_unit
from datetime import date
from django.db import transaction
for number in range({count}):
    with transaction.atomic():
        save_unit(by=Actor.system(), at=now(), id=new_id(), code=f'T{first}-{{number}}', kind='country', tree='territory',
                  name={{'lo': 'ລາວ', 'en': 'Laos'}}, parent=None, valid_from=date(2020, 1, 1), source='test')
print('written')
"""


@pytest.fixture(scope="module")
def prepared(migrated: Node) -> Iterator[Node]:
    """A node that has served once and stands still, to be copied."""
    with copied(migrated) as made:
        made.serve()
        made.stop()
        yield made


@pytest.fixture(scope="module")
def one(prepared: Node) -> Iterator[Node]:
    """A serving node for those who only ask."""
    with copied(prepared) as made:
        made.serve()
        yield made


@pytest.fixture
def fresh(prepared: Node) -> Iterator[Node]:
    """A serving node of the test's own, to kill."""
    with copied(prepared) as made:
        made.serve()
        assert until(lambda: made.ready()["missing"] == [])
        yield made


def until(fact: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if fact():
            return True
        time.sleep(0.1)
    return False


def child(one: Node, word: str) -> int:
    found = [
        pid
        for pid in descendants(one.servers[-1].pid)
        if f"\0{word}\0" in Path(f"/proc/{pid}/cmdline").read_text() + "\0"
    ]
    assert len(found) == 1, f"{word}: {found}"
    return found[0]


def test_it_answers_and_says_that_nothing_is_missing(one: Node) -> None:
    assert one.get("/health") == (200, b"ok\n")
    assert until(lambda: one.ready()["missing"] == [])
    status, text = one.get("/metrics")
    assert status == 200 and b"onedoor_worker_up 1.0" in text and b"onedoor_letters_unsealed" in text


def test_the_particulars_are_not_for_strangers(one: Node) -> None:
    import urllib.request

    address = f"http://127.0.0.1:{one.port}"
    far = urllib.request.Request(f"{address}/ready", headers={"X-Forwarded-For": "203.0.113.9"})
    with urllib.request.urlopen(far) as answer:
        assert json.loads(answer.read()) == {"ready": True}


def test_its_log_is_json_without_addresses(one: Node) -> None:
    one.get("/follow/0103-1-26-C-000001-7?code=SECRETCODE")
    lines = (one.home / "serve.log").read_text().splitlines()
    assert lines and all(json.loads(line)["at"] for line in lines)
    assert "SECRETCODE" not in "".join(lines) and "000001" not in "".join(lines)


def test_an_enormous_body_is_refused_before_it_is_read(one: Node) -> None:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", one.port, timeout=10)
    connection.putrequest("POST", "/")
    connection.putheader("Content-Length", str(10**12))
    connection.endheaders()
    assert connection.getresponse().status == 413


def test_a_fallen_worker_and_a_fallen_database_come_back(fresh: Node) -> None:
    os.kill(child(fresh, "worker"), signal.SIGKILL)
    assert until(lambda: fresh.ready()["missing"] == [])
    postmaster = int((fresh.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    assert until(lambda: not alive(postmaster))
    assert until(lambda: fresh.get("/ready")[0] == 200 and fresh.ready()["missing"] == [])


def test_a_stopped_worker_pages_answer_and_the_backlog_shows(fresh: Node) -> None:
    worker = child(fresh, "worker")
    os.kill(worker, signal.SIGSTOP)
    try:
        assert fresh.python(WRITE.format(count=3, first="S")).endswith("written")
        assert fresh.ready()["backlog"]["unsealed"] >= 3
        assert until(lambda: fresh.ready()["backlog"]["oldest_seconds"] > 0)
        assert fresh.get("/")[0] == 200
    finally:
        os.kill(worker, signal.SIGCONT)
    assert until(lambda: fresh.ready()["backlog"]["unsealed"] == 0)


def test_two_kills_of_the_whole_tree_lose_nothing(fresh: Node) -> None:
    counted = "from onedoor.domain.access.models import Unit; print(Unit.objects.count())"
    before = int(fresh.python(counted))
    for cut in (1, 2):
        assert fresh.python(WRITE.format(count=20, first=f"K{cut}")).endswith("written")
        kill_tree(fresh.servers[-1].pid)
        fresh.servers.pop().wait()
        fresh.serve()
        assert int(fresh.python(counted)) == before + 20 * cut
        assert until(lambda: fresh.ready()["missing"] == [] and fresh.ready()["backlog"]["unsealed"] == 0)
        verified = fresh.run("verify")
        assert verified.returncode == 0, verified.stdout


def test_it_stops_clean_and_leaves_nobody(fresh: Node) -> None:
    server = fresh.servers[-1]
    all_of_them = descendants(server.pid)
    server.send_signal(signal.SIGTERM)
    assert server.wait(30) == 0
    assert not [pid for pid in all_of_them if alive(pid)]
    assert not (fresh.home / "postgres" / "data" / "postmaster.pid").exists()


def test_children_die_with_a_killed_parent(fresh: Node) -> None:
    server = fresh.servers[-1]
    below = descendants(server.pid)[1:]
    assert len(below) > 2
    server.kill()
    server.wait()
    assert until(lambda: not [pid for pid in below if alive(pid)])


@pytest.mark.parametrize("command", ["serve", "web"])
@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "onedoor.example"])
def test_a_demonstration_does_not_listen_beyond_this_machine(one: Node, command: str, host: str) -> None:
    refused = one.run(command, "--host", host, "--port", "0", ONEDOOR_MODE="demo")
    assert refused.returncode == 2 and "--public-demo" in refused.stderr


def test_an_address_in_use_is_said_in_words(one: Node) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = one.run("serve", "--port", str(taken.getsockname()[1]))
    assert refused.returncode == 2 and "Cannot listen" in refused.stderr and "Traceback" not in refused.stderr
