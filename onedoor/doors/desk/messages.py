"""What a centre sent to people's telephones, and what its screens show: for its head."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.centres import api as centres
from onedoor.domain.notices import api as notices
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre
from onedoor.ui.typed import typed_day

DAYS = 7
STATES = {
    "page": (_("on the person's page"), ""),
    "waiting": (_("waiting to be sent"), "warn"),
    "sent": (_("sent"), "good"),
    "failed": (_("not sent"), "bad"),
    "withdrawn": (_("not needed any more"), ""),
}
FAULTS = {
    "too_late": _("It came too late to be of use."),
    "timeout": _("The provider did not answer in time."),
    "unreachable": _("The provider could not be reached."),
    "no_wording": _("Nobody has written the words of this message."),
    "value_missing": _("Its words say a value that it does not have. Change the words."),
    "forgotten": _("Its number was destroyed."),
}
OTHER_FAULT = _("The provider refused it.")


@needs("notices.send")
@never_cache
@require_safe
def messages(request: AtCentre, centre: str) -> HttpResponse:
    """What was sent in the last days and what failed; never the words or the numbers."""
    return render(request, "desk/messages.html", _sent(request, centre))


@needs("notices.send")
@require_POST
def again(request: AtCentre, centre: str, notice: UUID) -> HttpResponse:
    """Have one sent again that failed."""
    try:
        notices.try_again(by=request.actor, at=now(), notice=notice)
    except notices.NotToBeTriedAgain as fault:
        about = {**_sent(request, centre), "faults": [("", fault.message)]}
        return render(request, "desk/messages.html", about, status=409)
    return redirect("desk:messages", centre=centre)


@needs("notices.board")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: AtCentre, centre: str) -> HttpResponse:
    """The texts on the hall's screens: written, and listed."""
    if request.method != "POST":
        return render(request, "desk/board.html", _texts(request, centre))
    said = request.POST
    texts = {language: said.get(f"text_{language}", "") for language in ("lo", "en")}
    try:
        first, last = _day(said.get("first", "")), _day(said.get("last", ""))
        if first is None or said.get("last") and last is None:
            raise notices.PosterInvalid(field="first" if first is None else "last")
        notices.save_poster(
            by=request.actor,
            at=now(),
            centre=request.centre,
            kind=said.get("kind", ""),
            texts=texts,
            first=first,
            last=last,
            id=_key(said.get("key", "")),
        )
    except DomainError as fault:
        field = f"id_{getattr(fault, 'field', '')}"
        about = {**_texts(request, centre), "written": said, "faults": [(field, fault.message)]}
        return render(request, "desk/board.html", about, status=fault.status)
    return redirect("desk:board", centre=centre)


@needs("notices.board")
@require_POST
def board_end(request: AtCentre, centre: str, poster: UUID) -> HttpResponse:
    """Take a text from the screens."""
    notices.end_poster(by=request.actor, at=now(), poster=poster)
    return redirect("desk:board", centre=centre)


@needs("notices.board")
@require_POST
def board_plan(request: AtCentre, centre: str) -> HttpResponse:
    """Lay out the main screen, or another one."""
    said = request.POST
    columns = said.get("columns", "")
    try:
        notices.save_board(
            by=request.actor,
            at=now(),
            centre=request.centre,
            code=said.get("code", notices.MAIN),
            columns=int(columns) if columns in ("1", "2", "3") else 0,
            zones=said.get("zones", "").split(),
            notices="notices" in said,
            sound="sound" in said,
        )
    except notices.BoardInvalid as fault:
        about = {**_texts(request, centre), "faults": [(f"id_{fault.field}", fault.message)]}
        return render(request, "desk/board.html", about, status=fault.status)
    return redirect("desk:board", centre=centre)


def _sent(request: AtCentre, centre: str) -> dict[str, Any]:
    held = notices.notices_at(by=request.actor, centre=request.centre, limit=100)
    counts = notices.counts_at(by=request.actor, centre=request.centre, since=now() - timedelta(days=DAYS))
    rows = [
        {
            "id": one.id,
            "kind": notices.KIND_WORDS.get(one.kind, one.kind),
            "at": one.written_at,
            "said": STATES[one.state][0],
            "tag": STATES[one.state][1],
            "parts": one.parts,
            "tries": one.tries,
            "why": FAULTS.get(one.fault, OTHER_FAULT) if one.fault else "",
            "failed": one.state == "failed",
        }
        for one in held
    ]
    return {
        "centre": centre,
        "view": centres.centre(request.centre),
        "failed": [row for row in rows if row["failed"]],
        "rows": [row for row in rows if not row["failed"]],
        "counts": {state: counts.get(state, 0) for state in ("sent", "waiting", "failed", "page")},
    }


def _texts(request: AtCentre, centre: str) -> dict[str, Any]:
    view = centres.centre(request.centre)
    today = now().astimezone(ZoneInfo(view.zone)).date()
    return {
        "centre": centre,
        "view": view,
        "today": today,
        "key": new_id(),
        "posters": notices.posters_at(by=request.actor, centre=request.centre, since=today),
        "plans": notices.plans_of(request.centre),
    }


def _day(typed: str) -> date | None:
    try:
        return typed_day(typed)
    except ValueError:
        return None


def _key(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


urlpatterns = [
    path("<slug:centre>/messages/", messages, name="messages"),
    path("<slug:centre>/messages/<uuid:notice>/again/", again, name="message_again"),
    path("<slug:centre>/board/", board, name="board"),
    path("<slug:centre>/board/plan/", board_plan, name="board_plan"),
    path("<slug:centre>/board/<uuid:poster>/end/", board_end, name="board_end"),
]
