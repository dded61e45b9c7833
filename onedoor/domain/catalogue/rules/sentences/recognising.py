"""Which of our patterns an English sentence was made from, and what stands in its places."""

import re
from functools import lru_cache

from onedoor.domain.catalogue.rules.sentences.known import PATTERNS
from onedoor.domain.catalogue.rules.sentences.saying import Sentence, sentence

PLACE = re.compile(r"%\((\w+)\)s")
DEEPEST = 4
LONGEST = 600


@lru_cache(maxsize=1024)
def recognised(said: str, *, deep: int = 0) -> Sentence | None:
    """The sentence with its pattern, the one with the most words of its own first; None where no pattern fits.

    What stands in a place may be a sentence itself, such as why an expression cannot be read.
    """
    if deep > DEEPEST or len(said) > LONGEST:
        return None
    for pattern, looks in _looks():
        found = looks.fullmatch(said)
        if found is not None:
            about = {key: recognised(each, deep=deep + 1) or each for key, each in found.groupdict().items()}
            made = sentence(pattern, **about)
            return made if made == said else None
    return None


@lru_cache(maxsize=1)
def _looks() -> list[tuple[str, re.Pattern[str]]]:
    """Each pattern as an expression, those with the most letters of their own first."""
    ordered = sorted(PATTERNS, key=lambda each: -len(PLACE.sub("", each)))
    return [(each, re.compile(_expression(each), re.DOTALL)) for each in ordered]


def _expression(pattern: str) -> str:
    parts = PLACE.split(pattern)
    return "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
