"""Receipts against fee tables: a wrong one is found line by line, what cannot be told is said; a change in mid-case is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.actions.checking import BATCH
from onedoor.domain.cases.models import Case
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.payments import api as payments
from onedoor.kernel.scope import Actor, everything
from onedoor.tools.fees import check as run_check
from tests.domain.cases.test_paying import brought, opened, world
from tests.factories.hall import SYSTEM, officer
from tests.factories.registry import Registry
from tests.factories.till import APPROVE

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None, at: datetime) -> Registry:
    return world(at)


def paid_case(here: Registry, *, at: datetime) -> tuple[cases.Received, payments.Receipt]:
    case = brought(here, at=at)
    charge = payments.charge_for(case.case)
    assert charge is not None
    return case, payments.settle_cash(by=opened(here, at=at), at=at, charge=charge.id, tendered=50_000)


def checked(*, at: datetime, since: date | None = None, limit: int = BATCH) -> cases.CheckView:
    id = cases.start_fee_check(at=at, since=since)
    while cases.fee_check_batch(at=at, limit=limit):
        pass
    found = cases.fee_check(id)
    assert found is not None and found.done_at == at
    return found


def spoil(receipt: payments.Receipt, **about: Any) -> None:
    """Change a receipt as somebody with the database in hand would, around every door."""
    names = ", ".join(f"{name} = %s" for name in about)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE payments_receipt SET {names} WHERE id = %s", [*about.values(), receipt.id])
        cursor.execute("SET LOCAL session_replication_role = origin")


def overcharge(receipt: payments.Receipt) -> None:
    """A charge of 45.000 where the table says 40.000, and a receipt that agrees with it."""
    lines = (
        '[{"kind": "fee", "code": "fee", "name": {"lo": "ຄ່າ", "en": "Fee"}, "number": 1, "amount": 45000}]'
    )
    spoil(receipt, lines=lines, fee=45_000, total=45_000, tendered=50_000, change_given=5_000)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE payments_charge SET lines = %s, fee = 45000 WHERE id = %s", [lines, receipt.charge_id]
        )
        cursor.execute("SET LOCAL session_replication_role = origin")  # fmt: skip


def test_a_right_receipt_is_equal(here: Registry, at: datetime) -> None:
    paid_case(here, at=at)
    found = checked(at=at)
    assert found.examined == 1 and found.counts["equal"] == 1 and cases.findings_of(found.id) == []


def test_a_wrong_receipt_is_found_line_by_line(here: Registry, at: datetime) -> None:
    _case, receipt = paid_case(here, at=at)
    overcharge(receipt)
    found = checked(at=at)
    (one,) = cases.findings_of(found.id)
    assert found.counts["different"] == 1
    assert (one.number, one.centre, one.officer) == (receipt.number, here.centre, receipt.officer)
    assert (one.found, one.expected, one.difference, one.why) == (45_000, 40_000, 5_000, "table")
    assert [(line["code"], line["found"], line["expected"]) for line in one.lines] == [
        ("fee", 45_000, 40_000)
    ]


def test_a_receipt_over_more_than_was_charged_is_found(here: Registry, at: datetime) -> None:
    _case, receipt = paid_case(here, at=at)
    spoil(receipt, fee=41_000, total=41_000, tendered=50_000, change_given=9_000)
    (one,) = cases.findings_of(checked(at=at).id)
    assert (one.standing, one.why, one.found) == ("different", "receipt", 41_000)


def test_what_cannot_be_told_is_said_with_its_reason(here: Registry, at: datetime) -> None:
    case, _receipt = paid_case(here, at=at)
    with everything("a test takes the case away"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Case.objects.filter(id=case.case).delete()
    (one,) = cases.findings_of(checked(at=at).id)
    assert (one.standing, one.why) == ("unknown", "no_case")
    assert str(cases.WHY_WORDS[one.why])


def test_voids_and_sales_of_copies_are_counted_apart(here: Registry, at: datetime) -> None:
    _case, receipt = paid_case(here, at=at)
    head = officer(at=at, username="head", unit=here.centre, permissions=APPROVE, role="head")
    payments.void(by=head, at=at, receipt=receipt.id, reason="amount")
    found = checked(at=at)
    assert (found.counts["void"], found.counts["equal"], found.counts["different"]) == (1, 0, 0)


def test_a_check_goes_on_where_it_stopped_with_as_many_statements_however_many_receipts(
    here: Registry, at: datetime
) -> None:
    _case, receipt = paid_case(here, at=at)
    checked(at=at)  # what is kept in memory is read
    with CaptureQueriesContext(connection) as one:
        checked(at=at)
    cashier = Actor("staff", receipt.officer)
    for _ in range(3):
        charge = payments.charge_for(brought(here, at=at).case)
        assert charge is not None
        payments.settle_cash(by=cashier, at=at, charge=charge.id, tendered=50_000)
    with CaptureQueriesContext(connection) as four:
        assert checked(at=at).examined == 4
    assert len(four) == len(one)
    held = checked(at=at, limit=2)
    assert (held.counts["equal"], held.examined, held.total, held.percent) == (4, 4, 4, 99)
    assert checked(at=at, since=(at + timedelta(days=2)).date()).examined == 0


def test_the_command_says_what_differs(
    here: Registry, at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    _case, receipt = paid_case(here, at=at)
    assert run_check(None) == 0
    overcharge(receipt)
    assert run_check(None) == 1
    told = capsys.readouterr().out
    assert f"{receipt.number}  {receipt.day}  different  45000 not 40000  fee 45000 not 40000" in told


def test_the_owner_sees_the_findings_of_the_centres_in_reach(here: Registry, at: datetime) -> None:
    _case, receipt = paid_case(here, at=at)
    overcharge(receipt)
    found = checked(at=at)
    rights = ["cases.check_fees"]
    here_only = officer(at=at, username="audit.here", unit=here.centre, permissions=rights, role="audit.here")
    (one,) = cases.fee_findings(by=here_only, check=found.id)
    assert one.receipt == receipt.id
    ((month, counts),) = cases.fee_tallies(by=here_only, check=found.id, per="month")
    assert (month, counts["different"]) == (receipt.day.replace(day=1), 1)
    elsewhere = officer(
        at=at, username="audit.there", unit=here.other_centre, permissions=rights, role="audit.there"
    )
    assert cases.fee_findings(by=elsewhere, check=found.id) == []
    assert cases.fee_checks(by=elsewhere)[0].counts["different"] == 0


@pytest.fixture
def dearer(here: Registry, at: datetime) -> Callable[[int], None]:
    def change(amount: int) -> None:
        held = catalogue.service_by_id(here.document)
        catalogue.save_service(
            by=SYSTEM,
            at=at,
            id=held.id,
            code=held.code,
            name=held.name,
            summary=held.summary,
            authority=held.authority,
            papers=held.papers,
            fees=[replace(held.fees[-1], amount=amount)],
            duration=held.duration,
            legal_basis=held.legal_basis,
            result=held.result,
            demonstration=held.demonstration,
            valid_from=held.valid_from,
            form=held.form,
            process=catalogue.process_source(held.version_id),
        )

    return change


def test_a_table_that_changes_in_mid_case_is_told(
    here: Registry, at: datetime, dearer: Callable[[int], None]
) -> None:
    case = brought(here, at=at)
    before = cases.see_case(by=here.officer, at=at, case=case.case).fee
    assert before is not None and before.total == 40_000 and len(before.notes) == 2
    dearer(60_000)
    told = cases.see_case(by=here.officer, at=at, case=case.case).fee
    assert told is not None and told.total == 40_000
    assert any("60" in note and "40" in note for note in told.notes), told.notes
    assert len(told.notes) == 3
    follower = cases.follow(number=case.number, code=case.code, address="1.1.1.1", at=at)
    assert follower.fee is not None and follower.fee.notes == told.notes
