"""How a difference is said: one sentence in both languages, from a pattern and the names of what changed."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, override

from onedoor.kernel.i18n import Translated, format_date, format_number
from onedoor.kernel.money import format_kip

LANGUAGES = ("lo", "en")
LONGEST = 120
Said = str | int | float | bool | None | Translated | Callable[[], str]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One change: in which document (content, form, process, decisions), where, and the sentence by language."""

    document: str
    place: str
    sentence: Translated


def said(document: str, place: str, pattern: str, **about: Said) -> Difference:
    """A difference from a pattern that is marked with ``gettext_noop`` where it is written; what stands in it may be words
    by language, or a function that is asked in each language. Words that differ only in another language are given in all.
    """
    sentence = {}
    words = [value for value in about.values() if isinstance(value, Mapping)]
    for language in LANGUAGES:
        alike = len(words) > 1 and len({_shown(each, language) for each in words}) < len(words)
        shown = _in_all if alike and any(each != words[0] for each in words) else _shown
        with override(language):
            held = {key: shown(value, language) for key, value in about.items()}
            sentence[language] = gettext(pattern) % held
    return Difference(document=document, place=place, sentence=sentence)


def _shown(value: Said, language: str) -> str:
    if callable(value):
        return value()
    if isinstance(value, Mapping):
        words = value.get(language) or next((each for each in value.values() if each), "")
        return _short(str(words))
    if value is None or value == "":
        return "–"
    return _short(str(value))


def _in_all(value: Said, language: str) -> str:
    if not isinstance(value, Mapping):
        return _shown(value, language)
    return _short(" / ".join(str(value.get(each) or "–") for each in LANGUAGES))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def money(amount: Any, currency: Any) -> Callable[[], str]:
    """An amount as the country writes it."""
    if isinstance(amount, int) and not isinstance(amount, bool):
        return lambda: (
            format_kip(amount) if currency in ("LAK", None) else f"{format_number(amount)} {currency}"
        )
    return lambda: str(amount)[:LONGEST]


def day(value: Any) -> Callable[[], str]:
    """A day of the calendar from what was kept; a dash where there is none."""
    try:
        held = date.fromisoformat(str(value))
    except ValueError:
        return lambda: "–" if not value else str(value)[:LONGEST]
    return lambda: format_date(held)


def mapping(value: Any) -> Mapping[str, Any]:
    """A mapping, whatever the documents hold."""
    return value if isinstance(value, Mapping) else {}


def rows(value: Any, *keys: str) -> dict[str, Mapping[str, Any]]:
    """The rows of a list by the first of these keys that they have; a row without any is known by its place."""
    found: dict[str, Mapping[str, Any]] = {}
    for index, row in enumerate(value if isinstance(value, list) else ()):
        held = mapping(row)
        name = next((str(held[key]) for key in keys if held.get(key)), str(index))
        found[name if name not in found else f"{name}#{index}"] = held
    return found


def same(one: Any, other: Any) -> bool:
    """Whether two values of JSON are the same; true is not 1, and 1 is not 1.0."""
    return one == other and _plain(one) == _plain(other)


def _plain(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=repr)


def changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """The keys of which the values differ."""
    for key in sorted({*old, *new}, key=str):
        if (key in old) != (key in new) or not same(old.get(key), new.get(key)):
            yield key
