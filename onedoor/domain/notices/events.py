"""What notices tells: that somebody was told something of a kind. Never the words, never the number."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class NoticeWritten(Event):
    """A message was written for whoever ``subject`` (a ticket, an appointment …) belongs to."""

    name: ClassVar[str] = "notices.notice_written"
    schema: ClassVar[int] = 1
    subject: UUID
    kind: str
    state: str


@dataclass(frozen=True, kw_only=True)
class NoticeSent(Event):
    """The provider took the message."""

    name: ClassVar[str] = "notices.notice_sent"
    schema: ClassVar[int] = 1
    kind: str
    parts: int
    tries: int


@dataclass(frozen=True, kw_only=True)
class NoticeFailed(Event):
    """The provider did not take the message; ``given_up``: it is not tried again by itself."""

    name: ClassVar[str] = "notices.notice_failed"
    schema: ClassVar[int] = 1
    kind: str
    fault: str
    tries: int
    given_up: bool


@dataclass(frozen=True, kw_only=True)
class NoticeTriedAgain(Event):
    """Somebody at the centre had a message sent again that had failed."""

    name: ClassVar[str] = "notices.notice_tried_again"
    schema: ClassVar[int] = 1
    kind: str


@dataclass(frozen=True, kw_only=True)
class NoticeWithdrawn(Event):
    """A message that was not sent yet is not sent any more."""

    name: ClassVar[str] = "notices.notice_withdrawn"
    schema: ClassVar[int] = 1
    kind: str


@dataclass(frozen=True, kw_only=True)
class NoticeForgotten(Event):
    """Its words and number were destroyed; that it was sent stays."""

    name: ClassVar[str] = "notices.notice_forgotten"
    schema: ClassVar[int] = 1
    kind: str


@dataclass(frozen=True, kw_only=True)
class WordingSaved(Event):
    """The words of a kind of message changed."""

    name: ClassVar[str] = "notices.wording_saved"
    schema: ClassVar[int] = 1
    kind: str


@dataclass(frozen=True, kw_only=True)
class PosterSaved(Event):
    """A text for the hall's screens was written or changed."""

    name: ClassVar[str] = "notices.poster_saved"
    schema: ClassVar[int] = 1
    kind: str


@dataclass(frozen=True, kw_only=True)
class PosterEnded(Event):
    """A text is not shown any more."""

    name: ClassVar[str] = "notices.poster_ended"
    schema: ClassVar[int] = 1
    kind: str


@dataclass(frozen=True, kw_only=True)
class BoardSaved(Event):
    """A hall's screen looks differently."""

    name: ClassVar[str] = "notices.board_saved"
    schema: ClassVar[int] = 1
    code: str
    columns: int
