"""Counting due dates anew after a calendar changed: in batches, each a fixed number of statements, doing nothing twice."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from onedoor.domain.cases.actions.clocking import follow
from onedoor.domain.cases.actions.turning import ANSWERED
from onedoor.domain.cases.events import DueMoved
from onedoor.domain.cases.models import KIND, Case, Recount, Recounted, Task, Timer
from onedoor.domain.cases.queries.clock import office_days
from onedoor.domain.cases.rules.clock import (
    BREACH,
    KINDS,
    RINGS,
    WARNING,
    Clock,
    Shift,
    clock_of,
    kept,
    reckon_clock,
    shifted,
    warning_at,
)
from onedoor.domain.centres.api import Calendar
from onedoor.kernel.aggregate import this_node
from onedoor.kernel.letters.many import Happened, publish_many
from onedoor.kernel.scope import Actor, everything

BATCH = 200
WHY = "a calendar holds for the cases of every centre"


@dataclass
class Moved:
    """A case whose date moved, or a step's of it, with what follows it."""

    case: Case
    was: date | None
    tasks: list[Task]
    timers: list[Timer]

    @property
    def date_moved(self) -> bool:
        """Whether its own date moved, not only those of its steps."""
        return self.was != self.case.due_on


def begin_recount(*, id: UUID, at: datetime, day: date | None = None, cancelled: bool = False) -> None:
    """Note that a calendar changed; the worker counts anew. A second time nothing happens."""
    Recount.objects.get_or_create(id=id, defaults={"at": at, "day": day, "cancelled": cancelled})


@transaction.atomic
def recount_batch(*, at: datetime, limit: int = BATCH) -> int:
    """Count the next open cases of the oldest change anew; gives how many were looked at, 0 when none waits."""
    recount = (
        Recount.objects.filter(done_at=None).order_by("at", "id").select_for_update(skip_locked=True).first()
    )
    if recount is None:
        return 0
    with everything(WHY):
        cases = list(_open_cases(recount.day, recount.after).select_for_update(of=("self",))[:limit])
        moved = list(_moved(cases, at=at, day=recount.day, cancelled=recount.cancelled))
        _write(recount, moved, at=at)
    recount.examined, recount.moved = (
        recount.examined + len(cases),
        recount.moved + sum(each.date_moved for each in moved),
    )
    recount.after = cases[-1].id if cases else recount.after
    recount.done_at = at if len(cases) < limit else None
    recount.save()
    return len(cases)


def preview_recount(*, at: datetime, limit: int = BATCH) -> Iterator[tuple[str, date | None, date | None]]:
    """Which open cases would move by the calendars as they are now: number, from, to. Nothing is written."""
    after = None
    while True:
        with everything(WHY):
            cases = list(_open_cases(None, after)[:limit])
            moved = list(_moved(cases, at=at, day=None, cancelled=False))
        yield from ((each.case.number or "", each.was, each.case.due_on) for each in moved if each.date_moved)
        if len(cases) < limit:
            return
        after = cases[-1].id


def _open_cases(day: date | None, after: UUID | None) -> QuerySet[Case]:
    """Open cases of this node in order; a holiday can move only those that are due on that day or later."""
    found = Case.objects.filter(
        owner=this_node(), closed_at=None, number__isnull=False, origin="", due_why__kind__in=KINDS
    ).exclude(status__in=ANSWERED)
    if day is not None:
        found = found.filter(Q(due_on__gte=day) | Q(due_on=None))
    return (found.filter(id__gt=after) if after else found).order_by("id")


def _moved(cases: list[Case], *, at: datetime, day: date | None, cancelled: bool) -> Iterator[Moved]:
    """Those of these cases whose date is another one now, with their open steps and terms; three statements for all."""
    ids, office = [case.id for case in cases], _Offices()
    tasks: defaultdict[UUID, list[Task]] = defaultdict(list)
    timers: defaultdict[UUID, list[Timer]] = defaultdict(list)
    for task in Task.objects.filter(case_id__in=ids, state="open", kind="user", audience="back"):
        tasks[task.case_id].append(task)
    for timer in Timer.objects.filter(case_id__in=ids, state="waiting"):
        timers[timer.case_id].append(timer)
    for case in cases:
        clock, was = clock_of(case.due_why), case.due_on
        if clock is None:
            continue
        days, known = office(case.authority_id, case.centre_id)
        clock = replace(clock, calendar=known)
        reckoned = reckon_clock(clock, days)
        rings = [timer for timer in timers[case.id] if timer.node in RINGS]
        terms = [timer for timer in timers[case.id] if timer.node not in RINGS]
        if reckoned.on == was:
            if _steps_move(case, clock, tasks[case.id], terms, office):
                case.version += 1
                yield Moved(case, was, tasks[case.id], terms)
            continue
        name = (days.holiday(day) if day else None) or {}
        shift = Shift(at=at, was=was, now=reckoned.on, day=day, name=name, cancelled=cancelled)
        clock = shifted(clock, shift)
        case.due_on, case.due_why = reckoned.on, kept(clock)
        case.version += 1
        follow(case, clock, tasks[case.id], terms, office=office)
        for ring in rings:
            due = {WARNING: warning_at(clock, reckoned, days), BREACH: reckoned.at}.get(ring.node)
            ring.due_at = due or ring.due_at
        yield Moved(case, was, tasks[case.id], timers[case.id])


def _steps_move(case: Case, clock: Clock, tasks: list[Task], terms: list[Timer], office: "_Offices") -> bool:
    """Whether steps of a case are due on other days now, though its own date stays; they are set to them."""
    before = [*(task.due_on for task in tasks), *(timer.due_at for timer in terms)]
    follow(case, clock, tasks, terms, office=office)
    return before != [*(task.due_on for task in tasks), *(timer.due_at for timer in terms)]


def _write(recount: Recount, moved: list[Moved], *, at: datetime) -> None:
    """Everything that moved and its letters, in as many statements for many cases as for one."""
    if not moved:
        return
    Case.objects.bulk_update([each.case for each in moved], ["version", "due_on", "due_why"])
    Task.objects.bulk_update(
        [task for each in moved for task in each.tasks], ["due_on", "due_order", "due_why"]
    )
    Timer.objects.bulk_update([timer for each in moved for timer in each.timers], ["due_at", "state"])
    Recounted.objects.bulk_create(
        Recounted(
            recount=recount,
            case_id=each.case.id,
            number=each.case.number or "",
            centre_id=each.case.centre_id,
            authority_id=each.case.authority_id,
            was=each.was,
            now=each.case.due_on,
        )
        for each in moved
        if each.date_moved
    )
    happened = [
        Happened(
            each.case.id,
            each.case.version,
            DueMoved(was=_text(each.was), due=_text(each.case.due_on), recount=recount.id),
            at,
            epoch=each.case.epoch,
            centre=each.case.centre_id,
        )
        for each in moved
    ]
    publish_many(happened, kind=KIND, by=Actor.system(), centre=None)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


class _Offices:
    """The calendars of offices, each looked up once a batch."""

    def __init__(self) -> None:
        self._found: dict[tuple[UUID, UUID], tuple[Calendar, bool]] = {}
        self._own: dict[UUID, tuple[Calendar, bool]] = {}

    def __call__(self, office: UUID, centre: UUID) -> tuple[Calendar, bool]:
        for place in (office, centre):
            if place not in self._own:
                self._own[place] = office_days(place, place)
            if self._own[place][1]:
                return self._own[place]
        return self._own[office]
