"""What was drawn: how far each run of a series went, and when the lives of this node's data began."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection


class Run(NamedTuple):
    """One run of a series: its year, its generation, and the last serial that was drawn."""

    year: int
    generation: int
    last: int


def runs(*, place: str, series: str) -> list[Run]:
    """Every run of a place's series on this node, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT year, generation, last FROM kernel_series WHERE place = %s AND series = %s"
            " ORDER BY generation, year",
            [place, series],
        )
        return [Run(*row) for row in cursor.fetchall()]


def restored() -> dict[int, datetime]:
    """The generations that began with a restore, and when; the first one began with the node itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, started_at FROM kernel_generation_log ORDER BY number")
        return dict(cursor.fetchall())
