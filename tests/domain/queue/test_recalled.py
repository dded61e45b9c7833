"""A step begins from the ticket as this process last wrote it; a memory that is behind changes and refuses nothing."""

from collections import OrderedDict
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from onedoor.domain.queue import api as queue
from onedoor.domain.queue.actions import locking
from onedoor.domain.queue.models import lately, look_at_ticket, recall_ticket
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import everything
from tests.factories.hall import Hall, hall

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here() -> Hall:
    return hall(at=now(), always_open=True)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The tickets that steps asked the database for."""
    seen: list[UUID] = []

    def look(*, centres: Any, ticket: UUID) -> queue.Ticket | None:
        seen.append(ticket)
        return look_at_ticket(centres=centres, ticket=ticket)

    monkeypatch.setattr(locking, "look_at_ticket", look)
    return seen


def called(here: Hall) -> queue.Ticket:
    queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
    return queue.call_next(by=here.officer, at=now(), counter=here.counters[0])


def step(here: Hall, act: Any, ticket: UUID, **more: Any) -> queue.Ticket:
    done: queue.Ticket = act(by=here.officer, at=now(), ticket=ticket, **{"centre": here.centre, **more})
    return done


def written(ticket: UUID) -> tuple[str, list[int]]:
    with everything("a test looks"):
        versions = LetterRow.objects.filter(aggregate=ticket).order_by("version")
        held = queue.Ticket.objects.get(id=ticket)
        return held.status, list(versions.values_list("version", flat=True))


def test_from_call_to_end_nothing_is_asked_again(here: Hall, looks: list[UUID]) -> None:
    ticket = called(here)
    started = step(here, queue.start, ticket.id)
    assert started.called_at == ticket.called_at and started.number == ticket.number
    step(here, queue.finish, ticket.id)
    assert looks == [] and written(ticket.id) == ("served", [1, 2, 3, 4])
    assert recall_ticket(centres=[here.centre], ticket=ticket.id) is None, "who left is forgotten"


def test_a_memory_that_is_behind_writes_nothing_and_refuses_nothing(here: Hall, looks: list[UUID]) -> None:
    ticket = called(here)
    behind = lately._rows[ticket.id]
    step(here, queue.start, ticket.id)
    step(here, queue.give_back, ticket.id)
    queue.call_next(by=here.officer, at=now(), counter=here.counters[1])
    lately.remember(ticket.id, behind)  # as another process has it
    looks.clear()
    started = step(here, queue.start, ticket.id)
    assert looks == [ticket.id] and started.counter_id == here.counters[1]
    assert written(ticket.id) == ("serving", [1, 2, 3, 4, 5, 6])
    lately.remember(ticket.id, behind)
    assert step(here, queue.finish, ticket.id).status == "served"
    lately.remember(ticket.id, behind)
    with pytest.raises(queue.TicketHasMoved):
        step(here, queue.start, ticket.id)
    assert written(ticket.id) == ("served", [1, 2, 3, 4, 5, 6, 7])


def test_only_what_was_committed_is_remembered_and_only_for_its_centre(here: Hall) -> None:
    queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ticket = queue.call_next(by=here.officer, at=now(), counter=here.counters[0])
        1 / 0  # noqa: B018 - whatever makes the transaction fail
    assert ticket.id not in lately._rows
    with pytest.raises(queue.TicketHasMoved):
        step(here, queue.start, ticket.id)
    queue.call_next(by=here.officer, at=now(), counter=here.counters[0])
    with pytest.raises(queue.TicketUnknown):
        step(here, queue.start, ticket.id, centre=new_id())
    with pytest.raises(queue.TicketUnknown):
        queue.start(by=here.stranger, at=now(), ticket=ticket.id)
    assert queue.start(by=here.officer, at=now(), ticket=ticket.id).status == "serving"


def test_no_more_is_kept_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lately, "KEPT", 2)
    monkeypatch.setattr(lately, "_rows", OrderedDict())
    ids = [new_id() for _ in range(3)]
    for id in ids:
        lately.remember(id, (id,))
    assert [lately.remembered(id, centres=ids, place=0) is None for id in ids] == [True, False, False]
