"""The contact sheet: small pictures side by side, one row a page, so that a person scans all in a minute."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from onedoor.tools.screens.camera import Look

HEIGHT, GAP, LABEL, LONGEST = 380, 14, 26, 2.2


def write(looks: Iterable[Look], out: Path) -> list[Path]:
    """One sheet a door, and an index with what is wrong; returns the sheets."""
    by_door: dict[str, list[Look]] = {}
    for look in looks:
        by_door.setdefault(look.page.door, []).append(look)
    sheets = []
    for door, seen in by_door.items():
        sheet = out / f"{door}.png"
        _sheet(seen).save(sheet)
        sheets.append(sheet)
    (out / "index.html").write_text(_index(by_door), encoding="utf-8")
    return sheets


def _sheet(seen: list[Look]) -> Image.Image:
    rows: dict[str, list[Look]] = {}
    for look in seen:
        rows.setdefault(look.page.name, []).append(look)
    drawn = [(name, [_small(one) for one in looks], looks) for name, looks in rows.items()]
    width = max(sum(one.width + GAP for one in row) for _, row, _ in drawn) + GAP
    sheet = Image.new("RGB", (width, len(drawn) * (HEIGHT + LABEL + GAP) + GAP), "#6b7280")
    pen, face = ImageDraw.Draw(sheet), ImageFont.load_default(15)
    down = GAP
    for name, row, looks in drawn:
        wrong = sum(len(one.faults) for one in looks)
        pen.text((GAP, down), f"{name}   {wrong or 'nothing'} wrong", fill="#ffffff", font=face)
        across = GAP
        for one in row:
            sheet.paste(one, (across, down + LABEL))
            across += one.width + GAP
        down += HEIGHT + LABEL + GAP
    return sheet


def _small(look: Look) -> Image.Image:
    with Image.open(look.picture) as whole:
        shown = whole.convert("RGB").crop((0, 0, whole.width, min(whole.height, int(whole.width * LONGEST))))
    return shown.resize((max(1, shown.width * HEIGHT // shown.height), HEIGHT), Image.Resampling.LANCZOS)


def _index(by_door: dict[str, list[Look]]) -> str:
    rows = []
    for door, seen in by_door.items():
        rows.append(f'<h2>{escape(door)}</h2><p><img src="{escape(door)}.png" alt=""></p><ul>')
        for look in seen:
            what = "; ".join(look.faults) or "nothing wrong"
            rows.append(
                f'<li><a href="{escape(door)}/{escape(look.picture.name)}">{escape(look.picture.stem)}</a> '
                f"{look.bytes_received / 1024:.1f} KB: {escape(what)}</li>"
            )
        rows.append("</ul>")
    return "<!doctype html><meta charset=utf-8><title>Screens</title>" + "\n".join(rows)
