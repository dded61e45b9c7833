"""One test of a draft: an invented application is walked to its end, and held against what was expected of it."""

from datetime import UTC, datetime, time, timedelta

from django.utils.translation import gettext as _

from onedoor.domain.access.api import units
from onedoor.domain.cases.errors import FormIsNotValid
from onedoor.domain.cases.queries.trial import trial_begin, trial_step, trial_wait
from onedoor.domain.cases.rules.trial import Trial
from onedoor.domain.catalogue.api import (
    Documents,
    DraftTest,
    Verdict,
    declare_walker,
    known_by,
    quote_of,
    service_of,
    to_bring,
)
from onedoor.domain.centres.api import Calendar, calendar_of
from onedoor.kernel.errors import DomainError
from onedoor.kernel.i18n import format_date, format_number, text

MOST_MOVES = 200
MORNING = time(3, tzinfo=UTC)  # ten o'clock in the centres
BROKEN = (AttributeError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)


@declare_walker
def tested(documents: Documents, test: DraftTest) -> Verdict:
    """Walk the application by the country's calendar and compare; whatever stands in the way is told, never raised."""
    looked: list[tuple[bool, str]] = []
    way: tuple[str, ...] = ()
    try:
        trial = _walked(documents, test)
        way = tuple(_passed(trial))
        looked.append((trial.ended, _("It comes to an end") if trial.ended else _stuck(trial)))
        if test.end:
            looked.append((trial.end == test.end, _("Ends at “%s”") % (_name_of(trial, trial.end) or "–")))
        if test.due:
            due = trial.due_on
            looked.append((due == test.due, _("Due on %s") % (format_date(due) if due else "–")))
    except FormIsNotValid as fault:
        looked.append((False, _("The answers do not fit the form: %s") % ", ".join(map(str, fault.faults))))
    except DomainError as fault:
        looked.append((False, str(fault)))
    except BROKEN as fault:
        looked.append((False, _("It cannot be tried: %s") % str(fault)[:200]))
    looked += _described(documents, test)
    return Verdict(good=all(good for good, _said in looked), looked=tuple(looked), way=way)


def _walked(documents: Documents, test: DraftTest) -> Trial:
    """The application from its receiving as far as it goes; each task ends as the test says, else in its first way."""
    at = datetime.combine(test.begin, MORNING)
    trial = trial_begin(documents=documents, answers=test.answers, at=at, calendar=_days())
    for _move in range(MOST_MOVES):
        if trial.ended:
            break
        if trial.tasks:
            task = trial.tasks[0]
            wanted = test.outcomes.get(task.node, "")
            outcome = wanted if wanted in task.outcomes else task.outcomes[0]
            trial = trial_step(trial, task=task.id, outcome=outcome)
        elif trial.timers:
            trial = trial_wait(
                trial, until=min(timer.due_at for timer in trial.timers) + timedelta(seconds=1)
            )
        elif trial.waits:
            trial = trial_step(trial, task=trial.waits[0].id)
        else:
            break
    return trial


def _days() -> Calendar:
    """The calendar of the country; weekends only where there is no country yet."""
    country = next(iter(units(kind="country")), None)
    return calendar_of(country.id) if country else Calendar()


def _described(documents: Documents, test: DraftTest) -> list[tuple[bool, str]]:
    """What the description says for these answers: the fee and the papers."""
    looked = []
    try:
        if test.fee is not None:
            found = _total(documents, test)
            looked.append(
                (found == test.fee, _("Costs %s") % ("–" if found is None else format_number(found)))
            )
        if test.check_papers:
            service = service_of(documents, code="draft")
            papers = to_bring(service.papers, known_by(documents.form, test.answers))
            names = ", ".join(text(paper.name) for paper in papers) or _("nothing")
            fits = {paper.code for paper in papers} == set(test.papers)
            looked.append((fits, _("To bring: %s") % names))
    except DomainError as fault:
        looked.append((False, str(fault)))
    except BROKEN as fault:
        looked.append((False, _("It cannot be tried: %s") % str(fault)[:200]))
    return looked


def _total(documents: Documents, test: DraftTest) -> int | None:
    service = service_of(documents, code="draft")
    quote = quote_of(service, answers=test.answers, on=test.begin)
    return quote.total if quote is not None and quote.state != "to_be_set" else None


def _stuck(trial: Trial) -> str:
    names = [text(task.names) for task in trial.tasks] + [text(wait.names) for wait in trial.waits]
    return _("It does not come to an end; it stands at: %s") % (", ".join(names) or "–")


def _passed(trial: Trial) -> list[str]:
    words = {"done": _("done"), "fired": _("the time ran out"), "stopped": _("stopped"), "heard": _("heard")}
    return [
        f"{text(each.names) or each.node}: {words[each.what]}{f' ({each.outcome})' if each.outcome else ''}"
        for each in trial.passed
        if each.what in words
    ]


def _name_of(trial: Trial, node: str) -> str:
    return next((text(each.names) for each in reversed(trial.passed) if each.node == node), node)
