"""Counting due dates anew after a calendar or a centre's hours changed: in batches of few statements, nothing twice."""

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
    Reckoned,
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


def begin_recount(
    *, id: UUID, at: datetime, day: date | None = None, cancelled: bool = False, centre: UUID | None = None
) -> None:
    """Note that a calendar changed; the worker counts anew. A second time nothing happens.

    Args:
        day, cancelled: the holiday, if it was one. centre: whose own hours changed, if that was it.
    """
    said = {"at": at, "day": day, "cancelled": cancelled, "centre_id": centre}
    Recount.objects.get_or_create(id=id, defaults=said)


@transaction.atomic
def recount_batch(*, at: datetime, limit: int = BATCH) -> int:
    """Count the next open cases of the oldest change anew; gives how many were looked at, 0 when none waits."""
    recount = (
        Recount.objects.filter(done_at=None).order_by("at", "id").select_for_update(skip_locked=True).first()
    )
    if recount is None:
        return 0
    with everything(WHY):
        found = _open_cases(recount.day, recount.after, centre=recount.centre_id)
        cases = list(found.select_for_update(of=("self",))[:limit])
        moved = list(_moved(cases, at=at, of=recount))
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
            moved = list(_moved(cases, at=at, of=Recount()))
        yield from ((each.case.number or "", each.was, each.case.due_on) for each in moved if each.date_moved)
        if len(cases) < limit:
            return
        after = cases[-1].id


def _open_cases(day: date | None, after: UUID | None, *, centre: UUID | None = None) -> QuerySet[Case]:
    """Open cases of this node in order; a holiday can move only those that are due on that day or later.

    Args:
        centre: whose own hours changed: they can move only what counts in hours there.
    """
    found = Case.objects.filter(
        owner=this_node(), closed_at=None, number__isnull=False, origin="", due_why__kind__in=KINDS
    ).exclude(status__in=ANSWERED)
    if day is not None:
        found = found.filter(Q(due_on__gte=day) | Q(due_on=None))
    if centre is not None:
        found = found.filter(centre_id=centre, due_why__kind="hours")
    return (found.filter(id__gt=after) if after else found).order_by("id")


def _moved(cases: list[Case], *, at: datetime, of: Recount) -> Iterator[Moved]:
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
        days, known = office(case.authority_id, case.centre_id, hours=clock.kind == "hours")
        clock = replace(clock, calendar=known)
        reckoned = reckon_clock(clock, days)
        rings = [timer for timer in timers[case.id] if timer.node in RINGS]
        terms = [timer for timer in timers[case.id] if timer.node not in RINGS]
        if reckoned.on == was:
            rung = _set_rings(rings, clock, reckoned, days) if clock.kind == "hours" else False
            if _steps_move(case, clock, tasks[case.id], terms, office) or rung:
                case.version += 1
                yield Moved(case, was, tasks[case.id], [*terms, *(rings if rung else [])])
            continue
        name = (days.holiday(of.day) if of.day else None) or {}
        hours = of.centre_id is not None
        shift = Shift(
            at=at, was=was, now=reckoned.on, day=of.day, name=name, cancelled=of.cancelled, hours=hours
        )
        clock = shifted(clock, shift)
        case.due_on, case.due_why = reckoned.on, kept(clock)
        case.version += 1
        follow(case, clock, tasks[case.id], terms, office=office)
        _set_rings(rings, clock, reckoned, days)
        yield Moved(case, was, tasks[case.id], timers[case.id])


def _set_rings(rings: list[Timer], clock: Clock, reckoned: Reckoned, days: Calendar) -> bool:
    """Set the rings of a case by its clock as it is reckoned now; whether any of them moved."""
    before = [ring.due_at for ring in rings]
    for ring in rings:
        due = {WARNING: warning_at(clock, reckoned, days), BREACH: reckoned.at}.get(ring.node)
        ring.due_at = due or ring.due_at
    return before != [ring.due_at for ring in rings]


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
        self._own: dict[tuple[UUID, bool], tuple[Calendar, bool]] = {}

    def __call__(self, office: UUID, centre: UUID, *, hours: bool = False) -> tuple[Calendar, bool]:
        for place in ((office, hours), (centre, hours)):
            if place not in self._own:
                self._own[place] = office_days(place[0], place[0], hours=hours)
            if self._own[place][1]:
                return self._own[place]
        return self._own[office, hours]
