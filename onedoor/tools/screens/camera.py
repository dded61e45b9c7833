"""A browser that opens pages as people do, takes their picture and measures them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Error, sync_playwright
from playwright.sync_api import Page as Tab

from onedoor.tools.errors import ToolError
from onedoor.tools.screens.pages import DEVICE, Page, Size

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PASSWORD = "onedoor-demo"
LANGUAGE_COOKIE = "onedoor_language"
# Too small to press: shorter or narrower than 44 px; links inside a sentence excepted, and the boards of modelers, which
# are not ours and beside which everything can be done in a plain form.
SMALL = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter(e => e.getClientRects().length && !e.closest('p, li, dd, td, .sr, .skip, [data-canvas]') && e.type !== 'hidden')
  .map(e => [e, (e.closest('label') || e).getBoundingClientRect()])
  .filter(([e, r]) => r.height > 1 && (r.height < 43.5 || r.width < 43.5))
  .map(([e, r]) => [e.tagName.toLowerCase(), (e.innerText || e.name || '').slice(0, 30), r.width | 0, r.height | 0])
  .map(([tag, text, width, height]) => `${tag} "${text}" ${width}x${height}`)"""


@dataclass
class Look:
    """One page as it was seen."""

    page: Page
    language: str
    size: Size
    picture: Path
    bytes_received: int = 0
    faults: list[str] = field(default_factory=list)


def browser_program() -> str:
    """The system's browser; refuses by name when there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise ToolError("Pictures need a browser: install Debian's package chromium.")


class Camera:
    """One browser; a context per language, size and login, so that cookies never mix."""

    def __init__(self, browser: Any, address: str, out: Path, device: dict[str, str]) -> None:
        self.browser = browser
        self.address = address.rstrip("/")
        self.out = out
        self._kept: dict[str, list[Any]] = {DEVICE: [{**device, "url": self.address}]}

    def look(self, page: Page, language: str, size: Size, *, picture: bool = True) -> Look:
        """Open, measure and photograph one page."""
        place = self.out / page.door / f"{page.name}-{language}-{size[0]}.png"
        look = Look(page, language, size, place)
        with self._context(page.login, language, size) as context:
            tab = context.new_page()
            tab.on(
                "console",
                lambda said: (
                    look.faults.append(f"console: {said.text[:160]}") if said.type == "error" else None
                ),
            )
            received: list[int] = []
            tab.on("requestfinished", lambda request: received.append(_weight(request)))
            try:
                answer = tab.goto(self.address + page.path, wait_until="load")
                status = answer.status if answer else 0
                for step in page.steps:
                    _press(tab, step)
            except Error as fault:
                look.faults.append(f"not reached: {str(fault).splitlines()[0][:160]}")
                status = page.status
            tab.wait_for_timeout(250)
            # Only a page that is opened at once says what a first visit costs.
            look.bytes_received = 0 if page.steps else sum(received)
            if status != page.status and not page.steps:
                look.faults.append(f"answered {status}, not {page.status}")
            elif status >= 400 or page.steps:
                look.faults = [
                    fault for fault in look.faults if not fault.startswith("console: Failed to load")
                ]
            look.faults += _measure(tab)
            if picture:
                place.parent.mkdir(parents=True, exist_ok=True)
                tab.screenshot(path=place, full_page=page.tall)
        return look

    @contextmanager
    def _context(self, login: str | None, language: str, size: Size) -> Iterator[BrowserContext]:
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
        context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": self.address}])
        if login is not None:
            context.add_cookies(self._entrance(login))
        try:
            yield context
        finally:
            context.close()

    def _entrance(self, login: str) -> list[Any]:
        """Cookies of a login: by password and code, once for all pictures."""
        if login not in self._kept:
            context = self.browser.new_context()
            tab = context.new_page()
            tab.goto(f"{self.address}/accounts/login/")
            tab.fill("input[name=login]", login)
            tab.fill("input[name=password]", PASSWORD)
            tab.click("main button[type=submit]")
            tab.fill("input[name=code]", _code(login))
            tab.click("main button[type=submit]")
            tab.wait_for_load_state()
            self._kept[login] = [one for one in context.cookies() if one["name"] != LANGUAGE_COOKIE]
            context.close()
        return self._kept[login]


@contextmanager
def camera(address: str, out: Path, device: dict[str, str]) -> Iterator[Camera]:
    """A camera for the length of a visit; ``device`` is the cookie (name, value) of a paired kiosk."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_program(), args=list(QUIET))
        try:
            yield Camera(browser, address, out, device)
        finally:
            browser.close()


def _press(tab: Tab, step: str) -> None:
    if step.startswith("/"):
        last = tab.url.rstrip("/").rsplit("/", 1)[-1]
        tab.goto(urljoin(tab.url, step.replace("{last}", last)))
        return
    selector, given, value = step.removeprefix("?").partition("::")
    target = tab.locator(selector).first
    if step.startswith("?") and not target.is_visible():
        return
    if given:
        target.fill(value)
        return
    target.click(timeout=4000)
    tab.wait_for_timeout(400)
    tab.wait_for_load_state()


def _measure(tab: Tab) -> list[str]:
    faults = []
    if (over := tab.evaluate("document.documentElement.scrollWidth - innerWidth")) > 1:
        faults.append(f"wider than the screen by {over} px")
    faults += [f"small: {one}" for one in tab.evaluate(SMALL)]
    for found in Axe().run(tab).response["violations"]:
        places = ", ".join(str(node["target"][0]) for node in found["nodes"][:3])
        faults.append(f"axe {found['id']} ({found['impact']}): {places}")
    return faults


def _weight(request: Any) -> int:
    try:
        sizes = request.sizes()
    except Error:
        return 0
    return int(sizes["responseBodySize"]) + int(sizes["responseHeadersSize"])


def _code(login: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "onedoor", "totp", login], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ToolError(f"No code for {login}: {done.stderr.strip()}")
    return done.stdout.split()[-1]
