"""The legal clock as pure rules: when an answer is due, what moved the date, and what may still move it. See decision 19.

`state` is what is kept, `reckoning` makes a date of it and a calendar, `turning` says what people may do to it, `rings`
says when it warns, `story` tells what moved it and `words` puts that into a language. No tables, no time of day.
"""

from onedoor.domain.cases.rules.clock.reckoning import Days, Reckoned, reckon_clock
from onedoor.domain.cases.rules.clock.rings import (
    BREACH,
    CLIMB,
    RINGS,
    WARNING,
    breach_at,
    climb_at,
    warning_at,
)
from onedoor.domain.cases.rules.clock.state import KINDS, Clock, Extension, Pause, Shift, clock_of, kept
from onedoor.domain.cases.rules.clock.steps import step_clock, step_due
from onedoor.domain.cases.rules.clock.story import Fact, story
from onedoor.domain.cases.rules.clock.turning import extended, paused, resumed, shifted, turned

__all__ = [
    "BREACH",
    "CLIMB",
    "KINDS",
    "RINGS",
    "WARNING",
    "Clock",
    "Days",
    "Extension",
    "Fact",
    "Pause",
    "Reckoned",
    "Shift",
    "breach_at",
    "climb_at",
    "clock_of",
    "extended",
    "kept",
    "paused",
    "reckon_clock",
    "resumed",
    "shifted",
    "step_clock",
    "step_due",
    "story",
    "turned",
    "warning_at",
]
