"""The form of a draft as four doors would show it: portal, kiosk, desk and call centre. Nothing is kept."""

from typing import Any
from uuid import UUID

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.console.designer.shell import PERMISSION, opened
from onedoor.kernel.errors import Missing
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

LOOKS = (
    ("citizen", gettext_lazy("Citizens' portal")),
    ("kiosk", gettext_lazy("Kiosk")),
    ("desk", gettext_lazy("Desk")),
    ("call", gettext_lazy("Call centre")),
)
# Up to how many choices a door shows at once; more open as a list.
FEW = {"citizen": 7, "kiosk": 12, "desk": 0, "call": 99}


@needs(PERMISSION)
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[arg-type]  # it takes any view
@never_cache
@require_safe
def look(request: Request, service: str, draft: UUID, look: str) -> HttpResponse:
    """The form at one door, with the answers that the address gives: what they show and hide is seen."""
    held = opened(request, service, draft)
    if look not in FEW:
        raise Missing()
    context: dict[str, Any] = {"look": look, "draft": held, "name": held.documents.content.get("name") or {}}
    try:
        form = catalogue.compile_form(held.documents.form)
    except (catalogue.FormRefused, TypeError, ValueError, LookupError, AttributeError) as fault:
        return render(request, "console/designer/look_wrong.html", {**context, "reason": str(fault)[:500]})
    data = form.read(request.GET, without=request.GET.get("_remove", ""))
    showing = catalogue.Showing(data=data, few=FEW[look], more=request.GET.get("_add", ""))
    context["parts"] = catalogue.form_shown(form, showing)
    return render(request, f"console/designer/look_{look}.html", context)
