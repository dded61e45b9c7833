"""How satisfied people are where an edition of a service is tried out, beside the other centres."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from onedoor.domain.access.api import require
from onedoor.domain.catalogue.api import service_by_id
from onedoor.domain.monitoring.models.tallies import read_tallies
from onedoor.domain.monitoring.rules.periods import DAY
from onedoor.domain.monitoring.rules.statistics import hidden, wilson
from onedoor.kernel.scope import Actor

READ = "catalogue.read"


@dataclass(frozen=True, kw_only=True)
class Satisfaction:
    """How many of those who rated a service were satisfied, with the 95 % interval; all 0 where too few did (``secret``)."""

    satisfied: int
    rated: int
    low: float = 0.0
    high: float = 1.0
    secret: bool = False


def satisfaction_beside(
    *, by: Actor, service: UUID, since: date, until: date, centres: Collection[UUID]
) -> tuple[Satisfaction, Satisfaction]:
    """The ratings of a service on these days: at these centres, and at all others.

    Two groups of whom one is small are both hidden, as their sum stands in the reports.
    Errors: UnknownService, Refused.
    """
    require(by, READ, at=service_by_id(service).authority)
    rows = read_tallies(
        units=None,
        services=[service],
        grain=DAY,
        since=since,
        until=until,
        by_centre=True,
        histograms=False,
    )
    sums = {True: [0, 0], False: [0, 0]}
    for key, tally in rows:
        side = sums[key.centre in centres]
        side[0] += tally.counts["satisfied"]
        side[1] += tally.counts["rated"]
    tried, others = sums[True], sums[False]
    secret = hidden([tried[1], others[1]])
    return _side(*tried, secret=secret[0]), _side(*others, secret=secret[1])


def _side(satisfied: int, rated: int, *, secret: bool) -> Satisfaction:
    if secret:
        return Satisfaction(satisfied=0, rated=0, secret=True)
    low, high = wilson(satisfied, rated) or (0.0, 1.0)
    return Satisfaction(satisfied=satisfied, rated=rated, low=low, high=high)
