"""How sure the laboratory is: figures with their errors, the load of other services, how far single people are told rightly."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onedoor.doors.console.laboratory_words import amount, secret
from onedoor.kernel.i18n import format_number, text


def beside_of(result: Mapping[str, Any]) -> list[str]:
    """What the same people did for other services, and how well it is known, as sentences."""
    if result.get("log") or "people" not in result:
        return [_("Work on other services by the same people is not in the load of an office.")]
    claim = next((one for one in result["claims"] if one["code"] == "beside" and one["n"]), None)
    if claim is None:
        return [_("In these days the same people worked on no other service.")]
    said = ngettext(
        "%(number)s step that the same people did for other services takes their time as it did, and waits too.",
        "%(number)s steps that the same people did for other services take their time as they did, and wait too.",
        claim["n"],
    )
    return [
        said % {"number": format_number(claim["n"])},
        _("The replay missed when they were done by %(number)s on average.")
        % {"number": amount("beside", claim["mae"])},
    ]


def people_of(result: Mapping[str, Any]) -> list[str]:
    """How far single people are told rightly, as sentences; nothing of results from before it was reckoned."""
    held = result.get("people")
    if not held:
        return []
    found = []
    for count, of, most, said in (
        (
            "wrongly",
            "passed",
            "wrongly_most",
            _(
                "Of %(of)s who were not refused, the replay of the version in force refuses %(number)s (at most %(most)s)."
            ),
        ),
        (
            "missed",
            "refused",
            "missed_most",
            _("Of %(of)s who were refused, it lets through %(number)s (at most %(most)s)."),
        ),
        (
            "trips_wrong",
            "trips",
            "trips_most",
            _("Of %(of)s whose trips are known, it tells another number of %(number)s (at most %(most)s)."),
        ),
    ):
        if held[of]:
            share = f"{format_number(held[most], places=1)} %"
            found.append(said % {"of": secret(held[of]), "number": secret(held[count]), "most": share})
    return found


def pair(now: float | None, then: float | None, error: float | None, *, places: int = 1) -> dict[str, str]:
    """A figure in both versions, with the error of its change where it is known."""
    said = ["–" if one is None else format_number(one, places=places) for one in (now, then)]
    return {
        "now": said[0],
        "then": said[1],
        "error": "" if error is None or then is None else f"± {format_number(error, places=places)}",
    }


def lane_rows(lanes: Iterable[Mapping[str, Any]], roles: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Work and people by role, as a page shows them."""
    return [
        {
            "name": text(roles[row["role"]]) if row["role"] in roles else row["role"] or "–",
            "figures": [
                pair(*_figure(row, "hours")),
                pair(*_figure(row, "waited")),
                pair(*_figure(row, "needed"), places=2),
            ],
            "beside": pair(None, row.get("beside"), row.get("beside_error")),
            "people": format_number(row["people"]),
        }
        for row in lanes
        if any(_figure(row, "hours")[:2])
    ]


def _figure(row: Mapping[str, Any], name: str) -> tuple[float | None, float | None, float | None]:
    """Now, then and the error of a row; results from before errors were reckoned have none."""
    held = row.get(name)
    if held is None:
        return row[f"{name}_now"], row[f"{name}_then"], None
    return held["now"], held["then"], held["error"]
