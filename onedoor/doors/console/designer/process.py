"""The process of a draft: as a diagram in the modeler, and the same as a table of steps for keyboard and screen reader."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.api import drawing
from onedoor.doors.console.designer.shell import (
    PERMISSION,
    Changed,
    Tab,
    address,
    file_text,
    known,
    line,
    opened,
    saved,
    shown,
)
from onedoor.doors.console.designer.words import (
    ABOUT,
    KIND_WORDS,
    fields_shown,
    kinds_of,
    lane_shown,
    palette,
)
from onedoor.kernel.errors import Invalid, Missing
from onedoor.kernel.i18n import text
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

KINDS = {
    "process": ("process", "bpmn", "application/xml"),
    "decisions": ("decisions", "dmn", "application/xml"),
}
NOT_THIS = gettext_lazy("The page asked for something that it cannot do.")


@needs(PERMISSION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def diagram(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The diagram; what is saved is the file as the modeler writes it, what was not touched stays to the byte."""
    held = opened(request, service, draft)
    tab = Tab("design_process", "process.html", _diagram)
    if request.method != "POST":
        return shown(request, held, tab)
    return saved(request, held, tab, lambda documents: _drawn(request, held, documents))


def _diagram(request: Request, draft: catalogue.Draft) -> dict[str, Any]:
    return {
        "fields": kinds_of(_offered(draft)),
        "lane_fields": lane_shown({}, offered=_offered(draft)),
        "about": ABOUT,
        "words": json.dumps(palette(), ensure_ascii=False),
        "table": address(draft, "design_steps"),
        "file": f"{draft.code}.bpmn",
    }


def _drawn(request: Request, draft: catalogue.Draft, documents: catalogue.Documents) -> Changed:
    known(request, {"process", "file"})
    act = request.POST.get("do", "")
    if act == "begin":
        return {"process": drawing.first_process(draft.code)}
    if act == "import":
        return {"process": readable(file_text(request, "file"))}
    if "process" not in request.POST:
        return {}
    said = request.POST["process"]
    if same(said, documents.process):
        return {}
    return {"process": said.replace("\r\n", "\n") if act == "look" else readable(said.replace("\r\n", "\n"))}


def readable(source: str) -> str:
    """A diagram that can be read and shown again, sound or not. Errors: CannotDraw."""
    if source:
        drawing.step_table(source)
    return source


def same(said: str, kept: str) -> bool:
    """Whether a text came back as it was sent out: browsers write every line's end anew."""
    return "\n".join(said.splitlines()) == "\n".join(kept.splitlines())


@needs(PERMISSION)
@never_cache
@require_safe
def download(request: Request, service: str, draft: UUID, kind: str) -> HttpResponse:
    """The diagram or the tables as a file, byte for byte as they are kept."""
    held = opened(request, service, draft)
    if kind not in KINDS:
        raise Missing()
    name, ending, type = KINDS[kind]
    content = getattr(held.documents, name).encode()
    disposition = f'attachment; filename="{held.code}.{ending}"'
    return HttpResponse(content, content_type=type, headers={"Content-Disposition": disposition})


@needs(PERMISSION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The process as a table: a row for each step; one of them, a way or a lane can be opened and changed."""
    held = opened(request, service, draft)
    tab = Tab("design_steps", "steps.html", _table)
    if request.method != "POST":
        return shown(request, held, tab)
    return saved(request, held, tab, lambda documents: {"process": _changed(request, documents.process)})


def _table(request: Request, draft: catalogue.Draft) -> dict[str, Any]:
    about: dict[str, Any] = {
        "kinds": KIND_WORDS,
        "diagram": address(draft, "design_process"),
        "open": "design_process",
    }
    try:
        table = drawing.step_table(draft.documents.process)
    except drawing.CannotDraw as fault:
        return {**about, "unreadable": fault.reason if draft.documents.process else ""}
    names = {step.id: step for step in table.steps}
    chosen = names.get(request.GET.get("step", "")) or names.get(request.POST.get("step", ""))
    lane = next((each for each in table.lanes if each.id == request.GET.get("lane")), None)
    return {
        **about,
        "table": table,
        "rows": [_row(step, table, names) for step in table.steps],
        "chosen": chosen,
        "own_fields": fields_shown(dict(chosen.own), kind=chosen.kind, offered=_offered(draft))
        if chosen
        else [],
        "adding": request.GET.get("do") == "add",
        "lane": lane,
        "lane_fields": lane_shown(vars_of(lane), offered=_offered(draft)) if lane else [],
        "way": table.way(request.GET.get("way", "")),
    }


def vars_of(lane: drawing.LaneRow) -> dict[str, str]:
    """What a lane says, by the names of its fields."""
    return {"role": lane.role, "unit": lane.unit, "audience": lane.audience, "of": lane.of}


def _offered(draft: catalogue.Draft) -> dict[str, list[tuple[str, str]]]:
    """What a process may name: roles, what the system can do, the decisions of the service."""
    try:
        tables = drawing.decision_tables(draft.documents.decisions) if draft.documents.decisions else ()
    except drawing.CannotDraw:
        tables = ()
    return {
        "role": [(role.code, text(role.name)) for role in access.roles()],
        "handler": [(name, name) for name in sorted(catalogue.declared_handlers())],
        "rule": [(table.id, table.name or table.id) for table in tables],
    }


def _row(step: drawing.Step, table: drawing.StepTable, names: dict[str, drawing.Step]) -> dict[str, Any]:
    lane = next((each for each in table.lanes if each.id == step.lane), None)
    return {
        "step": step,
        "kind": KIND_WORDS.get(step.kind, step.kind),
        "lane": {"lo": lane.lo, "en": lane.en or lane.lo} if lane else {},
        "on": names.get(step.attached_to),
        "ways": [(way, names.get(way.target)) for way in step.ways],
    }


def _changed(request: Request, process: str) -> str:
    act = request.POST.get("do", "")
    known(request, {"step", "way", "lane", "lo", "en", "kind", "after", "on", "target", "condition", "default",
                    "time", "time_kind", "role", "unit", "audience", "of"}, "own.")  # fmt: skip
    step, way = line(request, "step"), line(request, "way")
    if act == "begin":
        raise Invalid(NOT_THIS)
    if act in ("change", "look"):
        return drawing.change_step(process, step, _step_said(request))
    if act == "add":
        kind = line(request, "kind")
        return drawing.add_step(
            process,
            kind=kind,
            after=line(request, "after"),
            on=line(request, "on"),
            id=f"{kind}_{new_id().hex[-8:]}",
            change=_step_said(request),
        )
    if act == "remove":
        return drawing.remove_step(process, step)
    if act == "add_way":
        return drawing.add_way(process, source=step, id=f"way_{new_id().hex[-8:]}", change=_way_said(request))
    if act == "change_way":
        return drawing.change_way(process, way, _way_said(request))
    if act == "remove_way":
        return drawing.remove_way(process, way)
    if act == "change_lane":
        own = {name: line(request, name) for name in ("role", "unit", "audience", "of")}
        return drawing.change_lane(
            process, line(request, "lane"), lo=line(request, "lo"), en=line(request, "en"), own=own
        )
    raise Invalid(NOT_THIS)


def _step_said(request: Request) -> drawing.StepChange:
    own = {name[4:]: line(request, name) for name in request.POST if name.startswith("own.")}
    strange = set(own) - set(drawing.OWN_NAMES)
    if strange:
        raise Invalid(_("The page does not ask for “%s”.") % min(strange)[:80])
    return drawing.StepChange(
        lo=line(request, "lo"),
        en=line(request, "en"),
        lane=line(request, "lane"),
        time_kind=line(request, "time_kind"),
        time=line(request, "time"),
        own=own,
    )


def _way_said(request: Request) -> drawing.WayChange:
    return drawing.WayChange(
        target=line(request, "target"),
        lo=line(request, "lo"),
        en=line(request, "en"),
        condition=line(request, "condition"),
        default=request.POST.get("default") == "yes",
    )
