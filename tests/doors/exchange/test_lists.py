"""Lists cost as many statements for three items as for one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.scope import everything
from tests.doors.exchange.machines import Program, program
from tests.factories.hall import BEGIN, SYSTEM, service
from tests.factories.offices import unit
from tests.factories.registry import Registry, received, registry
from tests.factories.till import Till, till


def statements(ask: Callable[[], Any]) -> tuple[int, int]:
    """How many items a list has, and how many statements it took; asked once before, as what never changes is kept."""
    ask()
    with CaptureQueriesContext(connection) as seen:
        answer = ask()
    assert answer.status_code == 200, answer.content
    return len(answer.json()["items"]), len(seen)


def same_for_three(ask: Callable[[], Any], another: Callable[[], Any]) -> None:
    """One more item, and two more, cost nothing more."""
    if not ask().json()["items"]:
        another()
    before, cost = statements(ask)
    another()
    another()
    after, later = statements(ask)
    assert after == before + 2 and later == cost, f"{cost} statements for {before}, {later} for {after}"


@pytest.fixture
def registered(db: None) -> Registry:
    return registry(at=now(), always_open=True)


@pytest.fixture
def cashed(db: None) -> Till:
    return till(at=now())


def test_cases_and_tasks(registered: Registry) -> None:
    made = registered
    centre, ministry = (
        program(made.centre, "cases.enter"),
        program(made.ministry, "cases.decide", roles=["ministry_officer"]),
    )
    for asker, path in (
        (ministry, "/cases"),
        (ministry, "/tasks"),
        (centre, f"/centres/{made.code}/cases"),
    ):
        same_for_three(lambda: asker.get(path), lambda: received(made, at=now()))  # noqa: B023 - asked at once


def test_charges_and_receipts(cashed: Till) -> None:
    made = cashed
    cashier = program(made.centre, "payments.take", "payments.read")
    made.open(at=now())
    same_for_three(lambda: cashier.get(f"/centres/{made.code}/charges"), lambda: made.charge(at=now()))
    same_for_three(
        lambda: cashier.get(f"/centres/{made.code}/receipts"), lambda: made.paid(at=now(), tendered=40_000)
    )


def test_tickets(registered: Registry) -> None:
    made = registered
    hall = program(made.centre, "queue.take")

    def take() -> None:
        with everything("a test fills the hall"):
            queue.take_ticket(by=SYSTEM, at=now(), centre=made.centre, service=made.birth)

    same_for_three(lambda: hall.get(f"/centres/{made.code}/tickets"), take)


def test_services_centres_and_units(registered: Registry) -> None:
    made, anybody = registered, Program()
    numbers = iter(range(100, 200))

    def another_service() -> None:
        code = f"service-{next(numbers)}"
        service(at=now(), code=code, name={"lo": code, "en": code}, authority=made.ministry)

    def another_centre() -> None:
        from onedoor.domain.access import api as access

        district = access.unit(made.centre).parent
        assert district is not None
        place = unit(at=now(), code=f"0103-{next(numbers)}", kind="centre", tree="territory", parent=district)
        centres.save_centre(
            by=SYSTEM,
            at=now(),
            id=place,
            code=access.unit(place).code,
            name={"lo": "ສູນ", "en": "Centre"},
            district=district,
            demonstration=True,
            offers=[centres.Offer(service=made.birth, valid_from=BEGIN)],
        )
        access.forget()

    with everything("a test builds its world"):
        same_for_three(lambda: anybody.get("/services"), another_service)
        same_for_three(lambda: anybody.get("/centres"), another_centre)
        same_for_three(lambda: anybody.get("/units", kind="centre"), another_centre)
