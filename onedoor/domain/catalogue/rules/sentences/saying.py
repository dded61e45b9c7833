"""Sentences about what is wrong: English for whoever reads a file, and in the reader's language where a page shows them."""

from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import gettext


class Sentence(str):
    """An English sentence that remembers its pattern and what stands in it, so that it can be said in another language."""

    pattern: str
    about: dict[str, Any]

    def shown(self) -> str:
        """The sentence in the reader's language, with the sentences that stand in it."""
        about = {
            key: each.shown() if isinstance(each, Sentence) else each for key, each in self.about.items()
        }
        return gettext(self.pattern) % about


def sentence(pattern: str, **about: Any) -> Sentence:
    """A sentence from a pattern with named places; the pattern is marked with ``gettext_noop`` where it is written."""
    made = Sentence(pattern % about)
    made.pattern, made.about = pattern, about
    return made


def later(said: Sentence) -> Any:
    """A sentence for a page, chosen when it is shown."""
    return lazystr(_Later(said))


class _Later:
    """Defers the choice of the language to the moment of ``str()``."""

    def __init__(self, said: Sentence) -> None:
        self.said = said

    def __str__(self) -> str:
        return self.said.shown()
