"""Idempotency: the same key and body has its effect once, also when both come at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from onedoor.kernel.errors import Invalid
from onedoor.kernel.inbox import Answer, KeyReused, remember
from onedoor.kernel.inbox.requests import keep_partitions
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor
from tests.kernel.notes.models import Note, NoteChanged

ACTOR = uuid4()


def one_note(at: datetime) -> Answer:
    """The effect: a note."""
    note = Note()
    note.save()
    publish(NoteChanged(lines=0), of=note, by=Actor.system(), at=at)
    return Answer(201, str(note.pk))


@pytest.mark.django_db
def test_a_repeated_request_gets_the_first_answer(at: Any) -> None:
    first = remember(actor=ACTOR, key="k", body=b"a", at=at, act=lambda: one_note(at))
    again = remember(actor=ACTOR, key="k", body=b"a", at=at + timedelta(hours=20), act=lambda: one_note(at))
    assert (again.text, again.replayed, Note.objects.count()) == (first.text, True, 1)


@pytest.mark.django_db
def test_a_key_stands_for_one_body_and_one_actor(at: Any) -> None:
    remember(actor=ACTOR, key="k", body=b"a", at=at, act=lambda: one_note(at))
    with pytest.raises(KeyReused):
        remember(actor=ACTOR, key="k", body=b"b", at=at, act=lambda: one_note(at))
    remember(actor=uuid4(), key="k", body=b"b", at=at, act=lambda: one_note(at))
    assert Note.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 201, "a\x00b"])
def test_a_key_that_cannot_be_is_named(at: Any, key: str) -> None:
    with pytest.raises(Invalid) as fault:
        remember(actor=ACTOR, key=key, body=b"", at=at, act=lambda: one_note(at))
    assert fault.value.field == "Idempotency-Key"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_have_one_effect(at: Any) -> None:
    def ask(_: int) -> str:
        answer = remember(actor=ACTOR, key="race", body=b"a", at=at, act=lambda: one_note(at))
        connection.close()
        return answer.text

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(8)))
    assert (len(answers), Note.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_failed_action_keeps_no_answer(at: Any) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        remember(actor=ACTOR, key="k", body=b"a", at=at, act=lambda: Answer(200, str(1 // 0)))
    assert remember(actor=ACTOR, key="k", body=b"a", at=at, act=lambda: Answer(200, "ok")).text == "ok"


@pytest.mark.django_db
def test_old_days_are_dropped_whole(at: Any) -> None:
    keep_partitions(at=at)
    assert keep_partitions(at=at + timedelta(days=30)) >= 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_inherits WHERE inhparent = 'kernel_request'::regclass")
        assert cursor.fetchone()[0] >= 4
