"""The fee of a case: fixed with the receiving, waited for, and the case goes on when it is paid or waived."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.cases.actions.paying import paid
from onedoor.domain.cases.handlers import go_on_when_paid
from onedoor.domain.cases.models import Task
from onedoor.domain.cases.providers import Call, handler
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.api import FeeLine, Quote
from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Letter
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import SYSTEM, officer
from tests.factories.races import together
from tests.factories.registry import Registry, open_task, registry
from tests.factories.till import APPROVE, PDF, TAKE, publish_tariff

DOCUMENT = {
    "document_kind": "sale",
    "document_date": "2026-02-20",
    "first_party": {"lo": "ນາງ ຄຳ ວົງໄຊ", "en": "Kham Vongxay"},
    "subject": "ຂາຍລົດຈັກ",
    "applicant_name": {"lo": "ນາງ ຄຳ ວົງໄຊ", "en": "Kham Vongxay"},
    "applicant_district": "0103",
}


@pytest.fixture
def here(db: None, at: datetime) -> Registry:
    return world(at)


def world(at: datetime) -> Registry:
    """A registry whose fees are paid at a counter."""
    made = registry(at=at)
    with everything("a test builds its world"):
        publish_tariff(at=at)
        centres.save_counter(
            by=SYSTEM,
            at=at,
            id=new_id(),
            centre=made.centre,
            code="1",
            name={"lo": "ຊ່ອງ 1", "en": "Counter 1"},
        )
    return made


def brought(here: Registry, *, at: datetime) -> cases.Received:
    draft = cases.open_draft(by=here.officer, at=at, centre=here.centre, service=here.document)
    cases.save_draft(by=here.officer, at=at, case=draft.id, data=DOCUMENT)
    return cases.receive(by=here.officer, at=at, case=draft.id)


def cashier(here: Registry, *, at: datetime, name: str, rights: list[str]) -> Actor:
    who = officer(at=at, username=name, unit=here.centre, permissions=rights, role=name)
    access.forget()
    return who


def opened(here: Registry, *, at: datetime) -> Actor:
    who = cashier(here, at=at, name="cashier", rights=TAKE)
    counter = centres.counters(here.centre)[0].id
    payments.open_session(by=who, at=at, centre=here.centre, counter=counter, notes={"5000": 10})
    return who


def waiting(case: cases.Received) -> str:
    with everything("a test looks"):
        return Task.objects.get(case_id=case.case, state="open").node


def test_a_paid_fee_moves_the_case_on_once(here: Registry, at: datetime) -> None:
    case = brought(here, at=at)
    charge = payments.charge_for(case.case)
    assert charge is not None and charge.fee == 40_000
    assert waiting(case) == "pay"
    with everything("a test looks"), pytest.raises(cases.TaskWaitsForPayment):
        cases.complete(by=here.officer, at=at, task=open_task(case.case))
    payments.settle_cash(by=opened(here, at=at), at=at, charge=charge.id, tendered=50_000)
    drain(at=at + timedelta(minutes=1))
    assert waiting(case) == "decide"
    row = LetterRow.objects.get(type="payments.payment_settled")
    letter = Letter(**{name: getattr(row, name, None) for name in Letter.__dataclass_fields__})
    go_on_when_paid(letter, letter.event())
    assert waiting(case) == "decide"


def test_a_waived_fee_moves_the_case_on(here: Registry, at: datetime) -> None:
    case = brought(here, at=at)
    charge = payments.charge_for(case.case)
    assert charge is not None
    asker = cashier(here, at=at, name="cashier", rights=TAKE)
    payments.ask_waiver(by=asker, at=at, charge=charge.id, ground="poor", content=PDF, name="a.pdf")
    payments.waive(by=cashier(here, at=at, name="head", rights=APPROVE), at=at, charge=charge.id)
    drain(at=at + timedelta(minutes=1))
    assert waiting(case) == "decide"


def test_a_withdrawn_case_owes_nothing(here: Registry, at: datetime) -> None:
    case = brought(here, at=at)
    cases.withdraw(by=here.officer, at=at, case=case.case, reason="No longer needed.")
    assert payments.charge_for(case.case) is None


def test_a_withdrawn_case_whose_money_goes_back_owes_nothing_again(here: Registry, at: datetime) -> None:
    case = brought(here, at=at)
    charge = payments.charge_for(case.case)
    assert charge is not None
    receipt = payments.settle_cash(by=opened(here, at=at), at=at, charge=charge.id, tendered=40_000)
    drain(at=at + timedelta(minutes=1))
    cases.withdraw(by=here.officer, at=at, case=case.case, reason="No longer needed.")
    head = cashier(here, at=at, name="head", rights=APPROVE)
    payments.void(by=head, at=at, receipt=receipt.id, reason="returned")
    drain(at=at + timedelta(minutes=2))
    assert payments.charge_for(case.case) is None
    assert payments.due(by=head, centre=here.centre) == []


def test_a_fee_that_comes_to_nothing_is_not_waited_for(
    here: Registry, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onedoor.domain.cases.actions.paying.charge", lambda **_: None)
    case = brought(here, at=at)
    assert waiting(case) == "decide"
    versions = list(LetterRow.objects.filter(aggregate=case.case).values_list("version", flat=True))
    assert sorted(versions) == list(range(1, len(versions) + 1))


def at_the_decision(here: Registry, *, at: datetime) -> tuple[cases.Received, payments.Receipt]:
    """A case that is paid and waits to be decided."""
    case = brought(here, at=at)
    charge = payments.charge_for(case.case)
    assert charge is not None
    receipt = payments.settle_cash(by=opened(here, at=at), at=at, charge=charge.id, tendered=40_000)
    drain(at=at + timedelta(minutes=1))
    return case, receipt


def step(case: cases.Received, by: Actor, at: datetime, outcome: str = "done", **said: Any) -> None:
    with everything("a test looks for the task"):
        task = open_task(case.case)
    cases.complete(by=by, at=at, task=task, outcome=outcome, **said)


def test_while_the_fee_is_owed_again_nothing_goes_on(here: Registry, at: datetime) -> None:
    case, receipt = at_the_decision(here, at=at)
    head = cashier(here, at=at, name="head", rights=APPROVE)
    payments.void(by=head, at=at, receipt=receipt.id, reason="amount")
    drain(at=at + timedelta(minutes=2))
    with pytest.raises(cases.FeeIsOwed):
        step(case, here.other_decider, at, "approve")
    again = payments.charge_for(case.case)
    assert again is not None and again.state == "open"
    payments.settle_cash(by=Actor(kind="staff", id=receipt.officer), at=at, charge=again.id, tendered=40_000)
    drain(at=at + timedelta(minutes=3))
    step(case, here.other_decider, at, "approve")


def test_a_void_behind_a_decision_needs_a_ground_and_holds_the_result_back(
    here: Registry, at: datetime
) -> None:
    case, receipt = at_the_decision(here, at=at)
    step(case, here.other_decider, at, "approve")
    step(case, here.other_decider, at)
    head = cashier(here, at=at, name="head", rights=APPROVE)
    with pytest.raises(payments.GoneOn):
        payments.void(by=head, at=at, receipt=receipt.id, reason="money")
    payments.void(by=head, at=at, receipt=receipt.id, reason="money", note="A false note was found.")
    with pytest.raises(cases.FeeIsOwed):
        step(case, here.officer, at)


def test_what_was_handed_over_stays_paid(here: Registry, at: datetime) -> None:
    case, receipt = at_the_decision(here, at=at)
    step(case, here.other_decider, at, "approve")
    step(case, here.other_decider, at)
    step(case, here.officer, at)
    head = cashier(here, at=at, name="head", rights=APPROVE)
    with pytest.raises(payments.ResultIsOut):
        payments.void(by=head, at=at, receipt=receipt.id, reason="money", note="A false note.")


def test_a_document_is_not_issued_while_a_fee_is_owed(here: Registry, at: datetime) -> None:
    case, receipt = at_the_decision(here, at=at)
    head = cashier(here, at=at, name="head", rights=APPROVE)
    payments.void(by=head, at=at, receipt=receipt.id, reason="amount")
    call = Call(
        case=case.case,
        number=case.number,
        centre=here.centre,
        service=here.document,
        edition=here.document,
        person=None,
        data={},
        at=at,
    )
    found = handler("documents.issue")
    assert found is not None
    with everything("a test stands in for the worker"), pytest.raises(cases.FeeIsOwed):
        found.run(call)


def test_a_correction_that_makes_the_fee_higher_is_owed_before_the_decision(
    here: Registry, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _receipt = at_the_decision(here, at=at)
    step(case, here.other_decider, at, "return", reason="It is a loan.")
    fee = FeeLine(code="fee", name={"lo": "ຄ່າທຳນຽມ"}, amount=65_000)
    monkeypatch.setattr(
        "onedoor.domain.payments.actions.charges.quote", lambda **_: Quote(state="set", lines=(fee,))
    )
    step(case, here.officer, at, data={**DOCUMENT, "document_kind": "loan"})
    assert payments.owed_for(case.case) == 25_000
    fee = cases.see_case(by=here.officer, at=at, case=case.case).fee
    assert fee is not None and "25" in fee.notes[-1] and "40" in fee.notes[-1], "what is paid, what is left"
    assert (fee.lines[-1]["was"], fee.lines[-1]["now"]) == (40_000, 65_000)
    assert (fee.owed, fee.total) == (25_000, 65_000)
    with pytest.raises(cases.FeeIsOwed):
        step(case, here.other_decider, at, "approve")


def test_a_result_that_waited_for_the_fee_is_tried_again_when_it_is_paid(
    here: Registry, at: datetime
) -> None:
    case, _receipt = at_the_decision(here, at=at)
    with everything("a test stands in for the worker"):
        Task.objects.filter(case_id=case.case, state="open").update(
            kind="service", state="failed", fault="fee_is_owed", attempts=5
        )
        paid(at=at, case=case.case)
        task = Task.objects.get(case_id=case.case, kind="service")
    assert (task.state, task.attempts, task.try_at) == ("open", 0, at)


@pytest.mark.django_db(transaction=True)
def test_a_void_and_the_step_that_relies_on_the_payment_see_one_another(
    transactional_db: None, at: datetime
) -> None:
    catalogue.process_of.cache_clear()
    catalogue.form_to_ask.cache_clear()
    here = world(at)
    case, receipt = at_the_decision(here, at=at)
    head = cashier(here, at=at, name="head", rights=APPROVE)
    results = together(
        partial(step, case, here.other_decider, at, "approve"),
        partial(payments.void, by=head, at=at, receipt=receipt.id, reason="amount"),
    )
    refused = [each for each in results if isinstance(each, Exception)]
    assert len(refused) == 1, results
    assert isinstance(refused[0], cases.FeeIsOwed | payments.GoneOn), results
