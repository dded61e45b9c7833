"""The auditor's pages: what left the ordinary way, a sample by seed, a case taken out; timed, read-only, every look recorded."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver

from onedoor.domain.access import api as access
from onedoor.domain.access.models import Sight
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.monitoring.models import Visit
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.letters import follow_batch, outside, seal_batch, sign_head
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import PUBLIC, Actor, permission_of
from tests.factories.browsers import at_work
from tests.factories.offices import SYSTEM, give, role, staff
from tests.factories.registry import Registry, open_task, received, registry

pytestmark = pytest.mark.django_db
FAR, MORNING = date(9000, 1, 1), datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PERMISSIONS = ["access.look", "payments.read", "monitoring.see", "monitoring.audit", "cases.audit"]


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> Registry:
    settings.HOME = tmp_path
    catalogue.process_of.cache_clear()
    catalogue.form_to_ask.cache_clear()
    return registry(at=now())


@pytest.fixture
def auditor(world: Registry) -> Actor:
    """Let in until some day that has not come."""
    at = now()
    role("auditor", *PERMISSIONS, at=at, audience="audit")
    who = staff("auditor", at=at)
    give(who, "auditor", access.unit_by_code("LA").id, at=at, until=FAR)
    access.forget()
    return who


def refused(world: Registry) -> UUID:
    """A refused case, told to everybody."""
    case = received(world, at=now()).case
    cases.complete(by=world.decider, at=now(), task=open_task(case), outcome="refuse", reason="ບໍ່ຄົບ")
    while seal_batch():
        pass
    sign_head(at=now())
    drain(at=now())
    return case


def test_a_refusal_leads_to_its_case_and_the_look_is_recorded(world: Registry, auditor: Actor) -> None:
    case = refused(world)
    browser = at_work(auditor)
    page = browser.get("/console/audit/")
    assert page.status_code == 200 and f"/console/audit/cases/{case}/" in page.content.decode()
    for query in ("kind=refusal", f"centre={world.code}", f"since={now():%Y-%m-%d}"):
        assert str(case) in browser.get(f"/console/audit/?{query}").content.decode(), query
    for query in ("kind=void", "until=2020-01-01"):
        assert str(case) not in browser.get(f"/console/audit/?{query}").content.decode(), query
    before = Sight.objects.filter(subject=case, actor=auditor.id).count()
    shown = browser.get(f"/console/audit/cases/{case}/")
    assert "Dao Vongxay" in shown.content.decode()
    assert Sight.objects.filter(subject=case, actor=auditor.id).count() == before + 1


@pytest.mark.parametrize("query", ["kind=x", "since=x", "after=x", "since=2026-02-02&until=2026-01-01"])
def test_what_is_no_question_is_said(auditor: Actor, query: str) -> None:
    page = at_work(auditor).get(f"/console/audit/?{query}")
    assert page.status_code == 422 and "error-summary" in page.content.decode()
    assert at_work(auditor).get("/console/audit/?centre=nowhere").status_code == 404


def test_a_sample_states_seed_population_and_rule(world: Registry, auditor: Actor) -> None:
    case = refused(world)
    browser = at_work(auditor)
    shown = browser.get("/console/audit/sample/?seed=March+2026&size=5", headers={"Accept-Language": "en"})
    text = shown.content.decode()
    assert "March 2026|" in text and "SHA-256" in text and str(case) in text
    assert browser.get("/console/audit/sample/").status_code == 200
    for query in ("seed=x&size=0", "seed=x&size=999", "seed=x&size=many", f"seed={'x' * 70}&size=1"):
        assert browser.get(f"/console/audit/sample/?{query}").status_code == 422, query


def test_a_case_is_taken_out_and_holds_outside(world: Registry, auditor: Actor) -> None:
    case = refused(world)
    browser = at_work(auditor)
    got = browser.post(f"/console/audit/cases/{case}/export/")
    assert got.status_code == 200 and got.headers["Content-Disposition"].startswith("attachment")
    assert outside.check(got.content)["case"] == str(case)
    assert Sight.objects.filter(subject=case, actor=auditor.id, why="export").count() == 1
    script = browser.get("/console/audit/verify_case.py")
    assert script.content == outside.opened(got.content)["verify_case.py"]


def test_a_priority_ticket_without_a_case_leads_to_its_facts(world: Registry, auditor: Actor) -> None:
    asked = {"by": SYSTEM, "at": MORNING, "centre": world.centre, "service": world.birth}
    ticket, plain = queue.take_ticket(**asked, priority=True, name="ນາງ ດາວ"), queue.take_ticket(**asked)
    while seal_batch():
        pass
    while follow_batch():
        pass
    browser = at_work(auditor)
    browser.cookies["onedoor_language"] = "en"
    address = f"/console/audit/tickets/{ticket.id}/"
    assert f'href="{address}"' in browser.get("/console/audit/?kind=fast").content.decode()
    page = browser.get(address).content.decode()
    assert ticket.number in page and "Ticket taken" in page and "asked something" in page
    assert "ນາງ ດາວ" not in page, "who it was is no matter of this page"
    assert browser.get(f"/console/audit/tickets/{plain.id}/").status_code == 404
    give(elsewhere := staff("elsewhere", at=now()), "auditor", world.other_centre, at=now(), until=FAR)
    access.forget()
    assert at_work(elsewhere).get(address).status_code == 404
    Visit.objects.all().delete()
    assert "no longer kept" in browser.get(address).content.decode()


def test_an_auditor_changes_nothing(world: Registry, auditor: Actor) -> None:
    """Whatever an auditor sends to a door that asks for a permission is refused, and no letter is written."""
    case, browser = received(world, at=now()).case, at_work(auditor)
    browser.raise_request_exception = False
    before = LetterRow.objects.count()
    filled = {"case": case, "task": open_task(case), "centre": world.code, "counter": "1"}
    for address, view in guarded(get_resolver(), "/", filled):
        asked = permission_of(view)
        if isinstance(asked, str) and asked != PUBLIC and not address.endswith("/export/"):
            answer = browser.post(address)
            assert answer.status_code in (401, 403, 404, 405), (address, answer.status_code)
    assert LetterRow.objects.count() == before


def guarded(resolver: Any, prefix: str, filled: dict[str, Any]) -> list[tuple[str, Any]]:
    """Every address with its view."""
    found: list[tuple[str, Any]] = []
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            found += guarded(pattern, address, filled)
        else:
            named = re.sub(
                r"<(?:[a-z_]+:)?([a-z_]+)>", lambda one: str(filled.get(one.group(1), UUID(int=5))), address
            )
            found.append((named, pattern.callback))
    return found


def test_an_expired_auditor_is_refused(world: Registry, auditor: Actor) -> None:
    browser = at_work(auditor)
    assert browser.get("/console/audit/").status_code == 200
    give(auditor, "auditor", access.unit_by_code("LA").id, at=now(), until=date(2022, 1, 1))
    access.forget()
    assert browser.get("/console/audit/").status_code == 403
    assert browser.post(f"/console/audit/cases/{UUID(int=5)}/export/").status_code == 403


def test_others_are_refused(world: Registry) -> None:
    assert at_work(world.officer).get("/console/audit/").status_code == 403
    assert Client().get("/console/audit/").status_code == 302
