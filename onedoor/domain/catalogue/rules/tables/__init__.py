"""What is wrong with a fee and what it lacks: gaps and overlaps in time, in tables and in conditions, each with an example.

`asked` is what a form can answer, `periods` the seams of time, `lines` and `additions` the lines, `lacking` law, dates and
funding. No database, no clock.
"""

from onedoor.domain.catalogue.rules.tables.additions import MOST_COMBINATIONS
from onedoor.domain.catalogue.rules.tables.asked import Asked, asked_in
from onedoor.domain.catalogue.rules.tables.lacking import FeeProblem, fee_problems, lacking_in
from onedoor.domain.catalogue.rules.tables.lines import line_faults
from onedoor.domain.catalogue.rules.tables.periods import fee_faults

__all__ = [
    "MOST_COMBINATIONS",
    "Asked",
    "FeeProblem",
    "asked_in",
    "fee_faults",
    "fee_problems",
    "lacking_in",
    "line_faults",
]
