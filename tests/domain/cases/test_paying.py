"""The fee of a case: fixed with the receiving, waited for, and the case goes on when it is paid or waived."""

from datetime import datetime, timedelta

import pytest

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.cases.handlers import go_on_when_paid
from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Letter
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import SYSTEM, officer
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
        from onedoor.domain.cases.models import Task

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
