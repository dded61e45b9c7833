"""Changes without drawing: a paper dropped, two steps merged, a time or a limit changed. Documents in, documents out."""

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element, register_namespace

from defusedxml.ElementTree import fromstring, iterparse, tostring

from onedoor.domain.catalogue.api import CompiledProcess, Documents, Node
from onedoor.domain.planning.errors import LimitIsUnknown, StepsDoNotFollow

NUMBER = re.compile(r"\d+(?:\.\d+)?")
LONGEST_NUMBER = 12


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A number by which the tables of a service tell applications apart; ``label`` is what it counts."""

    column: str
    label: str
    number: str

    @property
    def key(self) -> str:
        """As it is named in a form."""
        return f"{self.column}/{self.number}"


def without_paper(documents: Documents, code: str) -> Documents:
    """A paper is no longer asked for."""
    content = deepcopy(documents.content)
    content["papers"] = [paper for paper in content.get("papers", []) if paper.get("code") != code]
    return replace(documents, content=content)


def with_time(documents: Documents, amount: int) -> Documents:
    """The state may take so long, in the unit that the service has (working days where it had none)."""
    content = deepcopy(documents.content)
    duration: dict[str, Any] = content.setdefault("duration", {})
    if duration.get("kind", "unknown") == "unknown":
        duration["kind"] = "working"
    duration["hours" if duration["kind"] == "hours" else "days"] = amount
    duration.pop("choices", None)
    duration.pop("by", None)
    return replace(documents, content=content)


def pairs(process: CompiledProcess) -> Iterator[tuple[Node, Node]]:
    """Steps that can be merged: the first is no decision and always leads to the second, and nothing runs beside it.

    A step with the applicant is her turn and no work of the office; front and back office stay apart.
    """
    for first in process.nodes.values():
        if first.kind != "user" or first.intake or first.decision or first.boundaries or first.several:
            continue
        if first.waits_for or first.edits or len(first.flows) != 1:
            continue
        second = process.node(first.flows[0].target)
        if (
            second.kind == "user"
            and second.scope == first.scope
            and not second.several
            and not second.waits_for
            and _audience(second) == _audience(first)
        ):
            yield first, second


def _audience(node: Node) -> str:
    return node.lane.audience if node.lane else ""


def merged(documents: Documents, first: str, second: str) -> Documents:
    """Whoever does the second step does the first with it; the drawing loses one step. Errors: StepsDoNotFollow."""
    root = _read(documents.process)
    elements = {each.get("id", ""): each for each in root.iter()}
    gone = elements.get(first)
    flows = [each for each in root.iter() if _local(each) == "sequenceFlow"]
    between = [each for each in flows if each.get("sourceRef") == first]
    if gone is None or len(between) != 1 or between[0].get("targetRef") != second:
        raise StepsDoNotFollow(field="merge")
    kept, lost = elements[second], {first, between[0].get("id", "")}
    _drop_text(kept, "incoming", lost)
    for flow in flows:
        if flow.get("targetRef") == first:
            flow.set("targetRef", second)
            incoming = Element(_named(kept, "incoming"))
            incoming.text = flow.get("id")
            kept.insert(0, incoming)
    for parent in list(root.iter()):
        for child in [one for one in parent if _is_lost(one, lost)]:
            parent.remove(child)
    return replace(documents, process=tostring(root, encoding="unicode"))


def limits_in(decisions: str) -> list[Limit]:
    """The numbers in the conditions of the tables, by column, in the order in which they stand."""
    if not decisions:
        return []
    found: dict[str, Limit] = {}
    for column, label, entries in _columns(_read(decisions)):
        for entry in entries:
            for number in NUMBER.findall(entry.text or ""):
                limit = Limit(column=column, label=label, number=number)
                found.setdefault(limit.key, limit)
    return list(found.values())


def label_of_limit(decisions: str, key: str) -> str:
    """What a limit is a limit of, as the table's column says it; empty where there is none of the kind."""
    return next((limit.label for limit in limits_in(decisions) if limit.key == key), "")


def with_limit(documents: Documents, key: str, number: str) -> Documents:
    """Another number in a limit's place, in every condition of its column. Errors: LimitIsUnknown."""
    if not NUMBER.fullmatch(number) or len(number) > LONGEST_NUMBER:
        raise LimitIsUnknown(field="limit_to")
    if key not in {limit.key for limit in limits_in(documents.decisions)}:
        raise LimitIsUnknown(field="limit")
    root = _read(documents.decisions)
    column, _slash, old = key.rpartition("/")
    for name, _label, entries in _columns(root):
        for entry in entries if name == column else ():
            entry.text = NUMBER.sub(
                lambda hit: number if hit.group() == old else hit.group(), entry.text or ""
            )
    return replace(documents, decisions=tostring(root, encoding="unicode"))


def _columns(root: Element) -> Iterator[tuple[str, str, list[Element]]]:
    """Each input of each table: its id, its label, and the texts of its conditions."""
    for table in root.iter():
        if _local(table) != "decisionTable":
            continue
        inputs = [child for child in table if _local(child) == "input"]
        rules = [
            [one for one in rule if _local(one) == "inputEntry"] for rule in table if _local(rule) == "rule"
        ]
        for place, column in enumerate(inputs):
            entries = [rule[place] for rule in rules if place < len(rule)]
            texts = [text for entry in entries for text in entry if _local(text) == "text"]
            yield column.get("id", str(place)), column.get("label", ""), texts


def _read(source: str) -> Element:
    """The drawing as elements that are written out again under the prefixes they came with."""
    for _event, (prefix, space) in iterparse(io.BytesIO(source.encode()), events=["start-ns"]):
        if not re.fullmatch(r"ns\d+", prefix):
            register_namespace(prefix, space)
    root: Element = fromstring(source.encode())
    return root


def _drop_text(element: Element, name: str, texts: set[str]) -> None:
    for child in [one for one in element if _local(one) == name and (one.text or "").strip() in texts]:
        element.remove(child)


def _is_lost(element: Element, lost: set[str]) -> bool:
    """Whether it is one of these, its picture, or its place in a lane."""
    if _local(element) == "flowNodeRef":
        return (element.text or "").strip() in lost
    return element.get("id") in lost or element.get("bpmnElement") in lost


def _named(like: Element, name: str) -> str:
    return f"{like.tag.rpartition('}')[0]}}}{name}" if "}" in like.tag else name


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
