"""Which letters the papers can be set in: those of the build's own fonts, the same on every machine."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # comes with WeasyPrint

FONTS = "ui/fonts"
FACES = (("Paper Lao", "lao"), ("Paper Latin", "latin"), ("Paper Foreign", "latin-ext"))
WEIGHTS = (400, 700)
UNSEEN = ("Z", "Cc", "Cf")
"""Spaces and marks that draw nothing."""


def font_files() -> Iterator[tuple[str, int, Path]]:
    """The font files of the build by family and weight; none where the screens were not built."""
    folder = finders.find(FONTS)
    for family, script in FACES if folder else ():
        for weight in WEIGHTS:
            for path in sorted(Path(str(folder)).glob(f"*{script}-{weight}*.woff2"))[:1]:
                yield family, weight, path


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """The code points that some font of the build draws."""
    return frozenset(sign for _family, _weight, path in font_files() for sign in TTFont(path).getBestCmap())


def unwritable(text: str) -> str:
    """The signs of a text that no font of the build draws, each once; nothing where there are no fonts to ask."""
    known = letters()
    signs = sorted(set(unicodedata.normalize("NFC", text))) if known else ()
    return "".join(
        sign for sign in signs if ord(sign) not in known and not unicodedata.category(sign).startswith(UNSEEN)
    )
