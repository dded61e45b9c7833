"""What moved a due date, as facts in the order in which they happened; `words` says them in a language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from onedoor.domain.cases.rules.clock.reckoning import Days, Reckoned
from onedoor.domain.cases.rules.clock.state import Clock, Pause

MOST_RESTS = 2  # stretches of rest that are told one by one; more are told together
ORDER = (
    "received",
    "term",
    "no_calendar",
    "rest",
    "holiday",
    "paused",
    "standing",
    "extended",
    "moved",
    "unannounced",
    "warning",
    "due",
    "late",
    "answered",
)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing to know about a due date: its kind, the day or days, and what else the sentence needs."""

    kind: str
    on: date | None = None
    until: date | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


def story(
    clock: Clock,
    reckoned: Reckoned,
    *,
    days: Days,
    due: date | None,
    today: date,
    warned: datetime | None = None,
    answered: datetime | None = None,
) -> tuple[Fact, ...]:
    """Everything that made the date what it is, in order.

    Args:
        due: the date that is kept with the case. today: where it is read. warned: when the office is reminded.
        answered: when the offices had done their part.
    """
    facts = [Fact(kind="received", on=clock.start), _term(clock)]
    if not clock.calendar:
        facts.append(Fact(kind="no_calendar", on=clock.start))
    facts += _rests(reckoned.skipped, days)
    facts += [
        Fact(kind="holiday", on=day, about={"name": days.holiday(day)})
        for day in reckoned.skipped
        if days.holiday(day) is not None
    ]
    facts += [_pause(each, clock, reckoned) for each in clock.pauses]
    facts += [
        Fact(
            kind="extended",
            on=_local(each.at, clock),
            about={"amount": each.amount, "unit": clock.kind, "by": each.by, "reason": each.reason},
        )
        for each in clock.extensions
    ]
    facts += [
        Fact(
            kind="moved",
            on=_local(each.at, clock),
            about={
                "was": each.was,
                "now": each.now,
                "day": each.day,
                "name": each.name,
                "cancelled": each.cancelled,
                "hours": each.hours,
            },
        )
        for each in clock.shifts
    ]
    facts += [
        Fact(kind="unannounced", on=date(year, 1, 1), about={"year": year}) for year in reckoned.unknown
    ]
    facts += _end(clock, reckoned, due=due, today=today, warned=warned, answered=answered)
    return tuple(
        sorted(facts, key=lambda fact: (fact.kind not in ("received", "term", "no_calendar"), *_place(fact)))
    )


def _place(fact: Fact) -> tuple[date, int]:
    return fact.on or date.max, ORDER.index(fact.kind)


def _term(clock: Clock) -> Fact:
    return Fact(
        kind="term", on=clock.start, about={"count": clock.count, "unit": clock.kind, "chosen": clock.chosen}
    )


def _rests(skipped: Sequence[date], days: Days) -> Iterator[Fact]:
    """Days of rest: each stretch by itself, or all together where there are many."""
    resting = [day for day in skipped if days.holiday(day) is None]
    runs: list[list[date]] = []
    for day in resting:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    if len(runs) > MOST_RESTS:
        runs = [resting]
    for run in runs:
        weekdays = tuple(sorted({day.isoweekday() for day in run}))
        about = {"weekdays": weekdays, "count": len(run), "together": len(run) > 7}
        yield Fact(kind="rest", on=run[0], until=run[-1] if len(run) > 1 else None, about=about)


def _pause(pause: Pause, clock: Clock, reckoned: Reckoned) -> Fact:
    since = _local(pause.since, clock)
    about = {"why": pause.why, "reason": pause.reason, "unit": clock.kind}
    if pause.until is None:
        return Fact(kind="standing", on=since, about={**about, "left": reckoned.left})
    until = _local(pause.until, clock)
    return Fact(kind="paused", on=since, until=until, about={**about, "days": (until - since).days})


def _end(
    clock: Clock,
    reckoned: Reckoned,
    *,
    due: date | None,
    today: date,
    warned: datetime | None,
    answered: datetime | None,
) -> Iterator[Fact]:
    """The reminder, the date itself, and how it ended."""
    if due is not None and warned is not None and answered is None:
        yield Fact(kind="warning", on=_local(warned, clock), about={"passed": _local(warned, clock) <= today})
    if due is not None:
        yield Fact(kind="due", on=due, about={"at": reckoned.at if clock.kind == "hours" else None})
    if answered is not None:
        done = _local(answered, clock)
        yield Fact(kind="answered", on=done, about={"late": (done - due).days if due and done > due else 0})
    elif due is not None and today > due:
        yield Fact(kind="late", on=today, about={"days": (today - due).days})


def _local(at: datetime, clock: Clock) -> date:
    return at.astimezone(ZoneInfo(clock.zone)).date()
