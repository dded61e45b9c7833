"""The pictures of the README: one of each door, small, drawn with few colours so that the repository stays light."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from onedoor.tools.errors import ToolError
from onedoor.tools.screens.camera import Camera
from onedoor.tools.screens.pages import BOARD, COUNTER, KIOSK, LAPTOP, PAGES, PHONE, Size

MOST = 60_000  # bytes of a picture
WIDTHS = (640, 560, 480, 400)
COLOURS = (64, 48, 32)


class Shown(NamedTuple):
    """A page of the README: its door and name, the language and size in which it is shown; not kept: only visited."""

    door: str
    name: str
    language: str
    size: Size
    kept: bool = True

    @property
    def file(self) -> str:
        """The name of its picture."""
        return f"{self.door}-{self.name}.png"


# Five people take a ticket first, so that the hall is no empty one. One of them is called, seen on the board, and served.
VISITED = (
    *(Shown("kiosk", "ticket", "lo", KIOSK, kept=False) for _each in range(5)),
    Shown("citizen", "service", "lo", PHONE),
    Shown("kiosk", "services", "lo", KIOSK),
    Shown("desk", "called", "lo", COUNTER),
    Shown("board", "hall", "lo", BOARD),
    Shown("desk", "serving", "en", COUNTER, kept=False),
    Shown("desk", "application", "en", COUNTER),
    Shown("desk", "cash-open", "en", COUNTER),
    Shown("office", "cases", "en", LAPTOP),
    Shown("console", "country", "en", LAPTOP),
    Shown("console", "figures", "lo", LAPTOP),
)
SHOWN = tuple(one for one in VISITED if one.kept)


def photograph(eye: Camera, out: Path) -> list[Path]:
    """Take the pictures of the README and make them small; gives their files. Raises ToolError where a page has a fault."""
    known = {(page.door, page.name): page for page in PAGES}
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for one in VISITED:
        look = eye.look(known[one.door, one.name], one.language, one.size, picture=one.kept)
        if not one.kept:
            continue
        if look.faults:
            raise ToolError(f"{one.file}: {'; '.join(look.faults)}")
        with Image.open(look.picture) as whole:
            across, down = one.size
            files.append(out / one.file)
            files[-1].write_bytes(small(whole.crop((0, 0, across, min(down, whole.height)))))
    return files


def small(picture: Image.Image) -> bytes:
    """A picture as a PNG of at most `MOST` bytes: narrower, then of fewer colours. Raises ToolError where none is."""
    for width in WIDTHS:
        wide = min(width, picture.width, max(240, width * picture.width // max(picture.size)))
        size = (wide, round(picture.height * wide / picture.width))
        scaled = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        for colours in COLOURS:
            held = io.BytesIO()
            scaled.quantize(colours, dither=Image.Dither.NONE).save(held, "PNG", optimize=True)
            if held.tell() <= MOST:
                return held.getvalue()
    raise ToolError("A picture cannot be made small enough.")
