"""The screen of the waiting hall: called now, next, notices. Numbers only, so anybody may look, also from home."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.scope import public
from onedoor.ui.request import AtCentre


@public
@never_cache
@require_safe
def hall(request: AtCentre, centre: str) -> HttpResponse:
    """The whole screen."""
    return render(request, "board/hall.html", _shown(centre))


@public
@never_cache
@require_safe
def now_part(request: AtCentre, centre: str) -> HttpResponse:
    """What changes; fetched again at each change and after each reconnect."""
    return render(request, "board/now.html", _shown(centre))


def _shown(code: str) -> dict[str, Any]:
    view, at = centres.centre_by_code(code), now()
    seen = queue.board(view.id, at=at)
    minutes = queue.expected_wait(view.id, at=at, ahead=seen.waiting)
    return {"view": view, "at": at, "board": seen, "minutes": minutes, "notices": _notices(view, at)}


def _notices(view: centres.CentreView, at: Any) -> list[str]:
    notices = []
    if not centres.is_open_now(view, at):
        notices.append(_("The centre is closed now."))
    if not any(counter.state == "open" for counter in centres.counters(view.id)):
        notices.append(_("No counter is open at the moment."))
    notices.append(_("Keep your ticket and your papers ready."))
    notices.append(_("Lost your ticket? Touch “I lost my ticket” at the kiosk."))
    return notices
