"""Steps of the system that failed: which, since when, and the button that has them tried again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.cases import api as cases
from onedoor.kernel.clock import now
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request


@needs("cases.mend")
@never_cache
@require_safe
def failed(request: Request) -> HttpResponse:
    """What failed or is being tried again, oldest first."""
    return render(request, "office/failed.html", {"rows": cases.failed_services(request.actor)})


@needs("cases.mend")
@require_POST
def retry(request: Request, task: UUID) -> HttpResponse:
    """Have one step tried again."""
    cases.retry(by=request.actor, at=now(), task=task)
    messages.success(request, _("The step is tried again now."))
    return redirect("office:failed")
