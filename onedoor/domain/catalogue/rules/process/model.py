"""A compiled process: immutable, and everything the runtime needs without looking at XML again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from onedoor.domain.catalogue.rules.feel import Expression
from onedoor.domain.catalogue.rules.process.durations import Term

Kind = Literal["start", "user", "service", "exclusive", "timer", "end"]
Audience = Literal["applicant", "front", "back", "system"]
UnitSelector = Literal["centre", "authority"]

STATUSES = (
    "received",
    "in_progress",
    "waiting_for_applicant",
    "approved",
    "refused",
    "issued",
    "handed_over",
    "withdrawn",
    "closed",
)


@dataclass(frozen=True)
class Lane:
    """Who does a step: a role, at which unit of the case, and which audience that is."""

    id: str
    names: Mapping[str, str]
    role: str
    unit: UnitSelector
    audience: Audience


@dataclass(frozen=True)
class Flow:
    """An arrow; ``guard`` is None where none was drawn."""

    id: str
    source: str
    target: str
    guard: Expression | None = None


@dataclass(frozen=True)
class Node:
    """One element where a token can be. Fields that a kind does not have stay empty."""

    id: str
    kind: Kind
    names: Mapping[str, str]
    lane: Lane | None = None
    flows: tuple[Flow, ...] = ()
    default: str | None = None
    status: str | None = None
    # user tasks
    outcomes: tuple[str, ...] = ()
    reason_for: frozenset[str] = frozenset()
    separated: bool = False
    intake: bool = False
    edits: bool = False
    waits_for: str = ""
    due: Term | None = None
    # service tasks
    handler: str | None = None
    # boundary timers
    attached_to: str | None = None
    interrupting: bool = True
    timer: Term | None = None
    boundaries: tuple[str, ...] = ()

    @property
    def rests(self) -> bool:
        """Whether a token waits here."""
        return self.kind in ("user", "service")

    @property
    def decision(self) -> bool:
        """Whether completing it decides something (more than one way to end it)."""
        return len(self.outcomes) > 1


@dataclass(frozen=True)
class CompiledProcess:
    """One immutable version of a process; ``digest`` names its bytes."""

    key: str
    names: Mapping[str, str]
    digest: str
    start: str
    nodes: Mapping[str, Node] = field(default_factory=lambda: MappingProxyType({}))

    def node(self, node: str) -> Node:
        """The element with this id (KeyError when the process has none)."""
        return self.nodes[node]

    @property
    def intake(self) -> Node | None:
        """The first task, where it is the receiving itself."""
        first = self.nodes[self.nodes[self.start].flows[0].target]
        return first if first.intake else None

    @property
    def payment(self) -> Node | None:
        """The task that is done when the fee is paid or waived, where there is one."""
        return next((node for node in self.nodes.values() if node.waits_for == "payment"), None)

    def boundaries(self, node: str) -> tuple[Node, ...]:
        """The timers that stand on an element's border."""
        return tuple(self.nodes[each] for each in self.nodes[node].boundaries)
