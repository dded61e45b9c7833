"""Two people at one drawer, one charge or one receipt in the same moment; with real transactions."""

from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.db import connection

from onedoor.domain.payments import api as payments
from onedoor.domain.payments.models import Entry, Receipt, Session
from onedoor.kernel.errors import Conflict
from onedoor.kernel.scope import everything
from tests.factories.races import together
from tests.factories.till import FEE, FLOAT, Till, till

pytestmark = pytest.mark.django_db(transaction=True)


def one_and_a_conflict(results: list[Any]) -> Any:
    """The one that came through; the other was refused in words."""
    done = [each for each in results if not isinstance(each, Exception)]
    refused = [each for each in results if isinstance(each, Exception)]
    assert len(done) == 1, results
    assert all(isinstance(each, Conflict) for each in refused), results
    return done[0]


@pytest.fixture
def made(transactional_db: None, at: datetime) -> Till:
    return till(at=at)


def test_one_officer_opens_at_two_counters(made: Till, at: datetime) -> None:
    one_and_a_conflict(together(*(partial(made.open, at=at, counter=number) for number in (0, 1))))
    with everything("a test looks"):
        assert Session.objects.count() == 1


def test_two_officers_open_one_drawer(made: Till, at: datetime) -> None:
    one_and_a_conflict(
        together(*(partial(made.open, at=at, by=who) for who in (made.officer, made.colleague)))
    )


def test_a_charge_is_paid_at_two_counters(made: Till, at: datetime) -> None:
    made.open(at=at)
    made.open(at=at, by=made.colleague, counter=1)
    charge = made.charge(at=at).id
    pay = partial(payments.settle_cash, at=at, charge=charge, tendered=FEE)
    one_and_a_conflict(together(partial(pay, by=made.officer), partial(pay, by=made.colleague)))
    assert payments.ledger_faults() == []


def test_the_same_press_at_once_is_one_receipt(made: Till, at: datetime) -> None:
    made.open(at=at)
    pay = partial(payments.settle_cash, by=made.officer, at=at, tendered=FEE, key="k")
    charge = made.charge(at=at).id
    results = together(*(partial(pay, charge=charge) for _ in range(3)))
    assert len({receipt.number for receipt in results}) == 1


def test_a_drawer_is_closed_twice_at_once(made: Till, at: datetime) -> None:
    session = made.open(at=at).id
    close = partial(payments.close_session, at=at, session=session, notes=FLOAT)
    one_and_a_conflict(together(partial(close, by=made.officer), partial(close, by=made.head)))
    with everything("a test looks"):
        assert Entry.objects.filter(kind="close").count() == 1


def test_a_receipt_is_voided_while_its_drawer_is_closed(made: Till, at: datetime) -> None:
    session = made.open(at=at).id
    receipt = made.paid(at=at, tendered=FEE)
    notes = {**FLOAT, "20000": 7}
    together(
        partial(payments.void, by=made.head, at=at, receipt=receipt.id, reason="amount"),
        partial(payments.close_session, by=made.officer, at=at, session=session, notes=notes),
    )
    assert payments.ledger_faults() == []


def test_a_day_is_closed_while_a_drawer_is_opened(made: Till, at: datetime) -> None:
    one_and_a_conflict(
        together(
            partial(payments.day_close, by=made.head, at=at, centre=made.centre, day=at.date()),
            partial(made.open, at=at),
        )
    )


def test_receipts_of_many_counters_have_no_gap(made: Till, at: datetime) -> None:
    made.open(at=at)
    made.open(at=at, by=made.colleague, counter=1)
    charges = [[made.charge(at=at).id for _ in range(5)] for _ in range(2)]

    def take(who: Any, mine: list[Any]) -> None:
        for charge in mine:
            payments.settle_cash(by=who, at=at, charge=charge, tendered=50_000)

    results = together(partial(take, made.officer, charges[0]), partial(take, made.colleague, charges[1]))
    assert results == [None, None]
    with everything("a test looks"):
        numbers = sorted(Receipt.objects.values_list("number", flat=True))
    assert [int(number.split("-")[-2]) for number in numbers] == list(range(1, 11))
    assert payments.ledger_faults() == []


def test_a_tampered_account_is_found(made: Till, at: datetime) -> None:
    session = made.open(at=at)
    receipt = made.paid(at=at)
    assert payments.ledger_faults() == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_account SET balance = balance + 1000 WHERE kind = 'drawer'")
    assert any(str(session.id) in fault for fault in payments.ledger_faults())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_account SET balance = balance - 1000 WHERE kind = 'drawer'")
        cursor.execute("ALTER TABLE payments_receipt DISABLE TRIGGER kernel_guard")
        cursor.execute(
            "UPDATE payments_receipt SET fee = fee - 500, total = total - 500, change_given = change_given + 500"
            " WHERE id = %s",
            [receipt.id],
        )
        cursor.execute("ALTER TABLE payments_receipt ENABLE TRIGGER kernel_guard")
    assert any("the papers say" in fault for fault in payments.ledger_faults())
