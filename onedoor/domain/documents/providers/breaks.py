"""Lao has no spaces between words, and the typesetter knows no Lao: ICU's line breaks are marked for it, at render time only."""

from icu4py.breakers import LineBreaker

ZERO_WIDTH_SPACE = "\u200b"
LAO = range(0x0E80, 0x0F00)


def breakable(text: str) -> str:
    """The text with a zero-width space wherever a Lao line may break; other text is left as it is."""
    if not any(ord(sign) in LAO for sign in text):
        return text
    parts = [text[start:end] for start, end in LineBreaker(text, "lo").segments()]
    marked = parts[0]
    for before, part in zip(parts, parts[1:], strict=False):
        needs_mark = ord(before[-1]) in LAO and ord(part[0]) in LAO
        marked += (ZERO_WIDTH_SPACE if needs_mark else "") + part
    return marked
