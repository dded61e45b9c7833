"""The fee of a draft: periods with state, law and funding, lines of each kind with their tables as rows, and a quote to try."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access.api import today
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.console.designer.fee_rows import (
    MOST_LINES,
    MOST_PERIODS,
    STATES,
    Box,
    line_boxes,
    period_boxes,
)
from onedoor.doors.console.designer.fee_typed import read_periods
from onedoor.doors.console.designer.shell import PERMISSION, Changed, Tab, known, opened, saved, shown
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

TRY = "try."


@needs(PERMISSION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The fee as it is kept; changing it; trying it with answers."""
    held = opened(request, service, draft)
    tab = Tab("design_fee", "fee.html", _context)
    if request.method != "POST":
        return shown(request, held, tab)
    return saved(request, held, tab, lambda documents: _said(request, documents.content))


def _said(request: Request, content: dict[str, Any]) -> Changed:
    known(request, {"periods"}, "p.")
    held = content.get("fees")
    return {
        "content": {**content, "fees": read_periods(request.POST, held if isinstance(held, list) else [])}
    }


def _context(request: Request, draft: catalogue.Draft) -> dict[str, Any]:
    """The periods as they were sent where something was wrong with them, else as they are kept."""
    held = draft.documents.content.get("fees")
    fees = [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []
    if request.method == "POST":
        try:
            fees = read_periods(request.POST, fees)
        except Invalid:
            fees = fees or []
    problems = _problems(draft)
    form = draft.documents.form
    properties = form.get("properties")
    asked: dict[str, Any] = properties if isinstance(properties, dict) else {}
    periods = [_period(number, fee, asked, problems) for number, fee in enumerate([*fees, {}][:MOST_PERIODS])]
    return {
        "periods": periods,
        "count": len(periods),
        "whole": problems.get("fees", []),
        **_tried(request, draft),
    }


def _problems(draft: catalogue.Draft) -> dict[str, list[Any]]:
    """What the check finds in the fees, by place."""
    found: dict[str, list[Any]] = {}
    for each in catalogue.problems_of(draft.documents, code=draft.code):
        if each.document == "content" and each.place.startswith("fees"):
            found.setdefault(each.place, []).append(each.sentence)
    return found


def _period(
    number: int, fee: dict[str, Any], asked: dict[str, Any], problems: dict[str, list[Any]]
) -> dict[str, Any]:
    place, at = f"fees[{number}]", f"p.{number}"
    lines = fee.get("lines")
    rows = [each for each in lines if isinstance(each, dict)] if isinstance(lines, list) else []
    shown_lines = [_line(at, place, index, row, fee, asked, problems) for index, row in enumerate(rows)]
    used = {problem for line in shown_lines for problem in line["places"]}
    boxes, seen = _with_problems(period_boxes(at, fee), place, problems)
    rest = [
        each
        for where, told in problems.items()
        if where.startswith(place) and where not in used and where not in seen
        for each in told
    ]
    return {
        "at": at,
        "number": number + 1,
        "new": not fee,
        "state": dict(STATES).get(fee.get("state", "")),
        "since": fee.get("valid_from") or "",
        "groups": boxes,
        "lines": shown_lines,
        "line_count": len(rows),
        "may_add": bool(fee) and fee.get("state") == "set" and len(rows) < MOST_LINES,
        "fresh": line_boxes(f"{at}.line.{len(rows)}", {}, fee, asked)[:1],
        "rest": rest,
    }


def _line(
    at: str,
    place: str,
    index: int,
    row: dict[str, Any],
    fee: dict[str, Any],
    asked: dict[str, Any],
    problems: dict[str, list[Any]],
) -> dict[str, Any]:
    mine, where = f"{at}.line.{index}", f"{place}.lines[{index}]"
    boxes, seen = _with_problems(line_boxes(mine, row, fee, asked), where, problems)
    places = {one for one in problems if one == where or one.startswith((f"{where}.", f"{where}["))}
    kind = row.get("kind", "fixed")
    return {
        "at": mine,
        "name": text(row.get("name") or {}) or row.get("code", ""),
        "kind": catalogue.KIND_WORDS.get(kind, kind),
        "groups": boxes,
        "places": places,
        "rest": [each for one in sorted(places - seen) for each in problems[one]],
        "open": bool(places),
    }


def _with_problems(
    groups: list[tuple[Any, list[Box]]], place: str, problems: dict[str, list[Any]]
) -> tuple[list[tuple[Any, list[Box]]], set[str]]:
    """The boxes with what is wrong beside each, and the places that were told so."""
    seen = set()
    for _head, boxes in groups:
        for box in boxes:
            where = f"{place}{box.place}" if box.place.startswith("[") else f"{place}.{box.place}"
            if box.place and where in problems:
                box.problems = problems[where]
                seen.add(where)
    return groups, seen


def _tried(request: Request, draft: catalogue.Draft) -> dict[str, Any]:
    """The questions that the fee goes by, and the quote for the answers that were given."""
    try:
        service = catalogue.service_of(draft.documents, code=draft.code)
    except Invalid:
        return {"sample": None}
    fee = service.fee_on(today()) if service.fees else service.fee
    asked = service.form.get("properties") or {}
    names = sorted(name for name in catalogue.fee_questions(fee) if isinstance(asked.get(name), dict))
    answers = {name: _answer(asked[name], request.GET.get(f"{TRY}{name}", "")[:100]) for name in names}
    given = {name: value for name, value in answers.items() if value not in ("", None)}
    found: dict[str, Any] = {"sample": [_question(name, asked[name], answers[name]) for name in names]}
    if names and not given:
        return found
    try:
        quote = catalogue.quote_by(service, given, on=today())
    except catalogue.FeeNeedsAnswer as fault:
        label = text((asked.get(fault.field) or {}).get("x-label") or {}) or fault.field
        return {**found, "lacks": _("The fee needs an answer to: %s") % label}
    return {
        **found,
        "quote": quote,
        "quoted": [
            (
                text(line.name),
                text(line.because),
                catalogue.money_said(line.amount, line.currency),
                text(line.law),
            )
            for line in quote.lines
        ],
        "quote_total": catalogue.money_said(quote.total, quote.currency),
    }


def _answer(question: dict[str, Any], typed: str) -> Any:
    if question.get("type") == "integer":
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else None
    if question.get("type") == "boolean":
        return {"true": True, "false": False}.get(typed)
    return typed


def _question(name: str, question: dict[str, Any], value: Any) -> dict[str, Any]:
    labels = question.get("x-labels") or {}
    options = [(one, text(labels.get(one, {})) or one) for one in question.get("enum") or ()]
    if question.get("type") == "boolean":
        options = [("true", _("Yes")), ("false", _("No"))]
    return {
        "name": f"{TRY}{name}",
        "label": text(question.get("x-label") or {}) or name,
        "options": [("", "–"), *options] if options else (),
        "type": "date" if question.get("format") == "date" else "text",
        "value": str(value).lower() if isinstance(value, bool) else "" if value is None else value,
    }
