"""For auditors: what left the ordinary way, a sample by seed, a case or receipt as it is, and a case taken out with its proof."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.payments import api as payments
from onedoor.kernel.clock import now
from onedoor.kernel.crypto import keyring
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import format_number, text
from onedoor.kernel.letters.proof import SCRIPT, script
from onedoor.kernel.money import format_kip
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

PAGE, LONGEST, SIZE = 50, 60, 20
FIELDS = ("centre", "kind", "since", "until")
KIND_WORDS = {
    "void": gettext_lazy("Voids"),
    "waiver": gettext_lazy("Waivers"),
    "reprint": gettext_lazy("Reprints"),
    "override": gettext_lazy("Overrides"),
    "fast": gettext_lazy("Fast tracks"),
    "refusal": gettext_lazy("Refusals"),
}
SORT_WORDS = {
    ("void", "receipt"): gettext_lazy("A receipt was voided"),
    ("void", "document"): gettext_lazy("A document was revoked"),
    ("waiver", "fee"): gettext_lazy("A fee was waived"),
    ("reprint", "document"): gettext_lazy("A document was printed again"),
    ("reprint", "receipt"): gettext_lazy("A receipt was printed again"),
    ("fast", "priority"): gettext_lazy("A priority ticket was given"),
    ("fast", "comes_back"): gettext_lazy("A person may come back without queueing"),
    ("refusal", "application"): gettext_lazy("An application was refused"),
    ("refusal", "waiver"): gettext_lazy("A waiver was refused"),
    ("override", "code"): gettext_lazy("A new secret code was given"),
    ("override", "retried"): gettext_lazy("A failed step was tried again by hand"),
    ("override", "facts"): gettext_lazy("What stands on a document was corrected"),
    ("override", "ticket"): gettext_lazy("A lost ticket was replaced"),
    ("override", "turn"): gettext_lazy("A person was called out of turn"),
    ("override", "drawer"): gettext_lazy("A drawer was closed over or short"),
    ("override", "numbers"): gettext_lazy("Numbers without a receipt were declared with the day's close"),
}
TICKET_WORDS = {
    "waiting": gettext_lazy("Waiting"),
    "called": gettext_lazy("Called"),
    "serving": gettext_lazy("Being served"),
    "held": gettext_lazy("Comes back"),
    "served": gettext_lazy("Served"),
    "missed": gettext_lazy("Missed"),
    "left": gettext_lazy("Gave the ticket back"),
}
TAGS = {"void": "bad", "waiver": "warn", "override": "warn", "refusal": "info"}


@needs("monitoring.audit")
@never_cache
@require_safe
def page(request: Request) -> HttpResponse:
    """What left the ordinary way, newest first, with how much of each kind."""
    asked, chosen = _asked(request)
    try:
        found = monitoring.marks(
            request.actor, asked=_question(asked), after=request.GET.get("after") or None, limit=PAGE
        )
    except Invalid as fault:
        return _show(request, "console/audit.html", asked, fault=fault)
    known = cases.audited(
        request.actor,
        at=now(),
        cases=[row.subject for row in found.rows if row.subject],
        visits=[row.visit for row in found.rows if row.visit],
    )
    grounds = _grounds() if any(row.kind == "waiver" for row in found.rows) else {}
    context: dict[str, Any] = {
        "rows": [_row(row, known, grounds) for row in found.rows],
        "tallies": _tallies(found.counts, chosen),
        "more": f"?{urlencode({**chosen, 'after': found.after})}" if found.after else "",
        "query": urlencode(chosen),
    }
    return _show(request, "console/audit.html", asked, **context)


@needs("monitoring.audit")
@never_cache
@require_safe
def sample(request: Request) -> HttpResponse:
    """Cases drawn by a stated seed; the page says the seed, how many there were to draw from, and the rule."""
    asked, _chosen = _asked(request)
    seed, size = request.GET.get("seed", "")[:200], request.GET.get("size", str(SIZE))[:6]
    context: dict[str, Any] = {"seed": seed, "size": size, "sampling": True}
    if not seed:
        return _show(request, "console/audit_sample.html", asked, **context)
    try:
        number = int(size) if size.isascii() and size.isdigit() else 0
        drawn = monitoring.sample(request.actor, seed=seed, size=number, asked=_question(asked))
    except Invalid as fault:
        return _show(request, "console/audit_sample.html", asked, fault=fault, **context)
    known = cases.audited(request.actor, at=now(), cases=drawn.cases)
    rows = [known[case] for case in drawn.cases if case in known]
    return _show(
        request,
        "console/audit_sample.html",
        asked,
        drawn=drawn,
        drawn_rows=rows,
        missing=len(drawn.cases) - len(rows),
        **context,
    )


@needs("monitoring.audit")
@never_cache
@require_safe
def case(request: Request, case: UUID) -> HttpResponse:
    """A case as it stands, with each step; the look is recorded."""
    held = cases.see_case(by=request.actor, at=now(), case=case)
    context = {"case": held, "key": keyring().public_key.hex(), "tab": "audit"}
    return render(request, "console/audit_case.html", context)


@needs("monitoring.audit")
@never_cache
@require_safe
def receipt(request: Request, receipt: UUID) -> HttpResponse:
    """A receipt as it stands."""
    held = payments.receipt_of(by=request.actor, receipt=receipt)
    known = cases.audited(request.actor, at=now(), cases=[held.subject])
    context = {
        "receipt": held,
        "case": known.get(held.subject),
        "officer": _who("staff", held.officer),
        "centre": text(access.unit(held.centre_id).name),
        "tab": "audit",
    }
    return render(request, "console/audit_receipt.html", context)


@needs("monitoring.audit")
@never_cache
@require_safe
def ticket(request: Request, ticket: UUID) -> HttpResponse:
    """A marked ticket with its way through the hall, also one that led to no case."""
    held = monitoring.ticket_seen(request.actor, ticket=ticket)
    visits = [row.visit for row in held.marks if row.visit]
    known = cases.audited(request.actor, at=now(), cases=[], visits=visits)
    of_case = next((known[visit] for visit in visits if visit in known), None)
    first, went = held.marks[0], held.visit
    service = catalogue.services_by_id([went.service]).get(went.service) if went else None
    context = {
        "number": held.marks[-1].number or first.number,
        "centre": text(access.unit(first.centre).name),
        "service": text(service.name) if service else "",
        "status": TICKET_WORDS.get(went.status, went.status) if went else "",
        "way": _way(went),
        "case": of_case,
        "rows": [_row(row, {}, {}) for row in held.marks],
        "tab": "audit",
    }
    return render(request, "console/audit_ticket.html", context)


def _way(went: Any) -> list[tuple[Any, datetime]]:
    """The instants of a visit, as far as it got."""
    if went is None:
        return []
    steps = (
        (_("Ticket taken"), went.taken_at),
        (_("Called"), went.called_at),
        (_("Service began"), went.started_at),
        (_("Ended"), went.ended_at),
    )
    return [(words, at) for words, at in steps if at is not None]


@needs("monitoring.audit")
@never_cache
@require_POST
def export(request: Request, case: UUID) -> HttpResponse:
    """A case whole with its proof; taking it out is recorded."""
    name, content = monitoring.take_out(by=request.actor, at=now(), case=case)
    return _file(content, name, "application/zip")


@needs("monitoring.audit")
@require_safe
def verifier(request: Request) -> HttpResponse:
    """The script that checks a case outside."""
    return _file(script(), SCRIPT, "text/x-python; charset=utf-8")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


def _asked(request: Request) -> tuple[dict[str, str], dict[str, str]]:
    """What was chosen, and the part of it that says something."""
    asked = {name: request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in FIELDS}
    return asked, {name: value for name, value in asked.items() if value}


def _question(asked: dict[str, str]) -> monitoring.AuditAsked:
    return monitoring.AuditAsked(
        centre=asked["centre"], kind=asked["kind"], since=_day(asked, "since"), until=_day(asked, "until")
    )


def _day(asked: dict[str, str], field: str) -> date | None:
    try:
        return date.fromisoformat(asked[field]) if asked[field] else None
    except ValueError as fault:
        raise Invalid(_("This is not a day of the calendar."), field=field) from fault


def _show(
    request: Request, template: str, asked: dict[str, str], *, fault: Invalid | None = None, **more: Any
) -> HttpResponse:
    centres = [("", _("All centres"))]
    centres += [(one.code, text(one.name)) for one in monitoring.audited_centres(request.actor)]
    context = {
        "asked": asked,
        "centres": centres,
        "kinds": [("", _("Every kind")), *((code, str(words)) for code, words in KIND_WORDS.items())],
        "faults": {fault.field: fault.message} if fault else {},
        "errors": [(f"id_{fault.field}" if fault.field else "", fault.message)] if fault else [],
        "tab": "audit",
        **more,
    }
    return render(request, template, context, status=422 if fault else 200)


def _tallies(counts: dict[str, int], chosen: dict[str, str]) -> list[dict[str, Any]]:
    most = max([*counts.values(), 1])
    return [
        {
            "name": KIND_WORDS[code],
            "count": count,
            "width": 1000 * count // most,
            "query": urlencode({**chosen, "kind": code}),
            "chosen": chosen.get("kind") == code,
        }
        for code, count in counts.items()
    ]


def _grounds() -> dict[str, str]:
    """The grounds of waivers in words."""
    try:
        return {each.code: text(each.name) for each in payments.tariff().grounds}
    except payments.NoTariff:
        return {}


def _row(row: Any, known: dict[UUID, cases.CaseRow], grounds: dict[str, str]) -> dict[str, Any]:
    of_case = known.get(row.subject or row.visit)
    return {
        "at": row.at,
        "kind": KIND_WORDS.get(row.kind, row.kind),
        "tag": TAGS.get(row.kind, ""),
        "what": SORT_WORDS.get((row.kind, row.sort), row.sort),
        "more": _more(row, grounds),
        "centre": text(access.unit(row.centre).name),
        "who": _who(row.actor_kind, row.actor),
        "second": _who("staff", row.second) if row.second else "",
        "number": row.number,
        "ticket": bool(row.visit and of_case),
        "ticket_page": row.aggregate if row.target == "ticket" and not of_case else None,
        "receipt": row.aggregate if row.target == "receipt" else None,
        "case": of_case.case if of_case else None,
        "case_number": of_case.number if of_case else "",
    }


def _more(row: Any, grounds: dict[str, str]) -> str:
    if row.sort in ("receipt", "drawer") and row.kind in ("void", "override") and row.amount is not None:
        return f"{format_kip(row.amount)}{f' · {payments.VOID_WORDS.get(row.code, row.code)}' if row.code else ''}"
    if row.kind == "reprint":
        return _("copy %(number)s") % {"number": format_number(row.amount or 0)}
    return "" if row.sort == "application" else grounds.get(row.code, row.code)


def _who(kind: str, id: UUID) -> str:
    """The name of a member of staff; in words for all others."""
    held = access.login(id) if kind == "staff" else None
    if held is not None:
        return text(held.name)
    return {"device": _("a device"), "machine": _("a machine"), "system": _("the system itself")}.get(
        kind, _("a person")
    )
