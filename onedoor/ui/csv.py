"""Tables for a spreadsheet that cannot be made to execute anything: UTF-8 with its mark, and texts that stay texts."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# Signs with which spreadsheets begin a formula, also as full-width letters and behind blanks that they skip.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
Cell = str | int | float | None


def cell(value: Cell) -> Cell:
    """A cell that is shown and never run: numbers stay numbers, a text that could begin a formula gets an apostrophe."""
    if not isinstance(value, str):
        return value
    clean = value.replace("\x00", "")
    return (
        f"'{clean}"
        if clean.lstrip(" \u00a0\u200b\ufeff").startswith(DANGEROUS) or clean[:1] in DANGEROUS
        else clean
    )


def download(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The table as a file of this name."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([cell(one) for one in head])
    writer.writerows([cell(one) for one in row] for row in rows)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
