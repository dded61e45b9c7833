"""Aggregates: the database holds everyone to the owner, the version and the epoch, also plain SQL."""

from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from onedoor.kernel.aggregate import NotTheOwner, Unpublished, aggregates
from onedoor.kernel.errors import Conflict
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor
from tests.kernel.notes.models import Note, NoteChanged

pytestmark = pytest.mark.django_db


def written(at: Any, **values: Any) -> Note:
    """A note that was saved and published."""
    note = Note(**values)
    note.save()
    publish(NoteChanged(lines=0), of=note, by=Actor.system(), at=at)
    return note


def plain(sql: str, *values: Any) -> str | None:
    """Run plain SQL; gives the state of the database's refusal."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError as fault:
        assert isinstance(fault.__cause__, psycopg.Error)
        return fault.__cause__.sqlstate
    return None


def test_a_new_aggregate_belongs_here_and_begins_at_one(at: Any) -> None:
    note = written(at)
    assert (note.epoch, note.version) == (1, 1)
    assert note.owner == Note.objects.get(pk=note.pk).owner


def test_each_save_counts_one_version(at: Any) -> None:
    note = written(at)
    note.title = "b"
    note.save()
    assert Note.objects.get(pk=note.pk).version == 2


def test_a_second_save_without_a_letter_is_a_fault() -> None:
    note = Note()
    note.save()
    with pytest.raises(Unpublished):
        note.save()


def test_a_stale_save_is_a_conflict_and_changes_nothing(at: Any) -> None:
    note = written(at, title="a")
    stale = Note.objects.get(pk=note.pk)
    note.title = "b"
    note.save()
    stale.title = "c"
    with pytest.raises(Conflict), transaction.atomic():
        stale.save()
    assert Note.objects.get(pk=note.pk).title == "b"
    assert stale.version == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("title = 'x'", "OD002"),
        ("version = version + 2", "OD002"),
        ("version = version - 1", "OD002"),
        ("version = version + 1, epoch = epoch - 1", "OD003"),
        ("version = version + 1, epoch = epoch + 1", "OD003"),
        ("version = version + 1, owner = gen_random_uuid()", "OD003"),
        ("version = version + 1, owner = gen_random_uuid(), epoch = epoch + 1", None),
        ("version = version + 1", None),
    ],
)
def test_plain_sql_is_held_to_the_same_rules(at: Any, change: str, refusal: str | None) -> None:
    note = written(at)
    assert plain(f"UPDATE notes_note SET {change} WHERE id = %s", note.pk) == refusal


def test_a_node_that_is_not_the_owner_is_refused_by_the_database(at: Any) -> None:
    note = written(at)
    assert (
        plain("UPDATE notes_note SET version = 2, epoch = 2, owner = %s WHERE id = %s", uuid4(), note.pk)
        is None
    )
    assert plain("UPDATE notes_note SET version = 3 WHERE id = %s", note.pk) == "OD001"
    assert plain("INSERT INTO notes_note VALUES (%s, %s, 1, 1, '')", uuid4(), uuid4()) == "OD001"
    with pytest.raises(NotTheOwner), transaction.atomic():
        Note.objects.get(pk=note.pk).save()


def test_an_aggregate_is_never_deleted(at: Any) -> None:
    note = written(at)
    assert plain("DELETE FROM notes_note WHERE id = %s", note.pk) == "OD004"


def test_every_aggregate_is_guarded() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'kernel_guard'")
        guarded = {row[0] for row in cursor.fetchall()}
    assert {model._meta.db_table for model in aggregates()} <= guarded
