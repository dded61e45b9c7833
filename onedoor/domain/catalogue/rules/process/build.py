"""What has been read of a process so far, and every fault that was found on the way."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from onedoor.domain.catalogue.rules.feel import Expression, ExpressionError, compile_expression
from onedoor.domain.catalogue.rules.process.durations import DurationError, Term, parse_duration
from onedoor.domain.catalogue.rules.process.model import Decisions, Flow, Node
from onedoor.domain.catalogue.rules.process.reader import XSI, Element

CALENDARS = ("elapsed", "office")
Called = Callable[[str, int], bytes | None]
Decided = Callable[[str, int], Decisions | None]


@dataclass(frozen=True)
class Fault:
    """Why a process cannot be published: the element's id and name, the reason, the line of the file."""

    element: str
    name: str
    reason: str
    line: int

    def __str__(self) -> str:
        named = f"“{self.element}”" + (f" ({self.name})" if self.name else "")
        return (
            f"line {self.line}: {named}: {self.reason}"
            if self.element
            else f"line {self.line}: {self.reason}"
        )


@dataclass
class Build:
    """What has been read so far, and the faults found.

    ``process``: the one of the file that is run.
    ``messages`` and ``errors`` by the id of their element; ``called`` and ``decided`` find another service's published
    process and decisions. ``refused``: what is of a kind that is not run, and ``unread``: calls whose process could not be
    read; what follows from that alone is not said again.
    """

    handlers: Collection[str] | None = None
    roles: Collection[str] | None = None
    called: Called | None = None
    decided: Decided | None = None
    decisions: Decisions | None = None
    depth: int = 0
    process: Element | None = None
    faults: list[Fault] = field(default_factory=list)
    elements: dict[str, Element] = field(default_factory=dict)
    read: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    messages: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def refuse(self, element: Element, reason: str) -> None:
        """An element is of a kind that is not run."""
        self.refused.add(element.id)
        self.fault(element, reason)

    def fault(self, element: Element, reason: str) -> None:
        """Note a fault of an element, once."""
        found = Fault(element.id, " ".join(element.get("name").split()), reason, element.line)
        if found not in self.faults:
            self.faults.append(found)

    def names(self, element: Element) -> Mapping[str, str]:
        """An element's name in both languages; the diagram shows the Lao one."""
        lao = " ".join(element.get("name").split())
        return MappingProxyType({"lo": lao, "en": element.own("nameEn") or lao})

    def expression(self, holder: Element, text: str, what: str, *, language: str = "") -> Expression | None:
        """A compiled expression; what is wrong with it is noted at its holder."""
        if language and "feel" not in language.lower():
            self.fault(holder, f"the {what} is written in “{language}”; only the S-FEEL subset is run")
            return None
        text = text.strip()
        try:
            return compile_expression(text.removeprefix("=").strip())
        except ExpressionError as fault:
            self.fault(holder, f"the {what} “{text[:60]}”: {fault}")
            return None

    def term(self, holder: Element, text: str, *, whole: bool = True) -> Term | None:
        """A duration and the calendar that counts it; ``whole``: only in days, where that is the office's."""
        calendar = holder.own("calendar") or "elapsed"
        if calendar not in CALENDARS:
            self.fault(holder, f"no calendar is called “{calendar}”; it is elapsed or office")
            return None
        try:
            duration = parse_duration(text)
        except DurationError as fault:
            self.fault(holder, str(fault))
            return None
        if calendar == "office" and whole and not duration.whole_days:
            self.fault(holder, "by the office calendar only days and weeks can be counted")
            return None
        return Term(duration, calendar)

    def nodes(self) -> dict[str, Node]:
        """The nodes with their arrows in the order of the file and the events on their borders."""
        out: dict[str, list[Flow]] = {}
        into: dict[str, list[str]] = {}
        for flow in self.flows:
            ends = [self.read.get(end) for end in (flow.source, flow.target)]
            for end, found in zip((flow.source, flow.target), ends, strict=True):
                if found is None and end not in self.refused:
                    reason = f"the arrow touches “{end}”, which is not an element that can be run"
                    self.fault(self.elements[flow.id], reason)
            if all(ends) and ends[0].scope != ends[1].scope:  # type: ignore[union-attr]
                self.fault(self.elements[flow.id], "an arrow may not cross the border of a subprocess")
            out.setdefault(flow.source, []).append(flow)
            into.setdefault(flow.target, []).append(flow.id)
        borders: dict[str, list[str]] = {}
        for node in self.read.values():
            if node.attached_to:
                borders.setdefault(node.attached_to, []).append(node.id)
        return {
            node.id: replace(
                node,
                flows=tuple(out.get(node.id, ())),
                incoming=tuple(into.get(node.id, ())),
                boundaries=tuple(borders.get(node.id, ())),
            )
            for node in self.read.values()
        }


def language_of(element: Element) -> str:
    """In which language an expression is written, where it says so and it is not the house's."""
    kind = element.attributes.get(f"{{{XSI}}}type", "").rpartition(":")[2]
    if kind not in ("", "tFormalExpression", "tExpression"):
        return kind
    return element.get("language")
