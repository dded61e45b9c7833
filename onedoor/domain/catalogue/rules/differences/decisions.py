"""What differs in decision tables: decisions that came or went, rules that answer otherwise."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_noop

from onedoor.domain.catalogue.rules.decisions import Decisions, DecisionsRefused
from onedoor.domain.catalogue.rules.decisions import compile as compile_decisions
from onedoor.domain.catalogue.rules.decisions.model import Decision, Rule, Table
from onedoor.domain.catalogue.rules.differences.words import Difference, said

DOCUMENT = "decisions"


def decision_differences(old: Any, new: Any) -> Iterator[Difference]:
    """Every change of the decisions."""
    if old == new:
        return
    before, after = _read(old), _read(new)
    if before is None or after is None:
        yield said(DOCUMENT, "", _unreadable(old, new, after))
        return
    yield from list(_decisions(before, after)) or [
        said(DOCUMENT, "", gettext_noop("Only the drawing or the notes of the decisions have changed."))
    ]


def _read(source: Any) -> Decisions | None:
    if not isinstance(source, str) or not source:
        return None
    try:
        return compile_decisions(source.encode("utf-8", "replace"))
    except DecisionsRefused:
        return None


def _unreadable(old: Any, new: Any, after: Any) -> str:
    if not old:
        return gettext_noop("There are decision tables now.")
    if not new:
        return gettext_noop("There are no decision tables any more.")
    if after is None:
        return gettext_noop("The decision tables have changed, and cannot be read as they stand.")
    return gettext_noop("The decision tables have changed; the older ones can no longer be read.")


def _decisions(old: Decisions, new: Decisions) -> Iterator[Difference]:
    before = {each.name: each for each in old.each}
    after = {each.name: each for each in new.each}
    for name in [each for each in before if each not in after]:
        yield said(
            DOCUMENT, name, gettext_noop("“%(decision)s” is no longer decided by a table."), decision=name
        )
    for name in [each for each in after if each not in before]:
        yield said(DOCUMENT, name, gettext_noop("“%(decision)s” is now decided by a table."), decision=name)
    for name in [each for each in after if each in before]:
        yield from _decision(before[name], after[name])


def _decision(old: Decision, new: Decision) -> Iterator[Difference]:
    if old.table is None or new.table is None:
        if (old.table is None) != (new.table is None) or _source(old) != _source(new):
            pattern = gettext_noop("What “%(decision)s” answers has changed: %(answer)s")
            yield said(DOCUMENT, new.name, pattern, decision=new.name, answer=_source(new))
        return
    if _columns(old.table) != _columns(new.table) or old.table.policy != new.table.policy:
        pattern = gettext_noop("The table “%(decision)s” asks or answers by other columns.")
        yield said(DOCUMENT, new.name, pattern, decision=new.name)
    yield from _rules(new.name, old.table, new.table)


def _source(decision: Decision) -> str:
    return decision.expression.source if decision.expression else ""


def _columns(table: Table) -> Any:
    asked = [
        (each.label, each.expression.source, each.allowed and each.allowed.source) for each in table.inputs
    ]
    answered = [
        (each.name, each.label, [str(value) for value in each.order], each.default and each.default.source)
        for each in table.outputs
    ]
    return asked, answered


def _rules(name: str, old: Table, new: Table) -> Iterator[Difference]:
    before, after = [_rule(each) for each in old.rules], [_rule(each) for each in new.rules]
    if before == after:
        return
    gone = [each for each in old.rules if _rule(each) not in after]
    come = [each for each in new.rules if _rule(each) not in before]
    for rule in gone:
        if len(before) != len(after) or rule.number > len(new.rules):
            pattern = gettext_noop("In “%(decision)s” the rule “%(rule)s” is gone.")
            yield said(DOCUMENT, name, pattern, decision=name, rule=_told(rule))
    for rule in come:
        pattern = (
            gettext_noop("In “%(decision)s” rule %(number)s is now: %(rule)s")
            if len(before) == len(after)
            else gettext_noop("In “%(decision)s” rule %(number)s is new: %(rule)s")
        )
        yield said(DOCUMENT, name, pattern, decision=name, number=rule.number, rule=_told(rule))
    if not gone and not come:
        yield said(
            DOCUMENT, name, gettext_noop("The rules of “%(decision)s” stand in another order."), decision=name
        )


def _rule(rule: Rule) -> Any:
    return (
        tuple(each.source.strip() for each in rule.cells),
        tuple(each.source.strip() for each in rule.answers),
        rule.annotation,
        rule.words,
    )


def _told(rule: Rule) -> str:
    asked = " · ".join(each.source.strip() for each in rule.cells)
    return f"{asked} → {' · '.join(each.source.strip() for each in rule.answers)}"
