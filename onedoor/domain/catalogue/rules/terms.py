"""What is wrong with the time that a service may take. No database, no clock."""

from collections.abc import Iterator, Mapping

from onedoor.domain.catalogue.rules import Duration
from onedoor.domain.catalogue.rules.tables import Asked

LONGEST = 3_660


def duration_faults(duration: Duration, asked: Mapping[str, Asked]) -> list[tuple[str, str]]:
    """What is wrong with a duration for the questions of its form: (field, sentence)."""
    return [*_amounts(duration), *_table(duration, asked)]


def _amounts(duration: Duration) -> Iterator[tuple[str, str]]:
    known, other = ("hours", "days") if duration.kind == "hours" else ("days", "hours")
    if duration.kind == "unknown":
        if duration.days is not None or duration.hours is not None or duration.choices:
            yield "days", "an unknown duration has no days"
        return
    amount = getattr(duration, known)
    if amount is None:
        yield known, f"a duration in {known} needs their number"
    elif not 0 <= amount <= LONGEST:
        yield known, f"a duration is 0 to {LONGEST} {known}, not {amount}"
    if getattr(duration, other) is not None:
        yield other, f"a duration in {known} has no {other}"
    if not 0 <= duration.warn <= LONGEST:
        yield "warn", "the office is reminded 0 or more days before the end"
    if (
        bool(duration.extensions) != bool(duration.extension)
        or min(duration.extensions, duration.extension) < 0
    ):
        yield "extend", "say how often more time may be given, and how much at most each time"


def _table(duration: Duration, asked: Mapping[str, Asked]) -> Iterator[tuple[str, str]]:
    if not duration.by:
        if duration.choices:
            yield "by", "a table of times names the question that it goes by"
        return
    question = asked.get(duration.by)
    if question is None or not question.choices:
        yield "by", f"the form has no question “{duration.by}” with choices"
        return
    for answer in question.choices:
        if answer not in duration.choices:
            yield "choices", f"the time for “{answer}” is missing"
    for answer, amount in duration.choices.items():
        if answer not in question.choices:
            yield "choices", f"“{answer}” is no answer to “{duration.by}”"
        if not 0 <= amount <= LONGEST:
            yield "choices", f"a duration is 0 to {LONGEST}, not {amount}"
