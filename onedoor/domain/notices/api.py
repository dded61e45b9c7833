"""The door of notices: messages to people."""

from onedoor.domain.notices.actions import deliver, forget_old, save_wording, tell, try_again, withdraw
from onedoor.domain.notices.errors import (
    KindUnknown,
    NoSuchNotice,
    NotToBeTriedAgain,
    ValueIsMissing,
    WordingInvalid,
)
from onedoor.domain.notices.events import NoticeFailed, NoticeSent, NoticeWritten
from onedoor.domain.notices.models import Notice
from onedoor.domain.notices.permissions import KEEP, SEND
from onedoor.domain.notices.queries import Told, counts_at, notices_at, told, wordings
from onedoor.domain.notices.rules import KIND_WORDS, KINDS, State, check_wording, parts_of

__all__ = [
    "KEEP",
    "KINDS",
    "KIND_WORDS",
    "SEND",
    "KindUnknown",
    "NoSuchNotice",
    "NotToBeTriedAgain",
    "Notice",
    "NoticeFailed",
    "NoticeSent",
    "NoticeWritten",
    "State",
    "Told",
    "ValueIsMissing",
    "WordingInvalid",
    "check_wording",
    "counts_at",
    "deliver",
    "forget_old",
    "notices_at",
    "parts_of",
    "save_wording",
    "tell",
    "told",
    "try_again",
    "withdraw",
    "wordings",
]
