"""An event and a handler that only the benchmark of letters uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import connection

from onedoor.kernel.letters import Event, Letter, projection


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    """About as much as a usual event says."""

    name: ClassVar[str] = "bench.happened"
    schema: ClassVar[int] = 1
    counter: UUID
    number: str


@projection(Happened)
def note(letter: Letter, event: Happened) -> None:
    """Counts the event at its counter, as a live projection does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_seen (counter, seen) VALUES (%s, 1)"
            " ON CONFLICT (counter) DO UPDATE SET seen = bench_seen.seen + 1",
            [event.counter],
        )
