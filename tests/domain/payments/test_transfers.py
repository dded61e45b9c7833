"""Money between a drawer and the safe: counted by one of two people, confirmed by the other."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from onedoor.domain.payments import api as payments
from onedoor.domain.payments import errors
from onedoor.domain.payments.models import Entry
from onedoor.kernel.errors import Conflict, Missing, Refused
from onedoor.kernel.scope import everything
from tests.factories.races import together
from tests.factories.till import FLOAT, FLOAT_TOTAL, Till, till


def asked(made: Till, at: datetime, way: str = "to_safe", **said: object) -> payments.Transfer:
    session = payments.open_session_of(made.officer)
    assert session is not None
    about = {"by": made.officer, "at": at, "session": session.id, "way": way, "notes": {"20000": 5}}
    return payments.ask_transfer(**{**about, **said})  # type: ignore[arg-type]


@pytest.mark.django_db
def test_nothing_moves_before_the_second_person_confirms(at: datetime) -> None:
    made = till(at=at)
    session = made.open(at=at)
    holds = partial(payments.cash_in, by=made.officer, session=session.id)
    transfer = asked(made, at)
    assert (transfer.amount, transfer.notes, holds()) == (100_000, {"20000": 5}, FLOAT_TOTAL)
    assert payments.transfers_asked(by=made.head, centre=made.centre) == [transfer]
    with pytest.raises(errors.SecondPersonNeeded):
        payments.answer_transfer(by=made.officer, at=at, transfer=transfer.id, agreed=True)
    with pytest.raises(Refused):
        payments.answer_transfer(by=made.colleague, at=at, transfer=transfer.id, agreed=True)
    with pytest.raises(Missing):
        payments.answer_transfer(by=made.stranger, at=at, transfer=transfer.id, agreed=True)
    payments.answer_transfer(by=made.head, at=at, transfer=transfer.id, agreed=True)
    assert holds() == FLOAT_TOTAL - 100_000
    with pytest.raises(errors.TransferIsAnswered):
        payments.answer_transfer(by=made.head, at=at, transfer=transfer.id, agreed=True)
    sums = {row.kind: row.total for row in payments.accounts(by=made.head, centre=made.centre)}
    assert sums == {"drawer": FLOAT_TOTAL - 100_000, "safe": 100_000 - FLOAT_TOTAL}
    assert payments.ledger_faults() == []


@pytest.mark.django_db
def test_change_that_the_head_brings_is_confirmed_by_the_officer(at: datetime) -> None:
    made = till(at=at)
    session = made.open(at=at)
    transfer = asked(made, at, "to_drawer", by=made.head, notes={"1000": "50"})
    with pytest.raises(errors.SecondPersonNeeded):
        payments.answer_transfer(by=made.head, at=at, transfer=transfer.id, agreed=True)
    payments.answer_transfer(by=made.officer, at=at, transfer=transfer.id, agreed=True)
    assert payments.cash_in(by=made.officer, session=session.id) == FLOAT_TOTAL + 50_000
    closed = payments.close_session(by=made.officer, at=at, session=session.id, notes={**FLOAT, "1000": 70})
    assert closed.difference == 0
    day = payments.day_close(by=made.head, at=at, centre=made.centre, day=at.date())
    assert (day.content["to_drawer"], day.content["to_safe"]) == (50_000, 0)


@pytest.mark.django_db
def test_one_at_a_time_refused_taken_back_or_lapsed_with_the_close(at: datetime) -> None:
    made = till(at=at)
    session = made.open(at=at)
    for who in (made.officer, made.head):
        transfer = asked(made, at)
        with pytest.raises(errors.TransferIsAsked):
            asked(made, at)
        assert payments.answer_transfer(by=who, at=at, transfer=transfer.id, agreed=False).state == "refused"
    last = asked(made, at)
    payments.close_session(by=made.officer, at=at, session=session.id, notes=FLOAT)
    assert [each.state for each in payments.transfers_of(by=made.officer, session=session.id)] == [
        "lapsed",
        "refused",
        "refused",
    ]
    with pytest.raises(errors.TransferIsAnswered):
        payments.answer_transfer(by=made.head, at=at, transfer=last.id, agreed=True)
    assert payments.ledger_faults() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"notes": {}}, errors.NothingToMove),
        ({"notes": {"20000": "-1"}}, errors.NotesInvalid),
        ({"notes": {"20000": "1.5"}}, errors.NotesInvalid),
        ({"notes": {"777": "1"}}, errors.NotesInvalid),
        ({"notes": {"100000": 9}}, errors.ChangeNotInDrawer),
        ({"way": "home"}, errors.WayMissing),
    ],
)
def test_what_cannot_be_moved(at: datetime, said: dict[str, object], fault: type[Exception]) -> None:
    made = till(at=at)
    made.open(at=at)
    with pytest.raises(fault):
        asked(made, at, **said)  # type: ignore[arg-type]
    assert payments.transfers_asked(by=made.head, centre=made.centre) == []


@pytest.mark.django_db
def test_a_drawer_of_yesterday_moves_nothing(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    transfer = asked(made, at)
    tomorrow = at + timedelta(days=1)
    with pytest.raises(errors.SessionIsOld):
        payments.answer_transfer(by=made.head, at=tomorrow, transfer=transfer.id, agreed=True)


@pytest.mark.django_db(transaction=True)
def test_confirmed_while_the_drawer_is_closed_it_happens_before_or_not_at_all(at: datetime) -> None:
    made = till(at=at)
    session = made.open(at=at)
    transfer = asked(made, at)
    results = together(
        partial(payments.answer_transfer, by=made.head, at=at, transfer=transfer.id, agreed=True),
        partial(payments.answer_transfer, by=made.head, at=at, transfer=transfer.id, agreed=True),
        partial(
            payments.close_session,
            by=made.officer,
            at=at,
            session=session.id,
            notes=FLOAT,
            reason="Counted.",
            signed=True,
        ),
    )
    assert sum(isinstance(each, Conflict) for each in results) in (1, 2)
    with everything("a test looks"):
        assert Entry.objects.filter(kind="move").count() <= 1
    assert payments.ledger_faults() == []
