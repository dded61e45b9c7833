"""The decisions of a draft: as tables in the modeler, and one of them as a plain form, a row for each rule."""

import json
from typing import Any
from uuid import UUID

from csp.decorators import csp_update
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.api import drawing
from onedoor.doors.console.designer.files import Drawn, drawn_page
from onedoor.doors.console.designer.modeler_words import modeler_words
from onedoor.doors.console.designer.shell import (
    PERMISSION,
    Changed,
    Tab,
    address,
    known,
    line,
    opened,
    saved,
    shown,
)
from onedoor.kernel.errors import Invalid
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

TYPES = {"integer": "integer", "boolean": "boolean", "string": "string"}
MOST_ROWS = 500


@needs(PERMISSION)
@csp_update({"style-src-attr": ["'unsafe-inline'"]})  # type: ignore[arg-type]  # it takes any view; see decision 21
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The tables, in the modeler."""
    return drawn_page(request, service, draft, TABLES)


def _tables(request: Request, draft: catalogue.Draft) -> dict[str, Any]:
    words = json.dumps(modeler_words("dmn"), ensure_ascii=False)
    about: dict[str, Any] = {"questions": _questions(draft.documents.form), "words": words}
    try:
        found = drawing.decision_tables(draft.documents.decisions)
        # A table without a plain id has no address of its own; it is changed in the modeler.
        return {**about, "tables": [each for each in found if each.id and "/" not in each.id]}
    except drawing.CannotDraw as fault:
        return {**about, "unreadable": fault.reason if draft.documents.decisions else ""}


def _questions(form: dict[str, Any]) -> list[str]:
    held = form.get("properties")
    return [name for name in held if str(name).isidentifier()] if isinstance(held, dict) else []


def _first(request: Request, draft: catalogue.Draft, documents: catalogue.Documents) -> str:
    question = line(request, "question")
    if question not in _questions(documents.form):
        raise Invalid(_("There is no such question in the form."), field="question")
    type = TYPES.get(str(documents.form["properties"][question].get("type")), "string")
    return drawing.first_decisions(draft.code, name=line(request, "name"), question=question, type=type)


TABLES = Drawn(
    "decisions",
    Tab("design_decisions", "decisions.html", _tables),
    drawing.decision_tables,
    {"begin": _first},
    frozenset({"name", "question"}),
)


@needs(PERMISSION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rows(request: Request, service: str, draft: UUID, table: str) -> HttpResponse:
    """One table as a form: its rules with what they ask, what they answer and why."""
    held = opened(request, service, draft)
    tab = Tab("design_decisions", "rows.html", lambda request, draft: _rows(request, draft, table))
    if request.method != "POST":
        return shown(request, held, tab)
    return saved(
        request, held, tab, lambda documents: _filled(request, documents.decisions, table), to=request.path
    )


def _rows(request: Request, draft: catalogue.Draft, table: str) -> dict[str, Any]:
    found = next((each for each in _read(draft.documents.decisions) if each.id == table), None)
    if found is None:
        raise catalogue.NoSuchDraft(_("There is no such table."))
    said = _typed(request, found) if request.method == "POST" else list(found.rows)
    empty = drawing.DecisionRow(
        id="",
        inputs=("",) * len(found.inputs),
        outputs=("",) * len(found.outputs),
        notes=("",) * len(found.notes),
    )
    return {
        "table": found,
        "rows": [*said, empty],
        "count": len(said) + 1,
        "all": address(draft, "design_decisions"),
    }


def _read(decisions: str) -> tuple[drawing.DecisionTable, ...]:
    try:
        return drawing.decision_tables(decisions)
    except drawing.CannotDraw:
        return ()


def _filled(request: Request, decisions: str, id: str) -> Changed:
    known(request, {"rows"}, "row.")
    table = next((each for each in drawing.decision_tables(decisions) if each.id == id), None)
    if table is None:
        raise Invalid(_("There is no such table."))
    return {"decisions": drawing.with_rows(decisions, id, _typed(request, table))}


def _typed(request: Request, table: drawing.DecisionTable) -> list[drawing.DecisionRow]:
    """The rules that were typed, in their order; an emptied one is left out."""
    count = line(request, "rows") or "0"
    if not (count.isascii() and count.isdecimal() and len(count) < 5 and int(count) <= MOST_ROWS + 1):
        raise Invalid(_("More rules than a table may have."))
    found = []
    for number in range(int(count)):
        at = f"row.{number}"
        cells = {
            kind: tuple(line(request, f"{at}.{kind}.{place}") for place in range(count))
            for kind, count in (
                ("in", len(table.inputs)),
                ("out", len(table.outputs)),
                ("note", len(table.notes)),
            )
        }
        if any(cells["in"]) or any(cells["out"]):
            row = drawing.DecisionRow(
                id=line(request, f"{at}.id"), inputs=cells["in"], outputs=cells["out"], notes=cells["note"]
            )
            found.append(row)
    return found
