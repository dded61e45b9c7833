"""The process of a draft as a diagram in the modeler."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.api import drawing
from onedoor.doors.console.designer.files import Drawn, drawn_page
from onedoor.doors.console.designer.modeler_words import modeler_words
from onedoor.doors.console.designer.shell import PERMISSION, Tab, address
from onedoor.doors.console.designer.steps import offered
from onedoor.doors.console.designer.words import ABOUT, kinds_of, lane_shown
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request


@needs(PERMISSION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def diagram(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The diagram, in the modeler."""
    return drawn_page(request, service, draft, DIAGRAM)


def _context(request: Request, draft: catalogue.Draft) -> dict[str, Any]:
    offers, process = offered(draft), draft.documents.process
    return {
        "fields": kinds_of(offers),
        "lane_fields": lane_shown({}, offered=offers),
        "about": ABOUT,
        "words": json.dumps(modeler_words("bpmn"), ensure_ascii=False),
        "table": address(draft, "design_steps"),
        "undrawn": bool(process) and drawing.undrawn(process),
    }


DIAGRAM = Drawn(
    "process",
    Tab("design_process", "process.html", _context),
    drawing.step_table,
    {
        "begin": lambda _request, draft, _documents: drawing.first_process(draft.code),
        "draw": lambda _request, _draft, documents: drawing.drawn(documents.process),
    },
)
