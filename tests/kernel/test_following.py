"""Followers hear sealed letters in batches and in one order; one that fails holds up nobody but its aggregate."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from onedoor.config.health import metrics, ready
from onedoor.kernel.letters import (
    Told,
    follow_batch,
    following,
    from_the_beginning,
    lag,
    projection,
    publish,
    seal_batch,
)
from onedoor.kernel.letters import handler as registry
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.letters.models import Delivery, Follower
from onedoor.kernel.scope import Actor
from tests.kernel.notes.models import Note, NoteChanged

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


class Listener:
    """What a follower heard, batch by batch; it cannot hear the aggregates in `deaf`."""

    def __init__(self) -> None:
        self.batches: list[list[tuple[UUID, int]]] = []
        self.deaf: set[UUID] = set()

    @property
    def heard(self) -> list[tuple[UUID, int]]:
        return [one for batch in self.batches for one in batch]

    def hear(self, told: Told) -> None:
        if self.deaf & {letter.aggregate for letter, _ in told}:
            raise ValueError("deaf")
        self.batches.append([(letter.aggregate, letter.version) for letter, _ in told])


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    """The only follower of this test."""
    monkeypatch.setattr(registry, "_followers", {})
    monkeypatch.setattr(registry, "_handlers", dict(registry._handlers))
    one = Listener()

    def listen(told: Told) -> None:
        one.hear(told)

    following(NoteChanged)(listen)
    yield one


def written(times: int = 1, note: Note | None = None) -> Any:
    """A note with so many letters."""
    for _ in range(times):
        with transaction.atomic():
            if note is None:
                note = Note()
            note.save()
            publish(NoteChanged(lines=0), of=note, by=Actor.system(), at=AT)
    return note


def follow() -> None:
    seal_batch()
    while follow_batch():
        pass


def test_letters_come_together_and_in_order(listener: Listener) -> None:
    first, second = written(2), written(1)
    written(1, first)
    follow()
    assert listener.batches == [[(first.id, 1), (first.id, 2), (second.id, 1), (first.id, 3)]]
    assert set(lag().values()) == {0}
    follow()
    assert len(listener.batches) == 1
    assert not Delivery.objects.filter(handler__endswith=".listen").exists()


def test_a_batch_is_limited_and_an_unsealed_letter_waits(listener: Listener) -> None:
    note = written(3)
    assert follow_batch() == 0
    seal_batch()
    assert follow_batch(limit=2) == 2 and len(listener.heard) == 2
    assert follow_batch(limit=2) == 1 and len(listener.heard) == 3
    written(1, note)
    assert follow_batch() == 0


def test_one_that_cannot_be_heard_waits_with_what_follows_it(listener: Listener) -> None:
    good, bad = written(1), written(1)
    listener.deaf = {bad.id}
    follow()
    assert listener.heard == [(good.id, 1)]
    assert Delivery.objects.filter(handler__endswith=".listen").count() == 1
    listener.deaf = set()
    written(1, bad)
    written(1, good)
    follow()
    assert (bad.id, 2) not in listener.heard and (good.id, 2) in listener.heard
    drain(at=AT)
    assert [one for one in listener.heard if one[0] == bad.id] == [(bad.id, 1), (bad.id, 2)]


def test_from_the_beginning_everything_is_heard_anew(listener: Listener) -> None:
    note = written(2)
    follow()
    (name,) = Follower.objects.filter(name__endswith=".listen").values_list("name", flat=True)
    from_the_beginning(name)
    follow()
    assert listener.heard == [(note.id, 1), (note.id, 2)] * 2


def test_how_far_a_follower_is_behind_shows_also_before_it_has_begun(listener: Listener) -> None:
    (before,) = lag().values()
    written(3)
    while seal_batch():
        pass
    assert lag() == {"kernel.listen": before + 3}
    status, state = ready()
    assert status == 200 and state["followers"] == {"kernel.listen": before + 3}
    line = f'onedoor_follower_behind{{follower="kernel.listen"}} {before + 3}.0'
    assert line in metrics().decode()
    follow()
    assert lag() == {"kernel.listen": 0}


def test_two_of_one_name_are_refused_and_the_first_goes_on(listener: Listener) -> None:
    def listen(told: Told) -> None:
        raise AssertionError("never heard")

    for declare in (following(NoteChanged), projection(NoteChanged)):
        with pytest.raises(TypeError, match=r"two handlers are called kernel\.listen"):
            declare(listen)
    written()
    follow()
    assert listener.heard
