"""A scanned paper in the browser: shown in place, never run, every look recorded."""

from uuid import UUID

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from onedoor.domain.cases import api as cases
from onedoor.kernel.clock import now
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre


@needs("cases.enter")
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"], "object-src": ["'self'"]})  # type: ignore[arg-type]  # it takes any view
@require_safe
def show_paper(request: AtCentre, centre: str, counter: str, case: UUID, paper: UUID) -> HttpResponse:
    """The file as it was scanned."""
    content, _name, kind = cases.see_paper(by=request.actor, at=now(), case=case, paper=paper)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": "inline"})
