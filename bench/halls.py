"""Made days of a hall, for measuring forecasts of waits. They know nothing of the model that is measured.

Assumptions, each drawn anew by the seed: people come by a Poisson process with a surge in the first hour and a smaller one
after noon, busier on Mondays, and by a factor of the day; six services with log-normal lengths of 4 to 22 minutes in the
middle (a long tail); every officer has a speed of their own and another each day, opens some minutes late, breaks in the
morning and the afternoon, eats at noon in two shifts, closes early, or is not there that day; a counter that is shown as open
is left alone now and then; between two people it takes a while to call; one of twenty does not come when called, some leave
before they are called, the sooner the longer they wait; one of ten goes first by half an hour; on some days the link is slow for
an hour or two and everything takes longer. Standing in line is by place, and nobody knows anything of what comes.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from onedoor.domain.queue.rules.waits.days import Day, Turn

OPENS, CLOSES = 480.0, 960.0
SERVICES = {  # middle length in minutes, spread of its logarithm, how often
    "question": (3.0, 0.6, 20),
    "residence": (6.0, 0.5, 18),
    "birth": (9.0, 0.45, 24),
    "document": (7.0, 0.6, 14),
    "tax": (5.0, 0.5, 16),
    "land": (22.0, 0.5, 8),
}
SURGE = (
    (480, 1.7),
    (540, 1.45),
    (600, 1.1),
    (660, 0.8),
    (720, 0.5),
    (780, 1.15),
    (840, 0.9),
    (900, 0.45),
    (940, 0.0),
)
PATIENCE = 240.0


@dataclass(frozen=True, kw_only=True)
class Hall:
    """One centre: how many officers it has and how many people come a minute, before the hour and the day are considered."""

    officers: int = 5
    a_minute: float = 0.45
    seed: int = 1


def days(hall: Hall, count: int, *, first: date = date(2026, 9, 7)) -> list[Day]:
    """So many working days of a hall."""
    chance = Random(hall.seed)
    speeds = [math.exp(chance.gauss(0, 0.18)) for _ in range(hall.officers)]
    found: list[Day] = []
    day = first
    while len(found) < count:
        if day.isoweekday() <= 5:
            found.append(_day(hall, day, speeds, Random(f"{hall.seed}/{day}")))
        day += timedelta(days=1)
    return found


def _day(hall: Hall, day: date, speeds: list[float], chance: Random) -> Day:
    people = _people(hall, day, chance)
    shifts = _shifts(hall, chance)
    slow = (chance.uniform(OPENS, CLOSES), chance.uniform(60, 120)) if chance.random() < 0.25 else (0.0, 0.0)
    today = [speed * math.exp(chance.gauss(0, 0.12)) for speed in speeds]
    return Day(day=day, turns=tuple(_served(people, shifts, today, slow, chance)), opened=_opened(shifts))


def _people(hall: Hall, day: date, chance: Random) -> list[tuple[float, float, str, float]]:
    """Who comes: when, by which place, for what, and how long they stay."""
    factor = math.exp(chance.gauss(0, 0.16)) * (1.2 if day.isoweekday() == 1 else 1.0)
    names, often = list(SERVICES), [row[2] for row in SERVICES.values()]
    found, at = [], OPENS - 15
    while at < CLOSES - 20:
        at += chance.expovariate(hall.a_minute * 1.7 * factor)
        share = next((part for since, part in reversed(SURGE) if at >= since), 1.2)
        if chance.random() < share / 1.7:
            issued = max(at, OPENS)
            place = issued - 30 if chance.random() < 0.1 else issued
            found.append(
                (issued, place, chance.choices(names, often)[0], chance.expovariate(1 / PATIENCE) + 10)
            )
    return found


def _shifts(hall: Hall, chance: Random) -> list[list[tuple[float, float]]]:
    """When each officer's counter is shown as open."""
    found: list[list[tuple[float, float]]] = []
    for number in range(hall.officers):
        if chance.random() < 0.07:
            found.append([])
            continue
        noon = 705.0 if number % 2 else 750.0
        pauses = [
            (t, t + chance.uniform(8, 18)) for t in (chance.uniform(580, 620), chance.uniform(850, 890))
        ] + [(noon + chance.uniform(-5, 5), noon + chance.uniform(40, 55))]
        start, rows = OPENS + chance.uniform(0, 14), []
        for begin, end in sorted(pauses):
            rows.append((start, begin))
            start = end
        rows.append((start, CLOSES - chance.uniform(0, 12)))
        found.append(rows)
    return found


def _opened(shifts: list[list[tuple[float, float]]]) -> tuple[tuple[float, int], ...]:
    steps = sorted(step for rows in shifts for begin, end in rows for step in ((begin, 1), (end, -1)))
    found, count = [(0.0, 0)], 0
    for at, change in steps:
        count += change
        found.append((at, count))
    return tuple(found)


def _served(
    people: list[tuple[float, float, str, float]],
    shifts: list[list[tuple[float, float]]],
    speeds: list[float],
    slow: tuple[float, float],
    chance: Random,
) -> list[Turn]:
    """The counter that is free first takes whoever stands first; who has waited too long is gone."""
    free = [(rows[0][0], number) for number, rows in enumerate(shifts) if rows]
    heapq.heapify(free)
    coming = sorted(people, reverse=True)
    line: list[tuple[float, float, str, float]] = []
    found: list[Turn] = []
    while free and (coming or line):
        since, number = heapq.heappop(free)
        at = _at_work(shifts[number], since)
        if at is None:
            continue
        if free and at > free[0][0]:
            heapq.heappush(free, (at, number))
            continue
        while coming and coming[-1][0] <= at:
            issued, place, service, patience = coming.pop()
            heapq.heappush(line, (place, issued, service, patience))
        while line and line[0][1] + line[0][3] < at:
            place, issued, service, patience = heapq.heappop(line)
            found.append(Turn(service, place, issued, gone=issued + patience))
        if not line:
            if coming:
                heapq.heappush(free, (max(at, coming[-1][0]) + 0.1, number))
            continue
        place, issued, service, patience = heapq.heappop(line)
        missed = chance.random() < 0.05
        middle, spread, _often = SERVICES[service]
        length = 1.5 if missed else math.exp(math.log(middle) + chance.gauss(0, spread)) * speeds[number]
        if slow[0] <= at <= slow[0] + slow[1]:
            length *= 1.6
        freed = at + length
        found.append(Turn(service, place, issued, called=at, freed=freed, counter=str(number), missed=missed))
        away = chance.uniform(5, 12) if chance.random() < 0.03 else 0.0
        heapq.heappush(free, (freed + chance.uniform(0.2, 1.2) + away, number))
    found += [
        Turn(service, place, issued, gone=_gives_up(issued + patience))
        for place, issued, service, patience in line
    ]
    found += [
        Turn(service, place, issued, gone=_gives_up(issued + patience))
        for issued, place, service, patience in coming
    ]
    return sorted(found, key=lambda turn: turn.issued)


def _gives_up(at: float) -> float:
    """Nobody stays longer than half an hour after closing time."""
    return min(at, CLOSES + 30)


def _at_work(rows: list[tuple[float, float]], at: float) -> float | None:
    """The next instant at which the officer is there; whoever is being served is served to the end."""
    return next((max(at, begin) for begin, end in rows if at < end), None)
