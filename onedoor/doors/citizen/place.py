"""A place in line from home: while the centre is open, within stated limits; who comes shows it at the kiosk."""

import secrets
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue.api import services_by_id
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict, Invalid
from onedoor.kernel.i18n import sort_key, text
from onedoor.kernel.scope import Actor, public
from onedoor.ui.keeping import KeptCode
from onedoor.ui.request import Request

TELEPHONE = KeptCode("onedoor_telephone")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: Request, code: str) -> HttpResponse:
    """Choose a service of today and take a place; a refusal is said here."""
    view, at = centres.centre_by_code(code), now()
    day = at.astimezone(ZoneInfo(view.zone)).date()
    offered = services_by_id([one.service for one in centres.offered_at(view, on=day) if one.today])
    shown = sorted(offered.values(), key=lambda one: sort_key(text(one.name)))
    about = {
        "view": view,
        "open": centres.is_open_now(view, at),
        "services": shown,
        "waiting": queue.waiting_count(view.id, at=at),
        "most": queue.MOST_OF_A_PHONE,
    }
    if request.method != "POST":
        return render(request, "citizen/place.html", about)
    telephone = TELEPHONE.of(request) or secrets.token_urlsafe(16)
    wanted = next((one for one in shown if one.code == request.POST.get("service")), None)
    try:
        if not request.POST.get("service"):
            raise Invalid(_("Say at least one service."), field="service")
        if wanted is None:
            raise queue.ServiceNotOfferedHere(field="service")
        taken = queue.take_from_home(
            by=Actor.public(), at=at, centre=view.id, service=wanted.id, device=telephone
        )
    except (Conflict, Invalid) as fault:
        refused = {**about, "faults": [("id_service", fault.message)]}
        return render(request, "citizen/place.html", refused, status=fault.status)
    return TELEPHONE.keep(redirect("citizen:ticket", token=taken.token), telephone, request=request)


urlpatterns = [path("centres/<slug:code>/place/", place, name="place")]
