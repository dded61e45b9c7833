"""An auditor, let in for a time: what left the ordinary way, a sample by its seed, and a case taken out that holds outside."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, TimeoutError, expect

from tests.journeys.people import SCREEN, Hall, look


def test_the_auditor_draws_a_sample_and_takes_a_case_out(
    hall: Hall, before: dict[str, Any], tmp_path: Path
) -> None:
    with hall.somebody(SCREEN, "auditor") as page:
        page.goto("/console/audit/")
        look(page)
        drawn = sample(page, "2026-11")
        look(page)
        assert drawn and drawn == sample(page, "2026-11"), "the same seed gives the same sample"
        assert len(drawn) < 2 or drawn != sample(page, "2026-12") or drawn != sample(page, "2026-13")
        page.goto(f"/console/audit/cases/{before['approved']['case']}/")
        look(page)
        key = page.locator("main code").first.inner_text()
        said = checked_outside(page, tmp_path, key)
        assert before["approved"]["number"] in said, said
        tampered = Path(tmp_path / "case.zip").read_bytes().replace(b"manifest", b"manifesT", 1)
        Path(tmp_path / "case.zip").write_bytes(tampered)
        assert verified(tmp_path, key).returncode != 0
        for closed in ("/office/", "/desk/0103-1/1/", "/console/complaints/"):
            answer = page.request.get(closed)
            assert answer.status in (403, 404), (
                f"an auditor is let in to nothing else: {closed} {answer.status}"
            )


def sample(page: Page, seed: str) -> list[str]:
    """The numbers of the cases that a seed draws, in their order."""
    page.goto("/console/audit/sample/")
    page.fill("[name=seed]", seed)
    page.fill("[name=size]", "3")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#drawn")).to_have_count(1)
    return page.locator("tbody th a").all_inner_texts()


def checked_outside(page: Page, folder: Path, key: str) -> str:
    """Takes the case and the script out with the browser, and runs the script on it alone."""
    for address, name in (("form[action$='/export/'] button", "case.zip"), ("a[href$='.py']", "check.py")):
        taken_out(page, f"main {address}", folder / name)
    done = verified(folder, key)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def taken_out(page: Page, button: str, path: Path) -> None:
    """A download; the head over a case's last steps is signed within a minute, and until then the page says to try again."""
    here = page.url
    for _ in range(10):
        try:
            with page.expect_download(timeout=5_000) as got:
                page.locator(button).first.click()
            return got.value.save_as(path)
        except TimeoutError:
            page.wait_for_timeout(5_000)
            page.goto(here)
    raise AssertionError(f"{button} gave no file")


def verified(folder: Path, key: str) -> subprocess.CompletedProcess[str]:
    """The script in a process that knows nothing of us."""
    words = [sys.executable, "-I", "check.py", "case.zip", "--key", re.sub(r"\s", "", key)]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
