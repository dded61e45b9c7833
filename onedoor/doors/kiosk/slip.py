"""The ticket on thermal paper: drawn as dots for the kiosk's printer, as an image, or as the bytes that a printer takes."""

import io
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.i18n import text
from onedoor.kernel.i18n.shown import format_datetime
from onedoor.kernel.scope import needs
from onedoor.ui.raster import WIDTHS, Line, Part, Rule, Square, draw, escpos
from onedoor.ui.request import AtCentre

KINDS = {"png": "image/png", "bin": "application/octet-stream"}


@needs("queue.take")
@never_cache
@require_safe
def slip(request: AtCentre, centre: str, token: str, kind: str) -> HttpResponse:
    """One ticket of this centre; ``mm`` is how wide the paper is."""
    width = request.GET.get("mm", "80")
    if kind not in KINDS or width not in {str(one) for one in WIDTHS}:
        raise Http404
    held = queue.ticket_by_token(token)
    if held.centre_id != request.centre:
        raise queue.TicketUnknown
    image = draw(parts_of(held), millimetres=int(width))
    if kind == "bin":
        return HttpResponse(escpos(image), content_type=KINDS[kind])
    drawn = io.BytesIO()
    image.save(drawn, "PNG")
    return HttpResponse(drawn.getvalue(), content_type=KINDS[kind])


def parts_of(held: queue.Ticket) -> list[Part]:
    """What stands on the paper, in the language of the screen."""
    view, service = centres.centre(held.centre_id), catalogue.service_by_id(held.service_id)
    named: list[Any] = [Line(text=held.name, size=26, most=2)] if held.name else []
    return [
        Line(text=text(view.name), size=28, bold=True, most=3),
        Rule(),
        Line(text=_("Your ticket"), size=26),
        Line(text=held.number, size=120, bold=True, most=1),
        Line(text=text(service.name), size=28, bold=True, most=4),
        *named,
        Square(content=f"{settings.PUBLIC_ADDRESS}/t/{held.token}/"),
        Line(text=_("Scan the code to follow your place on your telephone."), size=24),
        Line(text=_("Please wait until the screen shows your number."), size=24, bold=True),
        Rule(),
        Line(text=format_datetime(held.issued_at), size=24),
    ]


urlpatterns = [path("<slug:centre>/ticket/<slug:token>/slip.<slug:kind>", slip, name="slip")]
