"""A document of a draft that is drawn: its page with the modeler, begun, brought from elsewhere, kept, downloaded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.console.designer.shell import (
    PERMISSION,
    Changed,
    Tab,
    file_text,
    known,
    opened,
    saved,
    shown,
)
from onedoor.kernel.errors import Missing
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

KINDS = {
    "process": ("process", "bpmn", "application/xml"),
    "decisions": ("decisions", "dmn", "application/xml"),
}


@dataclass(frozen=True)
class Drawn:
    """One kind of document that is drawn: its name among the documents, its tab, how it is read and begun.

    Args:
        read: raises CannotDraw where a text cannot be shown again, sound or not.
        acts: what else a page may ask, by the name of the button; each gives the whole text.
        asks: the names of the fields that these need.
    """

    name: str
    tab: Tab
    read: Callable[[str], Any]
    acts: dict[str, Callable[[Request, catalogue.Draft, catalogue.Documents], str]]
    asks: frozenset[str] = frozenset()


def drawn_page(request: Request, service: str, draft: UUID, about: Drawn) -> HttpResponse:
    """The page of a drawn document; what is saved is the file as the modeler writes it, what was not touched stays."""
    held = opened(request, service, draft)
    if request.method != "POST":
        return shown(request, held, about.tab)
    return saved(request, held, about.tab, lambda documents: _changed(request, held, documents, about))


def _changed(
    request: Request, draft: catalogue.Draft, documents: catalogue.Documents, about: Drawn
) -> Changed:
    known(request, {about.name, "file", *about.asks})
    act = request.POST.get("do", "")
    if act in about.acts:
        return {about.name: about.acts[act](request, draft, documents)}
    if act == "import":
        return {about.name: readable(file_text(request, "file"), about)}
    if about.name not in request.POST or same(request.POST[about.name], getattr(documents, about.name)):
        return {}
    said = request.POST[about.name].replace("\r\n", "\n")
    return {about.name: said if act == "look" else readable(said, about)}


def readable(source: str, about: Drawn) -> str:
    """A text that can be read and shown again, sound or not. Errors: CannotDraw."""
    if source:
        about.read(source)
    return source


def same(said: str, kept: str) -> bool:
    """Whether a text came back as it was sent out: browsers write every line's end anew."""
    return "\n".join(said.splitlines()) == "\n".join(kept.splitlines())


@needs(PERMISSION)
@never_cache
@require_safe
def download(request: Request, service: str, draft: UUID, kind: str) -> HttpResponse:
    """The diagram or the tables as a file, byte for byte as they are kept."""
    held = opened(request, service, draft)
    if kind not in KINDS:
        raise Missing()
    name, ending, type = KINDS[kind]
    content = getattr(held.documents, name).encode()
    disposition = f'attachment; filename="{held.code}.{ending}"'
    return HttpResponse(content, content_type=type, headers={"Content-Disposition": disposition})
