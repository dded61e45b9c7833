"""The paper list at the reception: numbers that were handed out without power are typed in, ten lines at a time."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

LINES = 10
FIELDS = {"number": 8, "came": 8, "service": 80, "name": 200, "ground": 20}
GROUND_WORDS = {
    "older": gettext_lazy("older"),
    "disabled": gettext_lazy("disabled"),
    "pregnant": gettext_lazy("pregnant"),
    "small_children": gettext_lazy("with small children"),
    "from_far": gettext_lazy("from far"),
}
_TIME = re.compile(r"(\d{1,2})[:.h ]?(\d{2})")


@dataclass
class Typed:
    """One line as it was typed, with what is wrong with it."""

    place: int
    number: str = ""
    came: str = ""
    service: str = ""
    name: str = ""
    ground: str = ""


@needs("queue.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_list(request: AtCentre, centre: str) -> HttpResponse:
    """Lines of number, time and service; taken over whole, or refused by the line that cannot be."""
    at, view = now(), centres.centre(request.centre)
    if request.method != "POST":
        return _page(request, centre, view, at=at, lines=[Typed(place) for place in range(LINES)])
    lines = [_typed(request, place) for place in range(LINES)]
    try:
        asked = [_line(line, view=view, at=at) for line in lines if line.number]
        if not asked:
            raise Invalid(_("Fill in one line at least."), field="number_0")
        done = queue.adopt_paper(
            by=request.actor,
            at=at,
            centre=request.centre,
            lines=asked,
            sure=request.POST.get("sure") == "yes",
        )
    except DomainError as fault:
        return _page(request, centre, view, at=at, lines=lines, fault=fault)
    return _page(request, centre, view, at=at, lines=_following(lines), done=done)


def _typed(request: AtCentre, place: int) -> Typed:
    said = {
        field: " ".join(request.POST.get(f"{field}_{place}", "").replace("\x00", "").split())[:longest]
        for field, longest in FIELDS.items()
    }
    return Typed(place, **said)


def _line(line: Typed, *, view: centres.CentreView, at: datetime) -> queue.PaperLine:
    found = _TIME.fullmatch(line.came)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise Invalid(_("Write the time as 07:12."), field=f"came_{line.place}")
    if not line.service:
        raise Invalid(_("Choose what the person comes for."), field=f"service_{line.place}")
    zone = ZoneInfo(view.zone)
    day = at.astimezone(zone).date()
    came = datetime.combine(day, time(int(found[1]), int(found[2])), tzinfo=zone).astimezone(UTC)
    return queue.PaperLine(
        number=line.number,
        came=came,
        service=catalogue.service(line.service).id,
        name=line.name,
        ground=line.ground,
    )


def _following(lines: list[Typed]) -> list[Typed]:
    """The next ten: the numbers go on, for the service that was typed last."""
    last = [line for line in lines if line.number][-1]
    letter, digits = re.sub(r"\d", "", last.number), re.sub(r"\D", "", last.number)
    first = int(digits or 0) + 1
    numbers = [f"{letter}{first}", *[""] * (LINES - 1)]
    return [Typed(place, number=number, service=last.service) for place, number in enumerate(numbers)]


def _page(
    request: AtCentre,
    centre: str,
    view: centres.CentreView,
    *,
    at: datetime,
    lines: list[Typed],
    done: queue.Adopted | None = None,
    fault: DomainError | None = None,
) -> HttpResponse:
    zone = ZoneInfo(view.zone)
    days = {one.service: one for one in centres.offered_at(view, on=at.astimezone(zone).date())}
    held: dict[str, Any] = {
        "centre": centre,
        "view": view,
        "lines": lines,
        "services": [one for one in catalogue.services() if one.id in days and days[one.id].today],
        "grounds": [
            (code, GROUND_WORDS[code]) for code in queue.calling_rule(view.id).grounds if code in GROUND_WORDS
        ],
        "done": done,
        "made": [(one, queue.people_ahead(one) + 1) for one in done.made] if done else [],
        "sure": request.POST.get("sure") == "yes",
        "crossing": getattr(fault, "field", "") == "came",
        "faults": [(f"id_{_field(fault, lines)}", getattr(fault, "reason", fault.message))] if fault else [],
    }
    return render(request, "desk/paper_list.html", held, status=fault.status if fault else 200)


def _field(fault: DomainError, lines: list[Typed]) -> str:
    """The field of the line that is meant."""
    field, number = getattr(fault, "field", ""), fault.about.get("number", "")
    line = next((line.place for line in lines if number and line.number == number), None)
    return f"{field}_{line}" if line is not None else field if "_" in field else f"{field}_0"


urlpatterns = [path("<slug:centre>/reception/paper/", paper_list, name="paper_list")]
