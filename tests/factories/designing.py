"""A draft of the building permit's documents, and a browser of whoever writes it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from tests.factories.browsers import at_work
from tests.factories.drafts import Studio, studio

SERVICES = Path(__file__).parents[2] / "onedoor" / "packs" / "lao" / "services"
PROCESS = (SERVICES / "construction-permit" / "process.bpmn").read_text()
DECISIONS = (SERVICES / "construction-permit" / "decisions.dmn").read_text()
FORM: dict[str, Any] = json.loads((SERVICES / "construction-permit" / "form.json").read_text())


@dataclass
class Designing:
    """The draft as it was begun, who writes it, and pages of it."""

    made: Studio
    held: catalogue.Draft
    browser: Client

    @property
    def base(self) -> str:
        return f"/console/services/{self.held.code}/drafts/{self.held.id}/design/"

    def now(self) -> catalogue.Draft:
        """The draft as it is kept now."""
        return catalogue.draft(by=self.made.writer, id=self.held.id)

    def page(self, path: str = "", language: str = "en") -> str:
        """A page of the designer, which has to open."""
        self.browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = self.browser.get(self.base + path)
        assert answer.status_code == 200, (path, answer.status_code)
        return str(answer.content.decode())

    def post(self, path: str, **said: Any) -> Any:
        """What a page sends, with the version of the draft as it is now."""
        files = {"version": self.now().version, **said}
        return self.browser.post(self.base + path, files)


def designing(*, empty: bool = False) -> Designing:
    """A draft of a new service with the form, process and decisions of the building permit, or with none."""
    at = now()
    made = studio(at=at)
    held = catalogue.begin_draft(
        by=made.writer, at=at, id=new_id(), code="built", authority=made.registry.ministry
    )
    if not empty:
        parts: dict[str, Any] = {"form": FORM, "process": PROCESS, "decisions": DECISIONS}
        held = catalogue.save_draft(by=made.writer, at=at, draft=held.id, version=held.version, **parts)
    return Designing(made=made, held=held, browser=at_work(made.writer))
