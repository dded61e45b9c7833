"""What is published of obligations of a visit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class ObligationOpened(Event):
    """A visit carries something that a higher context will settle."""

    name: ClassVar[str] = "queue.obligation_opened"
    schema: ClassVar[int] = 1
    visit: UUID
    kind: str
    subject: UUID | None
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class ObligationSettled(Event):
    """An obligation of a visit is settled, with its outcome."""

    name: ClassVar[str] = "queue.obligation_settled"
    schema: ClassVar[int] = 1
    visit: UUID
    kind: str
    outcome: str
