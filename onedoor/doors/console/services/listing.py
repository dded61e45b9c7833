"""The services of one's ministries with their state; one of them with its editions in time and its drafts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.console.services.words import STATES, TAGS, period_row, service_state
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid, Missing
from onedoor.kernel.i18n import text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

READ = "catalogue.read"
OPEN = ("writing", "sent", "approved")


@needs(READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request) -> HttpResponse:
    """All of them with their state; beginning a new service."""
    if request.method == "POST":
        code = request.POST.get("code", "").strip()[:200]
        try:
            authority = access.unit_by_code(request.POST.get("authority", "")[:80].replace("\x00", ""))
            return _begun(request, code, authority)
        except Invalid as fault:
            return _page(request, code, [(f"id_{fault.field}", fault.reason)], status=fault.status)
        except access.UnknownUnit:
            return _page(request, code, [("id_authority", _("Choose a ministry."))], status=422)
    return _page(request, "", [])


def _begun(request: Request, code: str, authority: access.Unit) -> HttpResponse:
    held = catalogue.begin_draft(by=request.actor, at=now(), id=new_id(), code=code, authority=authority.id)
    return redirect("console:draft", service=held.code, draft=held.id)


def _page(request: Request, code: str, errors: list[Any], *, status: int = 200) -> HttpResponse:
    today = now().astimezone(ZONE).date()
    drafts: dict[str, list[catalogue.Draft]] = {}
    for one in catalogue.drafts(by=request.actor):
        if one.state in OPEN:
            drafts.setdefault(one.code, []).append(one)
    listed = catalogue.own_services(by=request.actor)
    rows = [_row(one, drafts.pop(one.code, []), today) for one in listed]
    fresh = [_fresh(held) for held in drafts.values()]
    mine = access.holding(request.actor).where.get("catalogue.draft", frozenset())
    ministries = [
        (one.code, text(one.name)) for one in access.units(kind="ministry", on=today) if one.id in mine
    ]
    context = {
        "tab": "services",
        "rows": [*fresh, *rows],
        "ministries": ministries,
        "code": code,
        "errors": errors,
    }
    return render(request, "console/services/list.html", context, status=status)


def _row(one: catalogue.ServiceRow, drafts: list[catalogue.Draft], today: Any) -> dict[str, Any]:
    said, tag = service_state(one.periods, today)
    return {
        "code": one.code,
        "name": one.name,
        "ministry": text(access.unit(one.authority).name),
        "state": said,
        "tag": tag,
        "demonstration": one.demonstration,
        "drafts": [_draft(each) for each in drafts],
    }


def _fresh(drafts: list[catalogue.Draft]) -> dict[str, Any]:
    first = drafts[0]
    return {
        "code": first.code,
        "name": {"lo": first.code},
        "ministry": text(access.unit(first.authority).name),
        "state": _("not yet published"),
        "tag": "warn",
        "fresh": first.base is None,
        "drafts": [_draft(each) for each in drafts],
    }


def _draft(held: catalogue.Draft) -> dict[str, Any]:
    return {
        "id": held.id,
        "state": STATES[held.state],
        "tag": TAGS[held.state],
        "at": held.changed_at,
        "held": held,
    }


@needs(READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: Request, service: str) -> HttpResponse:
    """One service: its editions in time and its drafts; beginning a draft from the newest edition."""
    row = own(request, service)
    if request.method == "POST":
        held = catalogue.begin_draft(by=request.actor, at=now(), id=new_id(), code=row.code)
        return redirect("console:draft", service=held.code, draft=held.id)
    today = now().astimezone(ZONE).date()
    said, tag = service_state(row.periods, today)
    context = {
        "tab": "services",
        "service": row,
        "ministry": text(access.unit(row.authority).name),
        "state": said,
        "state_tag": tag,
        "editions": [_edition(one, row.periods, today) for one in catalogue.editions(row.code)],
        "drafts": [_draft(each) for each in catalogue.drafts(by=request.actor, code=row.code)],
        "writes": access.may(request.actor, "catalogue.draft", at=row.authority),
        "publishes": access.may(request.actor, "catalogue.publish", at=row.authority),
        "withdrawn": tag == "bad",
    }
    return render(request, "console/services/service.html", context)


def own(request: Request, code: str) -> catalogue.ServiceRow:
    """A service of one's ministries by its code. Errors: Missing."""
    found = next((one for one in catalogue.own_services(by=request.actor) if one.code == code), None)
    if found is None:
        raise Missing()
    return found


def _edition(one: catalogue.EditionView, periods: tuple[catalogue.Period, ...], today: Any) -> dict[str, Any]:
    return {
        "number": one.number,
        "draft": one.draft,
        "periods": [period_row(each, periods, today) for each in one.periods],
        "pilot": any(each.centres for each in one.periods),
    }
