"""The screen of the waiting hall: called now, next, notices. Numbers only, so anybody may look, also from home."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.centres import api as centres
from onedoor.domain.notices import api as notices
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Missing
from onedoor.kernel.i18n import language, text
from onedoor.kernel.scope import public
from onedoor.ui import clips
from onedoor.ui.request import AtCentre
from onedoor.ui.shared import part, shared

SHOWN_CALLS = {1: 6, 2: 4, 3: 4}
COLUMN_STYLES = {1: "one", 2: "two", 3: ""}


class NoSuchBoard(Missing):
    """The centre has no screen of this name."""


@public
@never_cache
@require_safe
def hall(request: AtCentre, centre: str, board: str = notices.MAIN) -> HttpResponse:
    """The whole screen: its frame, and the part that changes."""
    view = centres.centre_by_code(centre)
    plan = _plan(view.id, board)
    name = f"board.{plan.code}.{language()}"
    about = {"view": view, "at": now(), "plan": plan, "part": name, "body": part(name, view.id)}
    return render(request, "board/hall.html", about)


@public
@never_cache
@require_safe
def now_part(request: AtCentre, centre: str) -> HttpResponse:
    """What changes, for a screen whose stream brings nothing; the same for all who ask within a second."""
    view = centres.centre_by_code(centre)
    plan = _plan(view.id, request.GET.get("board", notices.MAIN))
    return HttpResponse(part(f"board.{plan.code}.{language()}", view.id))


@public
@require_safe
def clip(request: AtCentre, lang: str, name: str) -> HttpResponseBase:
    """A recorded word."""
    return clips.clip(lang, name)


@shared("board")
def made(centre: UUID, board: str, spoken: str) -> str:
    """The part of a screen that changes, as HTML in one language."""
    if spoken not in dict(settings.LANGUAGES):
        raise NoSuchBoard
    with override(spoken):
        return render_to_string("board/now.html", _shown(centre, _plan(centre, board)))


def _plan(centre: UUID, board: str) -> notices.Plan:
    plan = notices.plan_of(centre, board[:20])
    if plan is None:
        raise NoSuchBoard
    return plan


def _shown(centre: UUID, plan: notices.Plan) -> dict[str, Any]:
    view, at = centres.centre(centre), now()
    seen = queue.board(centre, at=at, zones=plan.zones)
    columns = plan.columns if plan.notices else min(plan.columns, 2)
    recorded = {code: clips.recorded(code) for code, _name in settings.LANGUAGES} if plan.sound else {}
    return {
        "view": view,
        "at": at,
        "plan": plan,
        "columns": columns,
        "style": COLUMN_STYLES[columns],
        "board": seen,
        "calls": [(call, _says(call, recorded)) for call in seen.called[: SHOWN_CALLS[columns]]],
        "waits": _waits(centre, plan, at),
        "notices": _notices(view, at),
        "posters": _posters(view, at) if plan.notices else [],
    }


def _waits(centre: UUID, plan: notices.Plan, at: datetime) -> list[tuple[str, queue.Expected]]:
    """The wait of the hall; on a screen of some parts of it, of each of these with its name where it shows several.

    None where the centre is closed and nobody waits: nobody is served at once there.
    """
    if not centres.is_open_now(centres.centre(centre), at) and not queue.waiting_count(centre, at=at):
        return []
    if not plan.zones:
        whole = queue.expect(centre, at=at)
        return [("", whole)] if whole else []
    names = {zone.code: text(zone.name) for zone in queue.calling_rule(centre).zones}
    told = queue.expect_zones(centre, zones=plan.zones, at=at)
    several = len(plan.zones) > 1
    return [(names.get(zone, zone) if several else "", wait) for zone, wait in told.items() if wait]


def _says(call: Any, recorded: Mapping[str, Mapping[str, str]]) -> str:
    """The addresses of the clips that say a call, in each language of which every word was recorded."""
    addresses: list[str] = []
    if call.remote:  # where to go was not recorded
        return ""
    for spoken, files in recorded.items():
        if not files:
            continue
        words = notices.words_of(
            call.number,
            place="counter",
            place_number=call.code,
            order=clips.order(spoken),
            language=spoken,
        )
        if all(word in files for word in words):
            addresses += [reverse("board:clip", args=[spoken, files[word]]) for word in words]
    return " ".join(addresses)


def _posters(view: centres.CentreView, at: Any) -> list[dict[str, str]]:
    """Each in the screen's language, and under it in the other."""
    day, first = at.astimezone(ZoneInfo(view.zone)).date(), language()
    return [
        {
            "kind": poster.kind,
            "text": poster.texts.get(first, ""),
            "other": next((said for code, said in poster.texts.items() if code != first), ""),
            "other_language": next((code for code in poster.texts if code != first), ""),
            "last": poster.last.isoformat() if poster.last else "",
        }
        for poster in notices.posters_on(view.id, day=day)
    ]


def _notices(view: centres.CentreView, at: Any) -> list[str]:
    found = []
    if not centres.is_open_now(view, at):
        found.append(centres.closed_words(view, at=at) or _("The centre is closed now."))
    if queue.out_of_paper(view.id):
        found.append(_("The kiosk has no paper. Remember your number, or scan the code with your telephone."))
    if not any(counter.state == "open" for counter in centres.counters(view.id)):
        found.append(_("No counter is open at the moment."))
    found.append(_("Keep your ticket and your papers ready."))
    found.append(_("Lost your ticket? Touch “I lost my ticket” at the kiosk."))
    return found
