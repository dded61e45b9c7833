"""What an experiment found, as its page draws it: measures, curves, counters, who would be refused, groups."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from onedoor.domain.access import api as access
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.planning import api as planning
from onedoor.doors.console.laboratory_errors import beside_of, lane_rows, pair, people_of
from onedoor.doors.console.laboratory_words import (
    GROUPS,
    claim_row,
    group_value,
    headline,
    secret,
    told_of,
    why,
)
from onedoor.kernel.i18n import format_number, text
from onedoor.kernel.money import format_kip

PLOT = (600, 240)


def found(view: planning.ExperimentView) -> dict[str, Any]:
    """The result as the page draws it."""
    held = view.result
    rows = [claim_row(claim) for claim in held["claims"] if claim["n"]]
    provinces = {unit.code: unit.name for unit in access.units(kind="province")}
    questions = {
        name: about.get("x-label") or {} for name, about in view.service.form.get("properties", {}).items()
    } | held.get("questions", {})
    papers = held.get("papers", {})
    demands = {each.code: each.words for each in view.service.eligibility} | held.get("demands", {})
    return {
        "rows": rows,
        "finding": headline(rows),
        "still_open": held.get("open", 0),
        "plot": _plot(held["plot"]),
        "points": held["plot"],
        "size": PLOT,
        "lanes": lane_rows(held["lanes"], role_names()),
        "refusals": [
            _refusals(view, kind, label, questions, demands)
            | {"span": next((row["span"] for row in rows if row["code"] == kind), "")}
            for kind, label in (
                ("newly", _("Would be refused now")),
                ("no_longer", _("Would no longer be refused")),
            )
        ],
        "new_papers": [
            {"name": text(papers.get(code, {})) or code, "n": secret(count)}
            for code, count in held["new_papers"].items()
        ],
        "groups": [
            {
                **row,
                "label": GROUPS[row["group"]],
                "name": group_value(row["group"], row["value"], provinces),
                "figures": [
                    pair(row.get(f"{code}_now"), row.get(f"{code}_then"), row.get(f"{code}_error"))
                    for code in ("days", "trips", "refused")
                ],
            }
            for row in held["groups"]
        ],
        "money": [
            {
                "label": _("version in force") if key == "now" else _("this version"),
                "cost": format_kip(one["cost"]),
                "unit": format_kip(one["unit_cost"]),
                "covered": format_number(one["covered"], places=1),
                "error": pair(None, one["covered"], one.get("covered_error"))["error"],
            }
            for key, one in held.get("money", {}).items()
        ],
        "smallest": monitoring.SMALLEST,
        "n": held["n"],
        "stuck": held["stuck"]["then"],
        "seeds": held["seeds"],
        "waiting_share": format_number(100 * held.get("waiting", 0), places=0),
        "several_editions": held.get("editions", 1) > 1,
        "told": [*told_of(held), *beside_of(held)],
        "people_told": people_of(held),
    }


def _refusals(
    view: planning.ExperimentView, kind: str, label: str, questions: dict[str, Any], demands: dict[str, Any]
) -> dict[str, Any]:
    """Whom it concerns: numbers of cases that one may open, and how many others there are."""
    held, count = view.result["refused"][kind], view.result["refused"][f"{kind}_count"]
    seen = [
        {
            "number": view.numbers[UUID(row["case"])],
            "why": why(row["why"], questions=questions, demands=demands),
        }
        for row in held
        if UUID(row["case"]) in view.numbers
    ]
    return {
        "label": label,
        "count": format_number(count) if seen else secret(count),
        "any": count > 0,
        "seen": seen,
        "others": secret(count - len(seen)) if count > len(seen) else "",
    }


def _plot(points: list[dict[str, float]]) -> dict[str, Any]:
    """Three curves: the share answered within so many days, on an axis on which early days have more room."""
    wide, high = PLOT
    step = wide / max(1, len(points) - 1)
    return {
        "lines": {
            name: " ".join(
                f"{place * step:.1f},{high - high * point[name] / 100:.1f}"
                for place, point in enumerate(points)
            )
            for name in ("fact", "now", "then")
        },
        "band": _band(points, step),
        "ticks": [
            {"x": f"{place * step:.1f}", "text": format_number(point["days"])}
            for place, point in enumerate(points)
            if place % 2 == 0
        ],
        "rows": [
            {
                "days": format_number(point["days"]),
                **{name: format_number(point[name], places=0) for name in ("fact", "now", "then")},
                "error": f"± {format_number(point['error'], places=1)}" if "error" in point else "",
            }
            for point in points
        ],
    }


def _band(points: list[dict[str, float]], step: float) -> str:
    """The error on both sides of the curve of this version, as one shape."""
    high = PLOT[1]
    ends = [
        [
            f"{place * step:.1f},{high - high * min(100, max(0, point['then'] + side * point.get('error', 0))) / 100:.1f}"
            for place, point in enumerate(points)
        ]
        for side in (1, -1)
    ]
    return " ".join([*ends[0], *reversed(ends[1])])


def role_names() -> dict[str, Any]:
    """The names of roles, by code."""
    return {role.code: role.name for role in access.roles()}
