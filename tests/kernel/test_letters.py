"""Letters: written with their change, sealed densely, delivered in order, and every tampering is named."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from onedoor.kernel.errors import NotYet
from onedoor.kernel.letters import (
    Payload,
    backlog,
    forget_person,
    publish,
    read_payload,
    seal_batch,
    sign_head,
    verify,
)
from onedoor.kernel.letters.deliver import deliver_batch, drain
from onedoor.kernel.letters.handler import handlers
from onedoor.kernel.letters.heads import anchors
from onedoor.kernel.letters.models import Delivery, LetterRow, Seal
from onedoor.kernel.scope import Actor
from tests.kernel.notes.models import Heard, Note, NoteChanged

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_anchors(settings: Any, tmp_path: Any) -> None:
    """Each test anchors in a home of its own."""
    settings.HOME = tmp_path


def write(at: Any, note: Note | None = None, payload: Payload | None = None) -> Note:
    """One change with its letter."""
    with transaction.atomic():
        note = note or Note()
        note.save()
        publish(NoteChanged(lines=note.version), of=note, by=Actor.system(), at=at, payload=payload)
    return note


def tamper(sql: str, *values: Any) -> None:
    """Change what may not be changed, as somebody with the database in hand could."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
        cursor.execute(sql, values)


def test_a_letter_is_part_of_its_change(at: Any) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        note = Note()
        note.save()
        publish(NoteChanged(lines=1), of=note, by=Actor.system(), at=at)
        raise RuntimeError
    assert (LetterRow.objects.count(), Delivery.objects.count()) == (0, 0)


def test_sealing_numbers_densely_in_the_order_of_the_aggregate(at: Any) -> None:
    first, second = write(at), write(at)
    write(at - timedelta(hours=1), first)
    write(at, second)
    assert seal_batch() == 4
    assert seal_batch() == 0
    assert list(Seal.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert verify().ok


def test_a_letter_waits_for_its_predecessor(at: Any) -> None:
    note = write(at)
    write(at, note)
    first = LetterRow.objects.get(version=1)
    tamper("DELETE FROM kernel_unsealed WHERE letter = %s", first.pk)
    tamper("DELETE FROM kernel_letter WHERE id = %s", first.pk)
    assert seal_batch() == 0


def test_letters_and_seals_refuse_a_change(at: Any) -> None:
    write(at)
    seal_batch()
    for sql in (
        "UPDATE kernel_letter SET body = '{}'",
        "DELETE FROM kernel_letter",
        "DELETE FROM kernel_seal",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE kernel_letter SET body = '{\"lines\":9}' WHERE version = 2", "was edited"),
        ("UPDATE kernel_letter SET at = at + interval '1 second' WHERE version = 2", "was edited"),
        ("UPDATE kernel_letter SET actor = gen_random_uuid() WHERE version = 2", "was edited"),
        ("UPDATE kernel_letter SET payload = 'x' WHERE version = 2", "was edited"),
        ("DELETE FROM kernel_letter WHERE version = 2", "was deleted"),
        ("DELETE FROM kernel_seal WHERE number = 2", "missing from the chain"),
        ("DELETE FROM kernel_seal WHERE number > 2", "was signed"),
        (
            "UPDATE kernel_seal SET letter = CASE number WHEN 2 THEN -3 WHEN 3 THEN -2 END WHERE number IN (2, 3);"
            "UPDATE kernel_seal SET letter = (SELECT id FROM kernel_letter WHERE version = -letter) WHERE letter < 0",
            "place in the chain",
        ),
        (
            "INSERT INTO kernel_letter (origin, type, schema, kind, aggregate, epoch, version, actor_kind, actor, at, body)"
            " SELECT origin, type, schema, kind, aggregate, epoch, 99, actor_kind, actor, at, body FROM kernel_letter"
            " WHERE version = 1",
            "was inserted",
        ),
        ("UPDATE kernel_head SET hash = 'x'", "signature of head"),
    ],
)
def test_tampering_is_named(at: Any, sql: str, words: str) -> None:
    note = write(at)
    for _ in range(3):
        write(at, note)
    seal_batch()
    sign_head(at=at)
    assert verify().ok
    for statement in sql.split(";"):
        tamper(statement)
    assert any(words in fault for fault in verify().faults), verify().faults


def test_a_cut_tail_is_found_by_the_anchor_outside_the_database(at: Any) -> None:
    note = write(at)
    write(at, note)
    seal_batch()
    sign_head(at=at)
    assert anchors().read_text().startswith("2 ")
    tamper("DELETE FROM kernel_head")
    tamper("DELETE FROM kernel_seal WHERE number = 2")
    assert any("was signed" in fault for fault in verify().faults)


def test_a_head_is_signed_only_when_the_chain_moved(at: Any) -> None:
    assert sign_head(at=at) is None
    write(at)
    seal_batch()
    assert sign_head(at=at) == 1
    assert sign_head(at=at) is None


def test_each_handler_hears_each_letter_once_and_in_order(at: Any) -> None:
    note = write(at)
    for _ in range(4):
        write(at, note)
    while deliver_batch(at=at, limit=2):
        pass
    assert list(Heard.objects.order_by("id").values_list("version", flat=True)) == [1, 2, 3, 4, 5]
    assert backlog()["undelivered"] == 0


def test_the_backlog_is_as_old_as_the_oldest_letter_that_waits(at: Any) -> None:
    """Also one that is only unsealed; by the database's own clock, whatever instant the letter tells."""
    write(at)
    deliver_batch(at=at)
    assert backlog()["undelivered"] == 0 and backlog()["oldest_seconds"] < 60
    tamper("UPDATE kernel_unsealed SET written = written - interval '90 seconds'")
    assert 90 <= backlog()["oldest_seconds"] < 150
    seal_batch()
    assert backlog()["oldest_seconds"] == 0


def test_a_failing_handler_delays_only_its_aggregate_and_is_tried_again(at: Any, monkeypatch: Any) -> None:
    broken, whole = write(at), write(at)
    write(at, broken)
    handler = handlers()["notes.count"]
    hear = handler.hear

    def fail(letter: Any, event: Any) -> None:
        if letter.aggregate == broken.pk:
            raise NotYet("the note is on its way") if letter.version == 1 else ValueError
        hear(letter, event)

    object.__setattr__(handler, "hear", fail)
    try:
        drain(at=at)
        assert list(Heard.objects.values_list("note", flat=True)) == [whole.pk]
        waiting = Delivery.objects.order_by("letter").first()
        assert waiting is not None
        assert waiting.attempts == 1
        assert "on its way" in waiting.error
    finally:
        object.__setattr__(handler, "hear", hear)
    drain(at=at + timedelta(hours=1))
    assert list(Heard.objects.filter(note=broken.pk).order_by("id").values_list("version", flat=True)) == [
        1,
        2,
    ]


def test_a_handler_that_hears_together_gets_one_list_and_one_bad_letter_does_not_spoil_it(at: Any) -> None:
    notes, lists = [write(at) for _ in range(5)], list[list[Any]]()
    handler = handlers()["notes.count"]
    hear = handler.hear

    def together(told: Any) -> None:
        lists.append([letter.aggregate for letter, _ in told])
        for letter, event in told:
            hear(letter, event)
            if letter.aggregate == notes[2].pk:
                raise NotYet("the note is on its way")

    object.__setattr__(handler, "hear", together)
    object.__setattr__(handler, "together", True)
    try:
        deliver_batch(at=at)
    finally:
        object.__setattr__(handler, "hear", hear)
        object.__setattr__(handler, "together", False)
    assert [len(one) for one in lists] == [5, 1, 1, 1, 1, 1]
    heard = list(Heard.objects.order_by("id").values_list("note", flat=True))
    assert heard == [note.pk for note in notes if note != notes[2]]
    assert backlog()["undelivered"] == 1


def test_personal_contents_go_with_the_persons_key_and_the_chain_stays_whole(at: Any) -> None:
    person = uuid4()
    write(at, payload=Payload(person=person, data={"name": "ສົມສະໄໝ"}))
    seal_batch()
    sealed = LetterRow.objects.get().payload
    assert sealed is not None
    assert "ສົມສະໄໝ".encode() not in bytes(sealed)
    assert read_payload(person=person, sealed=bytes(sealed)) == {"name": "ສົມສະໄໝ"}
    forget_person(person=person, at=at)
    assert read_payload(person=person, sealed=bytes(sealed)) is None
    assert verify().ok
