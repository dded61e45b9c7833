"""How long the open work of a centre lasts: people who wait, and applications that are not finished, at the pace of past days."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count

from onedoor.domain.catalogue.api import ServiceView
from onedoor.domain.monitoring.models import Matter
from onedoor.domain.monitoring.models.tallies import read_tallies
from onedoor.domain.monitoring.queries.sight import narrowed, sight_of
from onedoor.domain.monitoring.rules.periods import DAY
from onedoor.domain.queue.api import Clearing, clearing, to_clear
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import Actor

LOOK_BACK = timedelta(days=60)
DAYS = 20
FROM_LOGS = "log"


@dataclass(frozen=True, kw_only=True)
class OpenWork:
    """One service at a centre: who waits for it, and what of it is not finished; None where nothing is open."""

    service: ServiceView
    people: Clearing | None
    cases: Clearing | None


def open_work(*, by: Actor, at: datetime, centre: str) -> list[OpenWork]:
    """For each service with something open at a centre, the days until it is done; the longest first.

    Raises:
        NotPermitted, OutOfSight.
    """
    sight = sight_of(by)
    view, lens = sight.centre(centre), narrowed(sight, centre=centre)
    people = {one.subject: one for one in to_clear(view.id, at=at)}
    cases = {one.subject: one for one in _cases(view.id, lens.services, at=at)}
    rows = [
        OpenWork(service=one, people=people.get(one.id), cases=cases.get(one.id))
        for one in sight.services
        if one.id in people or one.id in cases
    ]
    return sorted(rows, key=_longest_first)


def _cases(centre: UUID, services: tuple[UUID, ...] | None, *, at: datetime) -> list[Clearing]:
    """Applications that are not finished, against what was finished on each day on which the centre finished any."""
    today = at.astimezone(ZONE).date()
    rows = Matter.objects.filter(centre=centre, done_at__isnull=True).exclude(channel=FROM_LOGS)
    open_now = dict(rows.values_list("service").annotate(Count("id")).order_by())
    tallies = read_tallies(
        units=[centre],
        services=services,
        grain=DAY,
        since=today - LOOK_BACK,
        until=today - timedelta(days=1),
        by_service=True,
        histograms=False,
    )
    done: dict[UUID, dict[date, int]] = defaultdict(dict)
    for key, tally in tallies:
        if tally.counts.get("done"):
            done[key.service][key.period] = tally.counts["done"]
    days = sorted({day for each in done.values() for day in each})[-DAYS:]
    return [
        clearing(subject=service, work=count, done=[done[service].get(day, 0) for day in days])
        for service, count in open_now.items()
    ]


def _longest_first(row: OpenWork) -> tuple[float, int]:
    both = [one for one in (row.people, row.cases) if one is not None]
    return -max(one.likely or 0.0 for one in both), -sum(one.work for one in both)
