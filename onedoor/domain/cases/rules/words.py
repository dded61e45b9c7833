"""Statuses, outcomes and due dates in words of the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onedoor.kernel.i18n import format_date, text

LONGEST_REASON = 2_000

STATUS_WORDS = {
    "draft": gettext_lazy("Draft"),
    "received": gettext_lazy("Received"),
    "in_progress": gettext_lazy("In progress"),
    "waiting_for_applicant": gettext_lazy("Waiting for the applicant"),
    "approved": gettext_lazy("Approved"),
    "refused": gettext_lazy("Refused"),
    "issued": gettext_lazy("Issued"),
    "handed_over": gettext_lazy("Handed over"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "closed": gettext_lazy("Closed"),
}
OUTCOME_WORDS = {
    "done": gettext_lazy("Done"),
    "approve": gettext_lazy("Approved"),
    "refuse": gettext_lazy("Refused"),
    "return": gettext_lazy("Returned for correction"),
    "confirm": gettext_lazy("Everything is right"),
    "wrong": gettext_lazy("Something is wrong"),
}
ACTION_WORDS = {
    "done": gettext_lazy("Done"),
    "approve": gettext_lazy("Approve"),
    "refuse": gettext_lazy("Refuse"),
    "return": gettext_lazy("Return for correction"),
    "confirm": gettext_lazy("The applicant confirms"),
    "wrong": gettext_lazy("Something is wrong"),
}
WHEN_WORDS = {
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Due today"),
    "week": gettext_lazy("Due this week"),
    "later": gettext_lazy("Due later"),
    "open": gettext_lazy("No due date"),
}
DISABILITY_WORDS = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}
LANGUAGE_WORDS = {
    "lo": gettext_lazy("Lao"),
    "hmn": gettext_lazy("Hmong"),
    "kjg": gettext_lazy("Khmu"),
    "en": gettext_lazy("English"),
    "other": gettext_lazy("Another language"),
}


def status_words(status: str) -> str:
    """A case's status as people read it."""
    return str(STATUS_WORDS.get(status, status))


def outcome_words(outcome: str) -> str:
    """How a step ended, as people read it."""
    return str(OUTCOME_WORDS.get(outcome, outcome))


def action_words(outcome: str) -> str:
    """What stands on the button that ends a step in this way."""
    return str(ACTION_WORDS.get(outcome, outcome))


def due_words(due_on: date | None, today: date) -> str:
    """The due date as people say it: overdue since, today, tomorrow, in some days."""
    if due_on is None:
        return _("No due date")
    days = (due_on - today).days
    if days < 0:
        return ngettext("Overdue by %(days)d day", "Overdue by %(days)d days", -days) % {"days": -days}
    if days == 0:
        return _("Due today")
    if days == 1:
        return _("Due tomorrow")
    return ngettext("Due in %(days)d day", "Due in %(days)d days", days) % {"days": days}


CLOCK_WORDS = {
    "still": gettext_lazy("The clock stands still"),
    "kept": gettext_lazy("Answered on time"),
    "missed": gettext_lazy("Answered late"),
    "ended": gettext_lazy("No longer running"),
}


def clock_headline(state: str, due: str) -> str:
    """How a clock stands, in a few words: ``due`` where it runs."""
    return str(CLOCK_WORDS.get(state, due))


def why_words(why: Mapping[str, Any], due_on: date | None) -> str:
    """Why the due date is this one: how many days from when, and each day that did not count."""
    kind = why.get("kind")
    if kind == "log":
        return _("As the earlier system had it.")
    if kind == "case":
        return _("The answer to the whole application is due then.")
    if due_on is None or kind not in ("working", "calendar"):
        return _("The law names no time for this that we know of.")
    start = format_date(date.fromisoformat(why["from"]))
    count = int(why["days"])
    said = (
        ngettext("%(days)d working day after %(start)s", "%(days)d working days after %(start)s", count)
        if kind == "working"
        else ngettext("%(days)d day after %(start)s", "%(days)d days after %(start)s", count)
    ) % {"days": count, "start": start}
    if "skipped" not in why:  # it was moved with the clock of the whole case, which tells what moved it
        return _("%(cause)s.") % {"cause": said}
    skipped = why["skipped"]
    if not skipped:
        return _("%(said)s; no day is skipped.") % {"said": said}
    days = ", ".join(_skip_words(*each) for each in skipped)
    return _("%(said)s; skipped: %(days)s.") % {"said": said, "days": days}


def _skip_words(day: str, why: str, name: Mapping[str, str]) -> str:
    shown = format_date(date.fromisoformat(day))
    if why == "holiday" and name:
        return _("%(day)s (%(holiday)s)") % {"day": shown, "holiday": text(name)}
    return _("%(day)s (day of rest)") % {"day": shown}


def clean_number(typed: str) -> str:
    """A case's number as it was meant: capital letters, neither blanks nor control signs, any dash a hyphen."""
    seen = (symbol for symbol in typed.upper() if symbol.isprintable() and not symbol.isspace())
    kept = "".join("-" if symbol in "‐‑‒–—−" else symbol for symbol in seen)
    return kept[:40]


LONGEST_NAME, LONGEST_KEY, LONGEST_WORD = 120, 200, 30


def clean_reason(typed: str) -> str:
    """A reason as it is kept: without control signs, which the database would refuse, and not longer than fits."""
    kept = "".join(sign for sign in typed.replace("\r\n", "\n") if sign.isprintable() or sign == "\n")
    return kept.strip()[:LONGEST_REASON]


def clean_message(*, name: str, key: str, outcome: str) -> tuple[str, str, str] | None:
    """A message's name, key and word as they are kept; None where one of them cannot be a name, a key or a word."""
    said, found = clean_reason(name), clean_reason(key)
    word = outcome.strip()
    if not said or not found or len(said) > LONGEST_NAME or len(found) > LONGEST_KEY:
        return None
    if word and (not word.isidentifier() or len(word) > LONGEST_WORD):
        return None
    return said, found, word
