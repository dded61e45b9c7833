"""Drawers: one for an officer, one officer for each; closed once, by count, and what differs is signed."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from onedoor.domain.payments import api as payments
from onedoor.domain.payments import errors
from onedoor.domain.payments.models import Session
from onedoor.kernel.errors import Missing, Refused
from onedoor.kernel.scope import everything
from tests.factories.till import FLOAT, FLOAT_TOTAL, till

pytestmark = pytest.mark.django_db


def test_a_drawer_opens_with_a_counted_float(at: datetime) -> None:
    made = till(at=at)
    session = made.open(at=at)
    assert session.float_total == FLOAT_TOTAL == payments.cash_in(by=made.officer, session=session.id)
    assert payments.open_session_of(made.officer) == session


def test_an_officer_opens_one_drawer_and_a_drawer_has_one_officer(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    with pytest.raises(errors.OfficerHasSession):
        made.open(at=at, counter=1)
    with pytest.raises(errors.DrawerIsOpen):
        made.open(at=at, by=made.colleague)


def test_the_database_holds_to_one_open_drawer(at: datetime) -> None:
    made = till(at=at)
    held = made.open(at=at)
    with everything("a test passes the action"), pytest.raises(IntegrityError), transaction.atomic():
        Session(
            centre_id=made.centre,
            counter=made.counters[1],
            officer=made.officer.id,
            day=held.day,
            opened_at=at,
            float_notes={},
            float_total=0,
        ).save()


def test_a_drawer_is_closed_once(at: datetime) -> None:
    made = till(at=at)
    session = made.open(at=at)
    made.paid(at=at)
    notes = {**FLOAT, "20000": 7}
    closed = payments.close_session(by=made.officer, at=at, session=session.id, notes=notes)
    assert (closed.expected, closed.counted, closed.difference) == (310_000, 310_000, 0)
    with pytest.raises(errors.SessionIsClosed):
        payments.close_session(by=made.officer, at=at, session=session.id, notes=notes)
    assert payments.ledger_faults() == []


@pytest.mark.parametrize(("extra", "difference"), [({"500": 1}, 500), ({"20000": 4}, -20_000)])
def test_over_and_short_are_signed_with_a_reason(
    at: datetime, extra: dict[str, int], difference: int
) -> None:
    made = till(at=at)
    session = made.open(at=at)
    notes = {**FLOAT, **extra}
    with pytest.raises(errors.DifferenceNeedsReason):
        payments.close_session(by=made.officer, at=at, session=session.id, notes=notes)
    with pytest.raises(errors.DifferenceNeedsSignature):
        payments.close_session(by=made.officer, at=at, session=session.id, notes=notes, reason="Miscounted.")
    closed = payments.close_session(
        by=made.officer, at=at, session=session.id, notes=notes, reason="Miscounted.", signed=True
    )
    assert closed.difference == difference
    sums = {row.kind: row.total for row in payments.accounts(by=made.head, centre=made.centre)}
    assert sums["difference"] == -difference
    assert sums["drawer"] == 0
    assert sum(sums.values()) == 0


def test_left_open_overnight_it_takes_nothing_and_must_be_closed(at: datetime) -> None:
    made = till(at=at)
    session = made.open(at=at)
    tomorrow = at + timedelta(days=1)
    assert payments.left_open(by=made.head, centre=made.centre, at=at) == []
    assert payments.left_open(by=made.head, centre=made.centre, at=tomorrow) == [session]
    charge = made.charge(at=tomorrow)
    with pytest.raises(errors.SessionIsOld):
        payments.settle_cash(by=made.officer, at=tomorrow, charge=charge.id, tendered=40_000)
    with pytest.raises(errors.SessionIsOld):
        made.open(at=tomorrow, counter=1)
    payments.close_session(by=made.head, at=tomorrow, session=session.id, notes=FLOAT)
    made.open(at=tomorrow)
    payments.settle_cash(by=made.officer, at=tomorrow, charge=charge.id, tendered=40_000)


def test_only_people_of_the_centre_touch_a_drawer(at: datetime) -> None:
    made = till(at=at)
    session = made.open(at=at)
    with pytest.raises(Missing):
        payments.close_session(by=made.stranger, at=at, session=session.id, notes=FLOAT)
    with pytest.raises(Refused):
        payments.close_session(by=made.colleague, at=at, session=session.id, notes=FLOAT)
    with pytest.raises(Missing):
        payments.open_session(by=made.stranger, at=at, centre=made.centre, counter=made.counters[1], notes={})


def test_a_day_closes_when_every_drawer_is(at: datetime) -> None:
    made = till(at=at)
    day = at.date()
    session = made.open(at=at)
    made.paid(at=at)
    with pytest.raises(errors.DrawersAreOpen):
        payments.day_close(by=made.head, at=at, centre=made.centre, day=day)
    payments.close_session(by=made.officer, at=at, session=session.id, notes={**FLOAT, "20000": 7})
    with pytest.raises(Refused):
        payments.day_close(by=made.officer, at=at, centre=made.centre, day=day)
    with pytest.raises(errors.DayIsNotOver):
        payments.day_close(by=made.head, at=at, centre=made.centre, day=day + timedelta(days=1))
    closed = payments.day_close(by=made.head, at=at, centre=made.centre, day=day)
    assert (closed.total, closed.content["handed_in"], closed.content["float"]) == (
        40_000,
        310_000,
        FLOAT_TOTAL,
    )
    assert payments.day_close(by=made.head, at=at, centre=made.centre, day=day) == closed
    with pytest.raises(errors.DayIsClosed):
        made.open(at=at)
