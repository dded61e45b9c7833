"""The patterns of what is said to be wrong, by what says it."""

from onedoor.domain.catalogue.rules.sentences.known import (
    content,
    decisions,
    expressions,
    forms,
    process,
    words,
)

PATTERNS = tuple(
    dict.fromkeys(
        pattern
        for part in (process, expressions, decisions, words, forms, content)
        for pattern in part.PATTERNS
    )
)
