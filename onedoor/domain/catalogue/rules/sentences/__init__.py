"""Sentences about what is wrong: English for whoever reads a file, and in the reader's language where a page shows them.

Fees say their sentences with `sentence`. The compilers of processes, expressions, decisions and forms write plain English, as
their files are read by designers of any country; `known` has the pattern of each, and `in_words` finds it again.
"""

from typing import Any

from onedoor.domain.catalogue.rules.sentences.recognising import recognised
from onedoor.domain.catalogue.rules.sentences.saying import Sentence, later, sentence

__all__ = ["Sentence", "in_words", "recognised", "sentence"]


def in_words(said: Any) -> Any:
    """A sentence for a page, chosen when it is shown; a text that is no sentence we know stays as it is."""
    found = recognised(said) if type(said) is str else said
    return later(found) if isinstance(found, Sentence) else said
