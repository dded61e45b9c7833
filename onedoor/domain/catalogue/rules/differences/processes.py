"""What differs in a process: steps, who does them, how long they have, and the ways between them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_noop, ngettext

from onedoor.domain.catalogue.rules.differences.words import Difference, said
from onedoor.domain.catalogue.rules.process import CompiledProcess, Node, Term, compile_process

DOCUMENT = "process"
SHOWN = frozenset({"user", "service", "receive", "rule", "catch", "sub", "border", "end"})


def process_differences(old: Any, new: Any) -> Iterator[Difference]:
    """Every change of the process."""
    if old == new:
        return
    before, after = _read(old), _read(new)
    if before is None or after is None:
        yield said(DOCUMENT, "", _unreadable(old, new, before, after))
        return
    found = [*_steps(before, after), *_ways(before, after)]
    if not found and before.nodes != after.nodes:
        found = [said(DOCUMENT, "", gettext_noop("The process has changed in its details."))]
    yield from found or [said(DOCUMENT, "", gettext_noop("Only the drawing of the process has changed."))]


def _read(source: Any) -> CompiledProcess | None:
    return (
        compile_process(source.encode("utf-8", "replace")).process
        if isinstance(source, str) and source
        else None
    )


def _unreadable(old: Any, new: Any, before: Any, after: Any) -> str:
    if not old:
        return gettext_noop("There is a process now.")
    if not new:
        return gettext_noop("There is no process any more.")
    if after is None:
        return gettext_noop("The process has changed, and cannot be read as it stands.")
    return gettext_noop("The process has changed; the older one can no longer be read.")


def _steps(old: CompiledProcess, new: CompiledProcess) -> Iterator[Difference]:
    for id in [each for each in old.nodes if each not in new.nodes and old.nodes[each].kind in SHOWN]:
        yield _of(old.nodes[id], gettext_noop("The step “%(step)s” is no longer taken."))
    for id in [each for each in new.nodes if each not in old.nodes and new.nodes[each].kind in SHOWN]:
        yield _of(new.nodes[id], gettext_noop("The step “%(step)s” is new."))
    for id in [each for each in new.nodes if each in old.nodes]:
        yield from _step(old.nodes[id], new.nodes[id])


def _named(node: Node) -> Any:
    return dict(node.names) if any(node.names.values()) else node.id


def _of(node: Node, pattern: str, **about: Any) -> Difference:
    return said(DOCUMENT, node.id, pattern, step=_named(node), **about)


def _step(old: Node, new: Node) -> Iterator[Difference]:
    if old.kind != new.kind:
        yield _of(new, gettext_noop("“%(step)s” is now another kind of step."))
    if dict(old.names) != dict(new.names):
        yield _of(new, gettext_noop("The step “%(old)s” is now called “%(step)s”."), old=_named(old))
    if _doer(old) != _doer(new):
        pattern = gettext_noop("“%(step)s” is now done by “%(new)s” (before: “%(old)s”).")
        yield _of(new, pattern, new=_lane(new), old=_lane(old))
    if old.due != new.due:
        pattern = gettext_noop("“%(step)s” now has a term of %(new)s (before: %(old)s).")
        yield _of(new, pattern, new=_term(new.due), old=_term(old.due))
    if old.timer != new.timer or old.again != new.again:
        pattern = gettext_noop("“%(step)s” now waits for %(new)s (before: %(old)s).")
        yield _of(new, pattern, new=_term(new.timer), old=_term(old.timer))
    if old.outcomes != new.outcomes:
        pattern = gettext_noop("“%(step)s” can now end in: %(new)s (before: %(old)s).")
        yield _of(new, pattern, new=", ".join(new.outcomes), old=", ".join(old.outcomes))
    if old.separated != new.separated:
        yield _of(
            new,
            gettext_noop("“%(step)s” must now be decided by somebody who did not receive it.")
            if new.separated
            else gettext_noop("“%(step)s” may now be decided by who received it."),
        )
    if _rest(old) != _rest(new):
        yield _of(new, gettext_noop("“%(step)s” has changed in its details."))


def _doer(node: Node) -> Any:
    return node.lane and (node.lane.role, node.lane.unit, node.lane.audience, dict(node.lane.names))


def _lane(node: Node) -> Any:
    return dict(node.lane.names) if node.lane and any(node.lane.names.values()) else ""


def _rest(node: Node) -> Any:
    """What else a step says, without its arrows, lane, names and terms."""
    several = node.several and (
        node.several.sequential,
        node.several.count and node.several.count.source,
        node.several.units,
        node.several.until and node.several.until.source,
    )
    moment = node.moment and (node.moment.fixed, node.moment.read and node.moment.read.source)
    return (
        node.status, node.reason_for, node.intake, node.edits, node.waits_for, node.handler, node.rule, node.into,
        node.event, node.attached_to, node.interrupting, moment, node.message, node.key and node.key.source,
        node.error, node.scope, several, node.default,
    )  # fmt: skip


def _term(term: Term | None) -> Any:
    if term is None:
        return ""
    months, days = term.duration.months, term.duration.days
    hours, minutes = term.duration.seconds // 3600, term.duration.seconds % 3600 // 60

    def told() -> str:
        parts = (
            (months, ngettext("%(number)s month", "%(number)s months", months)),
            (days, ngettext("%(number)s day of the office", "%(number)s days of the office", days))
            if term.calendar == "office"
            else (days, ngettext("%(number)s day", "%(number)s days", days)),
            (hours, ngettext("%(number)s hour", "%(number)s hours", hours)),
            (minutes, ngettext("%(number)s minute", "%(number)s minutes", minutes)),
        )
        return ", ".join(words % {"number": number} for number, words in parts if number) or "0"

    return told


def _ways(old: CompiledProcess, new: CompiledProcess) -> Iterator[Difference]:
    """Arrows between elements that both have; those of steps that came or went are said with the step."""
    before, after = _arrows(old), _arrows(new)
    for pair in [each for each in before if each not in after and all(end in new.nodes for end in each)]:
        yield _way(pair, old, gettext_noop("It no longer goes from “%(source)s” to “%(target)s”."))
    for pair in [each for each in after if each not in before and all(end in old.nodes for end in each)]:
        yield _way(pair, new, gettext_noop("From “%(source)s” it can now go on to “%(target)s”."))
    for pair in [each for each in after if each in before and before[each] != after[each]]:
        pattern = gettext_noop("When it goes from “%(source)s” to “%(target)s” has changed: %(condition)s")
        yield _way(pair, new, pattern, condition=after[pair])


def _arrows(process: CompiledProcess) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for node in process.nodes.values():
        for flow in node.flows:
            condition = flow.guard.source if flow.guard else ""
            pair = (flow.source, flow.target)
            found[pair] = f"{found[pair]}; {condition}" if pair in found else condition
    return found


def _way(pair: tuple[str, str], process: CompiledProcess, pattern: str, **about: Any) -> Difference:
    source, target = (process.nodes[each] for each in pair)
    return said(DOCUMENT, source.id, pattern, source=_named(source), target=_named(target), **about)
