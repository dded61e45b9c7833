"""How the state of drafts and editions is said."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.i18n import format_date, text

STATES = {
    "writing": gettext_lazy("is being written"),
    "sent": gettext_lazy("waits for the second person"),
    "approved": gettext_lazy("approved, not yet released"),
    "released": gettext_lazy("released"),
    "withdrawn": gettext_lazy("given up"),
}
TAGS = {"writing": "", "sent": "warn", "approved": "good", "released": "good", "withdrawn": ""}
DOCUMENTS = {
    "content": gettext_lazy("Description, papers and fees"),
    "form": gettext_lazy("Form"),
    "process": gettext_lazy("Process"),
    "decisions": gettext_lazy("Decisions"),
}


def centre_names(centres: Iterable[UUID]) -> list[str]:
    """The names of centres, as they are ordered in a list."""
    return sorted(text(access.unit(each).name) for each in centres)


def period_row(
    period: catalogue.Period, periods: tuple[catalogue.Period, ...], today: date
) -> dict[str, Any]:
    """A period in words: from when, until when, where, and whether it counts today."""
    last = catalogue.ended(period, periods)
    over = last is not None and last <= today
    coming = period.valid_from > today
    return {
        "from": period.valid_from,
        "until": last,
        "centres": centre_names(period.centres),
        "reason": period.reason,
        "tag": "" if over else "warn" if coming else "good",
        "word": _("over") if over else _("coming") if coming else _("in force"),
        "pilot": bool(period.centres),
        "open": not over,
    }


def service_state(periods: tuple[catalogue.Period, ...], today: date) -> tuple[str, str]:
    """The state of a service in words, and the tag of it."""
    now = catalogue.in_force(periods, today)
    tried = [each for each in periods if each.centres and each.holds(today, next(iter(each.centres)))]
    after = [each for each in periods if each.valid_from > today and each.until != each.valid_from]
    if now is None:
        if tried:
            return _("tried out at pilot centres"), "warn"
        if after:
            return _("begins on %s") % format_date(after[0].valid_from), "warn"
        return _("the service is withdrawn"), "bad"
    said = _("edition %s in force") % now.number
    newer = [each for each in tried if each.number > now.number]
    if newer:
        said = f"{said}; {_('edition %s is tried out') % newer[-1].number}"
    elif after:
        last = after[-1]
        coming = _("edition %(number)s from %(day)s")
        said = f"{said}; {coming % {'number': last.number, 'day': format_date(last.valid_from)}}"
    return said, "good"


def left_without(names: list[str]) -> str:
    """Whom a withdrawal leaves without."""
    if not names:
        return _("No centre offers this service now.")
    count = ngettext(
        "%(number)s centre offers it and is left without it:",
        "%(number)s centres offer it and are left without it:",
        len(names),
    )
    return count % {"number": len(names)}
