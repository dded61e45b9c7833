"""Receipts: gapless, written once, voided by a second person, over nothing for a waiver."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from onedoor.domain.access import api as access
from onedoor.domain.payments import api as payments
from onedoor.domain.payments import errors
from onedoor.domain.payments.models import Charge, Entry, Receipt
from onedoor.kernel.errors import Missing, Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.till import FEE, FLOAT_TOTAL, PDF, Till, till


def sums(made: Till) -> dict[str, int]:
    """What each kind of account holds."""
    held: dict[str, int] = {}
    for row in payments.accounts(by=made.head, centre=made.centre):
        held[row.kind] = held.get(row.kind, 0) + row.total
    return held


@pytest.mark.django_db
def test_forty_thousand_from_fifty(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    receipt = made.paid(at=at)
    assert (receipt.total, receipt.change_given, receipt.change_owed) == (FEE, 10_000, 0)
    assert receipt.number.startswith(f"{made.code}-26-R-000001-")
    assert sums(made) == {"safe": -FLOAT_TOTAL, "drawer": FLOAT_TOTAL + FEE, "fee": -FEE}
    with everything("a test looks"):
        assert Charge.objects.get(id=receipt.charge_id).state == "settled"


@pytest.mark.django_db
def test_the_same_request_is_one_receipt_and_another_is_refused(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    charge = made.charge(at=at)
    first = payments.settle_cash(by=made.officer, at=at, charge=charge.id, tendered=50_000, key="k1")
    again = payments.settle_cash(by=made.officer, at=at, charge=charge.id, tendered=50_000, key="k1")
    assert again == first
    with pytest.raises(errors.AlreadyPaid):
        payments.settle_cash(by=made.officer, at=at, charge=charge.id, tendered=50_000, key="k2")
    assert sums(made)["fee"] == -FEE


@pytest.mark.django_db
def test_two_tariffs_on_one_receipt(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    receipt = payments.settle_cash(
        by=made.officer,
        at=at,
        charge=made.charge(at=at).id,
        tendered="50.000",
        items=[("copy", "3"), ("form", 1)],
    )
    assert (receipt.fee, receipt.incidental, receipt.total) == (FEE, 5_500, 45_500)
    assert receipt.change_given == 4_500
    assert sums(made)["incidental"] == -5_500


@pytest.mark.django_db
def test_change_that_the_drawer_does_not_hold_is_owed_and_paid_later(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    receipt = made.paid(at=at, tendered=500_000)
    assert (receipt.change_given, receipt.change_owed) == (FLOAT_TOTAL, 190_000)
    assert payments.owed(by=made.officer, centre=made.centre) == [receipt]
    assert sums(made)["owed"] == -190_000
    payments.pay_owed(by=made.officer, at=at, receipt=receipt.id)
    assert "owed" not in {kind for kind, total in sums(made).items() if total}
    with pytest.raises(errors.NothingOwed):
        payments.pay_owed(by=made.officer, at=at, receipt=receipt.id)


@pytest.mark.django_db
def test_cash_needs_an_open_drawer_of_ones_own(at: datetime) -> None:
    made = till(at=at)
    with pytest.raises(errors.NoOpenSession):
        made.paid(at=at)
    made.open(at=at)
    with pytest.raises(errors.NoOpenSession):
        made.paid(at=at, by=made.colleague)
    with pytest.raises(Missing):
        made.paid(at=at, by=made.stranger)


@pytest.mark.django_db
def test_what_is_free_or_not_set_is_not_charged(at: datetime) -> None:
    made = till(at=at)
    assert (
        payments.charge(
            by=made.officer, at=at, subject=new_id(), visit=None, centre=made.centre, edition=made.free
        )
        is None
    )


@pytest.mark.django_db
def test_a_void_keeps_its_number_gives_the_money_back_and_owes_the_charge_again(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    receipt = made.paid(at=at)
    with pytest.raises(Refused):
        payments.void(by=made.officer, at=at, receipt=receipt.id, reason="amount")
    with pytest.raises(errors.ReasonMissing):
        payments.void(by=made.head, at=at, receipt=receipt.id, reason="because")
    gone = payments.void(by=made.head, at=at, receipt=receipt.id, reason="amount")
    assert (gone.state, gone.number) == ("void", receipt.number)
    assert sums(made) == {"safe": -FLOAT_TOTAL, "drawer": FLOAT_TOTAL, "fee": 0}
    with pytest.raises(errors.ReceiptIsVoid):
        payments.void(by=made.head, at=at, receipt=receipt.id, reason="amount")
    new = payments.settle_cash(by=made.officer, at=at, charge=receipt.charge_id, tendered=FEE)
    assert new.number.startswith(f"{made.code}-26-R-000002-")
    summary = payments.day_of(by=made.head, centre=made.centre, day=receipt.day)
    assert (summary.total, summary.receipts, summary.rows[0].voided) == (FEE, 2, 1)


@pytest.mark.django_db
def test_who_took_the_money_is_not_the_second_person(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at, by=made.head)
    receipt = made.paid(at=at, by=made.head)
    with pytest.raises(errors.SecondPersonNeeded):
        payments.void(by=made.head, at=at, receipt=receipt.id, reason="amount")


@pytest.mark.django_db
def test_a_machine_is_nobodys_second_person(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    receipt = made.paid(at=at)
    token, _ = access.issue_token(
        by=Actor.system(), at=at, name="P", unit=made.centre, scopes=["payments.approve"]
    )
    access.forget()
    with pytest.raises(errors.SecondPersonNeeded):
        payments.void(by=Actor("machine", token.id), at=at, receipt=receipt.id, reason="amount")
    with pytest.raises(errors.SecondPersonNeeded):
        payments.day_close(by=Actor("machine", token.id), at=at, centre=made.centre, day=at.date())


@pytest.mark.django_db
def test_a_void_gives_back_owed_change_too(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    receipt = made.paid(at=at, tendered=500_000)
    payments.void(by=made.head, at=at, receipt=receipt.id, reason="returned")
    assert sums(made) == {"safe": -FLOAT_TOTAL, "drawer": FLOAT_TOTAL, "fee": 0, "owed": 0}


@pytest.mark.django_db
def test_a_waiver_has_evidence_a_ground_and_a_second_person(at: datetime) -> None:
    made = till(at=at)
    charge = made.charge(at=at)
    ask = {"by": made.officer, "at": at, "charge": charge.id}
    with pytest.raises(errors.EvidenceMissing):
        payments.ask_waiver(**ask, ground="poor", content=b"")
    with pytest.raises(errors.GroundMissing):
        payments.ask_waiver(**ask, ground="friend", content=PDF)
    payments.ask_waiver(**ask, ground="poor", content=PDF, name="paper.pdf")
    with pytest.raises(errors.WaiverIsAsked):
        payments.ask_waiver(**ask, ground="poor", content=PDF, name="paper.pdf")
    with pytest.raises(errors.WaiverIsAsked):
        made.open(at=at)
        payments.settle_cash(by=made.officer, at=at, charge=charge.id, tendered=FEE)
    with pytest.raises(Refused):
        payments.waive(by=made.officer, at=at, charge=charge.id)
    assert [each.id for each in payments.waivers(by=made.head, centre=made.centre)] == [charge.id]
    content, kind = payments.see_evidence(by=made.head, at=at, charge=charge.id)
    assert (content, kind) == (PDF, "application/pdf")
    receipt = payments.waive(by=made.head, at=at, charge=charge.id)
    assert (receipt.kind, receipt.total, receipt.second) == ("waived", 0, made.head.id)
    assert payments.waived_fee(receipt) == FEE
    assert sums(made) == {"drawer": FLOAT_TOTAL, "safe": -FLOAT_TOTAL, "fee": -FEE, "waived": FEE}
    with pytest.raises(errors.NoWaiverAsked):
        payments.waive(by=made.head, at=at, charge=charge.id)


@pytest.mark.django_db
def test_a_refused_waiver_leaves_the_fee_owed(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    charge = made.charge(at=at)
    payments.ask_waiver(
        by=made.officer, at=at, charge=charge.id, ground="poor", content=PDF, name="paper.pdf"
    )
    payments.refuse_waiver(by=made.head, at=at, charge=charge.id)
    payments.settle_cash(by=made.officer, at=at, charge=charge.id, tendered=FEE)


@pytest.mark.django_db
def test_a_guessed_number_shows_nothing(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    receipt = made.paid(at=at)
    code = payments.code_for(receipt)
    assert payments.receipt(number=receipt.number.lower(), code=code.upper()) == receipt
    for number, guess in (
        (receipt.number, "0" * 16),
        (receipt.number, ""),
        (receipt.number[:-3] + "2-1", code),
        ("\x00", code),
    ):
        with pytest.raises(errors.NoSuchReceipt):
            payments.receipt(number=number, code=guess)


@pytest.mark.django_db
def test_prints_are_counted(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    receipt = made.paid(at=at)
    assert payments.note_print(by=made.officer, at=at, receipt=receipt.id).prints == 1
    assert payments.note_print(by=made.officer, at=at, receipt=receipt.id).prints == 2


@pytest.mark.django_db(transaction=True)
def test_a_power_cut_between_money_and_receipt_leaves_nothing(at: datetime) -> None:
    made = till(at=at)
    session = made.open(at=at)
    charge = made.charge(at=at)
    pay = {"by": made.officer, "at": at, "charge": charge.id, "tendered": 50_000, "key": "k"}
    with pytest.raises(DatabaseError), transaction.atomic():
        payments.settle_cash(**pay)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()
    with everything("a test looks"):
        assert not Receipt.objects.exists()
        assert Charge.objects.get(id=charge.id).state == "open"
        assert not Entry.objects.filter(kind="settle").exists()
    assert payments.cash_in(by=made.officer, session=session.id) == FLOAT_TOTAL
    receipt = payments.settle_cash(**pay)
    assert receipt.number.startswith(f"{made.code}-26-R-000001-")
    assert payments.settle_cash(**pay) == receipt


@pytest.mark.django_db
def test_a_waiver_is_not_undone_on_a_closed_day(at: datetime) -> None:
    made = till(at=at)
    poor = made.charge(at=at)
    payments.ask_waiver(by=made.officer, at=at, charge=poor.id, ground="poor", content=PDF, name="a.pdf")
    receipt = payments.waive(by=made.head, at=at, charge=poor.id)
    payments.day_close(by=made.head, at=at, centre=made.centre, day=at.date())
    with pytest.raises(errors.DayIsClosed):
        payments.void(by=made.head, at=at, receipt=receipt.id, reason="other")
    tomorrow = at + timedelta(days=1)
    assert payments.void(by=made.head, at=tomorrow, receipt=receipt.id, reason="other").state == "void"


@pytest.mark.django_db
def test_a_copy_alone_is_sold_without_a_state_fee(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    sale = {"by": made.officer, "at": at, "centre": made.centre, "items": [("copy", "3")]}
    receipt = payments.sell(**sale, tendered=5_000, key="k1")
    assert (receipt.fee, receipt.incidental, receipt.change_given) == (0, 3_000, 2_000)
    assert receipt.number.startswith(f"{made.code}-26-R-000001-")
    assert payments.sell(**sale, tendered=5_000, key="k1") == receipt
    assert sums(made) == {"safe": -FLOAT_TOTAL, "drawer": FLOAT_TOTAL + 3_000, "incidental": -3_000}
    (row,) = payments.day_of(by=made.head, centre=made.centre, day=at.date()).rows
    assert (row.service, row.incidental) == (None, 3_000)
    payments.void(by=made.head, at=at, receipt=receipt.id, reason="amount")
    assert payments.due(by=made.officer, centre=made.centre) == []
    assert payments.ledger_faults() == []


@pytest.mark.django_db
def test_only_the_tariff_is_sold_and_only_into_ones_own_drawer(at: datetime) -> None:
    made = till(at=at)
    sale = {"by": made.officer, "at": at, "centre": made.centre, "tendered": 50_000}
    with pytest.raises(errors.NoOpenSession):
        payments.sell(**sale, items=[("copy", 1)])
    made.open(at=at)
    for items, fault in (
        ([], errors.NothingToPay),
        ([("copy", 0)], errors.NothingToPay),
        ([("tea", 1)], errors.NotInTariff),
        ([("copy", 21)], errors.AboveCeiling),
        ([("copy", 1), ("copy", 1)], errors.NotInTariff),
    ):
        with pytest.raises(fault):
            payments.sell(**sale, items=items)
    payments.settle_cash(by=made.officer, at=at, charge=made.charge(at=at).id, tendered=FEE, key="k")
    with pytest.raises(errors.AlreadyPaid):
        payments.sell(**sale, items=[("copy", 1)], key="k")
    with pytest.raises(Missing):
        payments.sell(**{**sale, "by": made.stranger}, items=[("copy", 1)])
