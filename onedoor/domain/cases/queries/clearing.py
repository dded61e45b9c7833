"""How many days the open tasks of an office last, at the pace of its past days. Numbers only: they name nobody."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.access.api import unit
from onedoor.domain.cases.models.waiting import done_by_day, open_by_unit
from onedoor.domain.cases.permissions import lanes_of
from onedoor.domain.cases.rules import ZONE, local
from onedoor.domain.queue.api import Clearing, clearing
from onedoor.kernel.i18n import Translated
from onedoor.kernel.scope import Actor

LOOK_BACK = timedelta(days=40)
DAYS = 20


def lane_work(by: Actor, *, at: datetime, most: int = 3) -> list[tuple[Translated, Clearing]]:
    """The offices of an actor's worklist that have open tasks, with the days until they are done; the longest first."""
    found = office_work(lanes_of(by).back, audience="back", at=at)
    return [(unit(one.subject).name, one) for one in found[:most]]


def office_work(units: Collection[UUID], *, audience: str, at: datetime) -> list[Clearing]:
    """For each of these units with open tasks, what is open against what it finished on its last twenty working days.

    Args:
        audience: ``front`` for the counters of centres, ``back`` for offices behind them.
    """
    waiting = open_by_unit(units=units, audience=audience)
    midnight = datetime.combine(local(at, ZONE), time(), tzinfo=ZoneInfo(ZONE))
    done: dict[UUID, dict[date, int]] = defaultdict(dict)
    rows = done_by_day(
        units=list(waiting), audience=audience, since=midnight - LOOK_BACK, until=midnight, zone=ZONE
    )
    for where, day, number in rows:
        done[where][day] = int(number)
    found = [
        clearing(subject=where, work=number, done=[done[where][day] for day in sorted(done[where])[-DAYS:]])
        for where, number in waiting.items()
    ]
    return sorted(found, key=lambda one: (-(one.likely or 0.0), -one.work))
