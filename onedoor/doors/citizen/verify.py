"""Is this document real? By number and code, by the QR on the paper, or by the PDF itself."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.access.api import unit
from onedoor.domain.documents import api as documents
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.files import LARGEST, FileTooLarge
from onedoor.kernel.scope import public
from onedoor.ui.request import Request


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: Request) -> HttpResponse:
    """Asks for number and code; they lead to the address that the QR carries, too."""
    if request.method != "POST":
        return _ask(request)
    number = documents.read_number(request.POST.get("number", ""))
    code = documents.read_code(request.POST.get("code", ""))
    faults = []
    if not number.replace("-", "").isalnum():
        faults.append(("id_number", _("Write the number that stands at the top of the document.")))
    if not code:
        faults.append(("id_code", _("Write the verifying code that stands beside the QR code.")))
    if faults:
        return _ask(request, faults=faults, number=number, code=code, status=422)
    return redirect("citizen:verified", number=number, code=code)


@public
@never_cache
@require_safe
def verified(request: Request, number: str, code: str) -> HttpResponse:
    """The verdict on a number and a code."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        verdict = documents.verify(number=number, code=code, address=address, at=now())
    except DomainError as fault:
        response = _ask(request, faults=[("", fault.message)], number=number, status=fault.status)
        if "wait" in fault.about:
            response.headers["Retry-After"] = str(fault.about["wait"])
        return response
    return _show(request, verdict)


@public
@never_cache
@require_POST
def verify_file(request: Request) -> HttpResponse:
    """The verdict on a PDF; the file is looked at and not kept."""
    given = request.FILES.get("file")
    try:
        if given is None:
            raise Invalid(_("Choose the PDF file of the document."), field="file")
        if (given.size or 0) > LARGEST:
            raise FileTooLarge(field="file")
        verdict = documents.verify_file(given.read())
    except DomainError as fault:
        return _ask(request, faults=[("id_file", fault.message)], status=fault.status)
    return _show(request, verdict, of_file=True)


@public
@require_safe
def authority(request: Request) -> HttpResponse:
    """The certificate with which anyone can check our signatures without asking us."""
    response = HttpResponse(documents.authority(), content_type="application/x-pem-file")
    response.headers["Content-Disposition"] = 'attachment; filename="onedoor-documents.pem"'
    return response


def _ask(request: Request, *, status: int = 200, **held: Any) -> HttpResponse:
    return render(request, "citizen/verify.html", held, status=status)


def _show(request: Request, verdict: documents.Verdict, *, of_file: bool = False) -> HttpResponse:
    centre = unit(verdict.centre).name if verdict.centre else None
    about = {"verdict": verdict, "centre": centre, "of_file": of_file}
    return render(request, "citizen/verified.html", about)


urlpatterns = [
    path("verify/", verify, name="verify"),
    path("verify/file/", verify_file, name="verify_file"),
    path("verify/authority.pem", authority, name="authority"),
    path("verify/<str:number>/<str:code>/", verified, name="verified"),
]
