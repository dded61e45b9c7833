"""People with browsers: each in a context of their own, each page looked at by axe when it is reached."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Page

from onedoor.tools.screens.camera import LANGUAGE_COOKIE, PASSWORD
from tests.tools.nodes import Node

PHONE, SCREEN, DESK, KIOSK, HALL = (360, 740), (1280, 800), (1366, 768), (1080, 1920), (1920, 1080)
PERIOD = 30  # seconds for which a code of the second factor is shown

# A page without its words: elements, what they are called and bound to, and whether each says anything at all.
BONES = """() => {
  const words = ['href', 'src', 'value', 'content', 'title', 'alt', 'placeholder', 'aria-label', 'lang', 'datetime', 'action'];
  const said = a => a.name.startsWith('data-') || words.includes(a.name)
    ? a.name + (a.value.startsWith('#') ? a.value : a.value.trim() ? '=…' : '=') : a.name + '=' + a.value;
  return innerWidth + [...document.querySelectorAll('*')].map(e => [e.tagName, ...[...e.attributes].map(said),
    [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())].join(' ')).join('\\n')
}"""
_whole: set[int] = set()


@dataclass
class Hall:
    """A served node, a browser, and the language that people read."""

    node: Node
    browser: Browser
    language: str
    kept: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.node.port}"

    def says(self, sentence: str) -> str:
        """A sentence of the pages in the language that people read."""
        with override(self.language):
            return gettext(sentence)

    @contextmanager
    def somebody(
        self,
        size: tuple[int, int],
        login: str | None = None,
        *,
        device: str | None = None,
        scripts: bool = True,
    ) -> Iterator[Page]:
        """One person's page; staff are logged in once with password and code, a device's page is paired once."""
        state = self._entered(login) if login else self._paired(device) if device else None
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            storage_state=state,
            base_url=self.address,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": LANGUAGE_COOKIE, "value": self.language, "url": self.address}])
        try:
            yield context.new_page()
            if login in self.kept:
                self.kept[login] = context.storage_state()  # unlocking gives another session
        finally:
            context.close()

    def _entered(self, login: str) -> Any:
        if login not in self.kept:
            with self.somebody(SCREEN) as page:
                self.log_in(page, login)
                self.kept[login] = page.context.storage_state()
        return self.kept[login]

    def log_in(self, page: Page, login: str) -> None:
        """Log in with password and code, as people do."""
        page.goto("/accounts/login/")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
        page.fill("[name=code]", self.code(login))
        page.click("main form button[type=submit]")
        page.wait_for_url(re.compile(r"/(desk|office|console|start)/"))

    def code(self, login: str) -> str:
        """A code that is not yet used: who logged in within these seconds takes that of the next."""
        step = int(time.time()) // PERIOD
        return next(
            code for n in (0, 1, -1) if (code := self.codes[login].pop(str(step + n), None)) is not None
        )

    def _paired(self, address: str) -> Any:
        if address not in self.kept:
            with self.somebody(SCREEN) as page:
                page.goto(address)
                page.click("button[name=demonstrate]")
                page.wait_for_url(f"**{address}")
                self.kept[address] = page.context.storage_state()
        return self.kept[address]


def look(page: Page) -> None:
    """The page is whole: axe finds nothing, it is not wider than the screen, and it is in one language.

    Axe is asked once for pages that differ in their words only; all words in both languages are seen by `bench/pages.py`.
    """
    page.locator("html:not([data-leaving])").wait_for(state="attached")  # a kiosk asks for its server first
    page.wait_for_load_state("load")
    bones = hash(page.evaluate(BONES))
    if bones not in _whole:
        found = Axe().run(page).response["violations"]
        faults = [(one["id"], one["nodes"][0]["target"], one["nodes"][0]["html"][:120]) for one in found]
        assert not faults, f"{page.url}: {faults}"
        _whole.add(bones)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), page.url


def tap(page: Page, key: str) -> None:
    """Press a key that a button shows; what it changes is for the caller to expect."""
    page.wait_for_load_state("load")
    shown = key.replace("Control", "Ctrl")
    page.locator(f"[data-key='{shown}']").first.wait_for()
    for part in key.split("+"):
        page.keyboard.up(part)  # the page that saw it go down may be gone
    page.keyboard.press(key)


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        tap(page, key)
    page.wait_for_load_state("load")
