"""Key figures: by centre, service, ministry, channel, month and by what is known of people; plot, table, print and CSV."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.access.api import today
from onedoor.domain.monitoring import api as monitoring
from onedoor.doors.console.words import (
    VERDICT_TAGS,
    VERDICTS,
    finding,
    interval_text,
    line_name,
    period_text,
    value_text,
)
from onedoor.kernel.clock import now
from onedoor.kernel.i18n import format_number, text
from onedoor.kernel.scope import needs
from onedoor.ui.csv import download

FIELDS = ("measure", "period", "province", "centre", "ministry", "service")
TRAITS = ("sex", "age", "disability", "language")
YEARS, MONTHS, PLOTTED = 4, 12, 25
HUNDRED = 1000  # the drawing's width


@needs("monitoring.see")
@never_cache
@require_safe
def page(request: Any) -> HttpResponse:
    """The plot with its table; the title says what it shows."""
    report = monitoring.report(by=request.actor, at=now(), asked=_asked(request))
    plotted = _plot(report)
    context = {
        "tab": "figures",
        "report": report,
        "group": report.group,
        "grouping": monitoring.GROUPINGS[report.group],
        "finding": finding(report),
        "period": period_text(report.period),
        "bars": plotted[:PLOTTED],
        "left_out": max(0, len(plotted) - PLOTTED),
        "table": [_cells(line, report) for line in report.lines],
        "total": _cells(monitoring.Line(key="", name=None, figures=report.total), report)
        if report.total
        else None,
        "standard_at": report.limit.share * HUNDRED // 100 if report.limit else None,
        "of_cases": report.group in TRAITS,
        "secret": any(line.secret for line in report.lines),
        "error": monitoring.ERROR_PERCENT,
        "smallest": monitoring.SMALLEST,
        "n": sum(line.figures.n(report.measure.code) for line in report.lines),
        **_choices(request, report),
    }
    return render(request, "console/figures.html", context)


@needs("monitoring.see")
@never_cache
@require_safe
def table(request: Any) -> HttpResponse:
    """The same table for a spreadsheet, in the reader's language."""
    report = monitoring.report(by=request.actor, at=now(), asked=_asked(request))
    measures = _measures(report)
    head = [str(monitoring.GROUPINGS[report.group]), _("Code"), _("Period")]
    for measure in measures:
        head.append(f"{measure.label} ({_unit(measure)})" if _unit(measure) else str(measure.label))
        if measure.kind != "count":
            head.append(f"{measure.label}: n")
        if measure.kind == "share":
            head += [f"{measure.label}: {_('95 %, from')}", f"{measure.label}: {_('95 %, to')}"]
    rows = []
    for line in report.lines:
        row: list[str | int | float | None] = [line_name(line), line.key, report.period.code]
        for measure in measures:
            row += _numbers(line, measure, report)
        rows.append(row)
    return download(f"onedoor-{report.group}-{report.period.code}", head, rows)


def _asked(request: HttpRequest) -> monitoring.Asked:
    said = {name: request.GET.get(name, "")[:80] for name in FIELDS}
    return monitoring.Asked(
        group=request.GET.get("by", "")[:20] or "centre",
        **{**said, "measure": said["measure"] or "wait_median"},
    )


def _measures(report: monitoring.Report) -> list[monitoring.Measure]:
    """The columns: what is known of people is known of their cases only."""
    every = list(monitoring.MEASURES.values())
    return [one for one in every if one.code in monitoring.OF_CASES] if report.group in TRAITS else every


def _unit(measure: monitoring.Measure) -> str:
    return {"minutes": _("min"), "days": _("days"), "share": "%"}.get(measure.kind, "")


def _too_few(line: monitoring.Line, measure: monitoring.Measure, report: monitoring.Report) -> bool:
    """Whether a figure about a group of people is made of too few of them, though the group is large enough."""
    few = line.figures.n(measure.code) < monitoring.SMALLEST
    return report.group in TRAITS and measure.kind != "count" and few


def _numbers(
    line: monitoring.Line, measure: monitoring.Measure, report: monitoring.Report
) -> list[str | int | float | None]:
    """A measure's cells: plain numbers with a point, nothing where too few people stand behind them."""
    figures, code = line.figures, measure.code
    if line.secret or _too_few(line, measure, report):
        return [None] * (1 if measure.kind == "count" else 4 if measure.kind == "share" else 2)
    value, n = figures.value(code), figures.n(code)
    if measure.kind == "count":
        return [int(value or 0)]
    if measure.kind == "share":
        low, high = figures.interval(code) or (None, None)
        shares = [None if one is None else round(one * 100, 2) for one in (value, low, high)]
        return [shares[0], n, shares[1], shares[2]]
    return [None if value is None else round(value, 2), n]


def _plot(report: monitoring.Report) -> list[dict[str, Any]]:
    """The bars: months as they come, everything else with what needs a look first."""
    code, measure = report.measure.code, report.measure
    held = [
        (line, line.figures.value(code))
        for line in report.lines
        if not line.secret and not _too_few(line, measure, report)
    ]
    shown = [(line, value) for line, value in held if value is not None]
    top = 1.0 if measure.kind == "share" else max((value for _line, value in shown), default=0) or 1.0
    if report.group not in ("month", "age"):
        shown.sort(key=lambda pair: pair[1], reverse=measure.up is not True)
    return [
        {
            "name": line_name(line),
            "width": int(HUNDRED * value / top),
            "text": value_text(measure, value),
            "n": line.figures.n(code),
            "verdict": line.figures.verdict(code, report.limits),
            "word": VERDICTS[line.figures.verdict(code, report.limits)],
            "reach": [int(HUNDRED * one) for one in line.figures.interval(code) or ()],
            "interval": interval_text(line.figures.interval(code)),
        }
        for line, value in shown
    ]


def _cells(line: monitoring.Line, report: monitoring.Report) -> dict[str, Any]:
    cells = []
    for measure in _measures(report):
        if _too_few(line, measure, report):
            cells.append({"label": measure.label, "text": "–", "chosen": measure.code == report.measure.code})
            continue
        verdict = line.figures.verdict(measure.code, report.limits)
        cells.append(
            {
                "label": measure.label,
                "text": value_text(measure, line.figures.value(measure.code)),
                "n": format_number(n)
                if (n := line.figures.n(measure.code)) and measure.kind != "count"
                else "",
                "interval": interval_text(line.figures.interval(measure.code)),
                "tag": VERDICT_TAGS[verdict],
                "word": VERDICTS[verdict],
                "chosen": measure.code == report.measure.code,
            }
        )
    return {"name": line_name(line) if line.key or line.name else "", "secret": line.secret, "cells": cells}


def _choices(request: HttpRequest, report: monitoring.Report) -> dict[str, Any]:
    """What the filters offer, and the addresses that keep what was chosen."""
    sight, year = report.sight, today().year
    months, one = [], monitoring.Period("m", report.period.first.replace(day=1))
    if report.period.grain == "y":
        one = monitoring.Period("m", min(today(), report.period.last).replace(day=1))
    for _step in range(MONTHS):
        months.append((one.code, period_text(one)))
        one = one.before()
    kept = {name: request.GET[name] for name in ("by", *FIELDS) if request.GET.get(name)}
    return {
        "groupings": monitoring.GROUPINGS.items(),
        "measures": _measures(report),
        "years": [str(year - back) for back in range(YEARS)],
        "months": months,
        "provinces": [(unit.code, text(unit.name)) for unit in sight.provinces()],
        "centres": [(view.code, text(view.name)) for view in sight.centres],
        "ministries": [(unit.code, text(unit.name)) for unit in sight.ministries()],
        "services": [(view.code, text(view.name)) for view in sight.services],
        "chosen": {name: request.GET.get(name, "") for name in FIELDS},
        "csv": f"?{urlencode(kept)}" if kept else "",
    }
