"""Clients of the front line: plain sockets, so that the load generator takes little of the machine."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode
from uuid import uuid4

CLIENTS = 8
TICKET = re.compile(rb'name="ticket" value="([0-9a-f-]{36})"')
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


class Cycle(Protocol):
    """One person served from ticket to end."""

    def cycle(self, times: Times) -> None:
        """Serve one person; adds how long each request took."""


@dataclass
class Times:
    """What the clients of a round saw."""

    cycles: int = 0
    requests: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Line:
    """One kept connection that speaks just enough HTTP/1.1."""

    def __init__(self, host: str, port: int) -> None:
        self.to = (host, port)
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(self.to, timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.held = b""

    def ask(
        self, method: str, path: str, headers: str, body: bytes, times: Times
    ) -> tuple[int, bytes, bytes]:
        """Status, headers and body of one answer."""
        began = time.perf_counter()
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.to[0]}:{self.to[1]}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        try:
            self._headed(head.encode() + body)
        except (
            ConnectionError
        ):  # a server ends what was idle for half a minute; every write has its key, so it is asked again
            self._open()
            self._headed(head.encode() + body)
        told, _, self.held = self.held.partition(b"\r\n\r\n")
        lower = told.lower()
        if b"transfer-encoding: chunked" in lower:
            content = self._chunks()
        else:
            length = int(re.search(rb"content-length: (\d+)", lower)[1]) if b"content-length" in lower else 0  # type: ignore[index]
            content = self._exactly(length)
        times.requests.append(time.perf_counter() - began)
        return int(told[9:12]), told, content

    def _headed(self, asked: bytes) -> None:
        self.socket.sendall(asked)
        while b"\r\n\r\n" not in self.held:
            self._more()

    def _more(self) -> None:
        got = self.socket.recv(65536)
        if not got:
            raise ConnectionError("the server hung up")
        self.held += got

    def _exactly(self, length: int) -> bytes:
        while len(self.held) < length:
            self._more()
        content, self.held = self.held[:length], self.held[length:]
        return content

    def _chunks(self) -> bytes:
        content = b""
        while True:
            while b"\r\n" not in self.held:
                self._more()
            size, _, self.held = self.held.partition(b"\r\n")
            part = self._exactly(int(size, 16) + 2)[:-2]
            if not part:
                return content
            content += part


class Machine:
    """A client of the token API."""

    def __init__(self, host: str, port: int, token: str, centre: str, counter: str, service: str) -> None:
        self.line = Line(host, port)
        self.base, self.counter = f"/api/v1/centres/{centre}", counter
        self.headers = f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        self.wish = json.dumps({"service": service}).encode()

    def cycle(self, times: Times) -> None:
        """Take a ticket, call the next person, serve them."""
        self.post("/tickets", self.wish, 201, times)
        called = json.loads(self.post(f"/counters/{self.counter}/call-next", b"{}", 200, times))
        for step in ("start", "finish"):
            self.post(f"/tickets/{called['id']}/{step}", b"{}", 200, times)

    def post(self, path: str, body: bytes, expected: int, times: Times) -> bytes:
        """One write that is made once, and its answer. Raises ValueError at another status."""
        headers = f"{self.headers}Idempotency-Key: {uuid4().hex}\r\n"
        status, _, content = self.line.ask("POST", self.base + path, headers, body, times)
        if status != expected:
            raise ValueError(f"{path} gave {status}: {content[:300]!r}")
        return content


class Desk:
    """An officer's browser at the desk's own pages, with session, form token and the keys that the pages give."""

    def __init__(self, host: str, port: int, session: str, centre: str, counter: str, service: str) -> None:
        self.line = Line(host, port)
        self.centre, self.home, self.service = f"/desk/{centre}", f"/desk/{centre}/{counter}", service
        cookies = f"onedoor_session={session}; onedoor_language=lo"
        status, head, page = self.line.ask("GET", f"{self.home}/", f"Cookie: {cookies}\r\n", b"", Times())
        found, given = TOKEN.search(page), re.search(rb"onedoor_csrf=(\w+)", head)
        if status != 200 or found is None or given is None:
            raise ValueError(f"the desk's page gave {status}")
        self.token = found[1].decode()
        self.headers = (
            f"Cookie: {cookies}; onedoor_csrf={given[1].decode()}\r\nHX-Request: true\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
        )

    def cycle(self, times: Times) -> None:
        """Give a ticket at the reception, call the next person, serve them."""
        self.post(f"{self.centre}/reception/", times, service=self.service)
        called = TICKET.search(self.post(f"{self.home}/step/next/", times))
        if called is None:
            raise ValueError("the page after a call names no ticket")
        for step in ("start", "finish"):
            self.post(f"{self.home}/step/{step}/", times, ticket=called[1].decode())

    def post(self, path: str, times: Times, **more: str) -> bytes:
        """One form sent as the desk\'s pages send it, and the part that comes back."""
        body = urlencode({"csrfmiddlewaretoken": self.token, "key": uuid4().hex, **more}).encode()
        status, _, content = self.line.ask("POST", path, self.headers, body, times)
        if status != 200:
            raise ValueError(f"{path} gave {status}: {content[:300]!r}")
        return content


def run(clients: list[Cycle], *, seconds: float) -> Times:
    """All clients at once for so many seconds, each to the end of its last person."""
    end = time.monotonic() + seconds
    seen = [Times() for _ in clients]

    def serve(client: Cycle, times: Times) -> None:
        while time.monotonic() < end and not times.faults:
            try:
                client.cycle(times)
                times.cycles += 1
            except (OSError, ValueError, KeyError) as fault:
                times.faults.append(f"{type(fault).__name__}: {fault}")

    threads = [threading.Thread(target=serve, args=pair) for pair in zip(clients, seen, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Times(
        cycles=sum(one.cycles for one in seen),
        requests=[took for one in seen for took in one.requests],
        faults=[fault for one in seen for fault in one.faults],
    )
