"""Decision tables: DMN 1.3 to 1.5 read safely, checked for gaps and overlaps, compiled to an index. Pure; runs nothing.

What is read and what is checked: docs/feel.md.
"""

from onedoor.domain.catalogue.rules.decisions.compiler import Decisions, DecisionsRefused, compile
from onedoor.domain.catalogue.rules.decisions.facts import unreadable
from onedoor.domain.catalogue.rules.decisions.model import FAULTS, Fault, Hit, Outcome, Place, Table

__all__ = [
    "FAULTS",
    "Decisions",
    "DecisionsRefused",
    "Fault",
    "Hit",
    "Outcome",
    "Place",
    "Table",
    "compile",
    "unreadable",
]
