"""One take of cash for a whole family: each application keeps its own receipt, the money changes hands once."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.domain.payments import api as payments
from onedoor.domain.payments.rules import Paid
from onedoor.domain.payments.rules.together import parted
from onedoor.kernel.errors import DomainError
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.factories.till import FEE, FLOAT_TOTAL, PDF, Till, till

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None, at: datetime) -> Till:
    return till(at=at)


def owed(here: Till, at: datetime, visit: UUID, number: int = 5) -> list[UUID]:
    """As many charges over 40,000 kip for one visit."""
    about = {"by": here.officer, "at": at, "visit": visit, "centre": here.centre, "edition": here.edition}
    made = [payments.charge(subject=new_id(), **about) for _ in range(number)]
    return [each.id for each in made if each]


def pay(here: Till, at: datetime, visit: UUID, charges: list[UUID], **more: Any) -> list[payments.Receipt]:
    said = {"by": here.officer, "at": at, "centre": here.centre, "key": "k1", "tendered": 250_000} | more
    return payments.settle_together(visit=visit, charges=charges, **said)


def test_five_applications_are_paid_at_once(here: Till, at: datetime) -> None:
    session, visit = here.open(at=at), new_id()
    charges = owed(here, at, visit)
    seen = payments.preview_together(
        by=here.officer, centre=here.centre, visit=visit, charges=charges, items=[], tendered="250.000"
    )
    assert (seen.sum.total, seen.paid and seen.paid.given) == (5 * FEE, 50_000)
    receipts = pay(here, at, visit, charges)
    serials = [int(each.number.split("-")[-2]) for each in receipts]
    assert serials == list(range(serials[0], serials[0] + 5)), "gapless, one for each application"
    assert [each.total for each in receipts] == [FEE] * 5
    assert sum(each.tendered for each in receipts) == 250_000
    assert [each.change_given for each in receipts] == [50_000, 0, 0, 0, 0]
    assert payments.cash_in(by=here.officer, session=session.id) == FLOAT_TOTAL + 5 * FEE
    assert (
        payments.ledger_faults()
        == []
        == payments.open_of_visit(by=here.officer, centre=here.centre, visit=visit)
    )
    together = payments.paid_together(by=here.officer, receipt=receipts[3])
    assert [each.id for each in together] == [each.id for each in receipts]


def test_the_same_press_takes_nothing_again(here: Till, at: datetime) -> None:
    here.open(at=at)
    visit = new_id()
    charges = owed(here, at, visit, 2)
    first, again = (pay(here, at, visit, charges) for _ in range(2))
    assert [each.number for each in first] == [each.number for each in again]
    with pytest.raises(payments.AlreadyPaid):
        pay(here, at, new_id(), charges)
    with pytest.raises(payments.NoSuchCharge):
        pay(here, at, visit, charges, key="k2")


def test_a_part_of_it_and_copies_with_it(here: Till, at: datetime) -> None:
    here.open(at=at)
    visit = new_id()
    charges = owed(here, at, visit, 3)
    receipts = pay(here, at, visit, charges[:2], items=[("copy", 2)], tendered=82_000)
    assert sorted(each.total for each in receipts) == [FEE, FEE + 2_000]
    assert len(payments.open_of_visit(by=here.officer, centre=here.centre, visit=visit)) == 1


def test_one_of_a_family_is_voided_alone(here: Till, at: datetime) -> None:
    here.open(at=at)
    visit = new_id()
    receipts = pay(here, at, visit, owed(here, at, visit, 2), tendered=200_000)
    payments.void(by=here.head, at=at, receipt=receipts[0].id, reason="returned")
    assert [each.state for each in payments.paid_together(by=here.head, receipt=receipts[1])] == [
        "void",
        "valid",
    ]
    assert payments.ledger_faults() == []


def test_what_cannot_be_paid_together_writes_nothing(here: Till, at: datetime) -> None:
    visit, other = new_id(), new_id()
    charges, theirs = owed(here, at, visit, 3), owed(here, at, other, 1)
    waived = {"ground": "poor", "content": PDF, "name": "paper.pdf"}
    payments.ask_waiver(by=here.officer, at=at, charge=charges[2], **waived)
    attempts: list[tuple[type[DomainError], dict[str, Any]]] = [
        (payments.NoOpenSession, {"charges": charges[:2]}),
        (payments.NothingToPay, {"charges": []}),
        (payments.NoSuchCharge, {"charges": [charges[0], theirs[0]]}),
        (payments.NoSuchCharge, {"charges": charges}),
        (payments.NoSuchCharge, {"charges": [new_id()]}),
        (payments.TooLittle, {"charges": charges[:2], "tendered": 79_000}),
        (payments.AmountInvalid, {"charges": charges[:2], "tendered": "-80000"}),
        (payments.NotInTariff, {"charges": charges[:2], "items": [("gold", 1)]}),
    ]
    for number, (fault, said) in enumerate(attempts):
        if number == 1:
            here.open(at=at)
        with pytest.raises(fault):
            pay(here, at, visit, **said)
    with everything("a test looks"):
        assert not payments.Receipt.objects.count()


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=40), st.integers(0, 10**8), st.integers(0, 10**8))
def test_the_parts_are_the_whole(totals: list[int], change: int, missing: int) -> None:
    paid = Paid(tendered=sum(totals) + change + missing, given=change, owed=missing)
    parts = parted(paid, totals)
    assert sum(each.tendered for each in parts) == paid.tendered
    assert [each.tendered - each.given - each.owed for each in parts] == totals
    assert sum(each.given for each in parts) == change and sum(each.owed for each in parts) == missing
