"""What happens in planning."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class ExperimentBegun(Event):
    """Somebody asked what another version of a service would have made of a period; ``kind``: draft, edition or change."""

    name: ClassVar[str] = "planning.experiment_begun"
    schema: ClassVar[int] = 1
    service: UUID
    kind: str
    since: str
    until: str


@dataclass(frozen=True, kw_only=True)
class ExperimentFinished(Event):
    """An experiment has its result, or failed; ``cases`` were replayed."""

    name: ClassVar[str] = "planning.experiment_finished"
    schema: ClassVar[int] = 1
    service: UUID
    state: str
    cases: int
