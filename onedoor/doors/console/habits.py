"""Papers asked by habit: by ministry and service, those for which no law is named; a head of a ministry sees that ministry's."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.access.api import unit
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.i18n import sort_key, text
from onedoor.kernel.scope import needs
from onedoor.ui.csv import download
from onedoor.ui.request import Request

READ = "catalogue.read"
FORMS = {
    "original": gettext_lazy("The original"),
    "copy": gettext_lazy("A copy"),
    "held": gettext_lazy("The state has it"),
}


@needs(READ)
@never_cache
@require_safe
def page(request: Request) -> HttpResponse:
    """Each ministry with its services, each with the papers that no law asks for."""
    groups: dict[str, list[catalogue.Habit]] = {}
    for one in _sorted(catalogue.papers_by_habit(by=request.actor)):
        groups.setdefault(text(unit(one.authority).name), []).append(one)
    ministries: list[dict[str, Any]] = [
        {"name": name, "rows": rows, "count": sum(len(one.papers) for one in rows)}
        for name, held in groups.items()
        if (rows := [one for one in held if one.papers])
    ]
    every = [one for held in groups.values() for one in held]
    context = {
        "tab": "services",
        "ministries": ministries,
        "count": sum(each["count"] for each in ministries),
        "services": len(every),
        "asked": sum(len(one.service.papers) for one in every),
    }
    return render(request, "console/habits.html", context)


@needs(READ)
@never_cache
@require_safe
def table(request: Request) -> HttpResponse:
    """The same for a spreadsheet, a row for each paper."""
    head = [
        _("Ministry"),
        _("Service"),
        _("Code"),
        _("Paper"),
        _("Code"),
        _("Form"),
        _("Required"),
        _("Demonstration"),
    ]
    yes = {True: _("Yes"), False: _("No")}
    rows = [
        [
            text(unit(one.authority).name),
            text(one.service.name),
            one.service.code,
            text(paper.name),
            paper.code,
            str(FORMS.get(paper.form, "")),
            yes[paper.required],
            yes[paper.demonstration],
        ]
        for one in _sorted(catalogue.papers_by_habit(by=request.actor))
        for paper in one.papers
    ]
    return download("papers", head, rows)


def _sorted(found: list[catalogue.Habit]) -> list[catalogue.Habit]:
    """By ministry and service, as the reader's language orders them."""
    return sorted(
        found, key=lambda one: (sort_key(text(unit(one.authority).name)), sort_key(text(one.service.name)))
    )
