"""Slips for thermal printers: drawn here in black and white, with Lao shaped right, as printers' own text knows no Lao.

58 mm paper has 384 dots across, 80 mm has 576, at 8 dots a millimetre. A printer is sent ESC/POS raster bands (`GS v 0`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import segno
from icu4py.breakers import LineBreaker
from PIL import Image, ImageDraw, ImageFont

WIDTHS = {58: 384, 80: 576}
FONTS = Path(__file__).parent / "static" / "ui" / "fonts"
LAO = range(0x0E80, 0x0F00)
MARKS = (*range(0x0EB1, 0x0EB2), *range(0x0EB4, 0x0EBD), *range(0x0EC8, 0x0ECE))
GAP, MOST_ROWS = 8, 2400
BAND = 256
START, FEED_AND_CUT = b"\x1b@", b"\n\n\n\n\x1dV\x42\x00"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A paragraph of a slip, in the middle: ``size`` in dots; ``most`` lines at most, the last one cut with three points."""

    text: str
    size: int = 26
    bold: bool = False
    most: int = 4


@dataclass(frozen=True, kw_only=True)
class Square:
    """A QR code."""

    content: str
    size: int = 220


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A line across."""


Part = Line | Square | Rule


def draw(parts: Sequence[Part], *, millimetres: int = 80) -> Image.Image:
    """The slip as an image of one bit, as wide as the paper's print."""
    width = WIDTHS[millimetres]
    sheet = Image.new("L", (width, MOST_ROWS), 255)
    pen, top = ImageDraw.Draw(sheet), GAP
    for part in parts:
        if isinstance(part, Line):
            top = _write(pen, part, top=top, width=width)
        elif isinstance(part, Square):
            top = _square(sheet, part, top=top, width=width)
        else:
            pen.line((0, top + GAP, width, top + GAP), fill=0, width=2)
            top += 2 * GAP + 2
        if top > MOST_ROWS - 400:
            break
    return sheet.crop((0, 0, width, min(top + GAP, MOST_ROWS))).point(lambda grey: 255 * (grey > 140), "1")


def escpos(slip: Image.Image) -> bytes:
    """What a printer is sent: the image in bands, then paper and a cut (printers without a knife pass it over)."""
    return START + b"".join(_bands(slip)) + FEED_AND_CUT


def _bands(slip: Image.Image) -> Iterator[bytes]:
    across = slip.width // 8
    for top in range(0, slip.height, BAND):
        band = slip.crop((0, top, slip.width, min(top + BAND, slip.height)))
        dots = bytes(255 - byte for byte in band.tobytes())  # a printer burns ones
        yield b"\x1dv0\x00" + across.to_bytes(2, "little") + band.height.to_bytes(2, "little") + dots


@lru_cache(maxsize=64)
def _face(script: str, size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    name = f"noto-sans-lao-{script}-{700 if bold else 400}-normal.woff2"
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.RAQM)


def _runs(text: str) -> list[tuple[str, str]]:
    """The text in stretches of one font each: Lao, Latin, and the Latin of other tongues."""
    runs: list[tuple[str, str]] = []
    for sign in text:
        code = ord(sign)
        script = "lao" if code in LAO else "latin" if code < 0x100 or 0x2000 <= code < 0x2070 else "latin-ext"
        if runs and runs[-1][0] == script:
            runs[-1] = (script, runs[-1][1] + sign)
        else:
            runs.append((script, sign))
    return runs


def _length(text: str, line: Line) -> float:
    return sum(_face(script, line.size, bold=line.bold).getlength(run) for script, run in _runs(text))


def _write(pen: ImageDraw.ImageDraw, line: Line, *, top: int, width: int) -> int:
    height = int(line.size * 1.62)
    for said in _wrapped(line, width):
        left = (width - _length(said, line)) / 2
        for script, run in _runs(said):
            face = _face(script, line.size, bold=line.bold)
            pen.text((left, top + line.size * 1.2), run, font=face, fill=0, anchor="ls")
            left += face.getlength(run)
        top += height
    return top


def _wrapped(line: Line, width: int) -> list[str]:
    """Lines that fit, broken where the language breaks them; a word that is too long between its clusters."""
    text = " ".join(line.text.split())
    if not text:
        return []
    words = [text[start:end] for start, end in LineBreaker(text, "lo").segments()]
    lines = [""]
    for word in words:
        for piece in [word] if _length(word.rstrip(), line) <= width else _clusters(word):
            if lines[-1] and _length((lines[-1] + piece).rstrip(), line) > width:
                lines.append("")
            lines[-1] += piece
    shown = [one.strip() for one in lines[: line.most]]
    if len(lines) > line.most:
        last = shown[-1]
        while last and _length(f"{last}…", line) > width:
            last = "".join(_clusters(last)[:-1])
        shown[-1] = f"{last}…"
    return shown


def _clusters(text: str) -> list[str]:
    """Signs with the marks that stand on them."""
    found: list[str] = []
    for sign in text:
        if found and ord(sign) in MARKS:
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _square(sheet: Image.Image, part: Square, *, top: int, width: int) -> int:
    code = segno.make(part.content, error="m", micro=False)
    modules = len(code.matrix)
    scale = max(2, part.size // modules)
    left, above = (width - modules * scale) // 2, top + 2 * GAP
    pen = ImageDraw.Draw(sheet)
    for y, row in enumerate(code.matrix):
        for x, dark in enumerate(row):
            if dark:
                at = (left + x * scale, above + y * scale)
                pen.rectangle((*at, at[0] + scale - 1, at[1] + scale - 1), fill=0)
    return above + modules * scale + 2 * GAP
