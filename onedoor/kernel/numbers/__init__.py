"""Numbers that people read, and the generations of a node's data that they are drawn in."""

from onedoor.kernel.numbers.draw import check_digit, compose, draw, draw_many, is_whole
from onedoor.kernel.numbers.generations import generation, new_generation
from onedoor.kernel.numbers.runs import Run, restored, runs

__all__ = [
    "Run",
    "check_digit",
    "compose",
    "draw",
    "draw_many",
    "generation",
    "is_whole",
    "new_generation",
    "restored",
    "runs",
]
