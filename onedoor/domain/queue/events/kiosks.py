"""What is published of kiosks."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class KioskTold(Event):
    """A kiosk ran out of paper, has paper again, or was stopped because it asked for tickets too fast (``state``)."""

    name: ClassVar[str] = "queue.kiosk_told"
    schema: ClassVar[int] = 1
    device: UUID
    state: str
