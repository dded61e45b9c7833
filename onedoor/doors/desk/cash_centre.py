"""Money of the whole centre, as its head sees it: a day, its drawers and receipts, and what waits for a second person."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.doors.desk.cash import faults_of, person
from onedoor.doors.desk.cash_receipts import ground_said
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.csv import Cell, download
from onedoor.ui.request import AtCentre

FIRST_YEAR, LAST_YEAR = 1900, 9000
PAGE = 100


@needs("payments.approve")
@never_cache
@require_safe
def centre_cash(request: AtCentre, centre: str) -> HttpResponse:
    """A day of the centre: what was taken by service and officer, the drawers, the receipts, what waits for the head."""
    return day_page(request, centre, day_asked(request.GET.get("day", "")))


@needs("payments.approve")
@never_cache
@require_safe
def table(request: AtCentre, centre: str) -> HttpResponse:
    """The day by service and officer, for a spreadsheet."""
    day = day_asked(request.GET.get("day", ""))
    held = payments.day_of(by=request.actor, centre=request.centre, day=day)
    names = _names(row.service for row in held.rows)
    head = [
        _("Day"),
        _("Service"),
        _("Officer"),
        _("Receipts"),
        _("Void"),
        _("Waived"),
        _("State fees"),
        _("Incidental charges"),
        _("Together"),
    ]
    rows: list[list[Cell]] = [
        [
            day.isoformat(),
            _named(names, row.service),
            person(row.officer),
            row.receipts,
            row.voided,
            row.waived,
            row.fee,
            row.incidental,
            row.total,
        ]
        for row in held.rows
    ]
    return download(f"cash-{centre}-{day.isoformat()}", head, rows)


def day_page(
    request: AtCentre,
    centre: str,
    day: date,
    *,
    faults: list[DomainError] | None = None,
    **said: Any,
) -> HttpResponse:
    """The page of a day; after a refusal with its reason and with what was written (``said``)."""
    held = payments.day_of(by=request.actor, centre=request.centre, day=day)
    receipts, more = _receipts(request, day)
    about = {
        "centre": centre,
        "view": centres.centre(request.centre),
        "held": held,
        "today": now().astimezone(ZONE).date(),
        "receipts": receipts,
        "more": more,
        "later": request.GET.get("after", ""),
        "reasons": payments.VOID_WORDS.items(),
        "lost": [] if held.closed else payments.lost_numbers(by=request.actor, centre=request.centre),
        "owed": payments.owed(by=request.actor, centre=request.centre),
        "own": request.actor.id,
        "faults": faults_of(faults or []),
        **_tables(request, held),
        **_waiting(request, held),
        **said,
    }
    status = faults[0].status if faults else 200
    return render(request, "desk/cash_centre.html", about, status=status)


def _tables(request: AtCentre, held: payments.DaySummary) -> dict[str, Any]:
    """What was taken, by service and officer; the drawers, each also note by note."""
    names = _names(row.service for row in held.rows)
    places = {one.id: one for one in centres.counters(request.centre)}
    largest = max([abs(row.total) for row in held.rows] or [1]) or 1
    return {
        "rows": [
            (row, _named(names, row.service), person(row.officer), max(0, row.total) * 100 // largest)
            for row in held.rows
        ],
        "sessions": [
            (one, person(one.officer), places.get(one.counter), _by_note(one, held.transfers))
            for one in held.sessions
        ],
        "late": [
            (one, person(one.officer), places.get(one.counter))
            for one in payments.left_open(by=request.actor, centre=request.centre, at=now())
        ],
        "to_safe": held.moved(payments.TO_SAFE),
        "to_drawer": held.moved(payments.TO_DRAWER),
    }


def _by_note(
    session: payments.Session, transfers: tuple[payments.Transfer, ...]
) -> list[tuple[int, int, int, int | None]]:
    """Each note of a drawer: in the float, brought less taken away, and counted at the close."""
    moved: dict[str, int] = {}
    for each in transfers:
        if each.session_id == session.id and each.state == "done":
            sign = 1 if each.way == payments.TO_DRAWER else -1
            for note, number in each.notes.items():
                moved[note] = moved.get(note, 0) + sign * number
    closed = session.state == "closed"
    known = {*session.float_notes, *moved, *session.counted_notes}
    return [
        (
            note,
            session.float_notes.get(str(note), 0),
            moved.get(str(note), 0),
            session.counted_notes.get(str(note), 0) if closed else None,
        )
        for note in sorted((int(each) for each in known), reverse=True)
    ]


def _waiting(request: AtCentre, held: payments.DaySummary) -> dict[str, Any]:
    """What needs the second person: waivers, fees that became smaller, money to and from the safe."""
    waivers = [each for each in payments.waivers(by=request.actor, centre=request.centre) if each.asked_by]
    corrected = payments.corrections(by=request.actor, centre=request.centre)
    subjects = [*(each.subject for each in waivers), *(each.receipt.subject for each in corrected)]
    numbers = cases.numbers_of(request.actor, cases=subjects)
    return {
        "waivers": [
            (one, numbers.get(one.subject, ""), ground_said(one), person(one.asked_by))
            for one in waivers
            if one.asked_by
        ],
        "corrected": [(one, numbers.get(one.receipt.subject, "")) for one in corrected],
        "moves": [
            (one, person(one.session.officer), one.asked_by == one.session.officer)
            for one in payments.transfers_asked(by=request.actor, centre=request.centre)
        ],
        "drawers": [
            (one, person(one.officer), centres.counter(one.counter))
            for one in held.sessions
            if one.state == "open"
        ],
    }


def _receipts(request: AtCentre, day: date) -> tuple[list[tuple[payments.Receipt, str, str]], str]:
    """A page of receipts, the newest first, and where the next one begins."""
    found = payments.receipts(
        by=request.actor,
        centre=request.centre,
        day=day,
        limit=PAGE + 1,
        after=_marked(request.GET.get("after", "")),
    )
    kept = found[:PAGE]
    names = _names(one.service for one in kept)
    more = f"{kept[-1].issued_at.isoformat()}_{kept[-1].id}" if len(found) > PAGE else ""
    return [(one, _named(names, one.service), person(one.officer)) for one in kept], more


def _marked(said: str) -> tuple[datetime, UUID] | None:
    if not said:
        return None
    instant, _mark, id = said.partition("_")
    try:
        at, last = datetime.fromisoformat(instant), UUID(id)
    except ValueError:
        raise Invalid(field="after") from None
    if at.tzinfo is None:
        raise Invalid(field="after")
    return at, last


def _names(services: Any) -> dict[UUID, catalogue.ServiceView]:
    return catalogue.services_by_id([each for each in set(services) if each])


def day_asked(said: str) -> date:
    """The day that is asked for; today where it is none, or none that a centre could have had."""
    try:
        asked = date.fromisoformat(said)
    except ValueError:
        asked = date.min
    return asked if FIRST_YEAR <= asked.year <= LAST_YEAR else now().astimezone(ZONE).date()


def _named(names: dict[UUID, catalogue.ServiceView], service: UUID | None) -> str:
    if service is None:
        return _("Incidental charges alone")
    return text(names[service].name) if service in names else "–"
