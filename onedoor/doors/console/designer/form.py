"""The form of a draft: its sections and questions as a list, one of them open to be changed, and how four doors show it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.console.designer import questions as editing
from onedoor.doors.console.designer.looks import LOOKS
from onedoor.doors.console.designer.meanings import (
    MOST_FACTS,
    OF_THE_APPLICANT,
    change_applicant,
    change_document,
    meanings,
)
from onedoor.doors.console.designer.questions import NEEDS, Said, choice_lines
from onedoor.doors.console.designer.shell import (
    PERMISSION,
    Changed,
    Tab,
    address,
    known,
    line,
    opened,
    saved,
    shown,
    words,
)
from onedoor.kernel.errors import Invalid
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

ABOUT = ("maxLength", "pattern", "minimum", "maximum", "measure_lo", "measure_en", "currency", "partial", "past",
         "unit", "least", "most", "step")  # fmt: skip
STEPS = (
    ("", gettext_lazy("whole numbers")),
    ("0.1", gettext_lazy("one decimal")),
    ("0.01", gettext_lazy("two decimals")),
    ("0.001", gettext_lazy("three decimals")),
)
NAMES = {"question", "section", "group", "name", "new_name", "kind", "required", "if", "choices", *ABOUT} | {
    f"{name}_{language}" for name in ("label", "help", "when") for language in ("lo", "en")
}
KINDS = (
    ("text", gettext_lazy("One line of text")),
    ("long-text", gettext_lazy("Several lines of text")),
    ("person-name", gettext_lazy("A person's name in both scripts")),
    ("date", gettext_lazy("A date")),
    ("number", gettext_lazy("A number")),
    ("money", gettext_lazy("An amount of money")),
    ("yes-no", gettext_lazy("Yes or no")),
    ("choice", gettext_lazy("One of several answers")),
    ("multi-choice", gettext_lazy("Some of several answers")),
    ("unit", gettext_lazy("A district or province")),
    ("address", gettext_lazy("An address")),
    ("phone", gettext_lazy("A telephone number")),
    ("file", gettext_lazy("A paper that is put to it")),
    ("group", gettext_lazy("Rows of questions, such as children")),
)
NOT_THIS = gettext_lazy("The page asked for something that it cannot do.")


@needs(PERMISSION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The form as it is kept; one change of it."""
    held = opened(request, service, draft)
    tab = Tab("design_form", "form.html", _context)
    if request.method != "POST":
        return shown(request, held, tab)
    act, path = request.POST.get("do", ""), request.POST.get("question", "")
    again = f"?question={path}#edit" if act in ("change", "up", "down") and path.isascii() else ""
    return saved(
        request,
        held,
        tab,
        lambda documents: _changed(request, documents.form),
        to=address(held, "design_form") + again,
    )


def _context(request: Request, draft: catalogue.Draft) -> dict[str, Any]:
    form = draft.documents.form
    path = request.GET.get("question", "") or request.POST.get("question", "")
    section = request.GET.get("section", "") or request.POST.get("section", "")
    parts = [part for part in _list(form.get("x-sections")) if isinstance(part, dict)]
    look = request.GET.get("look", "citizen")
    asked = _question(form, path)
    opened_part = next((part for part in parts if str(part.get("id")) == section), None)
    adding = request.GET.get("do") == "add" or request.POST.get("do") == "add"
    return {
        "parts": [_part(form, part) for part in parts],
        "kinds": KINDS,
        "chosen": None if adding else asked,
        "adding": adding,
        "group": request.GET.get("group", "") or request.POST.get("group", ""),
        "typed": request.POST if request.method == "POST" else {},
        "section": opened_part
        and {"title": _map(opened_part.get("title")), "help": _map(opened_part.get("help"))},
        "section_when": {"if": "", **_map((opened_part or {}).get("x-when"))},
        "section_id": section,
        "looks": LOOKS,
        "look": look if look in dict(LOOKS) else "citizen",
        "reads": _reads(form, path),
        **meanings(form),
    }


def _part(form: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    rows = []
    for name in _list(part.get("fields")):
        row = _question(form, str(name))
        if row is None:
            continue
        rows.append(row)
        if row["kind"] == "group":
            rows += [inner for each in row["order"] if (inner := _question(form, f"{name}.{each}"))]
    return {"id": part.get("id"), "title": _map(part.get("title")), "when": part.get("x-when"), "rows": rows}


def _question(form: dict[str, Any], path: str) -> dict[str, Any] | None:
    """A question as the page shows it; None where there is none."""
    group, dot, name = path.partition(".")
    properties = form.get("properties")
    holder: Any = form
    if dot:
        outer = properties.get(group) if isinstance(properties, dict) else None
        holder = outer.get("items") if isinstance(outer, dict) else None
        properties = holder.get("properties") if isinstance(holder, dict) else None
    held = properties.get(name or group) if isinstance(properties, dict) else None
    if not isinstance(held, dict):
        return None
    kind = str(held.get("x-field") or "text")
    needs = NEEDS.get(kind, ())
    return {
        "path": path,
        "name": name or group,
        "inner": bool(dot),
        "kind": kind,
        "kind_words": dict(KINDS).get(kind, kind),
        "held": held,
        "label": _map(held.get("x-label")),
        "help": _map(held.get("x-help")),
        "when": _map(held.get("x-when")),
        "condition": str(_map(held.get("x-when")).get("if", "")),
        "required": (name or group) in _list(holder.get("required")) or held.get("x-required") is True,
        "needs": needs,
        "measure": _map(held.get("x-measure")),
        "step": _digits(held.get("multipleOf")) if held.get("type") == "number" else "",
        "steps": STEPS,
        "minimum": _digits(held.get("minimum")),
        "maximum": _digits(held.get("maximum")),
        "currency": held.get("x-currency") or "",
        "partial": held.get("x-partial") is True,
        "past": held.get("x-not-after") == "today",
        "unit": held.get("x-unit") or "",
        "choices": choice_lines(held),
        "order": [str(each) for each in _list(held.get("x-order"))],
    }


def _digits(number: Any) -> str:
    """A number of the schema as it is typed: digits and a point, whatever the reader's language."""
    return str(number) if isinstance(number, int | float) and not isinstance(number, bool) else ""


def _reads(form: dict[str, Any], path: str) -> list[str]:
    """The questions that a condition may read: those asked before."""
    found: list[str] = []
    for part in _list(form.get("x-sections")):
        for name in _list(part.get("fields") if isinstance(part, dict) else None):
            if str(name) == path:
                return found
            found.append(str(name))
    return found


def _list(held: Any) -> list[Any]:
    return held if isinstance(held, list) else []


def _map(held: Any) -> Mapping[str, Any]:
    return held if isinstance(held, Mapping) else {}


def _changed(request: Request, form: dict[str, Any]) -> Changed:
    known(request, NAMES, "applicant.", "fact.", "document.")
    act, path = request.POST.get("do", ""), line(request, "question", 120)
    section = line(request, "section", 120)
    try:
        return {"form": _act(request, form, act, path, section)}
    except (AttributeError, KeyError, TypeError) as fault:
        raise Invalid(gettext_lazy("The form cannot be read; bring it in order first.")) from fault


def _act(request: Request, form: dict[str, Any], act: str, path: str, section: str) -> dict[str, Any]:
    if act in ("change", "look") and path:
        return editing.change_question(form, path, _said(request))
    if act == "add":
        group = line(request, "group", 40)
        return editing.new_question(
            form, line(request, "name", 80), _said(request), section=section, group=group
        )
    if act == "rename":
        return editing.rename_question(form, path, line(request, "new_name", 80))
    if act == "remove":
        return editing.remove_question(form, path)
    if act in ("up", "down"):
        return editing.move_question(form, path, down=act == "down")
    if act == "to_section":
        return editing.move_question(form, path, down=False, section=section)
    if act == "add_section":
        return editing.new_section(form, _said(request))
    if act in ("change_section", "look"):
        return editing.change_section(form, section, _said(request))
    if act == "remove_section":
        return editing.remove_section(form, section)
    if act in ("section_up", "section_down"):
        return editing.move_section(form, section, down=act == "section_down")
    if act == "change_applicant":
        said = {name: line(request, f"applicant.{name}", 120) for name, _words, _kinds in OF_THE_APPLICANT}
        return change_applicant(form, said)
    if act == "change_document":
        return change_document(form, line(request, "document.kind", 80), _facts(request))
    raise Invalid(NOT_THIS)


def _facts(request: Request) -> list[tuple[str, str]]:
    """The rows of facts that were typed: the code of each, and the question that says it."""
    return [
        (line(request, f"fact.{number}.code", 80), line(request, f"fact.{number}.question", 120))
        for number in range(MOST_FACTS)
        if f"fact.{number}.code" in request.POST
    ]


def _said(request: Request) -> Said:
    kind = line(request, "kind") or "text"
    if kind not in dict(KINDS):
        raise Invalid(NOT_THIS, field="kind")
    condition, when = line(request, "if"), words(request, "when")
    return Said(
        label=words(request, "label"),
        help=words(request, "help", 2_000),
        kind=kind,
        required=request.POST.get("required") == "yes",
        when={"if": condition, **when} if condition or any(when.values()) else {},
        about={
            **{name: line(request, name) for name in ABOUT},
            "choices": request.POST.get("choices", "").replace("\x00", "")[:50_000],
        },
    )
