"""What a page says of a form: its answers and files, a row that is wanted, and nothing that the form does not ask."""

from collections.abc import Mapping
from typing import Any

from onedoor.domain.cases.api import NotAsked
from onedoor.domain.catalogue.api import Form, Part, Showing, form_shown
from onedoor.ui.request import AtCentre

LARGEST_UPLOAD = 11 * 1024 * 1024
# What pages of the desk say beside the answers: the token, the key of a repeat, how a step ends, what a button wants.
BESIDE = frozenset({"csrfmiddlewaretoken", "key", "outcome", "reason", "_again", "_add", "_remove"})
REDRAWN = ("_again", "_add", "_remove")


def entered(request: AtCentre, form: Form) -> dict[str, Any]:
    """The answers on a page. NotAsked, naming the input, when the page says something that the form does not ask."""
    strange = form.unknown(name for name in (*request.POST, *request.FILES) if name not in BESIDE)
    if strange:
        raise NotAsked(field=strange[0][:200])
    return form.read(request.POST, without=request.POST.get("_remove", ""))


def files_in(request: AtCentre) -> dict[str, tuple[str, bytes]]:
    """The files on a page by their question: name and content, cut beyond what is stored."""
    return {
        question: (upload.name or "scan", upload.read(LARGEST_UPLOAD))
        for question, upload in request.FILES.items()
        if upload is not None and not isinstance(upload, list)
    }


def redraws(request: AtCentre) -> bool:
    """Whether a button asks for the page again: other questions, one row more or fewer."""
    return any(name in request.POST for name in REDRAWN)


def asks_for_part(request: AtCentre) -> bool:
    """Whether a script asks for the questions only."""
    return request.headers.get("X-Asked") == "1"


def parts(
    form: Form,
    data: Mapping[str, Any],
    faults: Mapping[str, Any] | None = None,
    *,
    more: str = "",
) -> tuple[Part, ...]:
    """The form's sections with what was typed and what is wrong."""
    return form_shown(form, Showing(data=data, faults=faults or {}, more=more))
