"""Who may apply, as a decision table of the service says it: each rule that lets nobody through is a demand. Pure."""

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.decisions import Decisions, Table
from onedoor.domain.catalogue.rules.decisions import compile as compile_decisions
from onedoor.domain.catalogue.rules.decisions.model import Rule
from onedoor.domain.catalogue.rules.eligibility import OTHERWISE, Criterion, Row
from onedoor.kernel.i18n import Translated, missing_languages

STANDING, LAW, BARS = "standing", "law", "bars"
THROUGH = "eligible"
POLICIES = ("U", "A", "F", "P")
INSTEAD = "instead_"


@lru_cache(maxsize=64)
def _compiled(xml: str) -> Decisions:
    return compile_decisions(xml.encode(), published=True)


def advised(xml: str, name: str) -> tuple[Criterion, ...]:
    """The demands of a decision table of a service, one for each rule by which somebody may not apply or an officer decides.

    Args:
        xml: the decisions of the service; name: of the table.
    Errors: KeyError, ValueError where there is no such table.
    """
    return demands_of(_compiled(xml), name) if name else ()


def demands_of(decided: Decisions, name: str) -> tuple[Criterion, ...]:
    """The same of decisions that are compiled. Errors: KeyError."""
    table = _table(decided, name)
    return tuple(
        _demand(decided, table, rule, said) for rule, said in _said(table) if said[STANDING] != THROUGH
    )


def _demand(decided: Decisions, table: Table, rule: Rule, said: dict[str, Any]) -> Criterion:
    words = dict(rule.words)
    law = str(said.get(LAW) or "")
    return Criterion(
        code=f"{table.decision}-{rule.number}",
        demands="",
        words=_words(words, ""),
        otherwise=str(said[STANDING]),
        instead=_words(words, INSTEAD),
        law=law,
        demonstration=not law,
        bars=said.get(BARS) is True,
        row=Row(decided, table.decision, rule.number),
    )


def _words(words: dict[str, str], prefix: str) -> Translated:
    """What stands in the annotation columns of the languages."""
    return {code: words[f"{prefix}{code}"] for code in ("lo", "en") if words.get(f"{prefix}{code}")}


def _table(decided: Decisions, name: str) -> Table:
    table = decided.named(name).table
    if table is None:
        raise KeyError(name)
    return table


def _said(table: Table) -> Iterator[tuple[Rule, dict[str, Any]]]:
    """What each rule says outright, by the name of its outputs."""
    names = [column.name for column in table.outputs]
    for rule in table.rules:
        answers = [None if answer.names else answer({}) for answer in rule.answers]
        yield rule, {STANDING: None, **dict(zip(names, answers, strict=True))}


def table_faults(decided: Decisions | None, name: str, *, laws: Collection[str]) -> Iterator[str | Promise]:
    """What is wrong with a table that is to say who may apply; what it may read is looked at with the decisions.

    Args:
        decided: the decisions of the service; None where it has none. laws: the numbers of the laws of the service.
    """
    if decided is None or name not in decided:
        yield _("There is no decision “%s” among the decisions of this service.") % name
        return
    try:
        table = _table(decided, name)
    except KeyError:
        yield _("“%s” is no decision table.") % name
        return
    if table.policy not in POLICIES:
        yield _("“%s” answers more than once: who may apply is one answer.") % name
        return
    names = [column.name for column in table.outputs]
    if STANDING not in names:
        yield _("“%(name)s” has no output “%(output)s”.") % {"name": name, "output": STANDING}
        return
    for strange in sorted(set(names) - {STANDING, LAW, BARS}):
        yield _("“%(name)s” has an output “%(output)s” that means nothing here.") % {
            "name": name,
            "output": strange,
        }
    for rule, said in _said(table):
        for fault in _rule_faults(rule, said, laws):
            yield _("Rule %(rule)s of “%(name)s”: %(fault)s") % {
                "rule": rule.number,
                "name": name,
                "fault": fault,
            }


def _rule_faults(rule: Rule, said: dict[str, Any], laws: Collection[str]) -> Iterator[str | Promise]:
    standing, law = said[STANDING], said.get(LAW)
    if standing == THROUGH:
        return
    if standing not in OTHERWISE:
        yield _("its standing is none of: eligible, officer, not.")
        return
    if lacking := missing_languages(_words(dict(rule.words), "")):
        yield _("it does not say why in: %s (annotation columns of these names).") % ", ".join(lacking)
    if law and law not in laws:
        yield _("“%s” is not the number of a law of this service.") % law
    if said.get(BARS) is True and (not law or standing != "not"):
        yield _("Only what a named law forbids stops an application from being received.")
