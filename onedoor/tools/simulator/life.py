"""The days themselves: a clock that jumps from one happening to the next, at all centres at once."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import ceil
from random import Random
from zoneinfo import ZoneInfo

from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.voice import api as voice
from onedoor.kernel.clock import now
from onedoor.kernel.letters import deliver_batch, seal_batch, sign_head
from onedoor.kernel.scope import everything
from onedoor.tools.errors import ToolError
from onedoor.tools.progress import Bar
from onedoor.tools.simulator.offices import Office, Officials
from onedoor.tools.simulator.pilot import begin_pilot
from onedoor.tools.simulator.plan import Plan, Report
from onedoor.tools.simulator.staff import centres_to_live
from onedoor.tools.simulator.visits import Centre

ZONE = ZoneInfo("Asia/Vientiane")
Happening = Callable[[datetime], None]


class Clock:
    """Happenings in the order of their time; equal times in the order in which they were planned."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Happening]] = []
        self._count = 0

    def at(self, when: datetime, happening: Happening) -> None:
        """Plans something."""
        self._count += 1
        heapq.heappush(self._waiting, (when, self._count, happening))

    def run(self, after_each: Happening) -> None:
        """Lets everything happen."""
        while self._waiting:
            when, _, happening = heapq.heappop(self._waiting)
            happening(when)
            after_each(when)


def live(plan: Plan) -> Report:
    """Lives a plan; the days are the last ones on which the offices were open, none of them in the future."""
    chance, report = Random(plan.seed), Report()
    with everything("the simulator lives at every centre"):
        places = centres_to_live(plan.centres)
        if not places:
            raise ToolError("There are no centres yet: load a pack first (onedoor pack load).")
        days = open_days(places[0].id, ceil(plan.days))
        if plan.pilot:
            begin_pilot(places[0].id, at=period_times(days[0], centres.opening(places[0].id, days[0])[0])[0])
        a_day = max(1, round(plan.visits * min(1.0, plan.days)))
        with Bar("Living", a_day * len(places) * len(days)) as bar:
            for number, day in enumerate(days):
                whole = plan.days - number >= 1
                _day(day, places, a_day, whole=whole, chance=chance, report=report, bar=bar)
        voice.tell_answers(at=now())
        settle(now())
        sign_head(at=now())
    return report


def open_days(centre: object, count: int) -> list[date]:
    """The last days that are over (for today: the morning), on which a centre was open."""
    found: list[date] = []
    local = now().astimezone(ZONE)
    day = local.date() if local.time() >= time(16, 30) else local.date() - timedelta(days=1)
    for _ in range(400):
        if centres.opening(centre, day):  # type: ignore[arg-type]
            found.append(day)
        if len(found) == count:
            return found[::-1]
        day -= timedelta(days=1)
    raise ToolError("The offices have no open days: their calendar is missing or says that they are closed.")


def _day(
    day: date,
    places: list[centres.CentreView],
    visits: int,
    *,
    whole: bool,
    chance: Random,
    report: Report,
    bar: Bar,
) -> None:
    clock = Clock()
    periods = [period_times(day, period) for period in centres.opening(places[0].id, day)]
    begin, end = periods[0][0], periods[-1][1] if whole else periods[0][1]
    offices = [
        Office(clock, service, chance, report)
        for service in sorted(catalogue.services(), key=lambda one: one.code)
        if has_lives(service)
    ]
    for place in places:
        centre = Centre(clock, place, chance, report, bar, offices, begin=begin, end=end)
        for _ in range(visits):
            opening, closing = chance.choice(periods if whole else periods[:1])
            clock.at(_between(chance, opening, closing - timedelta(minutes=25)), centre.somebody_comes)
    Officials(clock, offices, chance).work_between(begin, end)
    moment = begin
    while moment < end:
        clock.at(moment, _hourly)
        moment += timedelta(hours=1)
    clock.run(settle)


def has_lives(service: catalogue.ServiceView) -> bool:
    """Whether a service can be applied for: it has a form and a process."""
    return bool(service.form) and bool(catalogue.process_source(service.version_id))


def period_times(day: date, period: centres.Period) -> tuple[datetime, datetime]:
    """The two instants of an opening period."""
    return tuple(datetime.combine(day, one, ZONE) for one in period)  # type: ignore[return-value]


def _between(chance: Random, start: datetime, end: datetime) -> datetime:
    return start + timedelta(seconds=chance.randrange(int((end - start).total_seconds())))


def _hourly(at: datetime) -> None:
    voice.expire(at=at)
    cases.fire_timers(at=at)
    sign_head(at=at)


def settle(at: datetime) -> None:
    """What the worker would do at once: seal, deliver, run the services that wait."""
    while seal_batch() or deliver_batch(at=at) or cases.run_services(at=at):
        pass
