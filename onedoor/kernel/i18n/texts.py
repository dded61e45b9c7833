"""Texts that come with the data: one entry per language, and which one a reader gets."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import get_language, gettext_lazy, override

Translated = Mapping[str, str]
FALLBACK = ("lo", "en")
_NAMES = {"lo": gettext_lazy("Lao"), "en": gettext_lazy("English")}


def language() -> str:
    """The active language as a bare code (``lo``, ``en``); Lao when none is active."""
    return (get_language() or FALLBACK[0]).split("-")[0]


@contextmanager
def spoken(code: str) -> Iterator[None]:
    """Make ``code`` the active language for a while, e.g. for the second half of a bilingual document."""
    with override(code):
        yield


def text(value: Translated | str | None, lang: str | None = None) -> str:
    """The text for a reader: the asked or active language, else Lao, else English, else any there is.

    Args:
        value: ``{"lo": …, "en": …}``; a plain string is returned as it is, None as an empty text.
        lang: a language code; the active language when None.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    for code in (lang or language(), *FALLBACK):
        if found := value.get(code):
            return found
    return next((found for found in value.values() if found), "")


def t(value: Translated | str) -> Any:
    """A lazy text, chosen when shown: a sentence of the program by its English words, or a datum."""
    if isinstance(value, str):
        return gettext_lazy(value)
    return _lazy_text(value)


def _lazy_text(value: Translated) -> Any:
    return lazystr(_Chosen(value))


class _Chosen:
    """Defers the choice of the language to the moment of ``str()``."""

    def __init__(self, value: Translated) -> None:
        self.value = value

    def __str__(self) -> str:
        return text(self.value)


def languages_said(codes: Iterable[str]) -> str:
    """Languages by their names, one after the other, in the language of whoever reads it."""
    return ", ".join(str(_NAMES.get(code, code)) for code in codes)


def missing_languages(value: Translated | None, wanted: tuple[str, ...] = FALLBACK) -> tuple[str, ...]:
    """Which of the wanted languages have no words in ``value``."""
    return tuple(code for code in wanted if not (value or {}).get(code, "").strip())
