"""The cameras of a hall: looked through with a reason that is written down, set up, changed, taken down."""

from typing import Any
from uuid import UUID

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access import api as access
from onedoor.domain.monitoring import api as monitoring
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict, Invalid
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

REASONS = {
    "crowd": gettext_lazy("See how full the hall is"),
    "safety": gettext_lazy("Somebody may be in danger"),
    "complaint": gettext_lazy("Follow up a complaint"),
    "help": gettext_lazy("Help an officer who asked for it"),
}
KINDS = {
    "mjpeg": gettext_lazy("Single pictures in a row (MJPEG)"),
    "hls": gettext_lazy("Video in pieces (HLS)"),
}
FIELDS = ("name", "kind", "address")


@needs("monitoring.watch")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, place: str) -> HttpResponse:
    """The cameras of a hall; a POST looks through one, once its reason is written down."""
    centre = monitoring.sight_of(request.actor).centre(place)
    shown = {
        "centre": centre,
        "tab": "live",
        "reasons": REASONS.items(),
        "cameras": monitoring.cameras(by=request.actor, centre=centre.id),
        "installs": access.may(request.actor, monitoring.INSTALL, at=centre.id),
        "errors": [],
    }
    if request.method != "POST":
        return render(request, "console/cameras.html", shown)
    found = monitoring.camera(by=request.actor, centre=centre.id, camera=_id(request.POST.get("camera", "")))
    why = request.POST.get("why", "")
    try:
        monitoring.watch(by=request.actor, at=now(), centre=centre.id, camera=found.id, why=why)
    except Invalid as fault:
        shown["errors"] = [("why-1", fault.message)]
        return render(request, "console/cameras.html", shown, status=422)
    return _looking(request, {**shown, "camera": found, "why": REASONS[why]}, found.origin)


@needs("monitoring.install")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, place: str, camera: UUID | None = None) -> HttpResponse:
    """One camera set up, changed or taken down."""
    centre = monitoring.sight_of(request.actor).centre(place)
    held = monitoring.camera(by=request.actor, centre=centre.id, camera=camera) if camera else None
    said = {name: getattr(held, name) if held else "" for name in FIELDS}
    shown: dict[str, Any] = {"centre": centre, "tab": "live", "kinds": KINDS.items(), "camera": held}
    shown["version"] = held.version if held else ""
    if request.method != "POST":
        return render(request, "console/camera_edit.html", {**shown, "said": said, "errors": []})
    said = {name: request.POST.get(name, "").replace("\x00", "").strip() for name in FIELDS}
    try:
        _save(request, centre.id, held, said)
    except Invalid as fault:
        context = {**shown, "said": said, "errors": [(f"id_{fault.field}", fault.message)]}
        context["version"] = request.POST.get("version", "")  # somebody may have changed it meanwhile
        return render(request, "console/camera_edit.html", context, status=422)
    except Conflict as fault:
        context = {**shown, "said": said, "errors": [("id_name", fault.message)]}
        return render(request, "console/camera_edit.html", context, status=409)
    return redirect("console:cameras", centre.code)


def _save(request: Request, centre: UUID, held: monitoring.CameraView | None, said: dict[str, str]) -> None:
    if held is not None and request.POST.get("do") == "end":
        monitoring.end_camera(by=request.actor, at=now(), centre=centre, camera=held.id)
        messages.success(request, _("The camera is no longer shown."))
        return
    version = request.POST.get("version", "")
    monitoring.save_camera(
        by=request.actor,
        at=now(),
        centre=centre,
        camera=held.id if held else None,
        version=int(version) if version.isdecimal() and len(version) < 10 else None,
        **said,
    )
    messages.success(request, _("The camera is saved."))


def _looking(request: Request, shown: dict[str, Any], origin: str) -> HttpResponse:
    """The picture comes from the camera itself, so this one answer lets the browser fetch from there."""
    allowed = {
        "img-src": [origin],
        "media-src": [origin, "blob:"],
        "connect-src": [origin],
    }
    answer: HttpResponse = csp_update(allowed)(
        lambda _request: render(request, "console/camera.html", shown)
    )(request)  # type: ignore[assignment]  # it takes any view
    return answer


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as wrong:
        raise monitoring.OutOfSight from wrong
