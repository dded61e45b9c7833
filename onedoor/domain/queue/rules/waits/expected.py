"""What is told of a wait: never one number, always from when to when."""

import math
from dataclasses import dataclass
from enum import StrEnum

LEAST, MOST = 0.4, 1.9
"""How far a wait strays from the naive formula in a hall of which nothing is known yet."""


class Why(StrEnum):
    """What an expected wait rests on."""

    LEARNT = "learnt"
    """The centre's own past days."""
    GUESSED = "guessed"
    """People ahead, the average service and the open counters, as nothing was learnt here yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Expected:
    """A wait in whole minutes: nine of ten people wait from ``low`` to ``high``; as many wait longer than ``likely`` as less."""

    low: int
    likely: int
    high: int
    why: Why


def guessed(likely: int) -> Expected:
    """The naive estimate with the wide interval of a hall of which nothing is known yet."""
    return Expected(
        low=math.floor(likely * LEAST), likely=likely, high=math.ceil(likely * MOST) + 3, why=Why.GUESSED
    )
