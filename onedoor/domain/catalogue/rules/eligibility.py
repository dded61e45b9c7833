"""Who may apply: what a service demands of its applicants, and what their answers come to. No database, no clock."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.feel import Expression, ExpressionError, compile_expression
from onedoor.kernel.i18n import Translated, languages_said, missing_languages

Standing = Literal["eligible", "not", "officer", "open"]
OTHERWISE = ("not", "officer")
TODAY, FORM = "today", "form"
MOST = 50
KEYS = frozenset({"code", "if", "words", "otherwise", "instead", "law", "demonstration", "bars"})


@dataclass(frozen=True)
class Row:
    """A rule of a decision table that does not let somebody through: the table, and the rule by its number from 1."""

    decided: Any
    decision: str
    number: int

    @property
    def names(self) -> frozenset[str]:
        """The questions that the table reads."""
        read = (name.split(".") for name in self.decided.needs(self.decision))
        return frozenset(parts[1] for parts in read if parts[0] == FORM and len(parts) > 1)

    def met(self, known: Mapping[str, Any]) -> bool | None:
        """Whether the rule does not hold; None where an answer is missing, or the table says nothing for these."""
        outcome = self.decided.decide(self.decision, {FORM: known, TODAY: known[TODAY]})
        complete = all(known.get(name) is not None for name in self.names)
        if outcome.fault or not outcome.hits:
            return None
        if any(hit.rule == self.number for hit in outcome.hits):
            return False if complete else None
        alone = self.decided.named(self.decision).table.policy in ("U", "A")
        return True if complete or alone else None


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One thing that is demanded of an applicant.

    Args:
        row: the rule of a decision table that says it instead of ``demands``.
        demands: what must hold (S-FEEL over answers of the form, and ``today``); where an answer is missing, nothing is said.
        words: the demand in words; instead: what somebody can do of whom it does not hold.
        otherwise: not (may not apply) or officer (an officer decides) where it does not hold.
        law: the number of the law among the service's that demands it; demonstration: it has no source.
        bars: whether the law forbids to receive such an application at all; else it is advice.
    """

    code: str
    demands: str
    words: Translated
    otherwise: str = "officer"
    instead: Translated = field(default_factory=dict)
    law: str = ""
    demonstration: bool = False
    bars: bool = False
    row: Row | None = field(default=None, compare=False, repr=False)

    @property
    def names(self) -> frozenset[str]:
        """The questions that it reads."""
        return self.row.names if self.row else _names(self.demands)

    def met(self, known: Mapping[str, Any]) -> bool | None:
        """Whether answers meet it; None where they do not say. Nobody is refused by a question that was not answered."""
        if self.row:
            return self.row.met(known)
        holds = _demand(self.demands)(known)
        if holds is False and all(known.get(name) is not None for name in self.names):
            return False
        return True if holds is True else None


@dataclass(frozen=True, kw_only=True)
class Eligibility:
    """What answers come to: whether somebody may apply, and which demands are not met or not yet answered."""

    standing: Standing
    unmet: tuple[Criterion, ...] = ()
    unanswered: tuple[Criterion, ...] = ()

    @property
    def barred(self) -> tuple[Criterion, ...]:
        """The demands for which the law forbids to receive the application."""
        return tuple(each for each in self.unmet if each.bars)


@lru_cache(maxsize=512)
def _demand(text: str) -> Expression:
    return compile_expression(text)


def eligibility(criteria: Iterable[Criterion], answers: Mapping[str, Any], *, today: date) -> Eligibility:
    """Whether somebody with these answers may apply. ``today`` is the day at the centre; nothing raises."""
    known = {**answers, TODAY: today}
    unmet, unanswered = [], []
    for each in criteria:
        met = each.met(known)
        if met is False:
            unmet.append(each)
        elif met is None:
            unanswered.append(each)
    standing: Standing = "open" if unanswered else "eligible"
    if unmet:
        standing = "not" if any(each.otherwise == "not" for each in unmet) else "officer"
    return Eligibility(standing=standing, unmet=tuple(unmet), unanswered=tuple(unanswered))


def demanded(criteria: Iterable[Criterion]) -> frozenset[str]:
    """The questions of the form on which it depends who may apply."""
    return frozenset(name for each in criteria for name in each.names)


def criteria_kept(criteria: Iterable[Criterion]) -> list[dict[str, Any]]:
    """Criteria as an edition keeps them; what they do not say is left out."""
    always = ("code", "words", "otherwise")
    return [
        {
            "if": each.demands,
            **{key: said for key in sorted(KEYS - {"if"}) if (said := getattr(each, key)) or key in always},
        }
        for each in criteria
    ]


def criterion_read(kept: Mapping[str, Any]) -> Criterion:
    """A criterion as it was kept. KeyError, TypeError, ValueError where it is none."""
    if strange := set(kept) - KEYS:
        raise ValueError(f"“{min(strange)}” means nothing here")
    return Criterion(demands=kept["if"], **{key: value for key, value in kept.items() if key != "if"})


def criteria_faults(
    criteria: Iterable[Criterion], *, questions: Collection[str], laws: Collection[str]
) -> Iterator[tuple[int, str, str | Promise]]:
    """What cannot be published: (index of the criterion, key, sentence).

    Args:
        questions: what the form asks; laws: the numbers of the laws of the service.
    """
    seen: set[str] = set()
    for index, each in enumerate(criteria):
        if index == MOST:
            yield index, "code", _("A service has at most %d demands.") % MOST
            return
        if each.code in seen:
            yield index, "code", _("The demand “%s” stands twice.") % each.code
        seen.add(each.code)
        for key, words in (("words", each.words), ("instead", each.instead)):
            lacking = missing_languages(words) if words or key == "words" else []
            if lacking:
                yield index, key, _("Words are missing in: %s.") % languages_said(lacking)
        if each.otherwise not in OTHERWISE:
            yield index, "otherwise", _("“%s” is none of: not, officer.") % each.otherwise
        yield from ((index, "if", sentence) for sentence in _demand_faults(each.demands, questions))
        yield from ((index, key, sentence) for key, sentence in _ground_faults(each, laws))


def _ground_faults(each: Criterion, laws: Collection[str]) -> Iterator[tuple[str, str | Promise]]:
    """Every demand names its law, or says that it is a demonstration; nobody is barred without a law."""
    if each.law and each.law not in laws:
        yield "law", _("“%s” is not the number of a law of this service.") % each.law
    if not each.law and not each.demonstration:
        yield "law", _("No law is named that demands this; say so, or mark it as a demonstration value.")
    if each.bars and (not each.law or each.otherwise != "not"):
        yield "bars", _("Only what a named law forbids stops an application from being received.")


def _demand_faults(text: str, questions: Collection[str]) -> Iterator[str | Promise]:
    try:
        names = _names(text)
    except ExpressionError as fault:
        yield _("The condition: %s") % fault
        return
    for name in sorted(names - set(questions)):
        yield _("The condition reads “%s”, which the form does not ask.") % name


def _names(text: str) -> frozenset[str]:
    """The questions that a condition reads."""
    return frozenset(name.partition(".")[0] for name in _demand(text).names) - {TODAY}
