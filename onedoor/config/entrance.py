"""The pages of logging in. allauth does the work; here each is marked, dressed, and led on from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from allauth.core.internal import ratelimit as limits
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from onedoor.config import faults, staff
from onedoor.config.adapters import seat_staff
from onedoor.config.forms import Again, DeviceToken
from onedoor.domain.access import api as access
from onedoor.kernel.clock import now
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import PUBLIC, Actor, permission_of, public

login = public(account.login)
logout = public(account.logout)
inactive = public(account.account_inactive)
reauthenticate = public(account.reauthenticate)
password = public(account.password_change)
authenticate = public(mfa.authenticate)


class Enrol(totp.ActivateTOTPView):
    """The first second factor, right after the password."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whoever has one already is led on."""
        if request.user.is_authenticated and is_mfa_enabled(request.user):
            return HttpResponseRedirect(reverse("staff_start"))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it, and count it as proved."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        self.request.session.cycle_key()
        seat_staff(self.request, self.request.user)
        return response

    def get_success_url(self) -> str:
        """Where one was going."""
        return onward(self.request)


enrol = public(Enrol.as_view())


def onward(request: HttpRequest) -> str:
    """The page of this site that ``next`` names, else the page that leads on."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe and target else reverse("staff_start")


@public
@never_cache
@require_http_methods(["GET", "HEAD"])
def start(request: HttpRequest) -> HttpResponse:
    """Lead staff on to where they work: straight there when it is one place, else a choice."""
    seat = staff.seat(request)
    if seat is None:
        return HttpResponseRedirect(reverse("account_login"))
    if seat.locked:
        return HttpResponseRedirect(reverse("staff_unlock"))
    places = list(_places(seat.actor))
    if len(places) == 1:
        return HttpResponseRedirect(places[0][1])
    request.user = staff.Present(seat.known)  # type: ignore[assignment]
    return render(request, "account/start.html", {"places": places})


def _places(actor: Actor) -> Iterator[tuple[str, str]]:
    """Title and address of every door that this person may enter."""
    held = access.reach(actor)
    for one in access.units(kind="centre"):
        if one.id in held.units and _opens(actor, f"/desk/{one.code}/", one.id):
            yield _("Counter: %(centre)s") % {"centre": text(one.name)}, f"/desk/{one.code}/"
    for address, title in (
        ("/office/", _("Office")),
        ("/console/", _("Console")),
        ("/console/audit/", _("Audit")),
    ):
        if _opens(actor, address, None):
            yield title, address


def _opens(actor: Actor, address: str, at: Any) -> bool:
    try:
        asked = permission_of(resolve(address).func)
    except Resolver404:
        return False
    return asked is not None and asked != PUBLIC and access.may(actor, asked, at=at)


@public
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the screen; what was begun stays."""
    staff.lock(request)
    return HttpResponseRedirect(f"{reverse('staff_unlock')}?{urlencode({'next': onward(request)})}")


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Give the password again and go on where one was."""
    seat = staff.seat(request)
    if seat is None or not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("account_login"))
    if not seat.locked:
        return HttpResponseRedirect(onward(request))
    form = Again(data=request.POST or None, user=request.user)
    if request.method == "POST":
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            return faults.too_many(request)
        if form.is_valid():
            staff.unlock(request)
            return HttpResponseRedirect(onward(request))
    name = staff.Present(seat.known).get_short_name()
    return render(request, "account/unlock.html", {"form": form, "name": name, "next": onward(request)})


@public
@never_cache
@sensitive_post_parameters("token")
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """Pair a kiosk, board or tablet: keep its token in a cookie that scripts cannot read."""
    form = DeviceToken(data=request.POST or None, initial={"token": ""})
    if request.method == "POST":
        if not limits.consume(request, app="onedoor", action="device", config={"device": "10/m/ip"}):
            return faults.too_many(request)
        if settings.DEMO and "demonstrate" in request.POST:
            return _demonstrated(request)
        actor = access.bearer(form.cleaned_data["token"]) if form.is_valid() else None
        held = access.device(actor.id) if actor is not None and actor.kind == "device" else None
        if held is not None:
            return _paired(request, form.cleaned_data["token"], held)
        if form.is_valid():
            form.add_error("token", _("This token is not known. Ask for a new one."))
    shown = {"form": form, "next": request.GET.get("next", ""), "demonstrates": settings.DEMO}
    return render(request, "account/device.html", shown)


def _demonstrated(request: HttpRequest) -> HttpResponse:
    """In a demonstration a browser becomes a device of the centre that it was going to, at a press."""
    match = resolve(urlsplit(onward(request)).path)
    centre = access.unit_by_code(str(match.kwargs.get("centre", "")))
    kind = match.namespace if match.namespace in ("kiosk", "board") else "tablet"
    held, token = access.enrol_device(
        by=Actor.system(), at=now(), centre=centre.id, kind=kind, name=f"{kind} (demonstration)"
    )
    return _paired(request, token, held)


def _paired(request: HttpRequest, token: str, held: Any) -> HttpResponse:
    there = onward(request)
    if there == reverse("staff_start"):
        there = f"/{held.kind}/{access.unit(held.centre_id).code}/"
    response = HttpResponseRedirect(there)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        token,
        max_age=settings.DEVICE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
