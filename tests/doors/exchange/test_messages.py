"""Messages of programs: for a case that waits, or for one that they begin; once, bounded, for a centre of the token."""

from typing import Any

import pytest

from onedoor.domain.cases.models import Case, Message
from onedoor.domain.cases.tasks import messages
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.domain.cases.test_starting import BORN, beginning
from tests.doors.exchange.machines import program
from tests.factories.registry import BIRTH, Registry, registry


@pytest.fixture
def world(db: None) -> Registry:
    return registry(at=now(), process=beginning(BORN), always_open=True)


def said(world: Registry, **more: Any) -> dict[str, Any]:
    about = {"name": "registry.answered", "key": "hospital-7", "centre": world.code, "answers": BIRTH}
    return {"id": str(new_id()), **about, **more}


def test_a_program_begins_a_case(world: Registry) -> None:
    hospital, body = program(world.centre, "cases.message"), said(world)
    first = hospital.post("/messages", body, key="one")
    assert (first.status_code, first.json()) == (200, {"id": body["id"], "taken": True})
    again = hospital.post("/messages", body, key="one")
    assert again.headers["Idempotency-Replayed"] == "true" and again.json() == first.json()
    assert hospital.post("/messages", body).json()["taken"] is False
    assert messages(at=now()) == 1
    with everything("a test looks"):
        assert Case.objects.get().id.hex == body["id"].replace("-", "")


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"key": " "}, 422),
        ({"outcome": "not a word"}, 422),
        ({"unknown": 1}, 422),
        ({"id": "seven"}, 422),
        ({"answers": {str(number): 1 for number in range(300)}}, 422),
        ({"centre": "9999-9"}, 404),
        ({"centre": "0103-2"}, 404),
    ],
)
def test_what_cannot_be_a_message_is_refused(world: Registry, more: dict[str, Any], status: int) -> None:
    hospital = program(world.centre, "cases.message")
    refused = hospital.post("/messages", said(world, **more))
    assert refused.status_code == status, refused.content
    assert program(world.centre, "cases.enter").post("/messages", said(world)).status_code == 403
    assert not Message.objects.exists()
