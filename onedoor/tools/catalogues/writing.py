"""Writes what was found as folders of a pack, and says what is left to a person."""

from __future__ import annotations

from pathlib import Path

from onedoor.tools.catalogues.found import Found, grouped
from onedoor.tools.errors import ToolError
from onedoor.tools.packs.writing.texts import yaml_text

REVIEW = "REVIEW.md"


def write(found: Found, *, into: Path) -> int:
    """Write into a new or empty folder. Errors: ToolError, before anything is written."""
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise ToolError(f"{into} is not an empty folder. What is taken over is written into a new one.")
    if not found.services:
        raise ToolError("No service was found in this file.")
    files = {f"services/{code}/service.yaml": yaml_text(row) for code, row in sorted(found.services.items())}
    if found.authorities:
        files["units/authorities.yaml"] = yaml_text([row for _code, row in sorted(found.authorities.items())])
    if found.events:
        files["life_events.yaml"] = yaml_text(list(found.events.values()))
    if found.offers:
        files["centres/offers.yaml"] = yaml_text(grouped(found.offers))
    left = [f"{thing}: {sentence}" for thing, sentence in found.unmapped]
    if left:
        files[REVIEW] = "# Left to a person\n\n" + "".join(f"- {line}\n" for line in left)
    for name, text in files.items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    for line in left:
        print(line)
    print(
        f"{len(found.services)} services are written into {into}, {len(left)} things are left to a person."
        " Copy what is right into a pack, and let `onedoor pack check` look at it."
    )
    return 0
