"""A case on its way through a version: where its tokens stand, and what has become of it so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from onedoor.domain.cases.api import Token
from onedoor.domain.planning.rules.past import Arrival
from onedoor.domain.planning.rules.scripts import Script


@dataclass(slots=True)
class Walk:
    """A case on its way."""

    arrival: Arrival
    script: Script
    known: Mapping[str, Any]
    marking: dict[UUID, Token] = field(default_factory=dict)
    kept: Mapping[str, Any] = field(default_factory=dict)
    decision: str = ""
    status: str = "received"
    since: float | None = None
    pauses: list[tuple[float, float]] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    answered: float = 0.0
    ended: float | None = None
    steps: int = 0
    why: tuple[str, ...] = ()
    counter: float = 0.0
