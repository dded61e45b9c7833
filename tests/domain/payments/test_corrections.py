"""A fee that changes with corrected answers: more is owed as a difference, less is given back by the second person."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from onedoor.domain.catalogue.api import FeeLine, Quote
from onedoor.domain.payments import api as payments
from onedoor.domain.payments import errors
from onedoor.domain.payments.models import Charge
from onedoor.domain.payments.rules import Owing, merged, plan, total
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.factories.till import PDF, Till, till

CODES = some.dictionaries(some.sampled_from("abc"), some.integers(1, 9), max_size=3)


def lines(amounts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"kind": "fee", "code": code, "name": {}, "amount": amount} for code, amount in amounts.items()]


@settings(max_examples=60)
@given(
    fee=CODES, charges=some.lists(some.tuples(some.sampled_from(["settled", "waived"]), CODES), max_size=3)
)
def test_what_is_paid_waived_and_owed_comes_to_the_new_fee(
    fee: dict[str, int], charges: list[tuple[str, dict[str, int]]]
) -> None:
    held = [Owing(id=new_id(), state=state, lines=lines(amounts)) for state, amounts in charges]
    wanted = plan(lines(fee), held)
    assert not (wanted.owed and wanted.shrunk)
    kept = sum(total(wanted.shrunk.get(each.id, each.lines)) for each in held)
    waived = sum(total(each.lines) for each in held if each.state == "waived")
    assert kept + total(wanted.owed) == max(total(lines(fee)), waived)
    assert all(total(shrunk) >= 0 for shrunk in wanted.shrunk.values())
    assert {each.id for each in held if each.state == "waived"}.isdisjoint(wanted.shrunk)


def test_a_difference_says_what_each_line_was_and_is() -> None:
    paid = Owing(id=new_id(), state="settled", lines=lines({"a": 10, "b": 30}))
    wanted = plan(lines({"a": 25, "c": 20}), [paid])
    said = {line["code"]: (line["was"], line["now"], line["amount"]) for line in wanted.owed}
    assert said == {"a": (10, 25, 15), "b": (30, 0, -30), "c": (0, 20, 20)}
    assert merged(wanted.owed, paid.lines) == merged(lines({"a": 25, "c": 20}))


class Case:
    """Something whose fee is the sum of two lines that its answers say."""

    def __init__(self, made: Till, at: datetime) -> None:
        self.made, self.at, self.subject = made, at, new_id()
        self.about = {"by": made.officer, "at": at, "subject": self.subject, "visit": None}
        self.about |= {"centre": made.centre, "edition": made.edition}

    def charged(self, **answers: int) -> payments.Charge:
        made = payments.charge(**self.about, answers=answers)  # type: ignore[arg-type]
        assert made is not None
        return made

    def corrected(self, **answers: int) -> None:
        payments.recharge(**self.about, answers=answers)  # type: ignore[arg-type]

    def paid(self, charge: payments.Charge | None = None) -> payments.Receipt:
        held = charge or payments.charge_for(self.subject)
        assert held is not None
        return payments.settle_cash(by=self.made.officer, at=self.at, charge=held.id, tendered=held.fee)

    @property
    def owed(self) -> int:
        return payments.owed_for(self.subject)


@pytest.fixture
def case(db: None, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Case:
    def quote(*, service: UUID, answers: dict[str, int], on: object) -> Quote:
        said = [FeeLine(code=code, name={"lo": code}, amount=amount) for code, amount in answers.items()]
        return Quote(state="set", lines=tuple(said))

    made = till(at=at)
    made.open(at=at)
    monkeypatch.setattr("onedoor.domain.payments.actions.charges.quote", quote)
    return Case(made, at)


def test_before_it_is_paid_the_charge_itself_changes(case: Case) -> None:
    charge = case.charged(a=40_000)
    case.corrected(a=60_000)
    assert (case.owed, payments.charge_of(by=case.made.officer, charge=charge.id).fee) == (60_000, 60_000)
    case.corrected(a=60_000)
    case.corrected()
    assert case.owed == 0
    assert payments.charge_for(case.subject) is None
    case.corrected(a=5_000)
    assert case.owed == 5_000


def test_more_is_owed_as_a_difference_and_the_rest_stays_paid(case: Case) -> None:
    case.charged(a=40_000)
    first = case.paid()
    case.corrected(a=40_000)
    assert case.owed == 0
    case.corrected(a=40_000, b=20_000)
    more = payments.charge_for(case.subject)
    assert more is not None and case.owed == more.fee == 20_000
    (line,) = more.lines
    assert (line["code"], line["was"], line["now"]) == ("b", 0, 20_000)
    second = case.paid(more)
    assert (second.total, first.state) == (20_000, "valid")
    assert case.owed == 0
    assert payments.ledger_faults() == []


def test_less_waits_for_the_second_person_and_is_charged_anew(case: Case) -> None:
    case.charged(a=40_000, b=20_000)
    receipt = case.paid()
    case.corrected(a=45_000)
    assert case.owed == 0
    (found,) = payments.corrections(by=case.made.head, centre=case.made.centre)
    assert (found.receipt, found.back) == (receipt, 15_000)
    assert {line["code"]: (line["was"], line["now"]) for line in found.lines} == {
        "a": (40_000, 45_000),
        "b": (20_000, 0),
    }
    payments.void(by=case.made.head, at=case.at, receipt=receipt.id, reason="corrected")
    assert case.owed == 45_000
    assert payments.corrections(by=case.made.head, centre=case.made.centre) == []
    case.paid()
    assert payments.ledger_faults() == []


def test_back_and_forth_comes_to_what_was_paid(case: Case) -> None:
    case.charged(a=40_000)
    case.paid()
    case.corrected(a=10_000)
    case.corrected(a=40_000)
    assert payments.corrections(by=case.made.head, centre=case.made.centre) == []
    assert case.owed == 0


def test_what_comes_to_nothing_is_not_owed_again(case: Case) -> None:
    case.charged(a=40_000)
    receipt = case.paid()
    case.corrected()
    payments.void(by=case.made.head, at=case.at, receipt=receipt.id, reason="corrected")
    assert case.owed == 0
    with everything("a test looks"):
        assert Charge.objects.get(subject=case.subject).state == "cancelled"


def test_voiding_what_was_paid_before_takes_the_open_difference_with_it(case: Case) -> None:
    case.charged(a=40_000)
    receipt = case.paid()
    case.corrected(a=70_000)
    payments.void(by=case.made.head, at=case.at, receipt=receipt.id, reason="amount")
    assert case.owed == 70_000
    assert len(payments.due(by=case.made.officer, centre=case.made.centre)) == 1


def test_a_waiver_that_is_asked_is_answered_first(case: Case) -> None:
    case.charged(a=40_000)
    receipt = case.paid()
    case.corrected(a=70_000)
    more = payments.charge_for(case.subject)
    assert more is not None
    ask = {"ground": "poor", "content": PDF, "name": "a.pdf"}
    payments.ask_waiver(by=case.made.officer, at=case.at, charge=more.id, **ask)
    with pytest.raises(errors.WaiverIsAsked):
        case.corrected(a=80_000)
    with pytest.raises(errors.WaiverIsAsked):
        payments.void(by=case.made.head, at=case.at, receipt=receipt.id, reason="amount")
    payments.waive(by=case.made.head, at=case.at, charge=more.id)
    case.corrected(a=80_000)
    assert case.owed == 10_000
