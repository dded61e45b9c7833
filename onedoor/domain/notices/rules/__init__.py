"""Pure decisions about messages: what they say, how long they are, when they are tried again."""

from onedoor.domain.notices.rules.sending import FORGET_AFTER, State, good_until, next_try
from onedoor.domain.notices.rules.wording import (
    KIND_WORDS,
    KINDS,
    MOST_PARTS,
    check_wording,
    fill,
    parts_of,
    shown,
)

__all__ = [
    "FORGET_AFTER",
    "KINDS",
    "KIND_WORDS",
    "MOST_PARTS",
    "State",
    "check_wording",
    "fill",
    "good_until",
    "next_try",
    "parts_of",
    "shown",
]
