"""Two nodes hand letters and states over to each other, badly: repeated, reordered, lost. In the end nothing is."""

import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from onedoor.kernel.aggregate import NotTheOwner
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox.links import Parcel, accept, acknowledge, connect, next_parcel
from onedoor.kernel.inbox.models import Outgoing, ParkedMirror
from onedoor.kernel.letters import publish, seal_batch, verify
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.mirrors.state import hand_over, read_state, recall
from onedoor.kernel.scope import Actor
from tests.kernel.nodes import Node, second_database
from tests.kernel.notes.models import Heard, Line, Note, NoteChanged

NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
EXAMPLES = int(os.environ.get("ONEDOOR_EXAMPLES", "15"))


class World:
    """A hub and a centre, what is on its way between them, and what people did."""

    def __init__(self, hub: Node, centre: Node, seed: int) -> None:
        self.hub, self.centre, self.chance = hub, centre, random.Random(seed)
        self.under_way: list[tuple[Node, Parcel]] = []
        self.notes: list[UUID] = []
        self.written: dict[tuple[UUID, int, int], UUID | None] = {}
        for node in (hub, centre):
            node.empty()
        with hub.here():
            connect(peer=centre.id, everything=False)
        with centre.here():
            connect(peer=hub.id, everything=True)

    def other(self, node: Node) -> Node:
        return self.centre if node is self.hub else self.hub

    def _letter(self, note: Note, line: UUID | None, to: UUID | None = None) -> None:
        publish(NoteChanged(lines=1), of=note, by=Actor.system(), at=AT, to=to)
        self.written[(note.pk, note.epoch, note.version)] = line

    def create(self, node: Node) -> None:
        with node.here(), transaction.atomic():
            note = Note(title="x")
            note.save()
            self._letter(note, None)
        self.notes.append(note.pk)

    def add_line(self, node: Node) -> None:
        with node.here():
            note = self._pick()
            if note is None:
                return
            line = new_id()
            try:
                with transaction.atomic():
                    note.lock()
                    note.save()
                    Line.objects.create(id=line, note=note, text=str(line))
                    self._letter(note, line)
            except NotTheOwner:
                assert note.owner != node.id
            else:
                assert note.owner == node.id

    def hand_over(self, node: Node) -> None:
        with node.here():
            note = self._pick()
            if note is None or note.owner != node.id:
                return
            with transaction.atomic():
                note.lock()
                hand_over(note, to=self.other(node).id)
                self._letter(note, None, to=note.owner)

    def recall(self, node: Node) -> None:
        with self.hub.here():
            note = self._pick()
            if note is None or note.owner != self.centre.id:
                return
            with transaction.atomic():
                recall(note, here=self.hub.id)
                self._letter(note, None, to=self.centre.id)

    def seal(self, node: Node) -> None:
        with node.here():
            seal_batch()

    def send(self, node: Node) -> None:
        with node.here():
            parcel = next_parcel(peer=self.other(node).id, limit=self.chance.randint(1, 4))
        if parcel is not None:
            if self.chance.random() < 0.4:
                letters = self.chance.sample(parcel.letters, self.chance.randint(1, len(parcel.letters)))
                parcel = Parcel(parcel.sender, parcel.generation, letters, parcel.states)
            self.under_way.append((self.other(node), parcel))

    def arrive(self, node: Node, *, again: bool = False) -> None:
        if not self.under_way:
            return
        place = self.chance.randrange(len(self.under_way))
        target, parcel = self.under_way[place]
        if not again:
            del self.under_way[place]
        with target.here():
            mark = accept(parcel)
        with self.other(target).here():
            acknowledge(peer=target.id, generation=parcel.generation, watermark=mark)

    def repeat(self, node: Node) -> None:
        self.arrive(node, again=True)

    def lose(self, node: Node) -> None:
        if self.under_way:
            del self.under_way[self.chance.randrange(len(self.under_way))]

    def deliver(self, node: Node) -> None:
        with node.here():
            drain(at=AT)

    def quiet(self) -> None:
        for _ in range(200):
            moved = 0
            for node in (self.hub, self.centre):
                with node.here():
                    moved += seal_batch()
                    moved += drain(at=AT + timedelta(days=1))
                    parcel = next_parcel(peer=self.other(node).id)
                if parcel is not None:
                    moved += 1
                    with self.other(node).here():
                        mark = accept(parcel)
                    with node.here():
                        acknowledge(peer=self.other(node).id, generation=parcel.generation, watermark=mark)
            if not moved:
                return
        raise AssertionError("the nodes do not come to rest")

    def _pick(self) -> Note | None:
        held = list(Note.objects.order_by("id"))
        return self.chance.choice(held) if held else None


ACTIONS = "create add_line add_line hand_over recall seal seal send send arrive repeat lose deliver".split()


@pytest.fixture
def two_nodes(transactional_db: None) -> Iterator[tuple[Node, Node]]:
    peer = second_database()
    yield Node(connections["default"]), Node(peer)
    peer.close()


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=NO_SHRINKING,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(st.tuples(st.sampled_from(ACTIONS), st.booleans()), min_size=20, max_size=90),
    seed=st.integers(0, 10**6),
)
def test_nothing_is_lost_or_doubled_between_two_nodes(two_nodes: Any, steps: Any, seed: int) -> None:
    world = World(*two_nodes, seed)
    world.create(world.hub)
    world.create(world.centre)
    for action, at_hub in steps:
        getattr(world, action)(world.hub if at_hub else world.centre)
    world.quiet()
    check(world)


def check(world: World) -> None:
    with world.hub.here():
        kept = {(r.aggregate, r.epoch, r.version): r for r in LetterRow.objects.all()}
        parked = {(p.aggregate, p.epoch, p.version) for p in ParkedMirror.objects.all()}
        heard = list(Heard.objects.order_by("id").values_list("note", "version"))
        at_hub = {note: read_state(kind="notes.note", aggregate=note) for note in world.notes}
        assert verify().faults == []
        assert Outgoing.objects.count() == 0
    with world.centre.here():
        at_centre = {note: read_state(kind="notes.note", aggregate=note) for note in world.notes}
        assert verify().faults == []
        assert Outgoing.objects.count() == 0
    assert not parked & set(kept), "a letter is both kept and set aside"
    assert parked | set(kept) == set(world.written), "every letter has arrived, exactly once"
    for note in world.notes:
        versions = [version for n, version in heard if n == note]
        assert versions == sorted(versions), "each note's letters were heard in order"
    assert sorted(heard) == sorted({(note, version) for note, _, version in kept}), "each letter was heard"
    writers: dict[tuple[UUID, int], set[UUID]] = {}
    for (note, epoch, _), row in kept.items():
        if row.addressee is None:
            writers.setdefault((note, epoch), set()).add(row.origin)
    assert all(len(nodes) == 1 for nodes in writers.values()), "an epoch has one writer"
    for note in world.notes:
        hubs, centres = at_hub[note], at_centre[note]
        assert hubs is not None
        owner_is_centre = UUID(hubs.row["owner"]) == world.centre.id
        if owner_is_centre or centres is not None and centres.version == hubs.version:
            assert centres == hubs, "the owner's state and its copy are equal"
        if centres is not None:
            assert (centres.epoch, centres.row["owner"]) == (hubs.epoch, hubs.row["owner"]), (
                "both name one owner"
            )
        lines = [row["id"] for row in hubs.children["notes.line"]]
        assert len(lines) == len(set(lines))
        last = max(epoch for n, epoch, _ in kept if n == note)
        wanted = {
            str(line) for (n, e, _), line in world.written.items() if n == note and line and (n, e, _) in kept
        }
        assert wanted <= set(lines), f"a kept line is missing in epoch {last}"
