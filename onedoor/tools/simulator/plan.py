"""What is to be lived, and what was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from onedoor.tools.errors import ToolError


@dataclass(frozen=True)
class Plan:
    """So many centres and days (half a day is a morning), with so many visits a centre and whole day.

    ``pilot``: the first centre tries out a new edition meanwhile.
    """

    centres: int = 3
    days: float = 1
    seed: int = 1
    visits: int = 40
    pilot: bool = False

    def __post_init__(self) -> None:
        if self.centres < 1 or self.days <= 0 or self.visits < 1:
            raise ToolError(
                "Centres and visits are numbers from 1 on; days more than nothing, e.g. 0.5 for a morning."
            )


@dataclass
class Report:
    """What happened."""

    visits: int = 0
    served: int = 0
    missed: int = 0
    turned_away: int = 0
    cases: int = 0
    receipts: int = 0
    decided: int = 0
    handed_over: int = 0
    ratings: int = 0
    complaints: int = 0
    documents: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As JSON; documents by their ids."""
        return dict(vars(self))
