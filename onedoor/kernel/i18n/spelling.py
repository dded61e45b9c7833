"""Forms of a text for search and order. Lao can be typed in several ways that look the same: one is kept."""

import re
import unicodedata
from functools import cache

from pyuca import Collator

TONES = "\u0ec8\u0ec9\u0eca\u0ecb"
CANCELLED = "\u0ecc"
_TONE = f"[{TONES}{CANCELLED}]"
_NIGGAHITA, _AA, _AM = "\u0ecd", "\u0eb2", "\u0eb3"
_WRITTEN = str.maketrans(
    {
        "\u0edc": "\u0eab\u0e99",  # ໜ is ຫນ
        "\u0edd": "\u0eab\u0ea1",  # ໝ is ຫມ
        "\u0ebc": "\u0ea5",  # the low ຼ of ຫຼ is the ລ of ຫລ
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
        "\u00ad": None,
        **{chr(0x0ED0 + digit): str(digit) for digit in range(10)},
    }
)
_AM_IN_TWO = re.compile(f"{_NIGGAHITA}({_TONE}*){_AA}")
_AM_AND_TONES = re.compile(f"[{_AM}{TONES}{CANCELLED}]{{2,}}")
_MARKS = re.compile(f"[{TONES}{CANCELLED}\u0eb1\u0eb4-\u0eb9\u0ebb\u0ecd]{{2,}}")
_SPACES = re.compile(r"[\s\u00a0]+")
_PUNCTUATION = re.compile(r"[^\w\u0e80-\u0eff]+")


def normalise(value: str) -> str:
    """One spelling for search: NFC, lower case, one way to write ໜ, ໝ, ຫຼ and ຳ, the tone after the vowel.

    Never NFKC: it would break ຳ into two letters and change what people typed.
    """
    word = unicodedata.normalize("NFC", value).translate(_WRITTEN).casefold()
    word = word.replace("\u0ec0\u0ec0", "\u0ec1")  # two ເ typed for ແ
    word = _MARKS.sub(_tones_last, word)
    word = _AM_IN_TWO.sub(rf"\1{_AM}", word)
    word = _AM_AND_TONES.sub(lambda found: "".join(sorted(found[0], key=_AM.__eq__)), word)
    return _SPACES.sub(" ", _PUNCTUATION.sub(" ", word)).strip()


def _tones_last(marks: re.Match[str]) -> str:
    """The marks over and under one letter in one order: vowels as they were typed, then tones."""
    return "".join(sorted(marks[0], key=lambda mark: mark in TONES or mark == CANCELLED))


def toneless(value: str) -> str:
    """The second, coarser form: normalised, without tone marks and the cancellation mark."""
    return re.sub(_TONE, "", normalise(value))


def is_tone(character: str) -> bool:
    """Whether a character is one of the four Lao tone marks."""
    return character in TONES


@cache
def _collator() -> Collator:
    return Collator()


def sort_key(value: str) -> str:
    """A key in plain letters that a database orders as a reader would (Unicode collation)."""
    word = _SPACES.sub(" ", unicodedata.normalize("NFC", value).replace("\u200b", "")).strip()
    return "".join(f"{weight:04x}" for weight in _collator().sort_key(word))
