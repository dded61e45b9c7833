"""What the pages of offers say: states of cells and promises, power, links, kilometres, and who must act."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.kernel.i18n import format_date, format_number, format_weekdays, text

STATES = {
    "offered": gettext_lazy("whenever the centre is open"),
    "some": gettext_lazy("on some weekdays"),
    "pilot": gettext_lazy("on trial"),
    "promised": gettext_lazy("promised"),
    "missed": gettext_lazy("promised and missed"),
    "gap": gettext_lazy("not offered"),
}
SIGNS = {"offered": "●", "some": "◐", "pilot": "◇", "promised": "○", "missed": "!", "gap": "–"}
STANDINGS = {
    "kept": gettext_lazy("kept"),
    "late": gettext_lazy("kept late"),
    "missed": gettext_lazy("not kept"),
    "open": gettext_lazy("not due yet"),
    "withdrawn": gettext_lazy("promise taken back"),
}
STANDING_TAGS = {"kept": "good", "late": "warn", "missed": "bad", "open": "info", "withdrawn": ""}
POWER = {
    "none": gettext_lazy("none"),
    "generator": gettext_lazy("generator"),
    "solar": gettext_lazy("solar"),
    "both": gettext_lazy("generator and solar"),
}
LINKS = {
    "none": gettext_lazy("none"),
    "mobile": gettext_lazy("mobile network"),
    "fibre": gettext_lazy("fibre"),
    "satellite": gettext_lazy("satellite"),
}


def cell_text(cell: centres.Cell) -> str:
    """A cell of the matrix in words."""
    if cell.state == "some":
        return _("%(days)s only") % {"days": format_weekdays(cell.weekdays)}
    if cell.state == "promised" and cell.by:
        return _("promised for %(day)s") % {"day": format_date(cell.by, "short")}
    if cell.state == "missed" and cell.by:
        return _("promised for %(day)s and missed") % {"day": format_date(cell.by, "short")}
    if cell.state == "gap" and cell.ends:
        return _("not offered since %(day)s") % {"day": format_date(cell.ends, "short")}
    return str(STATES[cell.state])


def kilometres_text(away: float | None) -> str:
    """A distance as the crow flies."""
    if away is None:
        return ""
    return _("%(number)s km") % {"number": format_number(round(away))}


def days_text(offer: centres.Offer) -> str:
    """The weekdays and the capacity of an offer."""
    days = format_weekdays(offer.weekdays) if offer.weekdays else _("each day")
    if offer.capacity is None:
        return days
    about = {"days": days, "number": format_number(offer.capacity)}
    return (
        ngettext("%(days)s · %(number)s person a day", "%(days)s · %(number)s people a day", offer.capacity)
        % about
    )


def province_of(view: centres.CentreView) -> access.Unit:
    """The province in which a centre lies."""
    above = access.ancestors(view.district)
    return next((one for one in above if one.kind == "province"), access.unit(view.district))


def promise_rows(
    found: Collection[centres.CommitmentView], *, on: Any, only: UUID | None = None
) -> list[dict[str, Any]]:
    """Promises in the order in which they need a look: missed, open, late, kept, taken back. ``only``: of one centre."""
    views = {view.id: view for view in centres.centres()}
    holders = access.holders({one.authority for one in found}, permission="centres.offer")
    rows = []
    for one in found:
        places = []
        for promise in one.promises:
            view = views.get(promise.centre)
            if view is None or only not in (None, view.id):
                continue
            standing, since = centres.standing_of(one, promise, view.offers, on=on)
            places.append(
                {
                    "code": view.code,
                    "name": text(view.name),
                    "standing": standing,
                    "word": STANDINGS[standing],
                    "tag": STANDING_TAGS[standing],
                    "since": since,
                    "withdrawn_on": promise.withdrawn_on,
                    "reason": text(promise.reason),
                }
            )
        if not places:
            continue
        order = [place["standing"] for place in places]
        worst = next(one for one in centres.STANDINGS if one in order)
        rows.append(
            {
                "id": one.id,
                "of": one,
                "service_id": one.service,
                "ministry": access.unit(one.authority),
                "places": sorted(places, key=lambda place: centres.STANDINGS.index(place["standing"])),
                "worst": worst,
                "open": any(place["standing"] in ("open", "missed") for place in places),
                "holders": holders.get(one.authority, ()),
            }
        )
    return sorted(rows, key=lambda row: (centres.STANDINGS.index(row["worst"]), row["of"].due))
