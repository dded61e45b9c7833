"""What was learnt, as it is kept between two nights; and tickets as turns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, tzinfo
from itertools import groupby
from typing import Any

from onedoor.domain.queue.rules.steps import Status
from onedoor.domain.queue.rules.waits.days import Day, Turn
from onedoor.domain.queue.rules.waits.learning import learn
from onedoor.domain.queue.rules.waits.model import Learnt, Tuning

A_MISS = 1.5
"""Minutes for which a counter waits for somebody who does not come."""
MOST_TURNS = 6_000
"""Tickets of the latest days that are learnt from; more teach little and cost the night."""
LEAST_OF_A_ZONE = 200


def taught_by(days: Sequence[Day], zones: Mapping[str, Sequence[Day]]) -> dict[str, Any]:
    """What a hall's days teach, of the whole hall and of each zone that has had people enough, ready to be kept."""
    lines = {"": written(learn(_latest(days)))}
    for zone, held in zones.items():
        if zone and sum(len(day.turns) for day in held) >= LEAST_OF_A_ZONE:
            lines[zone] = written(learn(_latest(held)))
    return lines


def _latest(days: Sequence[Day]) -> list[Day]:
    found: list[Day] = []
    count = 0
    for day in reversed(days):
        count += len(day.turns)
        if found and count > MOST_TURNS:
            break
        found.append(day)
    return found[::-1]


def written(learnt: Learnt) -> dict[str, Any]:
    """Ready to be kept as JSON."""
    return asdict(learnt)


def read(kept: Mapping[str, Any]) -> Learnt:
    """As it was learnt."""
    lists = {name: tuple(kept[name]) for name in ("pace", "counters", "front", "edges")}
    return Learnt(
        **lists,
        ahead=kept["ahead"],
        work=kept["work"],
        comes=kept["comes"],
        strays=tuple((low, likely, high) for low, likely, high in kept["strays"]),
        days=kept["days"],
        tuning=Tuning(**kept["tuning"]),
    )


def turn_of(row: Sequence[Any], *, midnight: datetime) -> Turn:
    """A ticket as a turn; ``row``: service, zone, status, place, issued, called, started, ended, counter."""
    service, _zone, status, place, issued, called, started, ended, counter = row

    def minute(at: datetime | None) -> float | None:
        return None if at is None else (at - midnight).total_seconds() / 60

    over, never = minute(ended), called is not None and started is None
    missed = never and status in (Status.MISSED, Status.LEFT)
    freed = (minute(called) or 0.0) + A_MISS if missed else over if called is not None else None
    return Turn(
        service.hex,
        minute(place) or 0.0,
        minute(issued) or 0.0,
        called=minute(called),
        freed=freed,
        gone=over if called is None else None,
        counter=counter.hex if counter else "",
        missed=missed,
    )


def days_of(rows: Iterable[Sequence[Any]], *, zone: tzinfo) -> tuple[list[Day], dict[str, list[Day]]]:
    """The days of a hall from its tickets, each with its day first and in order; also by the zones of the hall."""
    whole: list[Day] = []
    parts: dict[str, list[Day]] = {}
    for day, held in groupby(rows, key=lambda row: row[0]):
        midnight = midnight_of(day, zone)
        turns = [(row[2], turn_of(row[1:], midnight=midnight)) for row in held]
        whole.append(Day(day, tuple(turn for _zone, turn in turns)))
        for name in sorted({name for name, _turn in turns}):
            own = tuple(turn for held_in, turn in turns if held_in == name)
            parts.setdefault(name, []).append(Day(day, own))
    return whole, parts


def midnight_of(day: date, zone: tzinfo) -> datetime:
    """When a day begins in a zone."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)
