"""What happens to services."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class ServicePublished(Event):
    """A new edition of a service is in force for everyone who opens a case from now on."""

    name: ClassVar[str] = "catalogue.service_published"
    schema: ClassVar[int] = 1
    code: str
    edition: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class LifeEventSaved(Event):
    """A life event was named or renamed."""

    name: ClassVar[str] = "catalogue.life_event_saved"
    schema: ClassVar[int] = 1
    code: str
