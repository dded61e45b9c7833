"""The Monday page: one sheet for the network's owner, on the screen, on paper, and as a PDF in Lao."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.domain.documents import api as documents
from onedoor.domain.monitoring import api as monitoring
from onedoor.doors.console.words import interval_text, value_text
from onedoor.kernel.clock import now
from onedoor.kernel.i18n import spoken
from onedoor.kernel.scope import needs

SHOWN, COMPLAINTS = 6, 3  # of each kind, so that the sheet stays one sheet
COMPARED = ("served", "wait_median", "wait_share", "done", "on_time", "satisfied")


@needs("monitoring.see")
@never_cache
@require_safe
def page(request: Any) -> HttpResponse:
    """The sheet on the screen; it prints on one page."""
    return render(request, "console/monday.html", _sheet(request))


@needs("monitoring.see")
@never_cache
@require_safe
def sheet(request: Any) -> HttpResponse:
    """The sheet as a PDF, always in Lao."""
    with spoken("lo"):
        context = _sheet(request)
        html = render_to_string("console/monday_sheet.html", context)
        css = render_to_string("console/monday_sheet.css", {})
    pdf = documents.typeset_report(html=html, css=css)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="onedoor-{context["week"].first:%Y-%m-%d}.pdf"'
    return response


def _sheet(request: Any) -> dict[str, Any]:
    at = now()
    week = monitoring.monday(by=request.actor, at=at)
    return {
        "tab": "monday",
        "at": at,
        "week": week,
        "figures": [_compared(code, week) for code in COMPARED],
        "silent": week.silent[:SHOWN],
        "silent_without": sum(not one.holders for one in week.silent),
        "silent_more": max(0, len(week.silent) - SHOWN),
        "missed": [_missed(one) for one in week.missed[:SHOWN]],
        "missed_more": max(0, len(week.missed) - SHOWN),
        "overdue": week.overdue[:SHOWN],
        "overdue_more": max(0, len(week.overdue) - SHOWN),
        "unanswered": week.unanswered[:COMPLAINTS],
        "unanswered_more": max(0, len(week.unanswered) - COMPLAINTS),
        "promises": _promises(week),
        "error": monitoring.ERROR_PERCENT,
        "demonstration": any(limit.demonstration for limit in week.limits.values()),
    }


def _promises(week: monitoring.Monday) -> list[dict[str, Any]]:
    """The ministries that did not keep what they promised to the centres that one watches, those with most first."""
    seen = {view.id for view in week.sight.centres}
    services = {view.id for view in week.sight.services}
    found: dict[Any, int] = {}
    for one in centres.commitments(services=services):
        for promise in one.promises:
            offers = next((view.offers for view in week.sight.centres if view.id == promise.centre), ())
            standing, _since = centres.standing_of(one, promise, offers, on=access.today())
            if promise.centre in seen and standing == "missed":
                found[one.authority] = found.get(one.authority, 0) + 1
    acting = access.holders(found, permission="centres.offer")
    worst = sorted(found.items(), key=lambda pair: (-pair[1], access.unit(pair[0]).code))
    return [
        {"ministry": access.unit(authority), "number": number, "holders": acting[authority]}
        for authority, number in worst[:SHOWN]
    ]


def _compared(code: str, week: monitoring.Monday) -> dict[str, Any]:
    measure = monitoring.MEASURES[code]
    return {
        "label": measure.label,
        "now": value_text(measure, week.figures.value(code)),
        "before": value_text(measure, week.before.value(code)),
        "n": week.figures.n(code) if measure.kind != "count" else None,
        "limit": week.limits.get(measure.standard),
        "verdict": week.figures.verdict(code, week.limits),
    }


def _missed(one: monitoring.Missed) -> dict[str, Any]:
    measure = monitoring.MEASURES[one.measure]
    return {
        "of": one,
        "label": measure.label,
        "text": value_text(measure, one.figures.value(one.measure)),
        "interval": interval_text(one.figures.interval(one.measure)),
        "n": one.figures.n(one.measure),
    }
