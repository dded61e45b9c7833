"""By which words a case is found: its number and its applicant's names, in one spelling, without tones."""

from collections.abc import Mapping
from typing import Any

from onedoor.kernel.i18n import toneless

SHORTEST, SHORT = 2, 3


def search_words(*said: str | None) -> str:
    """What is kept to search in; a number is kept as it is written and without its hyphens too."""
    words = [toneless(one) for one in said if one]
    if said and said[0]:
        words.append(toneless(said[0].replace("-", "")))
    return " ".join(words)


def names_in(said: Any) -> tuple[str, ...]:
    """The names of an answer of the kind person-name."""
    if not isinstance(said, Mapping):
        return ()
    return tuple(str(name) for name in said.values() if isinstance(name, str) and name)


def asked_words(typed: str) -> str:
    """What somebody typed, in the spelling of `search_words`; empty when it is too short to look for.

    Two letters (a whole syllable of Lao) are looked for at the beginning of words only.
    """
    asked = toneless(typed[:200])
    if len(asked) < SHORTEST:
        return ""
    return asked if len(asked) >= SHORT else f" {asked}"
