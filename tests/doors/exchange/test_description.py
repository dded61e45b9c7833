"""The description is asked for what it promises: each operation with values that fit and values that do not, by three askers.

Nothing may answer with a status that is not described, with another content, or with a fault of the server.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from onedoor.domain.access import api as access
from onedoor.doors.exchange import limits
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from tests.factories.hall import SYSTEM
from tests.factories.registry import SCAN
from tests.factories.till import PDF
from tests.house.attempts import receipt_number
from tests.house.test_urls import access_code
from tests.house.world import World, world

CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
MANY = int(os.environ.get("ONEDOOR_EXAMPLES", "3"))
QUIET = list(HealthCheck)
# What this world does not hold: a rating that is asked for, a task of the centre.
ELSEWHERE = {"/api/v1/ratings/{token}", "/api/v1/centres/{centre}/tasks/{task}"}
FILES = ("application/pdf", "image/png", "image/jpeg")
for _kind in FILES:
    schemathesis.openapi.media_type(_kind, st.sampled_from([PDF, SCAN, b"", b"%PDF-", b"\x00"]) | st.binary())


@schemathesis.serializer(*FILES)
def as_it_is(_ctx: Any, value: Any) -> Any:
    """A file is sent as its bytes."""
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture
def at() -> datetime:
    """The door reads the clock, so the world is built now."""
    return now()


@pytest.fixture
def kept_open() -> Iterator[None]:
    """The server's end of a request would close the connection on which the test's transaction runs."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def here(db: None, kept_open: None, at: datetime, monkeypatch: pytest.MonkeyPatch) -> World:
    for bucket in limits.ALL:
        monkeypatch.setattr(bucket, "most", 1_000_000)
    return world(at=at)


@pytest.fixture
def ministry_token(here: World) -> str:
    """A token of the ministry that decides."""
    _, token = access.issue_token(
        by=SYSTEM,
        at=now(),
        name="M",
        unit=here.ministry,
        scopes=["cases.decide", "access.look"],
        roles=["ministry_officer"],
    )
    return token


def operations() -> Iterator[Any]:
    """Every operation of the description, as it is served."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for found in schema.get_all_operations():
        yield found.ok()


def known(here: World) -> dict[str, str]:
    """What the addresses may name that is there."""
    return {
        "centre": here.code,
        "counter": "1",
        "ticket": str(here.called),
        "appointment": str(here.appointment),
        "case": str(here.case),
        "task": str(here.task),
        "paper": str(here.paper),
        "charge": str(here.charge),
        "drawer": str(here.session),
        "day": "2026-02-02",
        "complaint": str(here.complaint),
        "number": receipt_number(here),
        "document": str(here.document),
        "service": access_code(here),
        "unit": here.code,
    }


def ask(operation: Any, *, mode: GenerationMode, token: str, named: dict[str, str], many: int) -> list[int]:
    """Asks with values of the mode, and gives the statuses. Every second question that fits has no filter."""
    there = {part.name: named[part.name] for part in operation.path_parameters if part.name in named}
    found: list[int] = []

    @settings(
        max_examples=many,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=QUIET,
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if mode is GenerationMode.POSITIVE:
            case.path_parameters.update(there)
            if len(found) % 2 == 0:
                case.query.clear()
            if "Idempotency-Key" in (case.headers or {}):
                headers["Idempotency-Key"] = new_id().hex
        undone = transaction.atomic()
        undone._from_testcase = True  # as the test's own block, which a durable one may stand in
        with undone:
            answer = case.call(headers=headers)
            transaction.set_rollback(True)
        access.forget()
        found.append(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    with suppress(Unsatisfiable):  # nothing is wrong for an operation that takes anything, or nothing
        run()
    return found


FIT, UNFIT = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
ASKED = {
    "everything": {FIT: MANY + 1, UNFIT: MANY},
    "anybody": {FIT: 2, UNFIT: 1},
    "stranger": {FIT: 2},
}


@pytest.mark.parametrize("who", ASKED)
def test_nothing_is_answered_that_is_not_described(here: World, ministry_token: str, who: str) -> None:
    named, answered, total = known(here), set(), 0
    for operation in operations():
        own = here.tokens[here.right.id] if "{centre}" in operation.path else ministry_token
        token = {"anybody": "", "everything": own, "stranger": here.tokens[here.stranger.id]}[who]
        if token and operation.definition.raw.get("security") == [] and who == "stranger":
            continue
        there = named | {"charge": str(here.asked)} if "/waivers/" in operation.path else named
        for mode, many in ASKED[who].items():
            try:
                found = ask(operation, mode=mode, token=token, named=there, many=many)
            except Exception as fault:
                fault.add_note(f"{operation.method} {operation.path}, {mode}, as {who}")
                raise
            total += len(found)
            answered |= {operation.path for status in found if status < 300}
    assert total > 60
    reading = {operation.path for operation in operations() if operation.method.upper() == "GET"}
    if who == "everything":
        assert reading - answered <= ELSEWHERE, "these were never answered"
