"""Days of a hall as somebody wrote them down: a CSV of `time,zone,waiting,open_counters,called_ticket`.

A row says how many wait in a zone at an instant, how many counters are open, and which ticket was called then (or stands on
the board). Who joined is told by what is left: people waiting now, less those before, and those who were called between. In a
zone who came first is called first; so who joins behind seven is called with the eighth call. Rows may be happenings or
looks at regular intervals; several calls between two looks are told by the numbers of the tickets. Who vanishes without
a call has left. A row that cannot be read is named and left out.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

from onedoor.domain.queue.rules.waits.days import Day, Turn

COLUMNS = ("time", "zone", "waiting", "open_counters", "called_ticket")
MOST_WAITING, MOST_COUNTERS, MOST_JUMP, STEADY = 100_000, 10_000, 20, 1.15
TIE = 0.001  # minutes between two who came in one row


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file; ``minute`` of its day. ``opened`` is None where it is left empty."""

    day: date
    minute: float
    waiting: int
    opened: int | None
    called: str


@dataclass
class Observed:
    """The days of each zone, and why which lines were left out."""

    zones: dict[str, list[Day]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read(path: Path) -> Observed:
    """The days in a file. What is no such file at all is one fault."""
    found = Observed()
    zones: defaultdict[str, list[Row]] = defaultdict(list)
    try:
        with open(path, newline="", encoding="utf-8-sig", errors="replace") as file:
            lines = csv.DictReader(file)
            missing = [name for name in COLUMNS[:3] if name not in (lines.fieldnames or [])]
            if missing:
                found.faults.append(f"{path.name}: no column {', '.join(missing)}")
                return found
            for number, line in enumerate(lines, 2):
                try:
                    zones[(line["zone"] or "").strip()].append(_row(line))
                except ValueError as fault:
                    found.faults.append(f"line {number}: {fault}")
    except (OSError, csv.Error) as fault:
        found.faults.append(f"{path.name}: {fault}")
    found.zones = {zone: days_of(rows) for zone, rows in zones.items()}
    return found


def days_of(rows: Iterable[Row]) -> list[Day]:
    """The days of one zone, in order."""
    by_day: defaultdict[date, list[Row]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    held = [sorted(by_day[day], key=lambda row: row.minute) for day in sorted(by_day)]
    most = _most_between(held) if _are_looks(held) else 0
    earlier = _before_the_call(held)
    return [_day(one, most=most, earlier=earlier) for one in held]


def _row(line: dict[str, str | None]) -> Row:
    time = (line["time"] or "").strip()
    try:
        day, minute = _instant(time)
    except (ValueError, OverflowError, OSError) as fault:
        raise ValueError(f"time is not understood ({fault}): {time[:40]!r}") from None
    opened = (line.get("open_counters") or "").strip()
    return Row(
        day=day,
        minute=minute,
        waiting=_count("waiting", (line["waiting"] or "").strip(), MOST_WAITING),
        opened=_count("open_counters", opened, MOST_COUNTERS) if opened else None,
        called=(line.get("called_ticket") or "").strip(),
    )


def _instant(text: str) -> tuple[date, float]:
    """2026-11-23T08:15:30(+07:00), 23/11/2026 08:15, 08:15 or seconds since 1970: the day and its minute as written."""
    if re.fullmatch(r"\d{9,13}(\.\d+)?", text):
        seconds = float(text) / (1000 if len(text.split(".")[0]) > 11 else 1)
        at = datetime.fromtimestamp(seconds, UTC)
    elif re.fullmatch(r"\d{1,2}:\d{2}(:\d{2})?", text):
        at = datetime.fromisoformat(f"2000-01-01T{text.zfill(5 if text.count(':') == 1 else 8)}")
    else:
        other = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})[ T](.+)", text)
        at = datetime.fromisoformat(f"{other[3]}-{other[2]:0>2}-{other[1]:0>2}T{other[4]}" if other else text)
    return at.date(), at.hour * 60 + at.minute + at.second / 60 + at.microsecond / 6e7


def _count(name: str, text: str, most: int) -> int:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name} is no number: {text[:40]!r}") from None
    if value != value or value < 0 or value > most or value != int(value):
        raise ValueError(f"{name} is not a whole number from 0 to {most}: {text[:40]!r}")
    return int(value)


def _are_looks(held: Sequence[Sequence[Row]]) -> bool:
    """Whether rows stand at regular intervals."""
    gaps = [round(b.minute - a.minute, 2) for rows in held for a, b in pairwise(rows)]
    gaps = [gap for gap in gaps if gap > 0]
    return len(gaps) >= 20 and sum(abs(gap - median(gaps)) < 0.05 for gap in gaps) > 0.8 * len(gaps)


def _most_between(held: Sequence[Sequence[Row]]) -> int:
    """How many calls between two looks are believed: about twice the average, by how far the numbers got in a day."""
    progress, changes = 0, 0
    for rows in held:
        serials: defaultdict[str, list[int]] = defaultdict(list)
        for before, row in pairwise(rows):
            if row.called and row.called != before.called:
                letters, serial = _parts(row.called)
                serials[letters].append(serial)
                changes += 1
        progress += sum(max(one) - min(one) + 1 for one in serials.values())
    mean = progress / changes if changes else 1.0
    return min(MOST_JUMP, round(2 * mean)) if mean > STEADY else 1


def _parts(ticket: str) -> tuple[str, int]:
    """A012: A and 12."""
    serial = re.search(r"\d{0,9}$", ticket)
    digits = serial[0] if serial else ""
    return ticket[: len(ticket) - len(digits)], int(digits or 0)


def _before_the_call(held: Sequence[Sequence[Row]]) -> bool:
    """Whether the number who wait, in a row with a call, still counts the one who is called."""
    steps = [
        b.waiting - a.waiting for rows in held for a, b in pairwise(rows) if b.called and b.called != a.called
    ]
    after = [b.waiting - a.waiting for rows in held for a, b in pairwise(rows) if a.called and not b.called]
    return bool(steps) and bool(after) and median(steps) >= 0 > median(after)


def _day(rows: Sequence[Row], *, most: int, earlier: bool) -> Day:
    """Follow the line through a day's rows; ``most``: calls between two looks, 0 where each row is a happening."""
    line: list[tuple[float, int]] = []
    turns: list[list[float | None]] = []
    opened: list[tuple[float, int]] = []
    numbers: dict[str, int] = {}
    shown, before = "", rows[0].minute
    tells = any(row.called for row in rows)
    for row in rows:
        if row.opened is not None and (not opened or opened[-1][1] != row.opened):
            opened.append((row.minute, row.opened))
        calls = _calls(row, shown, numbers, most) if tells else max(0, len(line) - row.waiting)
        shown = row.called or shown
        left = max(0, row.waiting - (calls if earlier else 0))
        came = left + calls - len(line)
        for number in range(max(0, came)):
            part = (number + 1) / (came + 1)
            at = before + part * (row.minute - before) if most else row.minute + number * TIE
            line.append((at, len(turns)))
            turns.append([at, None, None])
        for _ in range(min(calls, len(line))):
            at, number = line.pop(0)
            turns[number][1] = max(at, row.minute)
        for _ in range(len(line) - left):
            turns[line.pop(len(line) // 2)[1]][2] = row.minute
        before = row.minute
    return Day(
        day=rows[0].day,
        turns=tuple(Turn("", at or 0.0, at or 0.0, called=called, gone=gone) for at, called, gone in turns),
        opened=tuple(opened),
    )


def _calls(row: Row, shown: str, numbers: dict[str, int], most: int) -> int:
    """How many were called since the row before."""
    if not row.called or row.called == shown:
        return 0
    letters, serial = _parts(row.called)
    jump = serial - numbers.get(letters, serial - 1)
    numbers[letters] = serial
    return max(1, min(jump, most))
