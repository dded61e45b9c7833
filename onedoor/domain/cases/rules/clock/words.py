"""The facts about a due date in words of the reader's language: the same sentences for the officer and the applicant."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onedoor.domain.cases.rules.clock.state import RETURNED
from onedoor.domain.cases.rules.clock.story import Fact
from onedoor.kernel.i18n import format_date, format_time, format_weekdays, text

Names = Mapping[UUID, str]


def amount_words(count: int, unit: str) -> str:
    """So many working days, days or office hours."""
    if unit == "working":
        said = ngettext("%(number)s working day", "%(number)s working days", count)
    elif unit == "hours":
        said = ngettext("%(number)s office hour", "%(number)s office hours", count)
    else:
        said = ngettext("%(number)s day", "%(number)s days", count)
    return said % {"number": count}


def fact_words(fact: Fact, *, names: Names, chosen: str = "") -> str:
    """One fact as a sentence.

    Args:
        names: whom to name, by id; others are called the office. chosen: the answer that the term goes by, as it was asked.
    """
    return _SAID[fact.kind](fact.about, names, chosen)


def when_words(fact: Fact) -> str:
    """The day or days of a fact."""
    if fact.kind == "unannounced" or fact.on is None:
        return ""
    if fact.until is None or fact.until == fact.on:
        return format_date(fact.on)
    within = (fact.on.year, fact.on.month) == (fact.until.year, fact.until.month)
    first = str(fact.on.day) if within else format_date(fact.on)
    return _("%(first)s to %(last)s") % {"first": first, "last": format_date(fact.until)}


def _received(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    return _("Received. The day of receipt does not count.")


def _term(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    said = amount_words(about["count"], about["unit"])
    if chosen:
        return _("The term is %(amount)s, for “%(answer)s”.") % {"amount": said, "answer": chosen}
    return _("The term is %(amount)s.") % {"amount": said}


def _rest(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    if about["together"]:
        told = {"number": about["count"], "weekdays": format_weekdays(about["weekdays"])}
        return (
            ngettext(
                "%(number)d day of rest (%(weekdays)s) is skipped.",
                "%(number)d days of rest (%(weekdays)s) are skipped.",
                about["count"],
            )
            % told
        )
    days = [format_date(_any_day(each), "weekday") for each in about["weekdays"]]
    said = (
        days[0]
        if len(days) == 1
        else _("%(some)s and %(last)s") % {"some": ", ".join(days[:-1]), "last": days[-1]}
    )
    return ngettext("%(days)s is skipped: day of rest.", "%(days)s are skipped: days of rest.", len(days)) % {
        "days": said
    }


def _holiday(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    return _("%(holiday)s is skipped: holiday.") % {
        "holiday": text(about["name"]) or _("A day without a name")
    }


def _cause(about: Mapping[str, Any]) -> str:
    if about["why"] == RETURNED:
        return _("the application was with the applicant for correction")
    return str(about["reason"])


def _paused(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    if not about["days"]:
        return _("Paused within one day, so no day was lost: %(cause)s.") % {"cause": _cause(about)}
    said = ngettext(
        "Paused for %(number)d day: %(cause)s.", "Paused for %(number)d days: %(cause)s.", about["days"]
    )
    return said % {"number": about["days"], "cause": _cause(about)}


def _standing(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    said = _("The clock stands still: %(cause)s.") % {"cause": _cause(about)}
    if about["left"] is None:
        return said
    return _("%(said)s When it goes on, %(left)s are left.") % {
        "said": said,
        "left": amount_words(about["left"], about["unit"]),
    }


def _extended(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    return _("Extended by %(amount)s. %(who)s: %(reason)s") % {
        "amount": amount_words(about["amount"], about["unit"]),
        "who": names.get(about["by"]) or _("The office"),
        "reason": about["reason"],
    }


def _moved(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    day, name = about["day"], text(about["name"])
    if about["hours"]:
        cause = _("The opening hours of the centre changed")
    elif day is None:
        cause = _("The office calendar changed")
    elif about["cancelled"]:
        cause = _("%(day)s is a holiday no longer") % {"day": format_date(day)}
    elif name:
        cause = _("%(day)s became a holiday (%(holiday)s)") % {"day": format_date(day), "holiday": name}
    else:
        cause = _("%(day)s became a holiday") % {"day": format_date(day)}
    if about["was"] is None or about["now"] is None:
        return _("%(cause)s.") % {"cause": cause}
    return _("%(cause)s: the due date moved from %(was)s to %(now)s.") % {
        "cause": cause,
        "was": format_date(about["was"]),
        "now": format_date(about["now"]),
    }


def _unannounced(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    return _("The holidays of %(year)d are not yet announced. The due date may still move.") % {
        "year": about["year"]
    }


def _no_calendar(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    return _(
        "No calendar is set for this office. Saturdays and Sundays are taken as days of rest; holidays are not known."
    )


def _warning(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    return _("The office was reminded.") if about["passed"] else _("The office is reminded.")


def _due(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    if about["at"] is not None:
        return _("The answer is due at %(time)s.") % {"time": format_time(about["at"])}
    return _("The answer is due.")


def _late(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    return ngettext(
        "The answer is %(number)d day late.", "The answer is %(number)d days late.", about["days"]
    ) % {"number": about["days"]}


def _answered(about: Mapping[str, Any], names: Names, chosen: str) -> str:
    if not about["late"]:
        return _("Answered on time.")
    return ngettext("Answered %(number)d day late.", "Answered %(number)d days late.", about["late"]) % {
        "number": about["late"]
    }


def _any_day(weekday: int) -> date:
    """A date that falls on a weekday; 1 is Monday."""
    return date(2024, 1, weekday)


_SAID: dict[str, Callable[[Mapping[str, Any], Names, str], str]] = {
    "received": _received,
    "term": _term,
    "rest": _rest,
    "holiday": _holiday,
    "paused": _paused,
    "standing": _standing,
    "extended": _extended,
    "moved": _moved,
    "unannounced": _unannounced,
    "no_calendar": _no_calendar,
    "warning": _warning,
    "due": _due,
    "late": _late,
    "answered": _answered,
}
