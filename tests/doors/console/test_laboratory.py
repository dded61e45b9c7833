"""The laboratory on the console: who comes in, what is refused with its field, what the pages say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.planning import api as planning
from onedoor.domain.planning.models import Experiment
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.domain.planning.test_experiment import some_cases
from tests.factories.browsers import at_work
from tests.factories.hall import officer
from tests.factories.registry import Registry, registry

HOME = "/console/laboratory/"


@pytest.fixture
def here(db: None) -> Registry:
    return registry(at=now() - timedelta(days=20), always_open=True)


@pytest.fixture
def console(here: Registry) -> Client:
    may = ["planning.experiment", "cases.look_back", "cases.decide"]
    who = officer(at=now(), username="planner", unit=here.ministry, permissions=may, role="planner")
    return at_work(who)


def form(here: Registry, **more: str) -> dict[str, Any]:
    """What somebody fills in who drops the village's notification."""
    since = (now() - timedelta(days=15)).date()
    said = {
        "try": "change",
        "since": since.isoformat(),
        "until": now().date().isoformat(),
        "key": str(new_id()),
    }
    return {**said, "paper": "village-notification", "errand": "yes", "seed": "1", **more}


def address(here: Registry) -> str:
    return f"{HOME}services/{catalogue.service_by_id(here.birth).code}/"


def test_an_experiment_is_asked_for_watched_and_read(here: Registry, console: Client) -> None:
    with everything("a test"):
        some_cases(here, at=now() - timedelta(days=14), count=6)
    assert console.get(address(here)).status_code == 200
    asked = console.post(address(here), form(here))
    assert asked.status_code == 302
    waiting = console.get(asked["Location"])
    assert waiting["Refresh"] == "3" and b"<progress" in waiting.content
    held = Experiment.objects.get()
    with everything("the worker"):
        planning.run_experiment(id=held.id, at=now())
    done = console.get(asked["Location"])
    assert "Refresh" not in done and b"<polyline" in done.content
    assert str(held.id) in console.get(HOME).content.decode()
    table = console.get(f"{HOME}{held.id}.csv").content.decode("utf-8-sig")
    assert len(table.splitlines()) == 7
    assert console.get(f"{HOME}{new_id()}/").status_code == 404


WRONG: list[tuple[dict[str, str], str]] = [
    ({"since": "x"}, "since"),
    ({"since": "2030-01-01", "until": "2030-01-02"}, "since"),
    ({"paper": ""}, "paper"),
    ({"paper": "other"}, "paper"),
    ({"merge": "a|b"}, "merge"),
    ({"merge": "a"}, "merge"),
    ({"time": "soon"}, "time"),
    ({"limit": "a/1", "limit_to": "x"}, "limit_to"),
    ({"try": "draft:x"}, "try"),
    ({"try": "edition:99"}, "try"),
    ({"try": "edition:x"}, "try"),
    ({"people-officer": "many"}, "people"),
    ({"work_minutes": "-1"}, "work_minutes"),
    ({"key": "x"}, "key"),
    ({"paper": "\x00" * 9, "time": "9" * 400}, "time"),
]


def test_what_cannot_be_tried_names_its_field(here: Registry, console: Client) -> None:
    for wrong, field in WRONG:
        answer = console.post(address(here), form(here, **wrong))
        assert answer.status_code == 422, wrong
        assert f'href="#id_{field}"' in answer.content.decode(), wrong
    assert not Experiment.objects.exists()


def test_others_do_not_come_in(here: Registry, console: Client) -> None:
    assert at_work(here.officer).get(HOME).status_code == 403
    assert console.get(f"{HOME}services/no-such-service/").status_code == 404
    for draft in (f"draft:{new_id()}",):
        assert console.post(address(here), form(here, **{"try": draft})).status_code == 404
