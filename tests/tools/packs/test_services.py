"""Every service of the Lao pack runs: received, paid where it has a fee, decided each way, and ended."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

import pytest
from django.utils.translation import override

from onedoor.domain.access.api import login_by_name, unit
from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Case, Task
from onedoor.domain.cases.queries.views import answers_of
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.kernel.letters import deliver_batch, seal_batch
from onedoor.kernel.scope import Actor, everything
from onedoor.tools.packs import LAO
from onedoor.tools.packs.checking import check
from onedoor.tools.packs.loading import load
from onedoor.tools.simulator import cash, people
from onedoor.tools.simulator.answers import answers

STEPS = 24
OFFICES = {"decide_1": "GOV-01", "decide_2": "MPWT-01", "decide_3": "MPWT-0103"}
SIZES = (
    (399, 9, "decide_3"),
    (400, 9, "decide_2"),
    (399, 10, "decide_2"),
    (9_999, 20, "decide_2"),
    (10_000, 9, "decide_1"),
    (1, 21, "decide_1"),
)


class Country:
    """The loaded pack, its staff, and a clock that stands still."""

    def __init__(self, at: datetime) -> None:
        held, faults = check(LAO)
        assert not list(faults)
        load(held, by=Actor.system(), at=at)
        self.at, self.chance = at, Random(1)
        self.centre = centres.centre_by_code("0103-1").id
        self.officer = self.login("officer1.saysettha")
        self.drawer = self.open_drawer()

    def login(self, name: str) -> Actor:
        return Actor("staff", login_by_name(name).id)

    def open_drawer(self) -> UUID:
        counter = centres.counters(self.centre)[0].id
        drawer = cash.open_drawer(self.officer, self.at, centre=self.centre, counter=counter)
        assert drawer
        return drawer

    def wait_for(self, service: catalogue.ServiceView) -> None:
        """Moves on to the next day on which the centre offers a service."""
        today = self.at.date()
        if not centres.is_offered(centre=self.centre, service=service.id, on=today):
            view = centres.centre(self.centre)
            following = centres.next_day_of(view, service=service.id, after=today)
            assert following, service.code
            cash.close_drawer(self.officer, self.at, session=self.drawer)
            self.at += following - today
            self.drawer = self.open_drawer()

    def settle(self) -> None:
        while seal_batch() or deliver_batch(at=self.at) or cases.run_services(at=self.at):
            pass

    def received(self, service: catalogue.ServiceView, **more: object) -> UUID:
        form = catalogue.form_to_ask(service.version_id)
        data = answers(form, self.chance, today=self.at.date(), district="0103") | more
        draft = cases.open_draft(by=self.officer, at=self.at, centre=self.centre, service=service.id)
        cases.save_draft(by=self.officer, at=self.at, case=draft.id, data=data)
        for paper in service.papers:
            cases.attach(
                by=self.officer,
                at=self.at,
                case=draft.id,
                paper=paper.code,
                content=people.scan(self.chance),
                name="a.png",
            )
        cases.receive(by=self.officer, at=self.at, case=draft.id, identity="document")
        self.settle()
        return draft.id

    def step(self, case: UUID, offices: list[Actor], ways: list[str]) -> str:
        """Does the case's next step and says which it was; empty when there is none."""
        front = cases.front_list(self.officer, centre=self.centre, at=self.at, limit=200).rows
        back = [(by, row) for by in offices for row in cases.worklist(by, at=self.at, limit=200).rows]
        rows = [*((self.officer, row) for row in front), *back]
        by, row = next(((by, row) for by, row in rows if row.case == case), (None, None))
        if by is None or row is None:
            return ""
        task = cases.task_of(by, task=row.task, at=self.at)
        charge = payments.charge_for(case)
        if charge is not None and charge.state == "open":
            payments.settle_cash(by=self.officer, at=self.at, charge=charge.id, tendered=charge.fee)
            self.settle()
            return "pay"
        outcome = ways.pop(0) if "approve" in task.outcomes else (task.outcomes or ("done",))[0]
        reason = "ບໍ່ຄົບຖ້ວນ" if outcome in ("return", "refuse") else ""
        cases.complete(by=by, at=self.at, task=row.task, outcome=outcome, reason=reason)
        self.settle()
        return task.node

    def walk(self, service: catalogue.ServiceView, *ways: str, **more: object) -> tuple[list[str], str]:
        """The steps of one case from its receipt to its end, and the status it ends with."""
        case, left = self.received(service, **more), list(ways)
        offices = [self.login(name) for name in (unit(service.authority).code.lower(), "gov", "mlsw")]
        steps: list[str] = []
        while len(steps) < STEPS and (done := self.step(case, offices, left)):
            steps.append(done)
        assert not left, f"{service.code}: {steps}"
        return steps, Case.objects.get(id=case).status


@pytest.mark.django_db
def test_every_service_runs_from_receipt_to_its_end(at: datetime) -> None:
    with everything("a test lives at a centre and at every ministry"):
        country = Country(at)
        for service in catalogue.services():
            country.wait_for(service)
            steps, status = country.walk(service, "return", "approve")
            assert status == "handed_over", (service.code, steps)
            assert {"correct", "hand_over"} <= set(steps) and len(steps) >= 4, (service.code, steps)
            fixed = service.fee.state == "set" and not service.fee.open and not service.demonstration
            assert ("pay" in steps) is fixed, (service.code, steps)
            assert country.walk(service, "refuse")[1] == "refused", service.code


@pytest.mark.django_db
def test_an_enterprise_gets_what_it_asks_for_beside_each_other(at: datetime) -> None:
    with everything("a test lives at a centre and at every ministry"):
        country = Country(at)
        enterprise = catalogue.service("enterprise-registration")
        ways = {
            "nothing": set(),
            "seal": {"make_seal"},
            "insurance": {"enrol"},
            "both": {"make_seal", "enrol"},
        }
        for extras, more in ways.items():
            steps, status = country.walk(enterprise, "approve", extras=extras)
            assert {"make_seal", "enrol"} & set(steps) == more and status == "handed_over", (extras, steps)
        assert {unit(row.unit_id).code for row in Task.objects.filter(node="enrol")} == {"MLSW"}
        large = catalogue.service("accommodation-licence")
        country.wait_for(large)
        for investment, step in ((4_999_999_999, "decide"), (5_000_000_000, "decide_ministry")):
            assert step in country.walk(large, "approve", investment=investment)[0]


@pytest.mark.django_db
def test_the_size_of_a_building_says_who_decides(at: datetime) -> None:
    with everything("a test lives at a centre and at every ministry"):
        country = Country(at)
        permit = catalogue.service("construction-permit")
        for area, height, level in SIZES:
            steps, status = country.walk(permit, "approve", floor_area=area, height=height)
            assert (steps[0], status) == (level, "handed_over"), (area, height)
        held = Task.objects.filter(node__startswith="decide_").values_list("node", "unit_id")
        assert {(node, unit(id).code) for node, id in held} == set(OFFICES.items())
        shown = Case.objects.filter(service_id=permit.id, data__floor_area=10_000).get()
        with override("en"):
            said = {name: words for part in answers_of(shown) for _label, words, name in part.rows}
        assert (said["floor_area"], said["height"]) == ("10,000", "9")
