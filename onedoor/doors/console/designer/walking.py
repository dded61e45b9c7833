"""One test of a draft: an invented application is walked to its end, and held against what was expected of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres.api import Calendar
from onedoor.kernel.errors import DomainError
from onedoor.kernel.i18n import format_date, format_number, text

MOST_MOVES = 200
MORNING = time(3, tzinfo=UTC)  # ten o'clock in the centres
BROKEN = (AttributeError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, kw_only=True)
class Test:
    """What is invented (answers, how each task ends, the day it begins) and what is expected; empty is not looked at."""

    __test__ = False

    id: str
    name: str = ""
    begin: date
    answers: Mapping[str, Any] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    end: str = ""
    fee: int | None = None
    papers: tuple[str, ...] = ()
    check_papers: bool = False
    due: date | None = None

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> "Test":
        """A test from what was kept. Raises ValueError and its like for what is none."""
        due, fee = held.get("due"), held.get("fee")
        return cls(
            id=str(held["id"]),
            name=str(held.get("name", "")),
            begin=date.fromisoformat(held["begin"]),
            answers=dict(held.get("answers") or {}),
            outcomes={str(key): str(value) for key, value in (held.get("outcomes") or {}).items()},
            end=str(held.get("end") or ""),
            fee=int(fee) if fee is not None else None,
            papers=tuple(str(each) for each in held.get("papers") or ()),
            check_papers=held.get("check_papers") is True,
            due=date.fromisoformat(due) if due else None,
        )

    def kept(self) -> dict[str, Any]:
        """The test as the draft keeps it."""
        return {
            "id": self.id,
            "name": self.name,
            "begin": self.begin.isoformat(),
            "answers": dict(self.answers),
            "outcomes": dict(self.outcomes),
            "end": self.end,
            "fee": self.fee,
            "papers": list(self.papers),
            "check_papers": self.check_papers,
            "due": self.due.isoformat() if self.due else None,
        }


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came of a test: whether it is as expected, each thing that was looked at in words, and the way it went."""

    good: bool
    looked: tuple[tuple[bool, str], ...]
    way: tuple[str, ...] = ()


def judged(documents: catalogue.Documents, test: Test, *, days: Calendar) -> Verdict:
    """Walk the application and compare; whatever stands in the way is told, never raised."""
    looked: list[tuple[bool, str]] = []
    way: tuple[str, ...] = ()
    try:
        trial = walked(documents, test, days=days)
        way = tuple(_passed(trial))
        looked.append((trial.ended, _("It comes to an end") if trial.ended else _stuck(trial)))
        if test.end:
            looked.append((trial.end == test.end, _("Ends at “%s”") % (_name_of(trial, trial.end) or "–")))
        if test.due:
            due = trial.due_on
            looked.append((due == test.due, _("Due on %s") % (format_date(due) if due else "–")))
    except cases.FormIsNotValid as fault:
        looked.append((False, _("The answers do not fit the form: %s") % ", ".join(map(str, fault.faults))))
    except DomainError as fault:
        looked.append((False, str(fault)))
    except BROKEN as fault:
        looked.append((False, _("It cannot be tried: %s") % str(fault)[:200]))
    looked += _described(documents, test)
    return Verdict(good=all(good for good, _said in looked), looked=tuple(looked), way=way)


def walked(documents: catalogue.Documents, test: Test, *, days: Calendar) -> cases.Trial:
    """The application from its receiving as far as it goes; each task ends as the test says, else in its first way."""
    at = datetime.combine(test.begin, MORNING)
    trial = cases.trial_begin(documents=documents, answers=test.answers, at=at, calendar=days)
    for _move in range(MOST_MOVES):
        if trial.ended:
            break
        if trial.tasks:
            task = trial.tasks[0]
            wanted = test.outcomes.get(task.node, "")
            outcome = wanted if wanted in task.outcomes else task.outcomes[0]
            trial = cases.trial_step(trial, task=task.id, outcome=outcome)
        elif trial.timers:
            trial = cases.trial_wait(
                trial, until=min(timer.due_at for timer in trial.timers) + timedelta(seconds=1)
            )
        elif trial.waits:
            trial = cases.trial_step(trial, task=trial.waits[0].id)
        else:
            break
    return trial


def _described(documents: catalogue.Documents, test: Test) -> list[tuple[bool, str]]:
    """What the description says for these answers: the fee and the papers."""
    looked = []
    try:
        if test.fee is not None:
            found = _total(documents, test)
            looked.append(
                (found == test.fee, _("Costs %s") % ("–" if found is None else format_number(found)))
            )
        if test.check_papers:
            service = catalogue.service_of(documents, code="draft")
            papers = catalogue.to_bring(service.papers, test.answers)
            names = ", ".join(text(paper.name) for paper in papers) or _("nothing")
            fits = {paper.code for paper in papers} == set(test.papers)
            looked.append((fits, _("To bring: %s") % names))
    except DomainError as fault:
        looked.append((False, str(fault)))
    except BROKEN as fault:
        looked.append((False, _("It cannot be tried: %s") % str(fault)[:200]))
    return looked


def _total(documents: catalogue.Documents, test: Test) -> int | None:
    service = catalogue.service_of(documents, code="draft")
    quote = catalogue.quote_of(service, answers=test.answers, on=test.begin)
    return quote.total if quote is not None and quote.state != "to_be_set" else None


def _stuck(trial: cases.Trial) -> str:
    names = [text(task.names) for task in trial.tasks] + [text(wait.names) for wait in trial.waits]
    return _("It does not come to an end; it stands at: %s") % (", ".join(names) or "–")


def _passed(trial: cases.Trial) -> list[str]:
    words = {"done": _("done"), "fired": _("the time ran out"), "stopped": _("stopped"), "heard": _("heard")}
    return [
        f"{text(each.names) or each.node}: {words[each.what]}{f' ({each.outcome})' if each.outcome else ''}"
        for each in trial.passed
        if each.what in words
    ]


def _name_of(trial: cases.Trial, node: str) -> str:
    return next((text(each.names) for each in reversed(trial.passed) if each.node == node), node)
