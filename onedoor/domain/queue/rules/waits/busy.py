"""When a hall is busy and when it is quiet, by weekday and half hour, from days that are over."""

from dataclasses import dataclass
from datetime import time
from typing import Literal

Load = Literal["quiet", "usual", "busy"]


@dataclass(frozen=True, kw_only=True, slots=True)
class HalfHour:
    """A half hour of a weekday: the middle wait of who came then, in minutes, and on how many days somebody came."""

    starts: time
    wait: int
    days: int
    load: Load


@dataclass(frozen=True, kw_only=True, slots=True)
class Busy:
    """A day as such days are. ``days``: how many it rests on; with too few of them there are no half hours.

    ``now``: the load of this half hour. ``quiet_from``: from when today it is quiet, if it is not now; None when unknown.
    """

    days: int
    hours: tuple[HalfHour, ...] = ()
    now: Load | None = None
    quiet_from: time | None = None
