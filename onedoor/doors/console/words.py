"""What the console says: figures with their units, alerts with who must act, and the finding above a plot."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onedoor.domain.cases import api as cases
from onedoor.domain.monitoring import api as monitoring
from onedoor.kernel.i18n import format_number, text
from onedoor.kernel.i18n.shown import format_date

VALUES = {
    "kiosk": gettext_lazy("Kiosk"),
    "counter": gettext_lazy("Counter"),
    "online": gettext_lazy("Telephone or web"),
    "machine": gettext_lazy("Another system"),
    "system": gettext_lazy("The node itself"),
    "log": gettext_lazy("Imported log"),
    "female": gettext_lazy("Women"),
    "male": gettext_lazy("Men"),
    "other": gettext_lazy("Other"),
    "yes": gettext_lazy("With a disability"),
    "no": gettext_lazy("Without a disability"),
    "0-17": gettext_lazy("Under 18"),
    "18-34": gettext_lazy("18 to 34"),
    "35-59": gettext_lazy("35 to 59"),
    "60+": gettext_lazy("60 and older"),
    **{code: words for code, words in cases.LANGUAGE_WORDS.items() if code != "other"},
}
VERDICTS = {
    "met": gettext_lazy("standard met"),
    "open": gettext_lazy("just below"),
    "missed": gettext_lazy("standard missed"),
    "none": "",
}
VERDICT_TAGS = {"met": "good", "open": "warn", "missed": "bad", "none": ""}
MONTH = {"lo": "MMM y", "en": "MMM y"}


def value_text(measure: monitoring.Measure, value: float | None) -> str:
    """A figure with its unit; a dash when nothing was counted."""
    if value is None:
        return "–"
    if measure.kind == "share":
        return f"{format_number(value * 100, places=1 if 0 < value < 1 else 0)} %"
    if measure.kind == "minutes":
        if value < 0.5:
            return _("under 1 min")
        return _("%(number)s min") % {
            "number": format_number(round(value) if value >= 10 else round(value, 1))
        }
    if measure.kind == "days":
        if value < 1:
            return _("%(number)s h") % {"number": format_number(round(value * 24, 1))}
        days = round(value, 1)
        return ngettext("%(number)s day", "%(number)s days", 1 if days == 1 else 2) % {
            "number": format_number(days)
        }
    return format_number(int(value))


def minutes_text(minutes: int) -> str:
    """Whole minutes."""
    return _("%(number)s min") % {"number": format_number(minutes)}


def drawer_text(state: str) -> str:
    """The state of a centre's cash."""
    return {"open": _("open"), "closed": _("closed")}.get(state, "–")


def interval_text(interval: tuple[float, float] | None) -> str:
    """A 95 % interval in per cent: 71.2–80.4 %."""
    if interval is None:
        return ""
    low, high = (format_number(one * 100, places=1) for one in interval)
    return f"{low}–{high} %"


def line_name(line: monitoring.Line) -> str:
    """What a line is called."""
    if isinstance(line.name, date):
        return format_date(line.name, "MMM y")
    return text(line.name) if line.name else str(VALUES.get(line.key, line.key))


def period_text(period: monitoring.Period) -> str:
    """2026, or March 2026."""
    return period.code if period.grain == "y" else format_date(period.first, "MMMM y")


def alert_text(alert: monitoring.Alert) -> str:
    """What an alert says."""
    number = alert.number
    if alert.code == "silent":
        if not number:
            return _("Nothing has been heard of this centre, and it should be open.")
        return ngettext(
            "Silent for %(number)s minute, and it should be open.",
            "Silent for %(number)s minutes, and it should be open.",
            number,
        ) % {"number": format_number(number)}
    if alert.code == "long_wait":
        return ngettext(
            "Somebody has been waiting for %(number)s minute.",
            "Somebody has been waiting for %(number)s minutes.",
            number,
        ) % {"number": format_number(number)}
    if alert.code == "standard_missed":
        return ngettext(
            "For %(number)s minute on end somebody has been waiting longer than the standard.",
            "For %(number)s minutes on end somebody has been waiting longer than the standard.",
            number,
        ) % {"number": format_number(number)}
    if alert.code == "hall_full":
        return ngettext(
            "The hall is full: %(number)s person waits.", "The hall is full: %(number)s people wait.", number
        ) % {"number": format_number(number)}
    if alert.code == "idle_counter":
        return ngettext(
            "%(number)s open counter has called nobody for some time while people wait.",
            "%(number)s open counters have called nobody for some time while people wait.",
            number,
        ) % {"number": format_number(number)}
    if alert.code == "all_closed":
        return ngettext(
            "%(number)s person waits and no counter is open.",
            "%(number)s people wait and no counter is open.",
            number,
        ) % {"number": format_number(number)}
    if alert.code == "overdue":
        return ngettext(
            "%(number)s case is past its due date.", "%(number)s cases are past their due date.", number
        ) % {"number": format_number(number)}
    if alert.code == "complaint":
        return ngettext(
            "%(number)s complaint is past the day on which its answer was owed.",
            "%(number)s complaints are past the day on which their answer was owed.",
            number,
        ) % {"number": format_number(number)}
    return ngettext(
        "%(number)s cash session was left open overnight.",
        "%(number)s cash sessions were left open overnight.",
        number,
    ) % {"number": format_number(number)}


def alerts_text(code: str, number: int) -> str:
    """What alerts of one kind say together."""
    said = {
        "silent": ngettext(
            "%(number)s centre is silent and should be open",
            "%(number)s centres are silent and should be open",
            number,
        ),
        "long_wait": ngettext(
            "At %(number)s centre somebody waits too long",
            "At %(number)s centres somebody waits too long",
            number,
        ),
        "standard_missed": ngettext(
            "At %(number)s centre the standard is being missed",
            "At %(number)s centres the standard is being missed",
            number,
        ),
        "hall_full": ngettext("%(number)s hall is full", "%(number)s halls are full", number),
        "idle_counter": ngettext(
            "At %(number)s centre a counter is idle while people wait",
            "At %(number)s centres a counter is idle while people wait",
            number,
        ),
        "all_closed": ngettext(
            "At %(number)s centre people wait and no counter is open",
            "At %(number)s centres people wait and no counter is open",
            number,
        ),
        "overdue": ngettext(
            "%(number)s centre has cases past their due date",
            "%(number)s centres have cases past their due date",
            number,
        ),
        "complaint": ngettext(
            "%(number)s centre owes answers to complaints",
            "%(number)s centres owe answers to complaints",
            number,
        ),
        "cash_open": ngettext(
            "At %(number)s centre cash was left open overnight",
            "At %(number)s centres cash was left open overnight",
            number,
        ),
    }
    return said[code] % {"number": format_number(number)}


def alert_number(alert: monitoring.Alert) -> str:
    """The number of one alert, beside the centre's name."""
    if alert.code in ("silent", "long_wait", "standard_missed"):
        return _("%(number)s min") % {"number": format_number(alert.number)} if alert.number else ""
    return format_number(alert.number)


def late_text(step: monitoring.LateStep) -> str:
    """How many cases are late, whose step that is, and up to whom it was told."""
    number = format_number(step.number)
    if step.holder is None:
        said = ngettext(
            "%(number)s case is late; the office and those above it are being told.",
            "%(number)s cases are late; the offices and those above them are being told.",
            step.number,
        )
        return said % {"number": number}
    about = {"number": number, "holder": text(step.holder.name)}
    if not step.told:
        said = ngettext(
            "%(number)s case is late at %(holder)s; no unit is above it.",
            "%(number)s cases are late at %(holder)s; no unit is above it.",
            step.number,
        )
        return said % about
    said = ngettext(
        "%(number)s case is late at %(holder)s. Told to: %(path)s.",
        "%(number)s cases are late at %(holder)s. Told to: %(path)s.",
        step.number,
    )
    return said % {**about, "path": " › ".join(text(one.name) for one in step.told)}


def alert_actor(alert: monitoring.Alert) -> str:
    """Who must act."""
    if alert.code == "overdue":
        return _("The ministries that have the cases")
    if alert.code == "silent":
        return _("The head of the centre; the province")
    return _("The head of the centre")


def finding(report: monitoring.Report) -> str:
    """The title of the plot: what it shows, in one sentence."""
    measure, lines = report.measure, [line for line in report.lines if not line.secret]
    known = [(line, line.figures.value(measure.code)) for line in lines]
    held = [(line, value) for line, value in known if value is not None]
    if not held:
        return _("%(measure)s: nothing was counted in %(period)s") % {
            "measure": measure.label,
            "period": period_text(report.period),
        }
    if report.limit is not None:
        return _standard_finding(report, [line for line, _value in held])
    top, most = max(held, key=lambda pair: pair[1])
    low, least = min(held, key=lambda pair: pair[1])
    about: dict[str, Any] = {
        "measure": measure.label,
        "top": line_name(top),
        "most": value_text(measure, most),
    }
    if top is low:
        return _("%(measure)s: %(top)s %(most)s") % about
    about |= {"low": line_name(low), "least": value_text(measure, least)}
    return _("%(measure)s: most %(top)s (%(most)s), least %(low)s (%(least)s)") % about


def _standard_finding(report: monitoring.Report, lines: list[monitoring.Line]) -> str:
    limit, measure = report.limit, report.measure
    assert limit is not None
    missed = [line for line in lines if line.figures.verdict(measure.code, report.limits) == "missed"]
    about = {
        "measure": measure.label,
        "missed": format_number(len(missed)),
        "all": format_number(len(lines)),
        "share": format_number(limit.share),
    }
    if not missed:
        return _("%(measure)s: nowhere is the standard of %(share)s %% missed") % about
    worst = min(missed, key=lambda line: line.figures.value(measure.code) or 0)
    about |= {"worst": line_name(worst), "value": value_text(measure, worst.figures.value(measure.code))}
    return (
        _("%(measure)s: %(missed)s of %(all)s miss the standard of %(share)s %%, %(worst)s most (%(value)s)")
        % about
    )
