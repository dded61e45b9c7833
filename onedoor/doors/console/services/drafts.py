"""A draft on its way: its state, what the check finds, what differs, and the next step of whoever looks."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.doors.console.services.listing import READ
from onedoor.doors.console.services.words import DOCUMENTS, STATES, TAGS
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict, DomainError, Invalid
from onedoor.kernel.i18n import language, text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

LONGEST = 2_000
Act = Callable[..., catalogue.Draft]
ACTS: dict[str, tuple[Act, Any]] = {
    "send": (catalogue.send_draft, gettext_lazy("The draft was sent to the second person.")),
    "approve": (catalogue.approve_draft, gettext_lazy("The draft is approved.")),
    "return": (catalogue.return_draft, gettext_lazy("The draft went back to those who write it.")),
    "withdraw": (catalogue.withdraw_draft, gettext_lazy("The draft was given up.")),
}


@needs(READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The draft, and one step with it: sent, approved, returned with a reason, given up."""
    held = opened(request, service, draft)
    if request.method != "POST":
        return _page(request, held, [])
    name = request.POST.get("do", "")
    if name not in ACTS:
        return _page(request, held, [("", _("Choose what is to be done with the draft."))], status=400)
    act, told = ACTS[name]
    about: dict[str, Any] = {} if name == "withdraw" else {"version": version(request)}
    if name == "return":
        about["reason"] = request.POST.get("reason", "")[:LONGEST]
    try:
        act(by=request.actor, at=now(), draft=held.id, **about)
    except (Invalid, Conflict) as fault:
        field = "id_reason" if getattr(fault, "field", "") == "reason" else ""
        return _page(request, held, [(field, _said(fault))], status=fault.status)
    messages.success(request, str(told))
    return redirect("console:draft", service=held.code, draft=held.id)


def _said(fault: DomainError) -> Any:
    return getattr(fault, "reason", None) or fault.message


def opened(request: Request, service: str, draft: UUID) -> catalogue.Draft:
    """The draft of an address. Errors: NoSuchDraft (404), NotPermitted (403)."""
    found = catalogue.draft(by=request.actor, id=draft)
    if found.code != service:
        raise catalogue.NoSuchDraft()
    return found


def version(request: Request) -> int:
    """The version that the page showed; 0, which none has, where it says none."""
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0


def heading(held: catalogue.Draft) -> dict[str, Any]:
    """What every page of a draft says above."""
    name = held.documents.content.get("name")
    return {
        "tab": "services",
        "draft": held,
        "title": name if isinstance(name, dict) and any(name.values()) else {"lo": held.code},
        "state": STATES[held.state],
        "state_tag": TAGS[held.state],
        "ministry": text(access.unit(held.authority).name),
    }


def _page(request: Request, held: catalogue.Draft, errors: list[Any], *, status: int = 200) -> HttpResponse:
    found = [
        (each, catalogue.place_words(held.documents, each))
        for each in catalogue.problems_of(held.documents, code=held.code)
    ]
    who, at = request.actor, held.authority
    wrote = who.id in held.editors
    context = {
        **heading(held),
        "errors": errors,
        "stopping": [each for each in found if each[0].stops],
        "notes": [each for each in found if not each[0].stops],
        "documents": DOCUMENTS,
        "parts": changes(held),
        "wrote": wrote,
        "may_write": access.may(who, "catalogue.draft", at=at),
        "may_approve": access.may(who, "catalogue.approve", at=at) and not wrote,
        "may_release": access.may(who, "catalogue.publish", at=at) and not wrote,
        "editors": _names(held.editors),
        "approver": _names([held.approved_by]) if held.approved_by else "",
    }
    return render(request, "console/services/draft.html", context, status=status)


def _names(people: Any) -> str:
    known = [access.login(each) for each in people]
    return ", ".join(sorted(text(one.name) for one in known if one is not None))


def changes(held: catalogue.Draft) -> list[tuple[Any, list[str]]]:
    """What differs from the edition that the draft was begun from, by document, in the reader's language."""
    if held.base is None:
        return []
    before = catalogue.documents_of(catalogue.edition_numbered(held.code, held.base))
    found: dict[str, list[str]] = {}
    for one in catalogue.differences(before, held.documents):
        found.setdefault(one.document, []).append(one.sentence[language()])
    return [(DOCUMENTS[name], sentences) for name, sentences in found.items()]


@needs(READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: Request, service: str, draft: UUID) -> HttpResponse:
    """An approved draft becomes an edition: from which day, and for all or for pilot centres."""
    held = opened(request, service, draft)
    if request.method != "POST":
        return _release(request, held, [])
    chosen = request.POST.getlist("centre")[:300]
    try:
        begins = day(request.POST.get("valid_from", ""))
        found = catalogue.release_draft(
            by=request.actor,
            at=now(),
            draft=held.id,
            version=version(request),
            valid_from=begins,
            centres=_pilots(held, chosen, begins) if request.POST.get("scope") == "pilots" else (),
        )
    except (Invalid, Conflict) as fault:
        field = getattr(fault, "field", "")
        place = f"id_{field}" if field in ("valid_from", "centres") else ""
        return _release(request, held, [(place, _said(fault))], status=fault.status)
    messages.success(request, _("Edition %s is released.") % found.version)
    return redirect("console:service", service=held.code)


def _release(
    request: Request, held: catalogue.Draft, errors: list[Any], *, status: int = 200
) -> HttpResponse:
    today = now().astimezone(ZONE).date()
    chosen = set(request.POST.getlist("centre"))
    context = {
        **heading(held),
        "errors": errors,
        "today": today,
        "valid_from": request.POST.get("valid_from", today.isoformat()),
        "scope": request.POST.get("scope", "all"),
        "centres": [(one.code, text(one.name), one.code in chosen) for one in _offering(held, today)],
        "parts": changes(held),
        "allowed": held.state == "approved" and request.actor.id not in held.editors,
    }
    return render(request, "console/services/release.html", context, status=status)


def _pilots(held: catalogue.Draft, codes: list[str], begins: date) -> list[UUID]:
    known = {one.code: one.id for one in _offering(held, begins)}
    if not codes:
        raise Invalid(_("Choose at least one centre."), field="centres")
    if strange := next((code for code in codes if code not in known), None):
        raise Invalid(_("The centre “%s” does not offer this service.") % strange[:40], field="centres")
    return [known[code] for code in codes]


def _offering(held: catalogue.Draft, on: date) -> list[centres.CentreView]:
    """The centres that may try it out: those that offer the service on a day; all for a service that is new."""
    if held.base is None:
        return centres.centres()
    service = catalogue.service(held.code)
    return [view for view, _days in centres.centres_with(service.id, on=on)]


def day(typed: str) -> date:
    """A day that was typed. Errors: Invalid (valid_from)."""
    try:
        return date.fromisoformat(typed)
    except ValueError as fault:
        raise Invalid(_("This is not a day of the calendar."), field="valid_from") from fault
