"""The hour at which a demonstration lives: the wall clock's while its centres are open, else the next morning's.

A minister who is shown the product in the evening should find a hall with people in it.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

NAME = "opening.json"
AHEAD = timedelta(days=400)
INTO_THE_MORNING = timedelta(hours=2)
A_LITTLE_BEFORE = timedelta(minutes=20)


def note_hours(base: Path, *, at: datetime) -> None:
    """Keep when the first centre is open in the coming days, so that a later start need not ask the database."""
    from onedoor.domain.centres import api as centres

    place = centres.centres()[0]
    zone = ZoneInfo(place.zone)
    periods = []
    for ahead in range(AHEAD.days):
        day = at.astimezone(zone).date() + timedelta(days=ahead)
        for begin, end in centres.opening(place.id, day):
            periods.append(
                [datetime.combine(day, hour, zone).astimezone(UTC).isoformat() for hour in (begin, end)]
            )
    (base / NAME).write_text(json.dumps(periods))


def live_when_open(base: Path, *, at: datetime) -> timedelta:
    """How far the demonstration's clock is ahead of the wall clock, here and in every process that is started from here."""
    try:
        periods = json.loads((base / NAME).read_text())
    except FileNotFoundError:
        return timedelta()
    ahead = shift(
        at, [(datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in periods]
    )
    os.environ["ONEDOOR_CLOCK_SHIFT"] = str(int(ahead.total_seconds()))
    return ahead


def shift(at: datetime, periods: list[tuple[datetime, datetime]]) -> timedelta:
    """Nothing while a period lasts and is not about to end; else as far as into the next period.

    Args:
        at: the wall clock's instant.
        periods: opening times, ascending.
    """
    for begin, end in periods:
        if begin <= at < end - A_LITTLE_BEFORE:
            return timedelta()
        if at < begin:
            return min(begin + INTO_THE_MORNING, end - A_LITTLE_BEFORE) - at
    return timedelta()
