"""What an experiment found, as plain data that is kept: claims, lanes, who would be refused, groups, a plot's points."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from onedoor.domain.planning.rules.beside import beside_in, beside_in_fact
from onedoor.domain.planning.rules.bounds import (
    AtLeast,
    Claim,
    Reckoning,
    as_seen,
    by_chance,
    claim,
    mean,
    middle,
    most_of,
    p90,
    share,
    total,
    within,
)
from onedoor.domain.planning.rules.counters import (
    counter_days,
    front_roles,
    halls,
    loads,
    loads_in_fact,
)
from onedoor.domain.planning.rules.groups import group_rows
from onedoor.domain.planning.rules.hours import DAY
from onedoor.domain.planning.rules.offices import lane_rows
from onedoor.domain.planning.rules.past import Arrival
from onedoor.domain.planning.rules.replay import NOT_ACCEPTED, REFUSED, Outcome, Run
from onedoor.domain.planning.rules.version import Ground

EDGES = (0.5, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90)
MOST_NAMED = 200
Measured = Callable[[Outcome], float | None]
Values = Sequence[float | None]


def found(
    ground: Ground, now: Run, then: Sequence[Run], *, seed: int, unlike: tuple[Run, Run] | None = None
) -> dict[str, Any]:
    """As `finding`, at once."""
    slices = finding(ground, now, then, seed=seed, unlike=unlike)
    try:
        while True:
            next(slices)
    except StopIteration as end:
        return dict(end.value)


def finding(
    ground: Ground, now: Run, then: Sequence[Run], *, seed: int, unlike: tuple[Run, Run] | None = None
) -> Generator[int, None, dict[str, Any]]:
    """Everything that an experiment found, in slices.

    Args:
        then: the other version, once a seed. unlike: both versions by the other way to read the past.
    """
    arrivals = ground.past.arrivals
    facts = [_in_fact(arrival, ground) for arrival in arrivals]
    claims: list[Claim] = []

    def measured(
        code: str, reckoning: Reckoning, in_fact: Values, of: Callable[[Run], Values]
    ) -> Generator[int, None, None]:
        both = (of(unlike[0]), of(unlike[1])) if unlike else None
        again = [of(run) for run in then]
        claims.append(claim(code, reckoning, in_fact, of(now), again, seed=seed, unlike=both))
        yield len(arrivals)

    for code, reckoning, get in MEASURES:
        yield from measured(
            code,
            reckoning,
            [get(one) for one in facts],
            partial(_each, get),
        )
    yield from measured("newly", total, _nobody(facts), lambda run: _newly(facts, run))
    if any(one.refused for one in facts):
        yield from measured("no_longer", total, _refused_ones(facts), lambda run: _no_longer(facts, run))
    if ground.past.beside:
        yield from measured("beside", mean, beside_in_fact(ground), partial(beside_in, ground))
    front = front_roles(ground.past)
    days = counter_days(ground, front, now, *then, *(unlike or ()))
    if days:
        seen = loads_in_fact(ground, front)
        yield from measured(
            "counters", p90, [seen.get(day, 0.0) for day in days], lambda run: loads(run, front, days)
        )
    base, tried = [now, *(unlike or ())[:1]], [*then, *(unlike or ())[1:]]
    waits = yield from halls(ground, base=base, tried=tried)
    if waits is not None:
        waited, by_run = waits
        yield from measured("hall", mean, waited, lambda run: by_run[id(run)])
    lanes = yield from lane_rows(ground, now, then, seed=seed, unlike=unlike)
    groups = yield from group_rows(arrivals, facts, now, then, seed=seed, unlike=unlike)
    claims.sort(key=lambda one: ORDER.index(one.code))
    first = then[0]
    return {
        "n": len(arrivals),
        "open": sum(arrival.fact.censored for arrival in arrivals),
        "prepared": sum(bool(arrival.channel) for arrival in arrivals),
        "tickets": next((one.n for one in claims if one.code == "hall"), 0),
        "claims": [{**asdict(one), "change": one.change, "told_apart": one.told_apart} for one in claims],
        "lanes": lanes,
        "refused": _refused(now, first),
        "new_papers": _new_papers(first),
        "people": _people(facts, now),
        "groups": groups,
        "plot": _plot(facts, now, then),
        "stuck": {"now": now.stuck, "then": max(run.stuck for run in then)},
        "drawn": sum(run.drawn for run in then) // len(then),
        "seeds": len(then),
    }


MEASURES: tuple[tuple[str, Callable[[Sequence[float]], float], Measured], ...] = (
    ("days_median", middle, lambda one: one.days),
    ("days_p90", p90, lambda one: one.days),
    ("on_time", share, lambda one: None if one.on_time is None else float(one.on_time)),
    ("trips", mean, lambda one: None if one.trips is None else float(one.trips)),
    ("refused", share, lambda one: float(one.refused) if one.status else None),
    ("revenue", total, lambda one: _charged(one)),
)


ORDER = (
    *("days_median", "days_p90", "on_time", "trips", "hall", "counters", "beside"),
    *("refused", "newly", "no_longer", "revenue"),
)


def _each(get: Measured, run: Run) -> list[float | None]:
    return [get(one) for one in run.outcomes]


def _nobody(facts: Sequence[Outcome]) -> list[float | None]:
    """Of whom was not refused nobody was: what a replay refuses of them it refuses wrongly."""
    return [0.0 if one.status and not one.refused else None for one in facts]


def _newly(facts: Sequence[Outcome], run: Run) -> list[float | None]:
    """Of whom was not refused: whether this run refuses; how an open case will be decided is not counted."""
    return [
        None
        if fact.refused or not one.status
        else float(one.refused if fact.status else one.status == NOT_ACCEPTED)
        for fact, one in zip(facts, run.outcomes, strict=True)
    ]


def _refused_ones(facts: Sequence[Outcome]) -> list[float | None]:
    """Of whom was refused everybody was: whom a replay lets through it lets through wrongly."""
    return [0.0 if one.refused else None for one in facts]


def _no_longer(facts: Sequence[Outcome], run: Run) -> list[float | None]:
    """Of whom was refused: whether this run lets through."""
    return [
        float(not one.refused) if fact.refused and one.status else None
        for fact, one in zip(facts, run.outcomes, strict=True)
    ]


def _people(facts: Sequence[Outcome], now: Run) -> dict[str, Any]:
    """How far single people are told rightly: the version in force is replayed, and what it says of each is compared.

    ``wrongly``: of ``passed`` who were not refused, whom the replay refuses; ``missed``: of ``refused`` who were, whom it lets
    through; each with the largest share that is believable. ``trips``: of how many people it tells the trips exactly.
    """
    pairs = [(a, b) for a, b in zip(facts, now.outcomes, strict=True) if a.status and b.status]
    passed = [b.refused for a, b in pairs if not a.refused]
    refused = [not b.refused for a, b in pairs if a.refused]
    walked = [(a.trips, b.trips) for a, b in pairs if a.trips is not None and b.trips is not None]
    astray = sum(a != b for a, b in walked)
    return {
        "passed": len(passed),
        "wrongly": sum(passed),
        "wrongly_most": most_of(sum(passed), len(passed)),
        "refused": len(refused),
        "missed": sum(refused),
        "missed_most": most_of(sum(refused), len(refused)),
        "trips": len(walked),
        "trips_wrong": astray,
        "trips_most": most_of(astray, len(walked)),
    }


def _charged(one: Outcome) -> float | None:
    """The fee; nothing of whom nobody accepts; None where it is not set."""
    if one.status == NOT_ACCEPTED:
        return 0.0
    return None if one.fee is None or not one.status else float(one.fee)


def _in_fact(arrival: Arrival, ground: Ground) -> Outcome:
    """What happened, in the terms of a replay."""
    fact = arrival.fact
    errands = len(ground.current.asked(arrival.answers) & ground.assumptions.errands)
    on_time = None
    if fact.due is not None:
        on_time = ground.hours[arrival.centre].day(fact.answered) <= fact.due
    if fact.censored and on_time:
        on_time = None  # it may still be
    days = (fact.answered - arrival.at) / DAY
    return Outcome(
        id=arrival.id,
        status=fact.status,
        days=AtLeast(days) if fact.censored else days,
        on_time=on_time,
        trips=None if fact.trips is None else fact.trips + errands,
        fee=fact.fee or 0,
    )


def _refused(now: Run, then: Run) -> dict[str, Any]:
    """Whom only the other version refuses, and whom only the version in force; with the reasons, by case."""
    newly = [
        {"case": str(after.id), "status": after.status, "why": list(after.why)}
        for before, after in zip(now.outcomes, then.outcomes, strict=True)
        if after.refused and before.status and not before.refused
    ]
    no_longer = [
        {"case": str(after.id), "status": after.status, "why": list(before.why)}
        for before, after in zip(now.outcomes, then.outcomes, strict=True)
        if before.refused and after.status and not after.refused
    ]
    return {
        "newly": newly[:MOST_NAMED],
        "newly_count": len(newly),
        "no_longer": no_longer[:MOST_NAMED],
        "no_longer_count": len(no_longer),
        "officers": sum(one.status == REFUSED for one in then.outcomes),
    }


def _new_papers(then: Run) -> dict[str, int]:
    """How many did not bring what the other version newly asks for, by paper."""
    counts: dict[str, int] = {}
    for one in then.outcomes:
        for code in one.new_papers:
            counts[code] = counts.get(code, 0) + 1
    return counts


def _plot(facts: Sequence[Outcome], now: Run, then: Sequence[Run]) -> list[dict[str, float]]:
    """Which share was answered within so many days: in fact, in the replay, in the other version.

    ``error`` of the other version's share: what the replay missed of the past there, or the chance of so many cases.
    """
    curves = {
        "fact": [one.days for one in facts if one.days is not None],
        "now": [one.days for one in now.outcomes if one.days is not None],
        "then": [one.days for run in then for one in run.outcomes if one.days is not None],
    }
    drawn = {name: within(days, EDGES) for name, days in curves.items()}
    both = [
        (fact.days, as_seen(one.days, fact.days))
        for fact, one in zip(facts, now.outcomes, strict=True)
        if fact.days is not None and one.days is not None
    ]
    missed = [
        abs(again - once)
        for once, again in zip(
            within([fact for fact, _one in both], EDGES),
            within([one for _fact, one in both], EDGES),
            strict=True,
        )
    ]
    count = len(curves["then"]) / max(1, len(then))
    points = []
    for place, edge in enumerate(EDGES):
        point = {name: shares[place] for name, shares in drawn.items()}
        error = max(missed[place], by_chance(point["then"], count))
        points.append({"days": edge, **point, "error": error})
    return points


def cases_in(result: Mapping[str, Any]) -> list[UUID]:
    """The cases that a result names."""
    return [UUID(row["case"]) for kind in ("newly", "no_longer") for row in result["refused"][kind]]
