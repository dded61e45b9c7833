"""What an experiment found, as plain data that is kept: claims, lanes, who would be refused, groups, a plot's points."""

import math
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from onedoor.domain.monitoring.api import SMALLEST, hidden
from onedoor.domain.planning.rules.bounds import (
    AtLeast,
    Claim,
    Reckoning,
    claim,
    mean,
    middle,
    p90,
    share,
    total,
    within,
)
from onedoor.domain.planning.rules.counters import counter_days, counters_in_fact, halls, loads, needed
from onedoor.domain.planning.rules.hours import DAY
from onedoor.domain.planning.rules.past import FRONT, Arrival, Past
from onedoor.domain.planning.rules.replay import NOT_ACCEPTED, REFUSED, Outcome, Run
from onedoor.domain.planning.rules.version import Ground

GROUPS = ("province", "sex", "age", "channel")
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
    lanes = _lanes(ground.past, now, then)
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
    days = counter_days(ground, now, *then, *(unlike or ()))
    if days:
        seen = counters_in_fact(ground)
        yield from measured(
            "counters",
            p90,
            [seen.get(day, 0.0) for day in days],
            lambda run: loads(ground.past, run, days),
        )
    base, tried = [now, *(unlike or ())[:1]], [*then, *(unlike or ())[1:]]
    waits = yield from halls(ground, base=base, tried=tried)
    if waits is not None:
        waited, by_run = waits
        yield from measured("hall", mean, waited, lambda run: by_run[id(run)])
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
        "groups": _groups(arrivals, now, then),
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


ORDER = ("days_median", "days_p90", "on_time", "trips", "hall", "counters", "refused", "newly", "revenue")


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


def _lanes(past: Past, now: Run, then: Sequence[Run]) -> list[dict[str, Any]]:
    """By role: hours of work and people needed, now and then; and how many people there were."""
    roles: dict[str, dict[str, Any]] = {}
    for kind, lanes in (("now", now.lanes), *(("then", run.lanes) for run in then)):
        part = 1 if kind == "now" else len(then)
        for (_unit, role), lane in lanes.items():
            row = roles.setdefault(role, _no_work(role, _audience(past, role)))
            row[f"hours_{kind}"] += lane.busy / 3600 / part
            row[f"needed_{kind}"] += needed(lane) / part
            row[f"waited_{kind}"] += lane.waited / 3600 / part
    for (_unit, role), people in past.people.items():
        if role in roles:
            roles[role]["people"] += people
    for row in roles.values():
        row["needed_then"] = math.ceil(row["needed_then"] - 1e-9)
    return sorted(roles.values(), key=lambda row: (row["audience"] not in FRONT, -row["hours_now"]))


def _no_work(role: str, audience: str) -> dict[str, Any]:
    figures = ("hours_now", "hours_then", "needed_now", "needed_then", "waited_now", "waited_then", "people")
    return {"role": role, "audience": audience, **dict.fromkeys(figures, 0)}


def _audience(past: Past, role: str) -> str:
    return next((audience for audience, known in past.lanes if known == role), "back")


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


def _groups(arrivals: Sequence[Arrival], now: Run, then: Sequence[Run]) -> list[dict[str, Any]]:
    """By province, sex and age group: days and trips now and then; small cells are hidden, and never one alone."""
    rows: list[dict[str, Any]] = []
    for group in GROUPS:
        values = sorted({arrival.groups[group] for arrival in arrivals if group in arrival.groups})
        if len(values) < 2:
            continue
        members = [
            [place for place, arrival in enumerate(arrivals) if arrival.groups.get(group) == value]
            for value in values
        ]
        secret = hidden([len(places) for places in members])
        for value, places, hide in zip(values, members, secret, strict=True):
            row: dict[str, Any] = {"group": group, "value": value, "hidden": hide}
            rows.append(row if hide else row | _of_group(places, now, then))
    return rows


def _of_group(places: Sequence[int], now: Run, then: Sequence[Run]) -> dict[str, Any]:
    def over(runs: Iterable[Run], get: Measured) -> float | None:
        known = [value for run in runs for place in places if (value := get(run.outcomes[place])) is not None]
        return mean(known) if len(known) >= SMALLEST else None

    figures: dict[str, Any] = {"n": len(places)}
    for code, get in (
        ("days", lambda one: one.days),
        ("trips", lambda one: None if one.trips is None else float(one.trips)),
        ("refused", lambda one: 100.0 * one.refused if one.status else None),
    ):
        figures |= {f"{code}_now": over([now], get), f"{code}_then": over(then, get)}
    return figures


def _plot(facts: Sequence[Outcome], now: Run, then: Sequence[Run]) -> list[dict[str, float]]:
    """Which share was answered within so many days: in fact, in the replay, in the other version."""
    curves = {
        "fact": [one.days for one in facts if one.days is not None],
        "now": [one.days for one in now.outcomes if one.days is not None],
        "then": [one.days for run in then for one in run.outcomes if one.days is not None],
    }
    drawn = {name: within(days, EDGES) for name, days in curves.items()}
    return [
        {
            "days": edge,
            **{name: shares[place] for name, shares in drawn.items()},
        }
        for place, edge in enumerate(EDGES)
    ]


def cases_in(result: Mapping[str, Any]) -> list[UUID]:
    """The cases that a result names."""
    return [UUID(row["case"]) for kind in ("newly", "no_longer") for row in result["refused"][kind]]
