"""Who may apply: the demands of a draft, each in words with its condition and its law; the identity that one shows."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.api import drawing
from onedoor.doors.console.designer.description import (
    IDENTITIES,
    as_sent,
    each_row,
    mapping,
    or_without,
    rows_of,
)
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
    words,
)
from onedoor.kernel.errors import Invalid
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

OTHERWISE = (
    ("officer", gettext_lazy("an officer looks at it")),
    ("not", gettext_lazy("may not apply")),
)
LONGEST = 2_000


@needs(PERMISSION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The demands as they are kept; changing them."""
    held = opened(request, service, draft)
    tab = Tab("design_eligibility", "eligibility.html", _context)
    if request.method != "POST":
        return shown(request, held, tab)
    return saved(request, held, tab, lambda documents: _said(request, documents.content))


def _context(request: Request, draft: catalogue.Draft) -> dict[str, Any]:
    """The fields: as they were sent where they could not be kept, else as they are kept."""
    content = as_sent(request, draft.documents.content, _said)
    demands = [_shown(each) for each in rows_of(content.get("eligibility"))]
    numbers = [str(law.get("number")) for law in rows_of(content.get("legal_basis")) if law.get("number")]
    return {
        "demands": [*enumerate(demands), (len(demands), {})],
        "demand_rows": len(demands) + 1,
        "otherwise": OTHERWISE,
        "laws": [*numbers, *sorted({each["law"] for each in demands if each["law"]} - set(numbers))],
        "identities": IDENTITIES,
        "identity": mapping(content.get("identity")).get("level", ""),
        "tables": _tables(draft.documents.decisions, str(content.get("eligibility_table") or "")),
        "table": content.get("eligibility_table") or "",
        "asked": _asked(draft.documents.form),
        "papers": [paper for paper in rows_of(content.get("papers")) if rows_of(paper.get("instead"))],
        "description": address(draft, "design"),
    }


def _shown(demand: dict[str, Any]) -> dict[str, Any]:
    """A demand as the page shows it; where its condition cannot be read, with the sign at which that is so."""
    condition = str(demand.get("if") or "")
    told = {key: mapping(demand.get(key)) for key in ("words", "instead")}
    law = str(demand.get("law") or "")
    return {**demand, **told, "law": law, "condition": condition, "wrong": pointed(condition)}


def pointed(condition: str) -> dict[str, str] | None:
    """Where and why a condition cannot be read: what stands before the sign, the sign, what comes behind; None where it can."""
    try:
        catalogue.compile_expression(condition)
    except catalogue.ExpressionError as fault:
        place = max(fault.position - 1, 0)
        sign = condition[place : place + 1] or "␣"
        parts = {"before": condition[:place], "sign": sign, "after": condition[place + 1 :]}
        return {**parts, "reason": str(fault.reason), "place": str(fault.position)}
    return None


def _tables(decisions: str, held: str) -> list[str]:
    """The tables that may say who may apply; the one that is named stays one of them."""
    try:
        found = [table.name or table.id for table in drawing.decision_tables(decisions)] if decisions else []
    except drawing.CannotDraw:
        found = []
    return [*found, held] if held and held not in found else found


def _asked(form: dict[str, Any]) -> list[str]:
    held = form.get("properties")
    return [str(name) for name in held][:100] if isinstance(held, dict) else []


def _said(request: Request, content: dict[str, Any]) -> Changed:
    """The content with what was typed; what the page does not show stays."""
    known(request, {"identity", "table", "demand.rows"}, "demand.")
    found = dict(content)
    level = line(request, "identity")
    if level not in dict(IDENTITIES):
        raise Invalid(gettext_lazy("There is no such level of identity."), field="identity")
    held = mapping(content.get("identity"))
    or_without(found, "identity", {"demonstration": False, **held, "level": level} if level else None)
    or_without(found, "eligibility_table", line(request, "table", 80))
    demands = each_row(request, "demand", rows_of(content.get("eligibility")), _demand)
    or_without(found, "eligibility", demands)
    if not demands and content.get("eligibility") == []:
        found["eligibility"] = []
    return {"content": found}


def _demand(request: Request, at: str, held: dict[str, Any]) -> dict[str, Any] | None:
    told, condition = words(request, f"{at}.words"), line(request, f"{at}.if")
    if not any(told.values()) and not condition:
        return None
    instead = words(request, f"{at}.instead", LONGEST)
    number = at.rpartition(".")[2]
    found = {
        **held,
        "code": line(request, f"{at}.code", 80) or f"demand-{int(number) + 1}",
        "if": condition,
        "words": told,
        "otherwise": line(request, f"{at}.otherwise") or "officer",
    }
    or_without(found, "instead", instead if any(instead.values()) else None)
    or_without(found, "law", line(request, f"{at}.law", 120))
    for name in ("demonstration", "bars"):
        or_without(found, name, request.POST.get(f"{at}.{name}") == "yes")
    return found
