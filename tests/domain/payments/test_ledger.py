"""The ledger: the database holds it to zero, and whatever people do, money is neither made nor lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from onedoor.domain.payments import api as payments
from onedoor.domain.payments.models import Account, Entry, Line, Posting, Receipt, Session, Transfer, post
from onedoor.domain.payments.rules import in_notes
from onedoor.kernel.errors import DomainError
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.factories.till import FLOAT, NOTES, PDF, Till, till


def posted(at: datetime, *lines: tuple[str, str, int]) -> None:
    """A group of postings at some centre."""
    post(
        [Line(*line) for line in lines],
        entry="settle",
        centre=new_id(),
        day=at.date(),
        at=at,
        actor=new_id(),
    )


@pytest.mark.django_db(transaction=True)
def test_a_group_that_does_not_sum_to_zero_is_refused_at_commit(at: datetime) -> None:
    with pytest.raises(DatabaseError, match="does not sum to zero"), transaction.atomic():
        posted(at, ("drawer", "x", 100), ("fee", "y", -99))
    with everything("a test looks"):
        assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_drawer_never_goes_below_zero(at: datetime) -> None:
    with pytest.raises(IntegrityError, match="payments_drawer_not_negative"), transaction.atomic():
        posted(at, ("drawer", "x", -1), ("safe", "", 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE payments_posting SET amount = 1", "DELETE FROM payments_posting", "DELETE FROM payments_entry"],
)
def test_what_was_posted_stays(at: datetime, statement: str) -> None:
    posted(at, ("drawer", "x", 100), ("safe", "", -100))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)


OFTEN = (
    ["pay"] * 8
    + ["void"] * 3
    + ["charge", "owed", "ask", "waive", "waive", "open", "open", "close", "night"]
    + ["sell", "move", "move", "moved", "moved"]
)
STEPS = some.lists(
    some.tuples(
        some.sampled_from(OFTEN),
        some.integers(0, 11),
        some.sampled_from([50_000, 100_000, 500_000, 40_000, 39_500]),
    ),
    min_size=12,
    max_size=40,
)


class Day:
    """Somebody who does whatever comes, and is refused as often as not."""

    def __init__(self, made: Till, at: datetime) -> None:
        self.made, self.at = made, at
        self.charges: list[Any] = []

    def do(self, step: str, which: int, tendered: int) -> None:
        made, who = self.made, (self.made.officer, self.made.colleague)[which % 2]
        with everything("a test looks"):
            receipts = list(Receipt.objects.order_by("number"))
            sessions = list(Session.objects.order_by("opened_at"))
            transfers = list(Transfer.objects.order_by("asked_at"))
        receipt = receipts[which % len(receipts)].id if receipts else new_id()
        charge = self.charges[which % len(self.charges)].id if self.charges else new_id()
        session = sessions[which % len(sessions)] if sessions else None
        count, _rest = in_notes(tendered * (which % 6), NOTES)
        acts: dict[str, Callable[[], object]] = {
            "open": lambda: made.open(at=self.at, by=who, counter=which % 2),
            "charge": lambda: self.charges.append(made.charge(at=self.at)),
            "pay": lambda: payments.settle_cash(
                by=who,
                at=self.at,
                charge=charge,
                tendered=tendered,
                items=[("copy", which % 4)],
            ),
            "void": lambda: payments.void(by=made.head, at=self.at, receipt=receipt, reason="amount"),
            "sell": lambda: payments.sell(
                by=who, at=self.at, centre=made.centre, items=[("copy", which)], tendered=tendered
            ),
            "move": lambda: payments.ask_transfer(
                by=who,
                at=self.at,
                session=session.id if session else new_id(),
                way=("to_safe", "to_drawer")[which % 2],
                notes=dict(count),
            ),
            "moved": lambda: payments.answer_transfer(
                by=made.head,
                at=self.at,
                transfer=transfers[which % len(transfers)].id if transfers else new_id(),
                agreed=which % 4 > 0,
            ),
            "owed": lambda: payments.pay_owed(by=who, at=self.at, receipt=receipt),
            "ask": lambda: payments.ask_waiver(
                by=who, at=self.at, charge=charge, ground="poor", content=PDF, name="a.pdf"
            ),
            "waive": lambda: payments.waive(by=made.head, at=self.at, charge=charge),
            "close": lambda: payments.close_session(
                by=made.head,
                at=self.at,
                session=session.id if session else new_id(),
                notes=dict(count),
                reason="As counted.",
                signed=True,
            ),
        }
        if step == "night":
            self.at += timedelta(days=1)
            return
        try:
            with transaction.atomic():
                acts[step]()
        except DomainError:
            return


@pytest.fixture
def made(db: None, at: datetime) -> Till:
    """The centre of all examples; each is undone at its end."""
    return till(at=at)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_money_is_neither_made_nor_lost(made: Till, at: datetime, steps: list[tuple[str, int, int]]) -> None:
    try:
        with transaction.atomic():
            _live(made, at, steps)
            raise _Undone
    except _Undone:
        return


class _Undone(Exception):
    """The end of an example."""


def _live(made: Till, at: datetime, steps: list[tuple[str, int, int]]) -> None:
    day = Day(made, at)
    for step in [("open", 0, 0), ("open", 1, 0), *[("charge", 0, 0)] * 6, *steps]:
        day.do(*step)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert payments.ledger_faults() == []
    sums: dict[str, int] = {}
    for row in payments.accounts(by=made.head, centre=made.centre):
        sums[row.kind] = sums.get(row.kind, 0) + row.total
    assert sum(sums.values()) == 0
    with everything("a test looks"):
        receipts = list(Receipt.objects.order_by("number"))
        valid = [each for each in receipts if each.state == "valid"]
        sessions = list(Session.objects.all())
        assert not Account.objects.filter(balance__lt=0).exists()
        assert Posting.objects.exists()
    serials = [int(each.number.split("-")[-2]) for each in receipts]
    assert serials == list(range(1, len(receipts) + 1))
    assert -sums.get("incidental", 0) == sum(each.incidental for each in valid)
    assert -sums.get("fee", 0) - sums.get("waived", 0) == sum(each.fee for each in valid)
    assert -sums.get("owed", 0) == sum(each.owes for each in valid)
    assert -sums.get("difference", 0) == sum(each.difference for each in sessions)
    days = {each.day for each in receipts} | {day.at.date()}
    kept = sum(payments.day_of(by=made.head, centre=made.centre, day=each).total for each in days)
    assert sums.get("drawer", 0) + sums["safe"] == kept - sums.get("owed", 0) - sums.get("difference", 0)
    assert len([each for each in sessions if each.state == "open"]) <= 2
    assert FLOAT
