"""What the pages about the staff of a centre share: their frame, the officers, and forms read field by field."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.ui.request import AtCentre
from onedoor.ui.typed import typed_day, typed_hour

WEEK = timedelta(days=7)


def frame(request: AtCentre, centre: str, tab: str) -> dict[str, Any]:
    """The context of ``desk/staff_frame.html``."""
    return {
        "centre": centre,
        "view": centres.centre(request.centre),
        "tab": tab,
        "plans": access.may(request.actor, centres.STAFF, at=request.centre),
        "checks": access.may(request.actor, centres.COUNTER, at=request.centre),
        "greets": access.may(request.actor, centres.GREET, at=request.centre),
        "today": today(),
        "faults": [],
    }


def today() -> date:
    """The date at the centres."""
    return now().astimezone(ZONE).date()


def officers(centre: UUID) -> dict[UUID, str]:
    """Those who may work at a counter of a centre, by name in the reader's language."""
    held = access.holders([centre], permission=centres.COUNTER)[centre]
    return dict(sorted(((one.login, text(one.name)) for one in held), key=lambda pair: pair[1]))


def named(known: dict[UUID, str], officer: UUID) -> str:
    """The name of an officer, also of one who works elsewhere now."""
    if officer in known:
        return known[officer]
    held = access.login(officer)
    return text(held.name) if held else "–"


def read_day(request: AtCentre, name: str, *, missing: date | None = None) -> date:
    """A day of a form. Raises Invalid with the field."""
    said = request.POST.get(name, "").strip()
    if not said and missing is not None:
        return missing
    try:
        return typed_day(said)
    except ValueError as wrong:
        raise Invalid(_("Write a day."), field=name) from wrong


def read_time(request: AtCentre, name: str) -> time:
    """An hour of a form. Raises Invalid with the field."""
    try:
        return typed_hour(request.POST.get(name, ""))
    except ValueError as wrong:
        raise Invalid(_("Write an hour, such as 08:00."), field=name) from wrong


def read_id(request: AtCentre, name: str) -> UUID:
    """What was chosen. Raises Invalid with the field."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as wrong:
        raise Invalid(_("Choose one."), field=name) from wrong


def asked_day(request: AtCentre, name: str) -> date:
    """The day that an address names, else today."""
    try:
        return typed_day(request.GET.get(name, ""))
    except ValueError:
        return today()
