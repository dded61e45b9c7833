"""For auditors: what is marked, samples that can be drawn again, a case taken out and checked outside; only where one may."""

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from onedoor.domain.access import api as access
from onedoor.domain.access.models import Sight
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.documents import api as documents
from onedoor.domain.monitoring import actions
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.monitoring.api import AuditAsked
from onedoor.domain.monitoring.rules.audit import KINDS, belongings, lot, marked
from onedoor.kernel.errors import Invalid
from onedoor.kernel.letters import Letter, outside, seal_batch, sign_head
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import officer
from tests.factories.papers import FACTS
from tests.factories.registry import Registry, open_task, received, registry

pytestmark = pytest.mark.django_db
ALL = ["monitoring.audit", "cases.audit"]
ONE, TWO = UUID(int=11), UUID(int=12)


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    """Heads are anchored in a home of the test."""
    settings.HOME = tmp_path


@pytest.fixture
def world(at: datetime) -> Registry:
    catalogue.process_of.cache_clear()
    catalogue.form_to_ask.cache_clear()
    return registry(at=at)


@pytest.fixture
def auditor(world: Registry, at: datetime) -> Actor:
    return officer(at=at, username="auditor", unit=world.centre, permissions=ALL, role="auditor")


@pytest.fixture
def stranger(world: Registry, at: datetime) -> Actor:
    return officer(at=at, username="elsewhere", unit=world.other_centre, permissions=ALL, role="auditor")


def settle(at: datetime) -> None:
    while seal_batch():
        pass
    sign_head(at=at)
    drain(at=at)


def refused(world: Registry, at: datetime) -> UUID:
    """A case that was refused."""
    case = received(world, at=at).case
    cases.complete(by=world.decider, at=at, task=open_task(case), outcome="refuse", reason="ບໍ່ຄົບ")
    return case


@pytest.mark.parametrize(
    ("name", "said", "kind"),
    [
        ("payments.receipt_voided", {"number": "1", "reason_code": "x", "second": TWO, "total": 5}, "void"),
        ("documents.document_revoked", {"subject": ONE, "number": "1"}, "void"),
        ("payments.charge_waived", {"subject": ONE, "ground_code": "poor", "second": TWO}, "waiver"),
        ("documents.print_begun", {"number": "1", "copy": 2}, "reprint"),
        ("payments.receipt_printed", {"number": "1", "copy": 2}, "reprint"),
        ("queue.ticket_taken", {"priority": True, "number": "A1", "visit": ONE}, "fast"),
        ("queue.ticket_held", {"number": "A1", "visit": ONE}, "fast"),
        ("cases.step_taken", {"outcome": "refuse", "node": "decide"}, "refusal"),
        ("payments.waiver_refused", {"subject": ONE, "second": TWO}, "refusal"),
        ("cases.code_renewed", {"number": "1"}, "override"),
        ("cases.service_retried", {"node": "x"}, "override"),
        ("documents.facts_corrected", {"subject": ONE, "changed": 2}, "override"),
        ("queue.ticket_reissued", {"number": "A2", "former": "A1", "visit": ONE}, "override"),
        ("queue.ticket_out_of_turn", {"number": "A2", "visit": ONE, "reason": "unwell"}, "override"),
        ("payments.session_closed", {"difference": -500}, "override"),
        ("payments.day_closed", {"lost": 1}, "override"),
    ],
)
def test_what_leaves_the_ordinary_way_is_marked(name: str, said: dict[str, Any], kind: str) -> None:
    found = marked(name, TWO, said)
    assert found is not None and found.kind == kind in KINDS


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("documents.print_begun", {"number": "1", "copy": 1}),
        ("payments.receipt_printed", {"number": "1", "copy": 1}),
        ("queue.ticket_taken", {"priority": False, "number": "A1"}),
        ("cases.step_taken", {"outcome": "approve", "node": "decide"}),
        ("payments.session_closed", {"difference": 0}),
        ("payments.day_closed", {"lost": 0}),
        ("payments.day_closed", {}),
        ("cases.received", {}),
    ],
)
def test_what_is_ordinary_is_not(name: str, said: dict[str, Any]) -> None:
    assert marked(name, TWO, said) is None


def test_what_belongs_to_a_case() -> None:
    assert belongings("payments.payment_settled", ONE, {"subject": TWO, "receipt": UUID(int=3)}) == {
        ONE: TWO,
        UUID(int=3): TWO,
    }
    assert belongings("queue.obligation_opened", ONE, {"subject": TWO}) == {}
    assert belongings("documents.print_begun", ONE, {}) == {}


def test_marks_by_kind_place_and_day_page_by_page(
    world: Registry, auditor: Actor, stranger: Actor, at: datetime
) -> None:
    found = [refused(world, at + timedelta(days=day)) for day in range(3)]
    cases.renew_code(by=world.officer, at=at, number=numbered(found[0]))
    settle(at + timedelta(days=3))
    page = monitoring.marks(auditor)
    assert page.counts["refusal"] == 3 and page.counts["override"] == 1
    assert [row.subject for row in page.rows if row.kind == "refusal"] == found[::-1]
    seen, after = [], None
    for _ in range(3):
        one = monitoring.marks(auditor, asked=AuditAsked(kind="refusal"), after=after, limit=1)
        seen, after = [*seen, *(row.subject for row in one.rows)], one.after
    assert seen == found[::-1] and after is None
    day = AuditAsked(since=at.date() + timedelta(days=1), until=at.date() + timedelta(days=1))
    assert [row.subject for row in monitoring.marks(auditor, asked=day).rows] == [found[1]]
    assert monitoring.marks(stranger).rows == []
    for who, centre in ((stranger, world.code), (auditor, "nowhere")):
        with pytest.raises(monitoring.OutOfSight):
            monitoring.marks(who, asked=AuditAsked(centre=centre))
    with pytest.raises(access.NotPermitted):
        monitoring.marks(world.officer)


def test_a_document_printed_again_leads_to_its_case(world: Registry, auditor: Actor, at: datetime) -> None:
    case = received(world, at=at).case
    document = documents.prepare(
        by=Actor.system(), at=at, subject=case, centre=world.centre, kind="birth-certificate", facts=FACTS
    )
    settle(at)
    begun = documents.PrintBegun(number="0103-1-26-D-000001-1", copy=2)
    letter = Letter(
        id=10**9,
        origin=ONE,
        type=begun.name,
        schema=1,
        kind="documents.document",
        aggregate=document.id,
        epoch=1,
        version=9,
        actor_kind="staff",
        actor=world.officer.id,
        centre=world.centre,
        at=at,
        body=begun.body(),
    )
    for _ in range(2):
        actions.audit(told=[(letter, begun)])
    (row,) = monitoring.marks(auditor).rows
    assert (row.kind, row.subject, row.amount) == ("reprint", case, 2)


def numbered(case: UUID) -> str:
    from onedoor.domain.cases.models import Case

    with everything("a test looks"):
        return str(Case.objects.get(id=case).number)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"asked": AuditAsked(kind="x")}, "kind"),
        ({"after": "x"}, "after"),
        ({"after": "2026-01-01T00:00:00.5"}, "after"),
        ({"asked": AuditAsked(since=date(2026, 2, 1), until=date(2026, 1, 1))}, "until"),
        ({"asked": AuditAsked(since=date(1, 1, 1))}, "since"),
    ],
)
def test_what_is_no_question_is_refused(auditor: Actor, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        monitoring.marks(auditor, **more)
    assert refusal.value.field == field


def test_the_same_seed_draws_the_same_sample(
    world: Registry, auditor: Actor, stranger: Actor, at: datetime
) -> None:
    every = [received(world, at=at + timedelta(hours=hour)).case for hour in range(7)]
    settle(at + timedelta(days=1))
    drawn = monitoring.sample(auditor, seed="March 2026", size=3)
    assert drawn.population == 7 and drawn == monitoring.sample(auditor, seed=" March 2026 ", size=3)
    by_hand = sorted(every, key=lambda case: sha256(f"March 2026|{case}".encode()).hexdigest())
    assert list(drawn.cases) == by_hand[:3]
    assert monitoring.sample(auditor, seed="March 2026", size=200).cases == tuple(by_hand)
    assert monitoring.sample(auditor, seed="April 2026", size=7).cases != tuple(by_hand)
    assert (
        monitoring.sample(auditor, seed="x", size=1, asked=AuditAsked(until=date(2020, 1, 1))).population == 0
    )
    assert monitoring.sample(stranger, seed="March 2026", size=3).population == 0
    assert lot("a", ONE) != lot("b", ONE)


@pytest.mark.parametrize(
    ("seed", "size"), [("", 5), (" ", 5), ("x" * 61, 5), ("a\nb", 5), ("a", 0), ("a", 201)]
)
def test_a_sample_needs_a_seed_and_a_size(auditor: Actor, seed: str, size: int) -> None:
    with pytest.raises(monitoring.NotASample):
        monitoring.sample(auditor, seed=seed, size=size)


def test_a_case_is_taken_out_whole_and_checked_outside(
    world: Registry, auditor: Actor, stranger: Actor, at: datetime
) -> None:
    case = refused(world, at)
    document = documents.prepare(
        by=Actor.system(), at=at, subject=case, centre=world.centre, kind="birth-certificate", facts=FACTS
    )
    with pytest.raises(monitoring.ProofNotReady):
        monitoring.take_out(by=auditor, at=at, case=case)
    settle(at)
    before = Sight.objects.filter(subject=case, why="export").count()
    name, content = monitoring.take_out(by=auditor, at=at, case=case)
    assert Sight.objects.filter(subject=case, why="export").count() == before + 1
    told = outside.check(content)
    assert told["case"] == str(case) and told["number"] in name and told["letters"] >= 5
    files = outside.opened(content)
    state = json.loads(files["state.json"])
    assert state["case"]["row"]["data"]["child_name"]["en"] == "Dao Vongxay"
    assert state["case"]["children"]["cases.paper"] and "code_hash" not in state["case"]["row"]
    assert state["beside"][0]["row"]["id"] == str(document.id)
    kinds = {letter["written"]["kind"] for letter in json.loads(files["letters.json"])}
    assert kinds == {"cases.case", "documents.document"}
    with pytest.raises(cases.NoSuchCase):
        monitoring.take_out(by=stranger, at=at, case=case)
    with pytest.raises(access.NotPermitted):
        monitoring.take_out(by=world.officer, at=at, case=case)


def test_an_auditor_reads_cases_and_changes_none(
    world: Registry, auditor: Actor, stranger: Actor, at: datetime
) -> None:
    got = received(world, at=at)
    seen = cases.see_case(by=auditor, at=at, case=got.case)
    assert seen.number == got.number
    assert cases.audited(auditor, at=at, cases=[got.case])[got.case].number == got.number
    assert cases.audited(stranger, at=at, cases=[got.case]) == {}
    with pytest.raises(cases.NoSuchCase):
        cases.see_case(by=stranger, at=at, case=got.case)
    for attempt in (
        lambda: cases.complete(by=auditor, at=at, task=open_task(got.case), outcome="approve"),
        lambda: cases.withdraw(by=auditor, at=at, case=got.case, reason="x"),
        lambda: cases.open_draft(by=auditor, at=at, centre=world.centre, service=world.birth),
    ):
        with pytest.raises((access.NotPermitted, cases.NoSuchTask, cases.NoSuchCase)):
            attempt()
