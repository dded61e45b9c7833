"""The same write by many at once: one effect, whatever the key says; in real transactions."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from onedoor.domain.access import api as access
from onedoor.domain.payments.models import Receipt
from onedoor.kernel.clock import now
from onedoor.kernel.scope import everything
from tests.doors.exchange.machines import Program, program
from tests.factories.till import FLOAT, Till, till

MANY = 6


def at_once(ask: Callable[[int], Any]) -> list[Any]:
    """Asks in as many threads, all at the same moment."""
    gate = Barrier(MANY)

    def one(number: int) -> Any:
        try:
            access.forget()
            gate.wait(10)
            return ask(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def paying(made: Till) -> tuple[Program, str]:
    cashier = program(made.centre, "payments.take", "payments.read")
    opened = cashier.post(f"/centres/{made.code}/drawers", {"counter": "1", "notes": FLOAT})
    assert opened.status_code == 201
    return cashier, f"/centres/{made.code}/charges/{made.charge(at=now()).id}/settle"


def receipts() -> int:
    with everything("a test looks"):
        return Receipt.objects.count()


@pytest.mark.django_db(transaction=True)
def test_one_key_has_one_effect_and_one_answer() -> None:
    cashier, path = paying(till(at=now()))
    answers = at_once(lambda _: cashier.post(path, {"tendered": 50_000}, key="the-same"))
    assert {answer.status_code for answer in answers} == {201}, [answer.content for answer in answers]
    assert len({answer.json()["number"] for answer in answers}) == 1 and receipts() == 1
    assert sum("Idempotency-Replayed" not in answer for answer in answers) == 1
    assert sum(answer.json()["code"] is not None for answer in answers) == 1, "a code is told once"


@pytest.mark.django_db(transaction=True)
def test_other_keys_are_refused() -> None:
    cashier, path = paying(till(at=now()))
    answers = at_once(lambda number: cashier.post(path, {"tendered": 50_000}, key=f"key-{number}"))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: MANY - 1} and receipts() == 1


@pytest.mark.django_db(transaction=True)
def test_a_drawer_is_opened_once() -> None:
    made = till(at=now())
    tellers = [program(made.centre, "payments.take") for _ in range(MANY)]
    path, body = f"/centres/{made.code}/drawers", {"counter": "1", "notes": FLOAT}
    answers = at_once(lambda number: tellers[number].post(path, body))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: MANY - 1}
