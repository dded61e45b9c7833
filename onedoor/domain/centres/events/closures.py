"""What happens when a centre is closed out of turn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class CentreClosed(Event):
    """A centre takes nobody in from ``since`` to the end of ``last``: its day was ended, or it is closed out of turn."""

    name: ClassVar[str] = "centres.centre_closed"
    schema: ClassVar[int] = 1
    kind: str
    since: datetime
    last: date


@dataclass(frozen=True, kw_only=True)
class CentreReopened(Event):
    """A closed centre takes people in again, before the closure would have ended."""

    name: ClassVar[str] = "centres.centre_reopened"
    schema: ClassVar[int] = 1
