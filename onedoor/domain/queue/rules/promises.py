"""What higher contexts put on a visit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Promise:
    """An obligation that a higher context puts on a visit of a centre; ``due`` is when it is over unanswered.

    ``at`` is its own instant, where many are put at once.
    """

    visit: UUID
    centre: UUID
    at: datetime | None = None
    due: datetime | None = None
    subject: UUID | None = None
