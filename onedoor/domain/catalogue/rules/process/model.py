"""A compiled process: immutable, and everything the runtime needs without looking at XML again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, Protocol

from onedoor.domain.catalogue.rules.feel import Expression
from onedoor.domain.catalogue.rules.process.durations import Term

Kind = Literal[
    "start",
    "user",
    "service",
    "receive",
    "rule",
    "exclusive",
    "inclusive",
    "parallel",
    "event",
    "catch",
    "pass",
    "sub",
    "border",
    "end",
]
Happening = Literal["", "timer", "message", "error", "terminate"]
Audience = Literal["applicant", "front", "back", "system"]
UnitSelector = Literal["centre", "authority", "province-office", "district-office"]

ACTIVITIES = frozenset({"user", "service", "receive", "sub"})
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
    """Who does a step: a role, at which unit of the case, and which audience that is.

    ``of``: the code of the authority whose office it is, where it is not the service's own.
    """

    id: str
    names: Mapping[str, str]
    role: str
    unit: UnitSelector
    audience: Audience
    of: str = ""


@dataclass(frozen=True)
class Flow:
    """An arrow; ``guard`` is None where none was drawn."""

    id: str
    source: str
    target: str
    guard: Expression | None = None


@dataclass(frozen=True)
class Moment:
    """A date at which a timer runs out: written down, or read from the case when the token comes."""

    fixed: date | datetime | None = None
    read: Expression | None = None

    def of(self, facts: Mapping[str, Any]) -> date | datetime | None:
        """The date in this case; None where the answer that it stands for was not given."""
        found = self.read(facts) if self.read else self.fixed
        if isinstance(found, str):
            try:
                return date.fromisoformat(found)
            except ValueError:
                return None
        return found if isinstance(found, date) else None


@dataclass(frozen=True)
class Several:
    """An activity that runs several times: for a number or for these units, at once or one after the other.

    ``until``: when it is enough, though some still run.
    """

    sequential: bool = False
    count: Expression | None = None
    units: tuple[str, ...] = ()
    until: Expression | None = None


@dataclass(frozen=True)
class Node:
    """One element where a token can be. Fields that a kind does not have stay empty."""

    id: str
    kind: Kind
    names: Mapping[str, str]
    scope: str = ""
    lane: Lane | None = None
    flows: tuple[Flow, ...] = ()
    incoming: tuple[str, ...] = ()
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
    # business-rule tasks
    rule: str = ""
    into: str = ""
    asks: "Decisions | None" = None  # of the service that is called; None: the process's own
    # what happens: on a border, between tasks, at an end
    event: Happening = ""
    attached_to: str | None = None
    interrupting: bool = True
    timer: Term | None = None
    moment: Moment | None = None
    again: int = 0  # how often a cycle fires after the first time; below zero for ever
    message: str = ""
    key: Expression | None = None
    error: str = ""
    boundaries: tuple[str, ...] = ()
    # subprocesses, calls, several at once
    begins: str = ""
    several: Several | None = None

    @property
    def rests(self) -> bool:
        """Whether a token waits here for a person, the worker, a message or a time."""
        return self.kind in ("user", "service", "receive", "catch", "event")

    @property
    def works(self) -> bool:
        """Whether somebody or something has a task here."""
        return self.kind in ("user", "service")

    @property
    def joins(self) -> bool:
        """Whether it waits for more than one arrow."""
        return self.kind in ("parallel", "inclusive") and len(self.incoming) > 1

    @property
    def decision(self) -> bool:
        """Whether completing it decides something (more than one way to end it)."""
        return len(self.outcomes) > 1


class Decisions(Protocol):
    """What a process needs of its service's decisions."""

    @property
    def names(self) -> Collection[str]:
        """What they are called."""

    def decide(self, name: str, context: Mapping[str, Any]) -> Any:
        """What one of them answers, with ``value`` and the ``hits`` that led to it."""


@dataclass(frozen=True)
class CompiledProcess:
    """One immutable version of a process; ``digest`` names its bytes.

    ``start``: of no kind, or the first where it has none. ``listens``: whether it waits for messages anywhere.
    ``ahead``: for each inclusive join, which of its arrows can still be reached from each element.
    ``within``: for each subprocess that runs several times, what stands in it, and the words of its rules.
    """

    key: str
    names: Mapping[str, str]
    digest: str
    start: str
    nodes: Mapping[str, Node] = field(default_factory=lambda: MappingProxyType({}))
    listens: bool = False
    decisions: Decisions | None = None
    ahead: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=lambda: MappingProxyType({}))
    within: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    def node(self, node: str) -> Node:
        """The element with this id (KeyError when the process has none)."""
        return self.nodes[node]

    @property
    def by_hand(self) -> bool:
        """Whether an application can be handed in; else it begins only by itself."""
        return not self.nodes[self.start].event

    @property
    def starts(self) -> tuple[Node, ...]:
        """The starts that set off by themselves: by a message or a time."""
        return tuple(
            node for node in self.nodes.values() if node.kind == "start" and node.event and not node.scope
        )

    @property
    def intake(self) -> Node | None:
        """The first task, where it is the receiving itself."""
        return self.intake_after(self.start)

    def intake_after(self, start: str) -> Node | None:
        """The first task behind a start, where it is the receiving itself."""
        first = self.nodes[self.nodes[start].flows[0].target]
        return first if first.intake else None

    @property
    def payment(self) -> Node | None:
        """The task that is done when the fee is paid or waived, where there is one."""
        return next((node for node in self.nodes.values() if node.waits_for == "payment"), None)

    def boundaries(self, node: str) -> tuple[Node, ...]:
        """The events that stand on an element's border."""
        return tuple(self.nodes[each] for each in self.nodes[node].boundaries)

    def awaited(self, node: str) -> tuple[Node, ...]:
        """What can happen while a token rests here: on its border, or to itself, or the first of several."""
        held = self.nodes[node]
        if held.kind == "event":
            return tuple(self.nodes[flow.target] for flow in held.flows)
        own = (held,) if held.kind in ("catch", "receive") else ()
        return own + self.boundaries(node)
