"""A printed sheet as people and machines read it: its words, and what its QR code says."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pypdf
import zxingcpp
from PIL import Image


def words_on(sheet: Path) -> str:
    """The text of all pages."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(sheet).pages)


def read_qr(sheet: Path) -> str:
    """What the one QR code on the first page says, read from the page as a printer draws it at 150 dots per inch."""
    drawn = subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-png", "-f", "1", "-l", "1", str(sheet)],
        capture_output=True,
        check=True,
    ).stdout
    with Image.open(io.BytesIO(drawn)) as page:
        found = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    assert len(found) == 1, f"{len(found)} QR codes were read"
    return str(found[0].text)
