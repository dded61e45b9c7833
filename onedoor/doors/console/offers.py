"""Which service is offered where: the matrix with its gaps, on the screen, on paper and for a spreadsheet; one ministry."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.monitoring import api as monitoring
from onedoor.doors.console.offers_words import SIGNS, STANDINGS, STATES, cell_text, promise_rows, province_of
from onedoor.kernel.errors import Missing
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import needs
from onedoor.ui.csv import download
from onedoor.ui.request import Request

WORST = ("missed", "gap", "promised", "pilot", "some", "offered")


@needs("monitoring.see")
@never_cache
@require_safe
def matrix(request: Request) -> HttpResponse:
    """Services by provinces, or by the centres of one province; what is missing is said in words."""
    asked = _asked(request)
    found: centres.Coverage = asked["found"]
    columns = _columns(asked)
    rows = [_row(one, columns, found, asked["people"]) for one in asked["services"]]
    context = {
        "tab": "offers",
        "columns": columns,
        "groups": _grouped(rows),
        "counts": [(SIGNS[state], STATES[state], number, state) for state, number in found.counts().items()],
        "share": found.share(),
        "missed": _missed(found),
        **asked,
    }
    return render(request, "console/offers/matrix.html", context)


@needs("monitoring.see")
@never_cache
@require_safe
def table(request: Request) -> HttpResponse:
    """Every service at every centre, a line each, for a spreadsheet."""
    asked = _asked(request)
    found: centres.Coverage = asked["found"]
    head = [
        _("Service"), _("Code of the service"), _("Ministry"), _("Province"), _("Centre"), _("Code of the centre"),
        _("State"), _("In words"), _("People a day"), _("Promised for"), _("Last day on which it is offered"), _("Demonstration"),
    ]  # fmt: skip
    lines = []
    for service in asked["services"]:
        for view in asked["views"]:
            cell = found.cell(service.id, view.id)
            province, ministry = province_of(view), access.unit(service.authority)
            lines.append(
                [
                    text(service.name), service.code, text(ministry.name), text(province.name), text(view.name),
                    view.code, cell.state, cell_text(cell), cell.capacity,
                    cell.by.isoformat() if cell.by else None, cell.ends.isoformat() if cell.ends else None,
                    _("yes") if cell.demonstration else _("no"),
                ]
            )  # fmt: skip
    return download("coverage", head, lines)


@needs("monitoring.see")
@never_cache
@require_safe
def ministry(request: Request, ministry: str) -> HttpResponse:
    """One ministry: its services, how far each reaches, and what it promised."""
    unit = access.unit_by_code(ministry)
    if unit.tree != "authority":
        raise Missing
    own = access.descendants(unit.id)
    day = access.today()
    services = [one for one in catalogue.services() if one.authority in own]
    found = centres.coverage([one.id for one in services], on=day)
    promises = promise_rows(centres.commitments(services=[one.id for one in services]), on=day)
    names = {one.id: one for one in services}
    for row in promises:
        row["service"] = names.get(row["service_id"])
    standings = [place["standing"] for row in promises for place in row["places"]]
    context = {
        "tab": "offers",
        "unit": unit,
        "share": found.share(),
        "reaches": [_reach(one, found) for one in services],
        "promises": promises,
        "standings": [
            (STANDINGS[one], standings.count(one), one) for one in ("kept", "late", "missed", "open")
        ],
        "may": any(
            centres.may_offer(request.actor, authority=one.authority, centre=one.id) for one in services
        ),
        "today": day,
    }
    return render(request, "console/offers/ministry.html", context)


def _asked(request: Request) -> dict[str, Any]:
    """What the filters chose: services, centres, and the matrix of both. What is unknown is a 404."""
    province, ministry = request.GET.get("province", ""), request.GET.get("ministry", "")
    every, day = catalogue.services(), access.today()
    if province and access.unit_by_code(province).kind != "province":
        raise Missing
    own = access.descendants(access.unit_by_code(ministry).id) if ministry else None
    services = [one for one in every if own is None or one.authority in own]
    views = [one for one in centres.centres() if not province or province_of(one).code == province]
    areas = centres.areas()
    return {
        "services": services,
        "views": views,
        "found": centres.coverage([one.id for one in services], on=day, among={one.id for one in views}),
        "people": {unit: area.population for unit, area in areas.items() if area.population is not None},
        "years": sorted({area.year for area in areas.values() if area.year}),
        "province": province,
        "ministry": ministry,
        "provinces": access.units(kind="province"),
        "ministries": sorted({access.unit(one.authority) for one in every}, key=lambda one: one.code),
        "today": day,
        "query": request.GET.urlencode(),
    }


def _columns(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The columns: provinces, or the centres of the one that was chosen."""
    if asked["province"]:
        return [
            {"code": view.code, "label": text(view.name), "name": text(view.name), "centres": [view.id]}
            for view in asked["views"]
        ]
    short = {one.unit: text(one.label) for one in monitoring.tiles()}
    below: dict[UUID, list[UUID]] = {}
    for view in asked["views"]:
        below.setdefault(province_of(view).id, []).append(view.id)
    return [
        {
            "code": unit.code,
            "unit": unit.id,
            "label": short.get(unit.id, text(unit.name)),
            "name": text(unit.name),
            "centres": below.get(unit.id, []),
        }
        for unit in asked["provinces"]
    ]


def _row(
    service: catalogue.ServiceView,
    columns: list[dict[str, Any]],
    found: centres.Coverage,
    people: dict[UUID, int],
) -> dict[str, Any]:
    cells = [_cell(service.id, column, found) for column in columns]
    without = [people.get(column["unit"], 0) for column, cell in zip(columns, cells, strict=True) if
               "unit" in column and not cell["served"]]  # fmt: skip
    return {
        "service": service,
        "cells": cells,
        "share": found.share(services=[service.id]),
        "without": sum(without),
        "provinces": len(without),
    }


def _cell(service: UUID, column: dict[str, Any], found: centres.Coverage) -> dict[str, Any]:
    """A centre's cell, or a province's: how many of its centres offer the service, and the state that needs a look most."""
    held = [found.cell(service, centre) for centre in column["centres"]]
    served = sum(one.served for one in held)
    label = column["name"]
    if len(held) == 1 and "unit" not in column:
        state, words = held[0].state, cell_text(held[0])
        shown = SIGNS[state]
    else:
        states = [one.state for one in held] or ["gap"]
        missing = [one for one in states if one not in ("offered", "some", "pilot")]
        state = "gap" if not served else next(one for one in reversed(WORST) if one in states)
        state = (
            "missed" if "missed" in missing else "promised" if not served and "promised" in missing else state
        )
        shown = f"{served}/{len(held)}" if held else "–"
        words = ngettext(
            "%(served)s of %(all)s centre; %(state)s", "%(served)s of %(all)s centres; %(state)s", len(held)
        ) % {"served": served, "all": len(held), "state": STATES[state]}
    return {
        "label": label,
        "state": state,
        "words": words,
        "shown": shown,
        "served": served,
        "full": bool(served) and state not in ("missed", "promised"),
    }


def _grouped(rows: list[dict[str, Any]]) -> list[tuple[access.Unit, list[dict[str, Any]], centres.Share]]:
    """The rows by ministry, each with its share."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["service"].authority, []).append(row)
    return [
        (
            access.unit(authority),
            held,
            centres.Share(
                served=sum(row["share"].served for row in held),
                missed=sum(row["share"].missed for row in held),
                cells=sum(row["share"].cells for row in held),
            ),
        )
        for authority, held in sorted(found.items(), key=lambda pair: access.unit(pair[0]).code)
    ]


def _missed(found: centres.Coverage) -> int:
    return found.counts()["missed"]


def _reach(service: catalogue.ServiceView, found: centres.Coverage) -> dict[str, Any]:
    """How far one service reaches: centres, provinces, and the centres that have it."""
    views = [view for view in centres.centres() if found.cell(service.id, view.id).served]
    return {
        "service": service,
        "share": found.share(services=[service.id]),
        "provinces": len({province_of(view).id for view in views}),
        "places": [
            (view.code, text(view.name), cell_text(found.cell(service.id, view.id))) for view in views
        ],
    }
