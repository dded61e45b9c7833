"""What happens to services."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class ServicePublished(Event):
    """A service has a new edition: it applies from a day on, to everybody or to pilot centres."""

    name: ClassVar[str] = "catalogue.service_published"
    schema: ClassVar[int] = 1
    code: str
    edition: UUID
    number: int
    valid_from: date | None = None
    pilot: bool = False


@dataclass(frozen=True, kw_only=True)
class EditionRolledOut(Event):
    """An edition that pilot centres tried out applies to everybody from a day on."""

    name: ClassVar[str] = "catalogue.edition_rolled_out"
    schema: ClassVar[int] = 1
    code: str
    edition: UUID
    number: int
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class ServiceWithdrawn(Event):
    """A service, or one edition of it (``number``), is no longer opened from a day on; the reason stands with the service."""

    name: ClassVar[str] = "catalogue.service_withdrawn"
    schema: ClassVar[int] = 1
    code: str
    on: date
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class LifeEventSaved(Event):
    """A life event was named or renamed."""

    name: ClassVar[str] = "catalogue.life_event_saved"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class DraftBegun(Event):
    """Somebody began to write a service, from its edition ``base`` or anew."""

    name: ClassVar[str] = "catalogue.draft_begun"
    schema: ClassVar[int] = 1
    code: str
    authority: UUID
    base: int | None


@dataclass(frozen=True, kw_only=True)
class DraftSaved(Event):
    """Parts of a draft were written; which, separated by commas."""

    name: ClassVar[str] = "catalogue.draft_saved"
    schema: ClassVar[int] = 1
    parts: str


@dataclass(frozen=True, kw_only=True)
class DraftSent(Event):
    """A draft without problems was sent to a second person; nobody writes in it now."""

    name: ClassVar[str] = "catalogue.draft_sent"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class DraftApproved(Event):
    """A second person, who wrote nothing of it, approved a draft."""

    name: ClassVar[str] = "catalogue.draft_approved"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class DraftReturned(Event):
    """A draft went back to those who write it; the reason stands with the draft."""

    name: ClassVar[str] = "catalogue.draft_returned"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class DraftReleased(Event):
    """A draft became an edition."""

    name: ClassVar[str] = "catalogue.draft_released"
    schema: ClassVar[int] = 1
    code: str
    edition: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class DraftWithdrawn(Event):
    """A draft was given up before it was released."""

    name: ClassVar[str] = "catalogue.draft_withdrawn"
    schema: ClassVar[int] = 1
    code: str
