"""What all tabs of the designer share: the draft, saving with its version, what stands beside, a save that came too late."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.api import drawing
from onedoor.doors.console.designer.beside import problem_rows, seen
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.ui.request import Request

PERMISSION = "catalogue.draft"
TABS = (
    ("design", gettext_lazy("Description and papers")),
    ("design_eligibility", gettext_lazy("Who may apply")),
    ("design_form", gettext_lazy("Form")),
    ("design_process", gettext_lazy("Process")),
    ("design_decisions", gettext_lazy("Decisions")),
    ("design_fee", gettext_lazy("Fee")),
    ("design_tests", gettext_lazy("Tests")),
)
OURS = frozenset({"csrfmiddlewaretoken", "version", "do"})
LARGEST = 2 * 1024 * 1024
Changed = dict[str, Any]


class TooLarge(Invalid):
    """More than a document of a service can be."""

    status = 413


@dataclass(frozen=True)
class Tab:
    """One tab of a draft: its route, the template that shows it, and what the template needs of the documents.

    Args:
        context: made of the documents as they are shown; asked again when what was sent could not be kept.
    """

    name: str
    template: str
    context: Callable[[Request, catalogue.Draft], dict[str, Any]]


def opened(request: Request, service: str, draft: UUID) -> catalogue.Draft:
    """The draft of an address. Errors: NoSuchDraft (404), NotPermitted (403)."""
    found = catalogue.draft(by=request.actor, id=draft)
    if found.code != service:
        raise catalogue.NoSuchDraft()
    return found


def shown(
    request: Request,
    draft: catalogue.Draft,
    tab: Tab,
    *,
    errors: Sequence[tuple[str, Any]] = (),
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A tab as a page: its own part, and problems and preview beside."""
    context = {
        **frame(draft, tab.name),
        **beside(draft.documents, draft),
        **tab.context(request, draft),
        "errors": errors,
        **(more or {}),
    }
    return render(request, f"console/designer/{tab.template}", context, status=status)


def saved(
    request: Request,
    draft: catalogue.Draft,
    tab: Tab,
    change: Callable[[catalogue.Documents], Changed],
    *,
    to: str = "",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """What was sent, kept as a change of the draft: then back to ``to``; or the page again with what is wrong.

    ``do=look`` keeps nothing and gives what stands beside. A save on top of somebody else's answers 409 with both.
    """
    try:
        changed = change(draft.documents)
        if request.POST.get("do") == "look":
            return looked(request, draft, changed)
        catalogue.save_draft(
            by=request.actor, at=now(), draft=draft.id, version=version_of(request), **changed
        )
    except catalogue.drawing.CannotDraw as fault:
        return refused(request, draft, tab, fault.field, fault.reason, 422, more)
    except catalogue.DraftHasChanged:
        return conflict(request, draft, tab)
    except Invalid as fault:
        return refused(request, draft, tab, fault.field, fault.reason, fault.status, more)
    except catalogue.DraftIsClosed as fault:
        return refused(request, draft, tab, "", fault.message, fault.status, more)
    messages.success(request, _("Saved."))
    return redirect(to or address(draft, tab.name))


def refused(
    request: Request,
    draft: catalogue.Draft,
    tab: Tab,
    field: str,
    reason: Any,
    status: int,
    more: dict[str, Any] | None,
) -> HttpResponse:
    """The page again, with the reason at its field; nothing was kept."""
    if request.POST.get("do") == "look":
        return looked(request, draft, {}, wrong=reason)
    return shown(
        request, draft, tab, errors=[(f"id_{field}" if field else "", reason)], more=more, status=status
    )


def looked(request: Request, draft: catalogue.Draft, changed: Changed, *, wrong: Any = None) -> HttpResponse:
    """What stands beside, for documents that are not kept yet."""
    about = beside(replace(draft.documents, **changed), draft)
    context = {**frame(draft, ""), **about, "wrong": wrong, "unsaved": True}
    return render(request, "console/designer/_beside.html", context)


def conflict(request: Request, draft: catalogue.Draft, tab: Tab) -> HttpResponse:
    """Somebody else saved first: what was sent is not lost, and may be put on top of what is kept now."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "version")
        for value in values
    ]
    context = {**frame(draft, tab.name), "sent": sent, "here": request.get_full_path()}
    return render(request, "console/designer/conflict.html", context, status=409)


def frame(draft: catalogue.Draft, tab: str) -> dict[str, Any]:
    """What every page of the designer says of its draft."""
    name = draft.documents.content.get("name")
    return {
        "tab": "services",
        "open": tab,
        "draft": draft,
        "title": name if isinstance(name, dict) and any(name.values()) else {"lo": draft.code},
        "tabs": _tabs(draft),
    }


def beside(documents: catalogue.Documents, draft: catalogue.Draft) -> dict[str, Any]:
    """Problems and preview of documents."""
    problems = problem_rows(documents, draft, address)
    return {
        "problems": problems,
        "stopping": sum(each["stops"] for each in problems),
        "seen": seen(documents, draft.code),
    }


def _tabs(draft: catalogue.Draft) -> list[tuple[str, Any, str]]:
    """The tabs that this console has."""
    first = address(draft, "design")
    held = [(route, words, address(draft, route)) for route, words in TABS]
    return [(route, words, href) for route, words, href in held if route == "design" or href != first]


def address(draft: catalogue.Draft, route: str) -> str:
    """The address of a tab of a draft; one that this console lacks leads to the first."""
    about = {"service": draft.code, "draft": draft.id}
    try:
        return reverse(f"console:{route}", kwargs=about)
    except NoReverseMatch:
        return reverse("console:design", kwargs=about)


def version_of(request: Request) -> int:
    """The version that was read, as the page carries it."""
    said = request.POST.get("version", "")
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        raise Invalid(_("The page does not say which version of the draft it shows."), field="version")
    return int(said)


def known(request: Request, names: Collection[str], *prefixes: str) -> None:
    """Refuse what the page does not ask. Errors: Invalid with the name."""
    for name in request.POST:
        if name not in names and name not in OURS and not name.startswith(prefixes or ("\x00",)):
            raise Invalid(_("The page does not ask for “%s”.") % name[:80], field="")


def line(request: Request, name: str, longest: int = 500) -> str:
    """One line that was typed."""
    said = " ".join(request.POST.get(name, "").replace("\x00", "").split())
    if len(said) > longest:
        raise Invalid(_("This is longer than %s characters.") % longest, field=name)
    return said


def words(request: Request, name: str, longest: int = 500) -> dict[str, str]:
    """What was typed in both languages."""
    return {language: line(request, f"{name}_{language}", longest) for language in ("lo", "en")}


def file_text(request: Request, name: str) -> str:
    """The text of a file that was sent. Errors: TooLarge (413), Invalid, CannotDraw."""
    sent = request.FILES.get(name)
    if sent is None:
        raise Invalid(_("Choose a file."), field=name)
    if (sent.size or 0) > LARGEST:
        raise TooLarge(_("The file is larger than 2 MB."), field=name)
    return drawing.text_of(sent.read())
