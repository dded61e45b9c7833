"""What a case waits for besides its steps, and what its tables answered and why: in words of the reader's language."""

from typing import Any

from django.utils.translation import gettext as _

from onedoor.domain.cases.models import Case
from onedoor.domain.cases.rules.shown import Ruled, Step
from onedoor.domain.catalogue.api import CompiledProcess, Node
from onedoor.kernel.i18n import format_date, language
from onedoor.kernel.i18n.shown import ZONE

BETWEEN = ("catch", "receive", "event")


def awaited_steps(held: Case, process: CompiledProcess) -> tuple[Step, ...]:
    """The messages and times at which the case itself rests; terms beside a step are told with the step."""
    tokens = {token.id: token for token in held.tokens.all()}
    found = []
    for wait in held.waits.filter(state="waiting").order_by("since", "id"):
        token = tokens.get(wait.token)
        if token is not None and process.node(token.node).kind in BETWEEN:
            said = _("An answer from outside is awaited")
            found.append(_step(process.node(wait.node), wait.since, said))
    for timer in held.timers.filter(state="waiting").order_by("due_at", "id"):
        token = tokens.get(timer.token)
        if token is not None and process.node(token.node).kind in BETWEEN:
            day = format_date(timer.due_at.astimezone(ZONE).date())
            said = _("It goes on by itself on %(day)s") % {"day": day}
            found.append(_step(process.node(timer.node), token.entered_at, said))
    return tuple(found)


def _step(node: Node, since: Any, said: str) -> Step:
    return Step(
        names=node.names,
        holder={language(): said},
        audience="system",
        state="now",
        opened_at=since,
        due_on=None,
        due_words="",
        why="",
        done_at=None,
        outcome="",
        outcome_words="",
        reason="",
        on_time=None,
    )


def ruled(held: Case, process: CompiledProcess) -> tuple[Ruled, ...]:
    """What each decision table of the process answered in this case, and by which rules."""
    asked = {node.into: node for node in process.nodes.values() if node.kind == "rule"}
    why = held.kept.get("why") or {}
    return tuple(
        Ruled(
            names=asked[name].names,
            answer=_answer(answer),
            why=tuple(_why(*hit) for hit in why.get(name, ())),
        )
        for name, answer in (held.kept.get("rules") or {}).items()
        if name in asked
    )


def _answer(answer: Any) -> str:
    if answer is None:
        return _("No answer")
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    if isinstance(answer, dict):
        return ", ".join(f"{name}: {_answer(value)}" for name, value in answer.items())
    if isinstance(answer, list):
        return ", ".join(_answer(each) for each in answer)
    return str(answer)


def _why(decision: str, rule: int, note: str = "", fault: str = "") -> str:
    """One rule that answered, as a sentence; or why none did."""
    if fault:
        return _("“%(table)s” did not answer: %(why)s.") % {"table": decision, "why": _fault(fault)}
    said = _("Rule %(number)d of “%(table)s”") % {"number": rule, "table": decision}
    return f"{said}: {note}" if note else said


def _fault(fault: str) -> str:
    return {
        "no_rule": _("no rule holds for these answers"),
        "several_rules": _("several rules hold where only one may"),
        "unequal_rules": _("rules hold that answer differently"),
        "input_not_allowed": _("an answer is outside the allowed values"),
        "output_not_allowed": _("its result is outside the allowed values"),
    }.get(fault, fault)
