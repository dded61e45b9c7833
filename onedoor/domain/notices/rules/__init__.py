"""Pure decisions about messages: what they say, how long they are, when they are tried again."""

from onedoor.domain.notices.rules.boards import (
    LESSON,
    MAIN,
    NOTICE,
    ORDER,
    PLACES,
    Plan,
    read_plan,
    read_poster,
    words_of,
)
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
    "LESSON",
    "MAIN",
    "MOST_PARTS",
    "NOTICE",
    "ORDER",
    "PLACES",
    "Plan",
    "State",
    "check_wording",
    "fill",
    "good_until",
    "next_try",
    "parts_of",
    "read_plan",
    "read_poster",
    "shown",
    "words_of",
]
