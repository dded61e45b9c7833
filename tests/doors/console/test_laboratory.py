"""The laboratory on the console: who comes in, what is refused with its field, what the pages say."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.planning import api as planning
from onedoor.domain.planning.models import Experiment
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from onedoor.tools.xes.replay import load
from tests.domain.planning.test_experiment import some_cases
from tests.factories.browsers import at_work
from tests.factories.hall import officer
from tests.factories.registry import Registry, open_task, received, registry
from tests.tools.xes.logs import log, written

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
    assert len(table.splitlines()) == 10
    assert "–" not in done.content.decode().partition("lab-headline")[2].partition("</dl>")[0]
    assert console.get(f"{HOME}{new_id()}/").status_code == 404


def test_whom_a_draft_refuses_is_seen_with_why(here: Registry) -> None:
    may = ["planning.experiment", "cases.look_back", "cases.decide", "catalogue.draft", "catalogue.read"]
    writer = officer(at=now(), username="writer", unit=here.ministry, permissions=may, role="writer")
    with everything("a test"):
        some_cases(here, at=now() - timedelta(days=14), count=1)
        held = [received(here, at=now() - timedelta(days=day)).case for day in range(3, 9)]
        for case in held:
            cases.complete(by=here.decider, at=now(), task=open_task(case), outcome="approve")
    code = catalogue.service_by_id(here.birth).code
    begun = catalogue.begin_draft(by=writer, at=now(), id=new_id(), code=code)
    boys = {
        "code": "boys-only",
        "if": 'sex = "male"',
        "words": {"lo": "ສະເພາະເດັກຊາຍ", "en": "Boys only"},
        "otherwise": "not",
        "demonstration": True,
    }
    content = {**begun.documents.content, "eligibility": [boys]}
    catalogue.save_draft(by=writer, at=now(), draft=begun.id, version=begun.version, content=content)
    console = at_work(writer)
    asked = console.post(address(here), form(here, **{"try": f"draft:{begun.id}", "paper": ""}))
    assert asked.status_code == 302, asked.content.decode()
    with everything("the worker"):
        planning.run_experiment(id=Experiment.objects.get().id, at=now())
    view = planning.experiment(writer, id=Experiment.objects.get().id)
    assert (view.result["n"], view.result["open"], view.result["refused"]["newly_count"]) == (7, 6, 6)
    newly = next(claim for claim in view.result["claims"] if claim["code"] == "newly")
    assert (newly["now"], newly["then"], newly["told_apart"]) == (0, 6, True)
    page = console.get(asked["Location"], headers={"Accept-Language": "en"}).content.decode()
    assert set(view.numbers) == set(held) and all(number in page for number in view.numbers.values())
    assert page.count("ສະເພາະເດັກຊາຍ") == 6
    with everything("a test"):
        Experiment.objects.update(result={**view.result, "claims": [{**newly, "then": 3.0}]}, version=3)
    few = console.get(asked["Location"], headers={"Accept-Language": "en"}).content.decode()
    assert "ໜ້ອຍກວ່າ 5" in few and "3," not in console.get(f"{asked['Location'][:-1]}.csv").content.decode()


def test_a_change_of_a_log_is_tried_on_its_page(here: Registry, console: Client, tmp_path: Path) -> None:
    code, service = catalogue.service_by_id(here.birth).code, here.birth
    address = f"{HOME}logs/{code}/"
    assert console.get(address).status_code == 404
    with everything("a test"):
        load(written(tmp_path, log()), service=service, centre=here.centre, name=None, at=now())
    assert address in console.get(HOME).content.decode()
    form = console.get(address).content.decode()
    assert form.count('name="gone"') == len(set(re.findall(r'name="gone" value="([^"]+)"', form))) > 1
    name = re.findall(r'name="gone" value="([^"]+)"', form)[0]
    said = {"since": "2012-01-01", "until": "2012-12-31", "key": str(new_id()), "seed": "1"}
    for wrong, field in (
        ({}, "gone"),
        ({"gone": "x"}, "gone"),
        ({"first": name}, "together"),
        ({"since": "x"}, "since"),
    ):
        answer = console.post(address, {**said, **wrong})
        assert answer.status_code == 422 and f'href="#id_{field}"' in answer.content.decode(), wrong
    asked = console.post(address, {**said, "gone": [name]})
    assert asked.status_code == 302
    with everything("the worker"):
        planning.run_experiment(id=Experiment.objects.get().id, at=now())
    assert name in console.get(asked["Location"]).content.decode()


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
