"""When something is due, and the reasons, as data that can be put into words in any language later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from onedoor.domain.cases.rules.clock import Clock, kept, reckon_clock
from onedoor.domain.catalogue.api import Duration, Term

ZONE = "Asia/Vientiane"
When = str
OVERDUE, TODAY, WEEK, LATER, OPEN = "overdue", "today", "week", "later", "open"
WHENS: tuple[When, ...] = (OVERDUE, TODAY, WEEK, LATER, OPEN)


class SkippedDay(Protocol):
    """A day that did not count: the day, the kind of reason and, for a holiday, its name."""

    @property
    def day(self) -> date:
        """The day."""

    @property
    def why(self) -> str:
        """``rest`` or ``holiday``."""

    @property
    def name(self) -> Mapping[str, str]:
        """The holiday's name by language."""


class Days(Protocol):
    """What is asked of an office's calendar."""

    @property
    def zone(self) -> str:
        """The zone in which its days begin."""

    def explain(self, start: date, count: int) -> tuple[date, tuple[Any, ...]]:
        """The count-th working day after ``start`` and the days skipped on the way."""

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day."""

    def holiday(self, day: date) -> Mapping[str, str] | None:
        """The holiday's name, if the day is one."""

    def periods(self, day: date) -> Sequence[tuple[time, time]]:
        """The office hours of a day."""

    def announces(self, year: int) -> bool:
        """Whether the holidays of a year are known."""


@dataclass(frozen=True)
class Due:
    """A due date and why it is this one; ``on`` is None where no law or definition names a time."""

    on: date | None = None
    why: Mapping[str, Any] = field(default_factory=dict)


UNKNOWN = Due(None, {"kind": "unknown"})


def local(at: datetime, zone: str) -> date:
    """The date at an instant in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def reckon(term: Term | None, *, at: datetime, days: Days) -> Due:
    """The due date of a term that begins at ``at``; working days by the office's calendar, or elapsed time."""
    if term is None:
        return Due()
    start = local(at, days.zone)
    if term.calendar == "office":
        return _working(start, term.duration.days, days)
    on = local(term.duration.after(at), days.zone)
    return Due(on, {"kind": "calendar", "days": (on - start).days, "from": start.isoformat(), "skipped": []})


def legal_clock(
    duration: Duration, answers: Mapping[str, Any], *, at: datetime, zone: str, calendar: bool = True
) -> Clock | None:
    """The clock of the whole case by the law's duration, set going; None where no time is known.

    Args:
        answers: of the form, where the time goes by one. zone: of the office that answers.
        calendar: whether that office has one of its own or above it.
    """
    count = duration.amount(answers)
    if count is None or duration.kind == "unknown":
        return None
    return Clock(
        kind=duration.kind,
        count=count,
        start=local(at, zone),
        began=at if duration.kind == "hours" else None,
        zone=zone,
        chosen=str(answers.get(duration.by, "")) if duration.by else "",
        warn=duration.warn,
        times=duration.extensions,
        most=duration.extension,
        calendar=calendar,
    )


def due_of(clock: Clock | None, days: Days) -> Due:
    """The due date of a whole case by its clock, with what is kept of it; unknown stays unknown."""
    if clock is None:
        return UNKNOWN
    return Due(reckon_clock(clock, days).on, kept(clock))


def bounded(due: Due, whole: date | None, *, answers: bool) -> Due:
    """A step's due date: never later than that of the whole case; an office that answers owes it by then in any case."""
    if whole is None or not answers or (due.on is not None and due.on <= whole):
        return due
    return Due(whole, {"kind": "case"})


def _working(start: date, count: int, days: Days) -> Due:
    on, skipped = days.explain(start, count)
    return Due(on, {"kind": "working", "days": count, "from": start.isoformat(), "skipped": _skips(skipped)})


def _skips(skipped: tuple[SkippedDay, ...]) -> list[list[Any]]:
    return [[each.day.isoformat(), each.why, dict(each.name)] for each in skipped]


def instant_after(term: Term, *, at: datetime, days: Days) -> datetime:
    """When a timer of this term runs out; one by the office's days at the end of its last day."""
    if term.calendar != "office":
        return term.duration.after(at)
    due = reckon(term, at=at, days=days)
    last = due.on or local(at, days.zone)
    return datetime.combine(last + timedelta(days=1), time.min, tzinfo=ZoneInfo(days.zone))


def on_time(due_on: date | None, done_at: datetime | None, zone: str) -> bool | None:
    """Whether it was done by its due date; None where there is none or it is not done."""
    if due_on is None or done_at is None:
        return None
    return local(done_at, zone) <= due_on


def when(due_on: date | None, today: date) -> When:
    """Overdue, today, this week (to Sunday), later, or open where no date is set."""
    if due_on is None:
        return OPEN
    if due_on < today:
        return OVERDUE
    if due_on == today:
        return TODAY
    return WEEK if due_on <= today + timedelta(days=7 - today.isoweekday()) else LATER


def span_of(chosen: When | None, today: date) -> tuple[date, date] | None:
    """The due dates, first and last, that a filter of the worklist stands for; None means all."""
    far, near, end = date(9999, 12, 31), date(1, 1, 1), today + timedelta(days=7 - today.isoweekday())
    spans: dict[str, tuple[date, date]] = {
        OVERDUE: (near, today - timedelta(days=1)),
        TODAY: (today, today),
        WEEK: (today, end),
        LATER: (end + timedelta(days=1), far - timedelta(days=1)),
        OPEN: (far, far),
    }
    return spans.get(chosen or "")
