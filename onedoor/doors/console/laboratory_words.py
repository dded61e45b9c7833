"""What the reform laboratory says: measures with their errors, what was changed and assumed, why somebody would be refused."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.planning import api as planning
from onedoor.doors.console.words import VALUES
from onedoor.kernel.i18n import format_number, text
from onedoor.kernel.money import format_kip

LABELS = {
    "days_median": gettext_lazy("Days to the answer: half of the cases within"),
    "days_p90": gettext_lazy("Days to the answer: nine of ten within"),
    "on_time": gettext_lazy("Answered on time"),
    "trips": gettext_lazy("Trips of an applicant"),
    "hall": gettext_lazy("Waiting in the hall"),
    "counters": gettext_lazy("People needed at the counters on nine of ten days"),
    "beside": gettext_lazy("Work on other services: hours until it was done"),
    "refused": gettext_lazy("Refused or not accepted"),
    "newly": gettext_lazy("Were not refused, and would be now"),
    "no_longer": gettext_lazy("Were refused, and would not be now"),
    "revenue": gettext_lazy("State fees"),
}
BETTER = {
    "days_median": -1,
    "days_p90": -1,
    "on_time": 1,
    "trips": -1,
    "hall": -1,
    "counters": -1,
    "beside": -1,
    "newly": -1,
}
GROUPS = {
    "province": gettext_lazy("Province"),
    "sex": gettext_lazy("Sex"),
    "age": gettext_lazy("Age"),
    "channel": gettext_lazy("Filled in"),
}
CHANNELS = {
    "portal": gettext_lazy("at home, on the portal"),
    "kiosk": gettext_lazy("at a kiosk"),
    "phone": gettext_lazy("by telephone"),
    "counter": gettext_lazy("at the counter"),
}
FAULTS = {
    "not_permitted": gettext_lazy("Whoever asked for it is no longer permitted to."),
    "out_of_reach": gettext_lazy("Whoever asked for it is no longer permitted to."),
    "tables_have_gaps": gettext_lazy("With this change the tables of the service no longer hold."),
    "service_is_not_complete": gettext_lazy(
        "The version cannot be read: look at it where services are written."
    ),
}
SAID = {
    "days_median": "days",
    "days_p90": "days",
    "on_time": "share",
    "refused": "share",
    "trips": "number",
    "hall": "minutes",
    "counters": "number",
    "beside": "hours",
    "newly": "people",
    "no_longer": "people",
}
SHORT = 1.0
"""Days below which hours are told, as a tenth of a day says little."""
COUNTED = ("newly", "no_longer")


def amount(code: str, value: float | None) -> str:
    """A figure with its unit; a dash where there is none."""
    if value is None:
        return "–"
    kind = SAID.get(code, "money")
    if kind == "money":
        return format_kip(round(value))
    if kind == "share":
        return f"{format_number(value, places=1)} %"
    if kind == "people":
        return format_number(value, places=0)
    if kind == "minutes":
        return _("%(number)s min") % {"number": format_number(value, places=1)}
    if kind == "hours":
        return _("%(number)s h") % {"number": format_number(value, places=1)}
    if kind == "number":
        return format_number(value, places=2)
    if abs(value) < SHORT:
        return _("%(number)s h") % {"number": format_number(24 * value, places=1)}
    return ngettext("%(number)s day", "%(number)s days", 2) % {"number": format_number(value, places=1)}


def signed(code: str, value: float | None) -> str:
    """A change with its sign; what is shown as nothing has none."""
    if value is None:
        return "–"
    said = amount(code, abs(value))
    if said == amount(code, 0.0):
        return said
    return f"{'+' if value > 0 else '−'}{said}"


def claim_row(claim: Mapping[str, Any]) -> dict[str, Any]:
    """One measure as a page shows it."""
    code, change, error = claim["code"], claim["change"], claim["error"]
    few = _few(claim)
    apart = claim["told_apart"]
    better = BETTER.get(code, 0) * (change or 0)
    return {
        "code": code,
        "label": LABELS[code],
        "n": _behind(code, claim["n"]),
        "fact": amount(code, claim["fact"]),
        "now": amount(code, claim["now"]),
        "then": secret(round(claim["then"])) if few else amount(code, claim["then"]),
        "change": "–" if few else signed(code, change),
        "error": "–" if few else amount(code, error),
        "span": ""
        if few or change is None
        else _("from %(least)s to %(most)s")
        % {"least": signed(code, _least(code, claim)), "most": signed(code, change + error)},
        "missed": signed(code, claim["missed"]),
        "mae": amount(code, claim["mae"]),
        "apart": apart,
        "tag": ("good" if better > 0 else "bad" if better < 0 else "warn") if apart else "",
        "word": _("a change") if apart else _("not told apart from none"),
        "known": claim["n"] > 0,
    }


def plain_figures(claim: Mapping[str, Any]) -> list[float | None]:
    """For a spreadsheet: in fact, replayed, in this version, the difference, its error and its ends, what was missed, by case."""
    change, keys = claim["change"], ("fact", "now", "then", "change", "error", "missed", "mae")
    fact, now, then, _change, error, missed, mae = (claim[key] for key in keys)
    if _few(claim) or change is None:
        return [fact, now, None, None, None, None, None, missed, mae]
    return [fact, now, then, change, error, _least(claim["code"], claim), change + error, missed, mae]


def _few(claim: Mapping[str, Any]) -> bool:
    """Whether it counts so few people that their number is not told."""
    return claim["code"] in COUNTED and 0 < (claim["then"] or 0) < monitoring.SMALLEST


def _least(code: str, claim: Mapping[str, Any]) -> float:
    """The lower end of a change: nobody can be refused less than not at all."""
    least = float(claim["change"] - claim["error"])
    return max(least, 0.0) if code in COUNTED else least


def _behind(code: str, number: int) -> str:
    """How much stands behind a measure: cases, of the counters days, of other services steps."""
    if code == "beside":
        return ngettext("%(number)s step", "%(number)s steps", number) % {"number": format_number(number)}
    if code == "counters":
        return ngettext("%(number)s day", "%(number)s days", number) % {"number": format_number(number)}
    return ngettext("%(number)s case", "%(number)s cases", number) % {"number": format_number(number)}


def secret(count: int) -> str:
    """A number of people; of few of them only that they are few."""
    if 0 < count < monitoring.SMALLEST:
        return _("fewer than %(number)s") % {"number": monitoring.SMALLEST}
    return format_number(count)


def told_of(result: Mapping[str, Any]) -> list[str]:
    """What the cases were that were replayed, as sentences."""
    found = []
    if number := result.get("open", 0):
        found.append(
            ngettext(
                "%(number)s case is still open: it is work for the same people, and counts as long as it waited so far.",
                "%(number)s cases are still open: they are work for the same people, and count as long as they waited so far.",
                number,
            )
            % {"number": format_number(number)}
        )
        found.append(_("What open cases still have before them is drawn from cases that lay as long."))
    if number := result.get("prepared", 0):
        found.append(
            ngettext(
                "%(number)s case was filled in before its applicant stood at the counter.",
                "%(number)s cases were filled in before their applicants stood at the counter.",
                number,
            )
            % {"number": format_number(number)}
        )
    if result.get("tickets"):
        found.append(
            _(
                "The hall is gone through again with all who waited there, for whatever service. Files begin when they did."
            )
        )
    if not result.get("log") and not any(one["code"] == "revenue" and one["n"] for one in result["claims"]):
        found.append(_("State fees are not reckoned: the fee has not been set."))
    if not result.get("tickets") and not result.get("log"):
        found.append(_("No tickets tell how long applicants waited in the hall."))
    return found


def headline(rows: Sequence[Mapping[str, Any]]) -> str:
    """What the experiment shows, in one sentence."""
    apart = [row for row in rows if row["apart"] and row["known"]]
    if not apart:
        return _("No change that can be told apart from none")
    parts = [
        _("%(measure)s: %(now)s → %(then)s")
        % {"measure": row["label"], "now": row["now"], "then": row["then"]}
        for row in apart[:2]
    ]
    return " · ".join(parts)


def tried(
    view: planning.ExperimentView,
    *,
    papers: Mapping[str, Any],
    steps: Mapping[str, Any],
    roles: Mapping[str, Any],
) -> list[str]:
    """What was tried, as sentences."""
    change, found = view.change, []
    if view.kind == "draft":
        found.append(_("The draft of this service, as it was then"))
    if view.kind == "edition":
        found.append(_("Another edition of this service"))
    if "paper" in change:
        name = text(papers[change["paper"]]) if change["paper"] in papers else change["paper"]
        found.append(_("“%(paper)s” is no longer asked for") % {"paper": name})
    for name in change.get("gone", ()):
        found.append(_("“%(step)s” is left out") % {"step": name})
    for pair in (change[key] for key in ("merge", "together") if key in change):
        first, second = (text(steps[one]) if one in steps else one for one in pair)
        found.append(_("“%(first)s” and “%(second)s” become one step") % {"first": first, "second": second})
    if "time" in change:
        found.append(_("The time allowed becomes %(number)s") % {"number": format_number(change["time"])})
    if "limit" in change:
        found.append(_limit(change))
    if "prepared" in change:
        found.append(
            _("%(number)s of a hundred who filled in at the counter come with a prepared application")
            % {"number": format_number(change["prepared"])}
        )
    for role, more in change.get("people", {}).items():
        found.append(
            ngettext(
                "%(role)s: %(number)s person at each office",
                "%(role)s: %(number)s people at each office",
                abs(more),
            )
            % {"role": text(roles.get(role, {})) or role, "number": f"{more:+d}"}
        )
    return found


def plain(number: Any) -> str:
    """A number that somebody typed, as numbers are written here; anything else as it is."""
    try:
        return format_number(Decimal(str(number)))
    except InvalidOperation:
        return str(number)


def assumed(view: planning.ExperimentView) -> list[str]:
    """What is assumed where nothing was seen, as sentences."""
    usual, said = planning.Assumptions(), view.assumptions
    rest = said.get("rest_hours", usual.rest_hours)
    found = [
        ngettext(
            "A step that is new, in a lane where nothing was done: %(work)s min of work, after %(rest)s office hour.",
            "A step that is new, in a lane where nothing was done: %(work)s min of work, after %(rest)s office hours.",
            1 if rest == 1 else 2,
        )
        % {
            "work": format_number(said.get("work_minutes", usual.work_minutes)),
            "rest": format_number(rest),
        },
        _("A paper more or less changes the time at the counter by %(number)s min.")
        % {"number": format_number(said.get("paper_minutes", usual.paper_minutes))},
    ]
    if "merge" in view.change:
        longer = said.get("merging") == "longer"
        found.append(
            _("A merged step takes the work of the longer of its parts, and lies once.")
            if longer
            else _("A merged step takes the work of both of its parts, and lies once.")
        )
    if said.get("errands"):
        found.append(_("To get a paper that only one of the versions asks for is a trip of its own."))
    found.append(
        _("Officers decide as they did. A return for a paper that is no longer asked for does not happen.")
    )
    if view.change.get("prepared"):
        minutes = said.get("prepared_minutes", usual.prepared_minutes)
        found.append(
            _(
                "A prepared application takes as long at the counter as others that were; where there were none, %(number)s min."
            )
            % {"number": format_number(minutes)}
        )
    if view.change.get("people"):
        found.append(
            _(
                "How long files waited for people cannot be seen: of all readings that fit what happened the middle one is taken."
            )
        )
        found.append(_("The error reaches to the reading that is most unlike it."))
    return found


def why(codes: Iterable[str], *, questions: Mapping[str, Any], demands: Mapping[str, Any]) -> str:
    """Why somebody would be refused, in words."""
    said = []
    for code in codes:
        kind, _slash, name = code.partition("/")
        if kind == "form":
            words = _("an answer that is not allowed: %(question)s") % {
                "question": text(questions.get(name) or {"lo": name, "en": name})
            }
        elif kind == "eligibility":
            words = text(demands[name]) if name in demands else name
        else:
            words = _("rule %(rule)s of %(decision)s") % {"rule": name, "decision": kind}
        said.append(words)
    return "; ".join(dict.fromkeys(said)) or _("by the process")


def group_value(group: str, value: str, provinces: Mapping[str, Any]) -> str:
    """The name of a group of people."""
    if group == "province":
        return text(provinces[value]) if value in provinces else value
    return str((CHANNELS if group == "channel" else VALUES).get(value, value))


def _limit(change: Mapping[str, Any]) -> str:
    old = plain(change["limit"].rpartition("/")[2])
    said = {"of": change.get("limit_of", ""), "old": old, "new": plain(change["limit_to"])}
    if said["of"]:
        return _("“%(of)s”: the limit %(old)s becomes %(new)s") % said
    return _("The limit %(old)s becomes %(new)s") % said
