"""The process of a draft as a table of steps: for keyboard and screen reader, without any script, all that the diagram can."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.api import drawing
from onedoor.doors.console.designer.shell import (
    PERMISSION,
    Tab,
    address,
    known,
    line,
    opened,
    saved,
    shown,
)
from onedoor.doors.console.designer.step_fields import (
    REPEATED,
    TYPED,
    repeated_fields,
    step_fields,
    step_said,
    typed_again,
)
from onedoor.doors.console.designer.words import (
    ADDED,
    BEFORE_A_STEP,
    ON_A_STEP,
    added_kinds,
    kind_words,
    lane_shown,
    word_of,
)
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

NOT_THIS = gettext_lazy("The page asked for something that it cannot do.")
# Steps to which no way leads.
NOWHERE = ("startEvent", "boundaryEvent")
ASKED = {"step", "way", "lane", "lo", "en", "kind", "after", "on", "target", "condition", "default", "into",
         *drawing.BINDING, *TYPED, *REPEATED}  # fmt: skip


@needs(PERMISSION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The process as a table: a row for each step; one of them, a way or a lane can be opened and changed."""
    held = opened(request, service, draft)
    tab = Tab("design_steps", "steps.html", _table)
    if request.method != "POST":
        return shown(request, held, tab)
    new = f"{request.POST.get('kind', 'step').partition('/')[0]}_{new_id().hex[-8:]}"
    return saved(
        request,
        held,
        tab,
        lambda documents: {"process": _changed(request, service, documents.process, new)},
        to=address(held, "design_steps") + _back(request, new),
    )


def _back(request: Request, new: str) -> str:
    """Where the page goes on after a change: to the row that was changed; to the form again, where more is to be said."""
    act, step = request.POST.get("do", ""), request.POST.get("step", "")
    if act == "add":
        return f"#step-{new}"
    plain = step.isascii() and step.replace("_", "").replace("-", "").replace(".", "").isalnum()
    stays = act == "change_kind" or (act == "change" and "about" in request.POST)
    return f"?step={step}#edit" if stays and plain else "#steps-head"


def _table(request: Request, draft: catalogue.Draft) -> dict[str, Any]:
    about: dict[str, Any] = {"diagram": address(draft, "design_process"), "open": "design_process"}
    try:
        table = drawing.step_table(draft.documents.process)
    except drawing.CannotDraw as fault:
        return {**about, "unreadable": fault.reason if draft.documents.process else ""}
    names = {step.id: step for step in table.steps}
    offers = offered(draft)
    chosen = names.get(request.GET.get("step", "")) or names.get(request.POST.get("step", ""))
    lane = next((each for each in table.lanes if each.id == _said(request, "lane")), None)
    acts = {request.GET.get("do", ""), request.POST.get("do", "")}
    return {
        **about,
        "table": table,
        "rows": [_row(step, table, names, offers) for step in table.steps],
        "lanes": [_lane_row(each, table, offers) for each in table.lanes],
        "chosen": chosen,
        "chosen_name": called(chosen) if chosen else "",
        "targets": [(step.id, called(step)) for step in table.steps if step.kind not in NOWHERE],
        "lane_names": [(each.id, called(each)) for each in table.lanes],
        "lane_name": called(lane) if lane else "",
        "way": table.way(_said(request, "way")),
        "lane": lane,
        "adding_lane": "add_lane" in acts,
        "lane_fields": typed_again(lane_shown(bound(lane) if lane else {}, offered=offers), request),
        **(
            _adding(request, chosen, offers, {id: called(step) for id, step in names.items()})
            if chosen and "add" in acts
            else _changing(request, chosen, offers)
        ),
    }


def _said(request: Request, name: str) -> str:
    return request.GET.get(name, "") or request.POST.get(name, "")


def _changing(request: Request, chosen: drawing.Step | None, offers: dict[str, Any]) -> dict[str, Any]:
    """What the form of a step asks."""
    if chosen is None:
        return {}
    return {
        "fields": typed_again(step_fields(chosen, offers), request),
        "repeated": typed_again(repeated_fields(chosen), request),
        "others": [
            (kind, kind_words(kind)) for kind in drawing.exchanged(chosen.kind) if kind != chosen.kind
        ],
        "kind_now": kind_words(chosen.kind, chosen.about),
    }


def _adding(
    request: Request, after: drawing.Step, offers: dict[str, Any], names: dict[str, str]
) -> dict[str, Any]:
    """What can be added behind a step; what the form asks of the kind that was chosen."""
    groups = ADDED if not after.kind.startswith("end") else ()
    onto = (ON_A_STEP,) if after.kind in drawing.ACTIVITIES else ()
    before = (BEFORE_A_STEP,) if not after.scope and after.kind not in ("startEvent", "boundaryEvent") else ()
    kinds = added_kinds(*groups, *onto, *before)
    chosen = _said(request, "kind")
    if chosen not in {code for _head, codes in kinds for code, _words in codes}:
        return {"adding": True, "kinds": kinds}
    kind, _slash, about = chosen.partition("/")
    step = drawing.Step(id="", kind=kind, about=about)
    return {
        "adding": True,
        "kinds": kinds,
        "new_kind": chosen,
        "new_words": kind_words(kind, about),
        "new_ways": []
        if kind in NOWHERE
        else [(way.id, names.get(way.target, way.target)) for way in after.ways],
        "fields": typed_again(step_fields(step, offers, new=True), request),
        "repeated": typed_again(repeated_fields(step), request),
    }


def bound(lane: drawing.LaneRow) -> dict[str, str]:
    """What a lane says, by the names of its fields."""
    return {name: getattr(lane, name) for name in drawing.BINDING}


def offered(draft: catalogue.Draft) -> dict[str, list[tuple[str, str]]]:
    """What a process may name: roles, what the system can do, the decisions of the service, other services."""
    try:
        tables = drawing.decision_tables(draft.documents.decisions) if draft.documents.decisions else ()
    except drawing.CannotDraw:
        tables = ()
    return {
        "role": [(role.code, text(role.name)) for role in access.roles()],
        "handler": [(name, name) for name in sorted(catalogue.declared_handlers())],
        "rule": [(table.id, table.name or table.id) for table in tables],
        "called": [(each.code, text(each.name)) for each in catalogue.services() if each.code != draft.code],
    }


def called(part: drawing.Step | drawing.LaneRow) -> str:
    """The name of a step or lane in the reader's language; its id, where it has none."""
    return text({"lo": part.lo or part.en, "en": part.en or part.lo}) or part.id


def _row(
    step: drawing.Step, table: drawing.StepTable, names: dict[str, drawing.Step], offers: dict[str, Any]
) -> dict[str, Any]:
    lane = next((each for each in table.lanes if each.id == step.lane), None)
    return {
        "step": step,
        "kind": kind_words(step.kind, step.about),
        "name": called(step),
        "other": next((name for name in (step.en, step.lo) if name and name != called(step)), ""),
        "lane": called(lane) if lane else "",
        "on": called(names[step.attached_to]) if step.attached_to in names else "",
        "within": called(names[step.scope]) if step.scope in names else "",
        "says": [said for said in _says(step, offers) if said[1]],
        "ways": [
            (way, called(names[way.target]) if way.target in names else way.target) for way in step.ways
        ],
    }


def _says(step: drawing.Step, offers: dict[str, Any]) -> list[tuple[Any, Any]]:
    """What a step says, in few words: each with whether it is written as in the file."""
    own, several = step.own, step.several
    return [
        (_("ends in"), own.get("outcomes", "")),
        (_("within"), own.get("due", "")),
        (_("time"), step.time),
        (_("message"), step.message),
        (_("error"), step.error),
        (_("decision"), own.get("rule", "")),
        (_("handler"), own.get("handler", "")),
        (_("calls"), word_of("called", step.called, offers)),
        (_("by"), several.units if several else ""),
        (_("times"), several.count if several else ""),
        (_("enough when"), several.until if several else ""),
    ]


def _lane_row(lane: drawing.LaneRow, table: drawing.StepTable, offers: dict[str, Any]) -> dict[str, Any]:
    return {
        "lane": lane,
        "name": called(lane),
        "count": sum(step.lane == lane.id for step in table.steps),
        **{name: word_of(name, getattr(lane, name), offers) for name in ("role", "unit", "audience")},
    }


def _changed(request: Request, service: str, process: str, new: str) -> str:
    """The process after what was asked. Errors: Invalid, CannotDraw."""
    act = request.POST.get("do", "")
    known(request, ASKED, "own.")
    if act == "begin" and not process.strip():
        return drawing.first_process(service)
    step, way, lane = (line(request, name) for name in ("step", "way", "lane"))
    if act in ("change", "look"):
        return drawing.change_step(process, step, step_said(request))
    if act == "change_kind":
        return drawing.change_kind(process, step, line(request, "kind"))
    if act == "add":
        return _added(request, process, new)
    if act == "remove":
        return drawing.remove_step(process, step)
    if act == "add_way":
        return drawing.add_way(process, source=step, id=f"way_{new_id().hex[-8:]}", change=_way_said(request))
    if act == "change_way":
        return drawing.change_way(process, way, _way_said(request))
    if act == "remove_way":
        return drawing.remove_way(process, way)
    if act in ("add_lane", "change_lane"):
        own = {name: line(request, name) for name in drawing.BINDING}
        told = {"lo": line(request, "lo"), "en": line(request, "en"), "own": own}
        if act == "add_lane":
            return drawing.add_lane(process, id=f"lane_{new_id().hex[-8:]}", **told)  # type: ignore[arg-type]
        return drawing.change_lane(process, lane, **told)  # type: ignore[arg-type]
    if act == "remove_lane":
        return drawing.remove_lane(process, lane, into=line(request, "into"))
    raise Invalid(NOT_THIS)


def _added(request: Request, process: str, new: str) -> str:
    kind, _slash, about = line(request, "kind").partition("/")
    return drawing.add_step(
        process,
        kind=kind,
        after=line(request, "after"),
        on=line(request, "on"),
        id=new,
        change=step_said(request, about if kind in drawing.ABOUT else None),
    )


def _way_said(request: Request) -> drawing.WayChange:
    return drawing.WayChange(
        target=line(request, "target"),
        lo=line(request, "lo"),
        en=line(request, "en"),
        condition=line(request, "condition"),
        default=request.POST.get("default") == "yes",
    )
