"""The description of a draft and its papers: names, result, time, laws, what is brought; plain fields in both languages."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.console.designer.shell import (
    PERMISSION,
    Changed,
    Tab,
    known,
    line,
    opened,
    saved,
    shown,
    words,
)
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

SPOKEN = ("name", "summary", "result", "notice")
LONGEST = 2_000
MOST_ROWS = 60
NAMES = {
    *(f"{name}_{language}" for name in (*SPOKEN, "note") for language in ("lo", "en")),
    *("keywords", "life_events", "source", "demonstration", "kind", "amount", "warn"),
    *("law.rows", "paper.rows"),
}
DURATIONS = (
    ("unknown", gettext_lazy("not known")),
    ("working", gettext_lazy("working days")),
    ("calendar", gettext_lazy("calendar days")),
    ("hours", gettext_lazy("office hours")),
)
PAPER_FORMS = (
    ("", gettext_lazy("not said")),
    ("original", gettext_lazy("the original")),
    ("copy", gettext_lazy("a copy")),
    ("held", gettext_lazy("the state has it")),
)
IDENTITIES = (
    ("", gettext_lazy("no source says")),
    ("registry", gettext_lazy("looked up in the registry")),
    ("document", gettext_lazy("an identity paper")),
    ("vouched", gettext_lazy("vouched for by the village head or two witnesses")),
    ("none", gettext_lazy("nobody asks")),
)


@needs(PERMISSION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The description as it is kept; changing it."""
    held = opened(request, service, draft)
    tab = Tab("design", "description.html", _context)
    if request.method != "POST":
        return shown(request, held, tab)
    return saved(request, held, tab, lambda documents: _said(request, documents.content))


def as_sent(request: Request, content: Any, said: Callable[[Request, Any], Changed]) -> Any:
    """The content as a page has sent it, so that nobody types twice; as it is kept where that cannot be read."""
    if request.method != "POST":
        return content
    try:
        return said(request, content)["content"]
    except Invalid:
        return content


def _context(request: Request, draft: catalogue.Draft) -> dict[str, Any]:
    """The fields: as they were sent where something was wrong with them, else as they are kept."""
    content = as_sent(request, draft.documents.content, _said)
    laws = [{**law, "name": mapping(law.get("name"))} for law in rows_of(content.get("legal_basis"))]
    papers = rows_of(content.get("papers"))
    duration = content.get("duration") if isinstance(content.get("duration"), dict) else {}
    chosen = _list(content.get("life_events"))
    return {
        "content": content,
        "keywords": "\n".join(str(each) for each in _list(content.get("keywords"))),
        "duration": duration,
        "amount": duration.get("hours") if duration.get("kind") == "hours" else duration.get("days"),
        "durations": DURATIONS,
        "paper_forms": PAPER_FORMS,
        "laws": [*enumerate(laws), (len(laws), {})],
        "papers": [
            *((number, _paper_shown(paper)) for number, paper in enumerate(papers)),
            (len(papers), {}),
        ],
        "law_rows": len(laws) + 1,
        "paper_rows": len(papers) + 1,
        "life_events": [(each.code, each.name, each.code in chosen) for each in catalogue.life_events()],
    }


def rows_of(held: Any) -> list[dict[str, Any]]:
    """The rows of a list, whatever was kept there."""
    return [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []


def _paper_shown(paper: dict[str, Any]) -> dict[str, Any]:
    instead = [
        f"{each.get('code', '')} | {_of(each, 'lo')} | {_of(each, 'en')}"
        for each in rows_of(paper.get("instead"))
    ]
    spoken = {key: mapping(paper.get(key)) for key in ("name", "note", "when")}
    return {**paper, **spoken, "instead_lines": "\n".join(instead)}


def _list(held: Any) -> list[Any]:
    return held if isinstance(held, list) else []


def mapping(held: Any) -> dict[str, Any]:
    """What is said by name, whatever was kept there."""
    return held if isinstance(held, dict) else {}


def _of(held: dict[str, Any], language: str) -> str:
    name = held.get("name")
    return str(name.get(language, "")) if isinstance(name, dict) else ""


def _said(request: Request, content: dict[str, Any]) -> Changed:
    """The content with what was typed; what the page does not show stays."""
    known(request, NAMES, "law.", "paper.")
    found = dict(content)
    for name in SPOKEN:
        said = words(request, name, LONGEST)
        found[name] = said if any(said.values()) or name != "notice" else {}
    found["keywords"] = _lines(request, "keywords")
    found["life_events"] = [str(each)[:80] for each in request.POST.getlist("life_events")]
    found["source"] = line(request, "source", LONGEST)
    found["demonstration"] = request.POST.get("demonstration") == "yes"
    found["duration"] = _duration(request, content.get("duration"))
    found["legal_basis"] = each_row(request, "law", rows_of(content.get("legal_basis")), _law)
    found["papers"] = each_row(request, "paper", rows_of(content.get("papers")), _paper)
    return {"content": found}


def _lines(request: Request, name: str) -> list[str]:
    said = request.POST.get(name, "").replace("\x00", "")[: LONGEST * 4]
    return [" ".join(each.split()) for each in said.splitlines() if each.split()]


def _duration(request: Request, held: Any) -> dict[str, Any]:
    kind, note = line(request, "kind") or "unknown", words(request, "note", LONGEST)
    found = dict(held) if isinstance(held, dict) else {}
    found |= {"kind": kind, "note": note if any(note.values()) else {}, "days": None}
    found.setdefault("demonstration", False)
    found.pop("hours", None)
    if kind != "unknown":
        found["hours" if kind == "hours" else "days"] = _number(request, "amount")
    return found


def _number(request: Request, name: str) -> int:
    said = line(request, name)
    if not (said.isascii() and said.isdecimal() and len(said) < 6):
        raise Invalid(_("Write a whole number."), field=name)
    return int(said)


def each_row(
    request: Request,
    name: str,
    held: list[dict[str, Any]],
    read: Callable[[Request, str, dict[str, Any]], dict[str, Any] | None],
) -> list[dict[str, Any]]:
    """The rows of a list; a row that was emptied or is to be removed is left out."""
    count = line(request, f"{name}.rows") or "0"
    if not (count.isascii() and count.isdecimal() and len(count) < 5 and int(count) <= MOST_ROWS + 1):
        raise Invalid(_("More rows than a service may have."), field="")
    found = []
    for number in range(int(count)):
        at = f"{name}.{number}"
        if request.POST.get(f"{at}.remove") == "yes":
            continue
        row = read(request, at, held[number] if number < len(held) else {})
        if row is not None:
            found.append(row)
    return found


def _law(request: Request, at: str, held: dict[str, Any]) -> dict[str, Any] | None:
    name, number = words(request, f"{at}.name"), line(request, f"{at}.number")
    if not any(name.values()) and not number:
        return None
    dated = line(request, f"{at}.dated")
    if dated:
        try:
            date.fromisoformat(dated)
        except ValueError as fault:
            raise Invalid(_("This is not a day of the calendar."), field=f"{at}.dated") from fault
    source = line(request, f"{at}.source", LONGEST)
    return {**held, "name": name, "number": number, "dated": dated or None, "source": source}


def _paper(request: Request, at: str, held: dict[str, Any]) -> dict[str, Any] | None:
    name, code = words(request, f"{at}.name"), line(request, f"{at}.code", 80)
    if not any(name.values()) and not code:
        return None
    note, when = words(request, f"{at}.note", LONGEST), words(request, f"{at}.when")
    found = {
        **held,
        "code": code,
        "name": name,
        "note": note if any(note.values()) else {},
        "required": request.POST.get(f"{at}.required") == "yes",
        "demonstration": bool(held.get("demonstration", False)),
    }
    condition = line(request, f"{at}.if")
    or_without(found, "when", {"if": condition, **when} if condition or any(when.values()) else None)
    or_without(found, "form", line(request, f"{at}.form"))
    or_without(found, "law", line(request, f"{at}.law"))
    or_without(found, "instead", [_instead(each) for each in _lines(request, f"{at}.instead")])
    return found


def or_without(found: dict[str, Any], key: str, value: Any) -> None:
    """Write what says something; what says nothing is left out."""
    if value:
        found[key] = value
    else:
        found.pop(key, None)


def _instead(said: str) -> dict[str, Any]:
    parts = [part.strip() for part in said.split("|")]
    code, lao, english = (*parts, "", "", "")[:3]
    return {"code": code, "name": {"lo": lao, "en": english}}


def paper_names(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The papers of a description: code and name."""
    return [
        (str(paper.get("code", "")), text(mapping(paper.get("name"))))
        for paper in rows_of(content.get("papers"))
    ]
