"""The kernel's tables, gathered for Django from where they belong."""

from onedoor.kernel.files.models import StoredFile
from onedoor.kernel.inbox.models import Link, Outgoing, ParkedMirror, Received, Request
from onedoor.kernel.letters.models import Delivery, Follower, Head, LetterRow, PersonKey, Seal, Unsealed
from onedoor.kernel.mirrors.reference import ReferenceStamp
from onedoor.kernel.numbers.models import Generation, Series

__all__ = [
    "Delivery",
    "Follower",
    "Generation",
    "Head",
    "LetterRow",
    "Link",
    "Outgoing",
    "ParkedMirror",
    "PersonKey",
    "Received",
    "ReferenceStamp",
    "Request",
    "Seal",
    "Series",
    "StoredFile",
    "Unsealed",
]
