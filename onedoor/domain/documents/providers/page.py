"""The typesetter: sets a sheet as PDF/A-3b with WeasyPrint, in Lao and English side by side."""

import io
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from django.template.loader import render_to_string
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # comes with WeasyPrint

from onedoor.domain.documents import errors, rules
from onedoor.domain.documents.providers import ornaments
from onedoor.domain.documents.providers.breaks import breakable
from onedoor.domain.documents.providers.letters import font_files
from onedoor.kernel.i18n.shown import format_date

DENSE = 700  # signs of facts in both languages beyond which the rows are set smaller


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything that stands on a page. A draft has no number, code, date or copy."""

    layout: Mapping[str, Any]
    facts: rules.Facts
    centre: Mapping[str, str]
    number: str = ""
    code: str = ""
    copy: int = 1
    issued_on: date | None = None
    address: str = ""
    demonstration: bool = True
    words: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: WORDS)

    @property
    def check_address(self) -> str:
        """Where the QR leads: number and code only."""
        return f"{self.address.rstrip('/')}/verify/{self.number}/{self.code}/"


# What stands on every paper, whatever its layout.
WORDS: dict[str, dict[str, str]] = {
    "number": {"lo": "ເລກທີ", "en": "No."},
    "draft": {"lo": "ຮ່າງສຳລັບກວດຄືນ", "en": "Draft to be checked"},
    "demonstration": {"lo": "ຕົວຢ່າງ", "en": "DEMONSTRATION"},
    "copy": {"lo": "ສຳເນົາສະບັບທີ", "en": "Copy"},
    "issued": {"lo": "ອອກໃຫ້ ວັນທີ", "en": "Issued on"},
    "at": {"lo": "ອອກທີ່", "en": "Issued at"},
    "check": {"lo": "ກວດສອບໃບຢັ້ງຢືນນີ້", "en": "Check this document"},
    "code": {"lo": "ລະຫັດກວດສອບ", "en": "Verifying code"},
    "signed": {"lo": "ລົງລາຍເຊັນທາງເອເລັກໂຕຣນິກ", "en": "Signed electronically"},
    "basis": {"lo": "ອີງຕາມ", "en": "Pursuant to"},
    "no_value": {
        "lo": "ໃບຢັ້ງຢືນຕົວຢ່າງ ບໍ່ມີຜົນທາງກົດໝາຍ",
        "en": "Demonstration document, without legal effect",
    },
}


def typeset(sheet: Sheet) -> bytes:
    """The page as PDF/A-3b (unsigned).

    Raises:
        CannotTypeset: Pango or the fonts of the build are absent.
        NoLetters: a draft has signs that no font can draw.
    """
    try:
        from weasyprint import CSS, HTML, URLFetcher  # needs the system's Pango, which only this page needs
        from weasyprint.text.fonts import FontConfiguration
    except OSError as fault:
        raise errors.CannotTypeset from fault
    fonts = FontConfiguration()
    html = render_to_string("documents/paper.html", _context(sheet))
    drawn = URLFetcher(allowed_protocols=("data",))  # a page refers to nothing outside itself
    look = render_to_string("documents/paper.css", {"faces": faces()})
    style = CSS(string=look, font_config=fonts, url_fetcher=drawn)
    page = HTML(string=html, url_fetcher=drawn)
    out = io.BytesIO()
    identifier = f"OneDoor {sheet.number or 'draft'} copy {sheet.copy}".encode()
    page.write_pdf(
        out,
        stylesheets=[style],
        font_config=fonts,
        pdf_variant="pdf/a-3b",
        pdf_tags=True,
        pdf_identifier=identifier,
        finisher=_finish if sheet.number else _finish_draft,
    )
    return out.getvalue()


def _finish_draft(document: Any, pdf: Any) -> None:
    """A sign without a letter in any font is told while the facts can still be corrected."""
    if missing := {sign for font in document.fonts.values() for sign in font.missing}:
        raise errors.NoLetters(" ".join(map(chr, sorted(missing))))
    _finish(document, pdf)


def _finish(_document: Any, pdf: Any) -> None:
    """A PDF/A tells what it is also to a program that unpacks nothing: its metadata stand uncompressed."""
    (metadata,) = (one for one in pdf.objects if one.reference == pdf.catalog["Metadata"])
    metadata.compress = False


@lru_cache(maxsize=1)
def faces() -> tuple[dict[str, object], ...]:
    """The fonts of the build, by family and weight, as data addresses.

    Raises:
        CannotTypeset: there is no Lao font.
    """
    found: list[dict[str, object]] = []
    for family, weight, path in font_files():
        address = "data:font/ttf;base64," + b64encode(_unpacked(path)).decode()
        found.append({"family": family, "weight": weight, "address": address})
    if not any(face["family"] == "Paper Lao" for face in found):
        raise errors.CannotTypeset
    return tuple(found)


def _unpacked(path: Path) -> bytes:
    """A font file without its compression, so that it is undone once a process and not once a page."""
    font = TTFont(path)
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _context(sheet: Sheet) -> dict[str, Any]:
    layout = _all_breakable(sheet.layout)
    rows = []
    for row in layout["rows"]:
        if (value := sheet.facts.get(row["code"])) is None:
            continue
        if row.get("kind") == "date":
            value = {
                lang: format_date(date.fromisoformat(text), "long", lang) for lang, text in value.items()
            }
        rows.append({"label": row["label"], "value": _all_breakable(value), "main": row.get("main", False)})
    issued = (
        {lang: format_date(sheet.issued_on, "long", lang) for lang in rules.LANGUAGES}
        if sheet.issued_on
        else None
    )
    return {
        "layout": layout,
        "rows": rows,
        "dense": sum(len(text) for both in sheet.facts.values() for text in both.values()) > DENSE,
        "centre": _all_breakable(sheet.centre),
        "issued": _all_breakable(issued) if issued else None,
        "sheet": sheet,
        "code": rules.grouped(sheet.code),
        "host": sheet.address.rstrip("/").partition("://")[2],
        "words": _all_breakable(sheet.words),
        "qr": _qr(sheet.check_address) if sheet.code else "",
        "rosette": ornaments.rosette(),
        "flower": ornaments.flower(),
        "across": ornaments.band(1860),
        "down": ornaments.band(2650, upright=True),
    }


def _qr(address: str) -> str:
    return segno.make(address, error="m", micro=False).svg_data_uri(
        border=0, dark="#14213d", encode_minimal=False, nl=False
    )


def _all_breakable(value: Any) -> Any:
    if isinstance(value, str):
        return breakable(value)
    if isinstance(value, Mapping):
        return {key: _all_breakable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_all_breakable(part) for part in value]
    return value
