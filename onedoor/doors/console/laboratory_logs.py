"""Trying out a change on the cases of an earlier system's log: activities left out, or two of them done together."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.planning import api as planning
from onedoor.doors.console.laboratory import ZONE, day_of, id_of, seed
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

FIELDS = ("first", "second", "since", "until", "merging", "key", "seed")
LONGEST = 200


@needs("planning.experiment")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, service: str) -> HttpResponse:
    """Choosing which activities of a log are left out or done together; sending it begins the experiment."""
    past = planning.logged_choices(request.actor, code=service)
    if request.method != "POST":
        said = {
            "since": past.first.astimezone(ZONE).date().isoformat(),
            "until": past.last.astimezone(ZONE).date().isoformat(),
            "key": str(new_id()),
            "seed": "1",
            "merging": "sum",
        }
        return _page(request, service, past, said, gone=[])
    said = {name: request.POST.get(name, "").replace("\x00", "")[:LONGEST] for name in FIELDS}
    gone = [name[:LONGEST] for name in request.POST.getlist("gone")]
    try:
        _known(past, gone, "gone")
        _known(past, [each for each in (said["first"], said["second"]) if each], "together")
        asked = planning.begin_experiment(
            by=request.actor,
            at=now(),
            id=id_of(said["key"], "key"),
            service=catalogue.service(service).id,
            since=day_of(said["since"], "since"),
            until=day_of(said["until"], "until"),
            change={"gone": gone, "together": _pair(said)},
            assumptions={"merging": said["merging"]},
            seed=seed(said["seed"]),
        )
    except Invalid as fault:
        field = "gone" if fault.field == "paper" else fault.field
        return _page(request, service, past, said, gone=gone, faults={field: fault.message}, status=422)
    except planning.TooManyExperiments as fault:
        return _page(request, service, past, said, gone=gone, faults={"": fault.message}, status=409)
    return redirect("console:laboratory_result", experiment=asked)


def _known(past: Any, names: list[str], field: str) -> None:
    """Only what was done can be left out. Errors: Invalid."""
    known = {name for name, _times in past.activities}
    if not set(names) <= known:
        raise Invalid(_("This activity does not stand in the log."), field=field)


def _pair(said: dict[str, str]) -> list[str] | None:
    """The two that are done together. Errors: Invalid, where it is one, or the same one twice."""
    pair = [said["first"], said["second"]]
    if not any(pair):
        return None
    if not all(pair) or pair[0] == pair[1]:
        raise Invalid(_("Choose two different activities."), field="together")
    return pair


def _page(
    request: Request,
    service: str,
    past: Any,
    said: dict[str, str],
    *,
    gone: list[str],
    faults: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    names = [("", _("no change")), *((name, name) for name, _times in past.activities)]
    context = {
        "tab": "laboratory",
        "service": catalogue.service(service),
        "past": past,
        "said": said,
        "activities": [(name, times, name in gone) for name, times in past.activities],
        "names": names,
        "mergings": [("sum", _("the work of both")), ("longer", _("the work of the longer one"))],
        "faults": faults or {},
        "errors": [(f"id_{field}" if field else "", sentence) for field, sentence in (faults or {}).items()],
    }
    return render(request, "console/laboratory_log.html", context, status=status)
