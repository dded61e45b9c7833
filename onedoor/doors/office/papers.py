"""A paper of a case as its officer sees it: beside the form, never run, every look recorded."""

from uuid import UUID

from csp.decorators import csp_replace
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from onedoor.domain.cases import api as cases
from onedoor.kernel.clock import now
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request


@needs("cases.decide")
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"], "object-src": ["'self'"]})  # type: ignore[arg-type]  # it takes any view
@require_safe
def paper(request: Request, case: UUID, paper: UUID) -> HttpResponse:
    """The file as it was scanned; only for those whose task leads to the case (404 else)."""
    content, _name, kind = cases.see_paper(by=request.actor, at=now(), case=case, paper=paper)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": "inline"})
