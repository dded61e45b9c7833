"""An edition that pilot centres try out beside the others; its way to all, or its end; and the withdrawal of a service."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.monitoring import api as monitoring
from onedoor.doors.console.services.drafts import day
from onedoor.doors.console.services.listing import READ, own
from onedoor.doors.console.services.words import left_without, period_row
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict, Invalid, Missing, Refused
from onedoor.kernel.i18n import format_number, text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

WIDTH = 1_000


@needs(READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: Request, service: str, number: int) -> HttpResponse:
    """One edition: where it applies, how its trial compares, and rolling it out to all or ending it."""
    row = own(request, service)
    held = next((one for one in catalogue.editions(row.code) if one.number == number), None)
    if held is None:
        raise Missing()
    if request.method != "POST":
        return _edition(request, row, held, [])
    try:
        if request.POST.get("do") == "end":
            _end(request, row, number)
        else:
            catalogue.roll_out(
                by=request.actor,
                at=now(),
                service=row.id,
                number=number,
                valid_from=day(request.POST.get("valid_from", "")),
            )
    except (Invalid, Conflict, catalogue.WroteItThemselves) as fault:
        field = {"on": "until", "reason": "reason", "valid_from": "valid_from"}.get(
            getattr(fault, "field", ""), ""
        )
        return _edition(
            request, row, held, [(f"id_{field}" if field else "", fault.message)], status=fault.status
        )
    messages.success(request, _("It is done."))
    return redirect("console:service", service=row.code)


def _end(request: Request, row: catalogue.ServiceRow, number: int | None) -> None:
    catalogue.withdraw_service(
        by=request.actor,
        at=now(),
        service=row.id,
        on=day(request.POST.get("until", "")),
        reason=request.POST.get("reason", ""),
        number=number,
        instead=request.POST.get("instead", "")[:80],
    )


def _edition(
    request: Request,
    row: catalogue.ServiceRow,
    held: catalogue.EditionView,
    errors: list[Any],
    *,
    status: int = 200,
) -> HttpResponse:
    today = now().astimezone(ZONE).date()
    periods = [period_row(each, row.periods, today) for each in held.periods]
    pilot = any(each.centres for each in held.periods)
    context = {
        "tab": "services",
        "service": row,
        "edition": held,
        "periods": periods,
        "errors": errors,
        "today": today,
        "trial": _trial(request, row, held) if pilot else None,
        "rolls": pilot and all(each.centres for each in held.periods),
        "running": any(each["open"] for each in periods),
        "publishes": access.may(request.actor, "catalogue.publish", at=row.authority),
        "said": {"valid_from": today.isoformat()}
        | {name: request.POST[name] for name in ("valid_from", "until", "reason") if name in request.POST},
    }
    return render(request, "console/services/edition.html", context, status=status)


def _trial(request: Request, row: catalogue.ServiceRow, held: catalogue.EditionView) -> dict[str, Any]:
    """The cases and ratings of the pilot centres beside those of the others since the trial began."""
    since = min(each.valid_from for each in held.periods if each.centres)
    begin = datetime.combine(since, time(), tzinfo=ZONE)
    pilots = frozenset().union(*(each.centres for each in held.periods))
    tried, others = cases.beside_others(
        request.actor, edition=held.id, since=begin, until=now(), centres=pilots
    )
    ends = [each.until for each in held.periods if each.centres and each.until]
    rated = monitoring.satisfaction_beside(
        by=request.actor,
        service=row.id,
        since=since,
        until=max(ends) if ends else now().astimezone(ZONE).date(),
        centres=pilots,
    )
    sides = ((_("Pilot centres"), tried), (_("The other centres"), others))
    return {
        "since": since,
        "finding": _finding(tried, others),
        "bars": _bars(sides),
        "rows": [
            {
                "name": name,
                "came": one.came,
                "answered": one.answered,
                "days": _days(one),
                "returned": _share(one.returned),
                "refused": _share(one.refused),
                "satisfied": _satisfied(said),
            }
            for (name, one), said in zip(sides, rated, strict=True)
        ],
    }


def _finding(tried: cases.Side, others: cases.Side) -> str:
    if tried.days is None or others.days is None:
        return _("Too few cases are over to compare: %(tried)s of the trial, %(others)s of the others") % {
            "tried": tried.answered,
            "others": others.answered,
        }
    about = {"tried": format_number(round(tried.days, 1)), "others": format_number(round(others.days, 1))}
    apart = (
        tried.days_low is not None
        and others.days_low is not None
        and (tried.days_high < others.days_low or others.days_high < tried.days_low)  # type: ignore[operator]  # both ends are known together
    )
    if not apart:
        return (
            _(
                "Half of the cases took this many days: trial %(tried)s, elsewhere %(others)s; this may be chance"
            )
            % about
        )
    if tried.days < others.days:
        return (
            _(
                "The trial is faster; half of the cases took this many days: trial %(tried)s, elsewhere %(others)s"
            )
            % about
        )
    return (
        _("The trial is slower; half of the cases took this many days: trial %(tried)s, elsewhere %(others)s")
        % about
    )


def _bars(sides: Any) -> list[dict[str, Any]]:
    most = max((one.days_high or one.days or 0 for _name, one in sides), default=0) or 1
    return [
        {
            "name": name,
            "width": int(WIDTH * one.days / most),
            "reach": [int(WIDTH * each / most) for each in (one.days_low, one.days_high) if each is not None],
            "text": _days(one),
            "n": one.answered,
        }
        for name, one in sides
        if one.days is not None
    ]


def _days(one: cases.Side) -> str:
    if one.days is None:
        return "–"
    days = round(one.days, 1)
    said = ngettext("%s day", "%s days", 1 if days == 1 else 2) % format_number(days)
    if one.days_low is None or one.days_high is None:
        return said
    return f"{said} ({format_number(round(one.days_low, 1))}–{format_number(round(one.days_high, 1))})"


def _satisfied(one: monitoring.Satisfaction) -> str:
    if one.secret:
        return _("too few to be shown")
    if not one.rated:
        return "–"
    low, high = format_number(round(one.low * 100)), format_number(round(one.high * 100))
    share = format_number(round(one.satisfied / one.rated * 100))
    return f"{share} % ({low}–{high} %), n {format_number(one.rated)}"


def _share(one: cases.Share) -> str:
    if one.value is None:
        return "–"
    low, high = format_number(round(one.low * 100)), format_number(round(one.high * 100))
    return f"{format_number(round(one.value * 100))} % ({low}–{high} %)"


@needs(READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, service: str) -> HttpResponse:
    """Withdrawing a service from a day on, with a reason; first it is said whom that leaves without."""
    row = own(request, service)
    if not access.may(request.actor, "catalogue.publish", at=row.authority):
        raise Refused()
    errors: list[Any] = []
    status = 200
    if request.method == "POST":
        try:
            _end(request, row, None)
        except (Invalid, Conflict) as fault:
            field = {"on": "until", "valid_from": "until", "reason": "reason"}.get(
                getattr(fault, "field", ""), ""
            )
            field = "instead" if getattr(fault, "field", "") == "instead" else field
            errors, status = [(f"id_{field}" if field else "", fault.message)], fault.status
        else:
            messages.success(request, _("The service is withdrawn. Cases that run go on."))
            return redirect("console:service", service=row.code)
    today = now().astimezone(ZONE).date()
    names = [text(one.name) for one, _days in centres.centres_with(row.id, on=today)]
    context = {
        "tab": "services",
        "service": row,
        "centres": names,
        "left": left_without(names),
        "open_cases": cases.unfinished(service=row.id),
        "today": today,
        "errors": errors,
        "others": [
            (one.code, text(one.name), one.code == request.POST.get("instead"))
            for one in catalogue.services(on=today)
            if one.code != row.code
        ],
        "said": {name: request.POST.get(name, "") for name in ("until", "reason")},
    }
    return render(request, "console/services/withdraw.html", context, status=status)
