"""Looks at every page of a running demonstration. 1 when something is wrong with any of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from onedoor.tools.errors import ToolError
from onedoor.tools.screens.camera import Look, camera
from onedoor.tools.screens.entrance import kiosk
from onedoor.tools.screens.pages import PAGES
from onedoor.tools.screens.sheet import write
from onedoor.tools.screens.shown import photograph


def main() -> int:
    """Photograph, measure, write the sheets, and say what is wrong."""
    ask = argparse.ArgumentParser(prog="scripts/screens", description=__doc__)
    ask.add_argument("--address", default="http://127.0.0.1:8000", help="of a running demonstration")
    ask.add_argument("--out", default="screens", type=Path)
    ask.add_argument(
        "--readme", type=Path, metavar="FOLDER", help="only the README's pictures, small, e.g. docs/screens"
    )
    ask.add_argument("--only", help="names with this word only, e.g. citizen or desk/login")
    given = ask.parse_args()
    looks: list[Look] = []
    try:
        with camera(given.address, given.out, kiosk()) as eye:
            if given.readme:
                files = photograph(eye, given.readme)
                print("\n".join(f"{file}  {file.stat().st_size / 1024:.1f} KB" for file in files))
                return 0
            for page in PAGES:
                if given.only and given.only not in f"{page.door}/{page.name}":
                    continue
                for size in page.sizes:
                    for language in ("lo", "en"):
                        look = eye.look(page, language, size)
                        looks.append(look)
                        _say(look)
    except ToolError as fault:
        print(f"screens: {fault}", file=sys.stderr)
        return 2
    sheets = write(looks, given.out)
    wrong = sum(bool(look.faults) for look in looks)
    print(f"{len(looks)} pictures, {wrong} with faults; see {', '.join(map(str, sheets))}")
    return 1 if wrong else 0


def _say(look: Look) -> None:
    name = f"{look.page.door}/{look.page.name} {look.language} {look.size[0]}"
    print(f"{name:<44} {look.bytes_received / 1024:6.1f} KB  {'; '.join(look.faults) or 'ok'}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
