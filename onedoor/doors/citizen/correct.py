"""A returned application corrected at home, by number and secret code; both stand in a signed cookie of the open browser."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.citizen.follow import OPENED, too_often
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict, Invalid
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Answer, Once, replaying
from onedoor.kernel.scope import public
from onedoor.ui.request import Request

LARGEST_UPLOAD = 11 * 1024 * 1024
PAPER = "_paper."
BESIDE = frozenset({"csrfmiddlewaretoken", "_key", "_version", "_again", "_add", "_remove", "_keep", "_drop"})
REDRAWN = ("_again", "_add", "_remove")


@dataclass(frozen=True)
class Opened:
    """The case that this browser opened: what proves it, and which form its page asks."""

    number: str
    code: str
    case: UUID
    edition: UUID
    address: str

    @property
    def proof(self) -> dict[str, Any]:
        """How the domain is asked."""
        return {"number": self.number, "code": self.code, "address": self.address, "at": now()}


def with_case(view: Callable[[Request, Opened], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Hand the view what this browser opened; who opened nothing, or whose code ended, is asked for number and code."""

    def shown(request: Request) -> HttpResponse:
        number, code, case, edition = (*OPENED.of(request).split(" "), "", "", "", "")[:4]
        if not edition:
            return redirect("citizen:follow")
        address = request.META.get("REMOTE_ADDR", "")
        try:
            return view(request, Opened(number, code, UUID(case), UUID(edition), address))
        except cases.WaitBeforeTrying as fault:
            return too_often(request, fault, number=number)
        except cases.NumberOrCodeIsWrong:
            return OPENED.forget(redirect("citizen:follow"))

    return shown


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def correct(request: Request, opened: Opened) -> HttpResponse:
    """What was asked, her answers to correct, her papers to replace; sent once, or kept on the page with what is wrong."""
    if request.method != "POST":
        return _page(request, opened, None, {})
    if "_drop" in request.POST:
        cases.drop_correction(**opened.proof)
        return redirect("citizen:correct")
    form = catalogue.form_to_ask(opened.edition)
    said = _said(request, form)
    if any(name in request.POST for name in REDRAWN):
        return _page(request, opened, said, {}, more=request.POST.get("_add", ""))
    try:
        if "_keep" in request.POST:
            _keep(request, opened, said)
            return redirect("citizen:correct")
        _send(request, opened, said)
    except cases.FormIsNotValid as fault:
        return _page(request, opened, said, fault.faults, status=422)
    except Invalid as fault:
        return _page(request, opened, said, {_input(fault.field, form): fault.message}, status=422)
    except Conflict as fault:
        return _page(request, opened, said, {}, conflict=fault, status=409)
    return redirect("citizen:corrected")


@public
@never_cache
@require_POST
@with_case
def keep(request: Request, opened: Opened) -> HttpResponse:
    """What the page says so far is kept while she types; nothing is drawn anew."""
    _keep(request, opened, _said(request, catalogue.form_to_ask(opened.edition)))
    return HttpResponse(status=204)


@public
@never_cache
@require_safe
@with_case
def corrected(request: Request, opened: Opened) -> HttpResponse:
    """It was sent: who has it now, until when, and what became of the fee."""
    held = cases.follow(**opened.proof)
    return render(request, "citizen/corrected.html", {"case": held})


@public
@require_POST
def leave(request: Request) -> HttpResponse:
    """This browser forgets the case, for whoever sits at it next."""
    return OPENED.forget(redirect("citizen:follow"))


def _send(request: Request, opened: Opened, said: Mapping[str, Any]) -> None:
    files = _files(request)
    papers = {name.removeprefix(PAPER): file for name, file in files.items() if name.startswith(PAPER)}
    once = Once(
        actor=opened.case,
        key=_key(request),
        body=_body(request),
        answer=lambda done: Answer(200, done.status),
    )
    proof = opened.proof
    replaying(
        once,
        at=proof["at"],
        act=lambda: cases.correct_own(
            **proof,
            data=said,
            files={name: file for name, file in files.items() if not name.startswith(PAPER)},
            papers=papers,
            version=_version(request),
            once=once,
        ),
    )


def _keep(request: Request, opened: Opened, said: Mapping[str, Any]) -> None:
    cases.keep_correction(**opened.proof, data=said, version=_version(request))


def _page(
    request: Request,
    opened: Opened,
    said: Mapping[str, Any] | None,
    faults: Mapping[str, Any],
    *,
    more: str = "",
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    held = cases.see_own_correction(**opened.proof)
    begun = held.begun if said is None else None
    if begun is not None:
        said = begun.data
        conflict = cases.CorrectedMeanwhile() if begun.outdated else None
    data = held.data if said is None else {**_files_there(held), **said}
    parts = catalogue.form_shown(held.form, catalogue.Showing(data=data, faults=faults, more=more))
    papers = [(paper, there, faults.get(f"{PAPER}{paper.code}")) for paper, there in held.papers]
    # Another page may have been sent in between: a page that is drawn again after a fault keeps the version it was opened with.
    version = held.version if conflict or begun or said is None else _version(request)
    about = {
        "held": held,
        "begun": begun,
        "case": held.followed,
        "parts": parts,
        "papers": papers,
        "other_fault": faults.get(f"{PAPER}other"),
        "errors": _summary(held.form, faults, papers),
        "files_again": bool(request.FILES),
        "conflict": conflict,
        "differing": held.differing(said) if conflict and said is not None else (),
        "version": version,
        "key": new_id().hex,
    }
    response = render(request, "citizen/correct.html", about, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _summary(form: catalogue.Form, faults: Mapping[str, Any], papers: Any) -> list[tuple[str, Any]]:
    """What is wrong, with the input at which it is mended."""
    named = catalogue.summary(
        form, {name: said for name, said in faults.items() if not name.startswith(PAPER)}
    )
    return [
        *named,
        *(
            (f"id_paper-{name.removeprefix(PAPER)}", said)
            for name, said in faults.items()
            if name.startswith(PAPER)
        ),
    ]


def _said(request: Request, form: catalogue.Form) -> dict[str, Any]:
    """The answers on the page. NotAsked, naming the input, when it says something that the form does not ask."""
    names = (name for name in (*request.POST, *request.FILES) if name not in BESIDE)
    strange = form.unknown(name for name in names if not name.startswith(PAPER))
    if strange:
        raise cases.NotAsked(field=strange[0][:200])
    return form.read(request.POST, without=request.POST.get("_remove", ""))


def _files(request: Request) -> dict[str, tuple[str, bytes]]:
    """The files on the page by their input: name and content, cut beyond what is stored."""
    return {
        name: (upload.name or "scan", upload.read(LARGEST_UPLOAD))
        for name, upload in request.FILES.items()
        if upload is not None and not isinstance(upload, list)
    }


def _files_there(held: cases.OwnCorrection) -> dict[str, Any]:
    """Which files the case has: no page says that."""
    names = [each.name for each in held.form.questions if each.kind == "file"]
    return {name: held.data[name] for name in names if held.data.get(name)}


def _input(field: str, form: catalogue.Form) -> str:
    """The input at which a refused file or answer was given."""
    return field if any(each.name == field for each in form.questions) else f"{PAPER}{field}"


def _key(request: Request) -> str:
    key = request.POST.get("_key", "")
    if not (0 < len(key) <= 64 and key.isalnum()):
        raise Invalid(field="_key")
    return f"citizen/correct/{key}"


def _version(request: Request) -> int:
    said = request.POST.get("_version", "")
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        raise Invalid(field="_version")
    return int(said)


def _body(request: Request) -> bytes:
    """What was asked, without the token that differs on each page; files by their name and size."""
    kept = sorted(held for held in request.POST.lists() if held[0] != "csrfmiddlewaretoken")
    files = sorted((name, str(each), getattr(each, "size", 0)) for name, each in request.FILES.items())
    return repr((kept, files)).encode()


urlpatterns = [
    path("follow/correct/", correct, name="correct"),
    path("follow/correct/keep/", keep, name="correct_keep"),
    path("follow/corrected/", corrected, name="corrected"),
    path("follow/leave/", leave, name="follow_leave"),
]
