"""The pages of one's own login: where one is logged in, the password, another phone. Each change is written down."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.config import faults, sittings, staff
from onedoor.config.adapters import KIND
from onedoor.config.forms import AnotherPhone
from onedoor.domain.access import api as access
from onedoor.kernel.clock import now
from onedoor.kernel.scope import public

View = Callable[..., HttpResponse]


def seated(view: View) -> View:
    """Let in whoever works in this session; ask others to log in, and locked ones to unlock."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        held = staff.seat(request)
        if held is None:
            back = urlencode({"next": reverse("account_security")})
            return HttpResponseRedirect(f"{reverse('account_login')}?{back}")
        if held.locked:
            back = urlencode({"next": reverse("account_security")})
            return HttpResponseRedirect(f"{reverse('staff_unlock')}?{back}")
        return view(request, held, *args, **kwargs)

    return guarded


@public
@never_cache
@require_safe
@seated
def security(request: HttpRequest, seat: staff.Seat) -> HttpResponse:
    """Where one is logged in, since when and from where; and the ways to change what proves oneself."""
    request.user = staff.Present(seat.known)  # type: ignore[assignment]
    phone = Authenticator.objects.filter(user_id=seat.actor.id, type=Authenticator.Type.TOTP).first()
    shown = {
        "sittings": sittings.sittings(request, seat.actor.id),
        "phone_since": phone.created_at if phone else None,
        "demonstration": access.login_by_name(seat.known.username).demonstration,
    }
    return render(request, "account/security.html", shown)


@public
@never_cache
@require_POST
@seated
def end(request: HttpRequest, seat: staff.Seat) -> HttpResponse:
    """End another session of one's own, or all others."""
    mark = request.POST.get("session", "")[:64]
    gone = sittings.end(request, seat.actor.id, mark=mark)
    if gone:
        access.record_sight(
            by=seat.actor,
            at=now(),
            subject=seat.actor.id,
            kind=KIND,
            why="end session" if mark else "end others",
        )
        messages.success(request, _("Logged out there."))
    else:
        messages.info(request, _("That session had already ended."))
    return redirect("account_security")


@public
@never_cache
@sensitive_post_parameters("password", "present", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@seated
def phone(request: HttpRequest, seat: staff.Seat) -> HttpResponse:
    """Move the second factor to another phone, with the password and a code of the present one."""
    if access.login_by_name(seat.known.username).demonstration:
        return redirect("account_security")
    form = AnotherPhone(data=request.POST or None, user=request.user)
    if request.method == "POST":
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            return faults.too_many(request)
        if form.is_valid():
            access.change_second_factor(by=seat.actor, at=now(), login=seat.actor.id, secret=form.secret)
            clear_totp_secret(request)
            request.user.refresh_from_db()  # type: ignore[union-attr]
            update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
            staff.begin(request, seat.actor.id)
            messages.success(
                request, _("Codes come from the new phone now. You were logged out everywhere else.")
            )
            return redirect("account_security")
    shown = {"form": form, "picture": _picture(request, form.secret)}
    return render(request, "account/phone.html", shown)


def _picture(request: HttpRequest, secret: str) -> str:
    """What the new phone scans, as an address that holds the drawing itself."""
    known = get_adapter()
    drawing = known.build_totp_svg(known.build_totp_url(request.user, secret))
    return "data:image/svg+xml;base64," + b64encode(drawing.encode()).decode()
