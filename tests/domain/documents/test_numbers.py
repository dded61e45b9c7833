"""Numbers without gaps while eight people issue at once, in transactions that really commit and some that fail."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import connections, transaction

from onedoor.domain.documents import api as documents
from onedoor.domain.documents.actions import issuing
from onedoor.domain.documents.models import Document
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import hall
from tests.factories.papers import FACTS, template

SYSTEM = Actor.system()


class PaperJam(Exception):
    """Something after the number fails."""


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_leave_no_gap(at: datetime) -> None:
    place = hall(at=at)
    template(at=at)
    waiting: list[UUID] = []
    for _ in range(24):
        held = documents.prepare(
            by=SYSTEM, at=at, subject=new_id(), centre=place.centre, kind="birth-certificate", facts=FACTS
        )
        with everything("a test confirms"):
            documents.confirm_facts(by=SYSTEM, at=at, document=held.id)
        waiting.append(held.id)
    with patch.object(issuing, "produce", lambda **_: False), ThreadPoolExecutor(8) as people:
        list(people.map(_attempt(at), enumerate(waiting)))
    with everything("a test counts"):
        numbers = sorted(Document.objects.filter(number__isnull=False).values_list("number", flat=True))
    assert len(numbers) == 18  # every fourth transaction was rolled back after its number was drawn
    assert [int(number.split("-")[-2]) for number in numbers] == list(range(1, 19))


@pytest.mark.django_db(transaction=True)
def test_two_processes_finish_the_same_document_once(at: datetime) -> None:
    place = hall(at=at)
    template(at=at)
    held = documents.prepare(
        by=SYSTEM, at=at, subject=new_id(), centre=place.centre, kind="birth-certificate", facts=FACTS
    )
    with everything("a test issues"), patch.object(issuing, "produce", lambda **_: False):
        documents.confirm_facts(by=SYSTEM, at=at, document=held.id)
        documents.issue(by=SYSTEM, at=at, document=held.id)

    def finish(_: int) -> bool:
        try:
            return documents.produce(by=SYSTEM, at=at, document=held.id)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as processes:
        assert sorted(processes.map(finish, range(3))) == [False, False, True]
    view = documents.of_subject(held.subject)[0]
    assert view.state == "issued" and len(view.copies) == 1


def _attempt(at: datetime) -> Callable[[tuple[int, UUID]], None]:
    def issue(job: tuple[int, UUID]) -> None:
        place, document = job
        try:
            with everything("a test issues"), transaction.atomic():
                documents.issue(by=SYSTEM, at=at, document=document)
                if place % 4 == 3:
                    raise PaperJam
        except PaperJam:
            return
        finally:
            connections.close_all()

    return issue
