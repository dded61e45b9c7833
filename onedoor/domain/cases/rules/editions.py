"""Whether a live case can go on by another edition's process: everything that waits must stand there as the same kind."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from onedoor.domain.catalogue.api import CompiledProcess, Node

GONE, OTHER, INSIDE, ARROW, EVENT = "gone", "other_kind", "elsewhere", "arrow", "event"
WHY = {
    GONE: "has no element of this id",
    OTHER: "has another kind of element there",
    INSIDE: "has it in another subprocess",
    ARROW: "has no such arrow to the join",
    EVENT: "does not wait there for this time or message",
}


@dataclass(frozen=True)
class Standing:
    """A place at which a case waits: the element, the arrow by which it came, and the events that are armed there."""

    node: str
    mark: str
    events: Collection[str] = ()


@dataclass(frozen=True)
class Obstacle:
    """Why a case cannot be moved: the element, and which of WHY."""

    node: str
    why: str

    def __str__(self) -> str:
        return f"“{self.node}”: the new process {WHY[self.why]}"


@dataclass(frozen=True)
class Plan:
    """What moving the live cases of an edition would do: which can go, and what holds back the others, by number."""

    movable: tuple[UUID, ...]
    held_back: tuple[tuple[str, tuple[Obstacle, ...]], ...]


def obstacles(
    old: CompiledProcess, new: CompiledProcess, places: Collection[Standing]
) -> tuple[Obstacle, ...]:
    """Everything that stands in the way of one case; empty where it can go on by the new process."""
    found = [Obstacle(place.node, why) for place in places if (why := _why(old, new, place))]
    for place in places:
        if not _why(old, new, place):
            armed = {event.id: event for event in (*new.awaited(place.node), *new.boundaries(place.node))}
            for event in place.events:
                if event not in armed or armed[event].event != old.node(event).event:
                    found.append(Obstacle(event, EVENT))
    return tuple(found)


def _why(old: CompiledProcess, new: CompiledProcess, place: Standing) -> str:
    before, after = old.node(place.node), new.nodes.get(place.node)
    if after is None:
        return GONE
    if not _alike(before, after):
        return OTHER
    if before.scope != after.scope:
        return INSIDE
    if before.joins and place.mark not in after.incoming:
        return ARROW
    return ""


def _alike(before: Node, after: Node) -> bool:
    """The same kind, done by the same office, several times or once, ending in the same ways."""
    return (
        before.kind == after.kind
        and before.several == after.several
        and before.joins == after.joins
        and set(before.outcomes) <= set(after.outcomes)
        and (before.lane is None) == (after.lane is None)
    )
