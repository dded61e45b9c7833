"""What a first visit weighs and what hinders people: every page of every door of a demonstration, in both languages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bench.harness import ROOT, await_health, finish, free_port, say, stop, temporary_home
from onedoor.tools.screens.camera import Look, camera
from onedoor.tools.screens.entrance import kiosk
from onedoor.tools.screens.pages import PAGES

GOALS = {"max_first_visit_kb": ("<=", 40), "axe_violations": ("==", 0), "other_faults": ("==", 0)}


def main() -> None:
    """Serves a demonstration with a lived morning and opens each page with an empty cache."""
    os.environ["ONEDOOR_MODE"] = "demo"
    with temporary_home() as place:
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        log = place / "demo.log"
        os.environ["ONEDOOR_HOME"] = str(place / "demo")
        words = [sys.executable, "-m", "onedoor", "demo", "--port", str(port)]
        with open(log, "wb") as output:
            process = subprocess.Popen(words, cwd=ROOT, stdout=output, stderr=output)
        try:
            await_health(address, process, log, seconds=900)
            looks = _looks(address, place)
        finally:
            stop(process)
    axe = [fault for look in looks for fault in look.faults if fault.startswith("axe ")]
    others = [fault for look in looks for fault in look.faults if not fault.startswith("axe ")]
    weights = [look.bytes_received for look in looks if look.page.door == "citizen"]
    figures = {
        "max_first_visit_kb": round(max(weights) / 1024, 1),
        "axe_violations": len(axe),
        "other_faults": len(others),
        "pages": len({(look.page.door, look.page.name) for look in looks}),
    }
    finish("pages", figures, GOALS)


def _looks(address: str, place: Path) -> list[Look]:
    looks = []
    with camera(address, place, kiosk()) as eye:
        for page in PAGES:
            for language in ("lo", "en"):
                look = eye.look(page, language, page.sizes[0], picture=False)
                looks.append(look)
                if look.faults:
                    say(f"{page.door}/{page.name} {language}: {'; '.join(look.faults)}")
    return looks


if __name__ == "__main__":
    main()
