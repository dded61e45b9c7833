"""Where a problem lies, in words of whoever reads: “paper 1, Identity card: law” for ``papers[0].law``. Pure; never raises."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.domain.catalogue.rules.documents import Documents
from onedoor.domain.catalogue.rules.problems.checking import UNREADABLE, Problem
from onedoor.domain.catalogue.rules.process.reader import UnreadableProcess, read_xml
from onedoor.kernel.i18n import text

STEPS = re.compile(r"\[(\d+)\]|([^.\[\]/]+)")
# How a place in the decision tables is written (`decisions.model.Place`).
CELL = re.compile(
    r"(?:decision “(?P<id>[^”]*)”)?(?:, )?(?:rule (?P<rule>\d+))?(?:, )?(?:column “(?P<column>.*)”)?(?:line (?P<line>\d+))?"
)
DOCUMENTS: Mapping[str, Any] = {
    "form": gettext_lazy("the form"),
    "process": gettext_lazy("the process"),
    "decisions": gettext_lazy("the decision tables"),
}
# Lists, whose parts are counted: what one of them is called.
COUNTED: Mapping[str, Any] = {
    "papers": gettext_lazy("paper %(number)s"),
    "fees": gettext_lazy("fee table %(number)s"),
    "lines": gettext_lazy("line %(number)s"),
    "steps": gettext_lazy("step %(number)s"),
    "percents": gettext_lazy("percentage %(number)s"),
    "legal_basis": gettext_lazy("law %(number)s"),
    "eligibility": gettext_lazy("demand %(number)s"),
    "instead": gettext_lazy("alternative %(number)s"),
    "life_events": gettext_lazy("moment of life %(number)s"),
    "keywords": gettext_lazy("search word %(number)s"),
    "tests": gettext_lazy("test %(number)s"),
}
PARTS: Mapping[str, Any] = {
    "name": gettext_lazy("name"),
    "summary": gettext_lazy("summary"),
    "result": gettext_lazy("result"),
    "authority": gettext_lazy("ministry or office"),
    "papers": gettext_lazy("papers"),
    "fees": gettext_lazy("fee"),
    "duration": gettext_lazy("duration"),
    "legal_basis": gettext_lazy("laws"),
    "keywords": gettext_lazy("search words"),
    "life_events": gettext_lazy("moments of life"),
    "demonstration": gettext_lazy("whether it is a demonstration"),
    "notice": gettext_lazy("notice"),
    "source": gettext_lazy("source"),
    "identity": gettext_lazy("proof of identity"),
    "level": gettext_lazy("level"),
    "tests": gettext_lazy("tests"),
    "eligibility": gettext_lazy("who may apply"),
    "eligibility_table": gettext_lazy("table of who may apply"),
    "code": gettext_lazy("code"),
    "note": gettext_lazy("note"),
    "required": gettext_lazy("whether it is required"),
    "when": gettext_lazy("condition"),
    "where": gettext_lazy("condition"),
    "form": gettext_lazy("original or copy"),
    "law": gettext_lazy("law"),
    "instead": gettext_lazy("alternatives"),
    "service": gettext_lazy("service that issues it"),
    "number": gettext_lazy("number"),
    "dated": gettext_lazy("date"),
    "state": gettext_lazy("state of the fee"),
    "amount": gettext_lazy("amount"),
    "currency": gettext_lazy("currency"),
    "valid_from": gettext_lazy("valid from"),
    "valid_until": gettext_lazy("valid until"),
    "rate": gettext_lazy("rate"),
    "funding": gettext_lazy("who bears the cost"),
    "model": gettext_lazy("model"),
    "unit_cost": gettext_lazy("cost of one"),
    "share": gettext_lazy("share"),
    "lines": gettext_lazy("lines"),
    "kind": gettext_lazy("kind"),
    "by": gettext_lazy("question it goes by"),
    "steps": gettext_lazy("steps"),
    "choices": gettext_lazy("choices"),
    "percent": gettext_lazy("percentage"),
    "percents": gettext_lazy("percentages"),
    "unit": gettext_lazy("unit"),
    "per": gettext_lazy("per"),
    "floor": gettext_lazy("least amount"),
    "ceiling": gettext_lazy("largest amount"),
    "of": gettext_lazy("of which amount"),
    "period": gettext_lazy("period"),
    "grace": gettext_lazy("days of grace"),
    "most_percent": gettext_lazy("largest share"),
    "most_periods": gettext_lazy("most periods"),
    "demands": gettext_lazy("condition"),
    "words": gettext_lazy("words"),
    "otherwise": gettext_lazy("what is said otherwise"),
    "bars": gettext_lazy("whether it bars"),
    "days": gettext_lazy("days"),
    "hours": gettext_lazy("hours"),
    "x-label": gettext_lazy("question in words"),
    "x-help": gettext_lazy("help"),
    "x-when": gettext_lazy("condition"),
    "x-choices": gettext_lazy("choices"),
    "x-words": gettext_lazy("words of the choices"),
    "x-sections": gettext_lazy("sections"),
    "x-applicant": gettext_lazy("who the applicant is"),
    "x-document": gettext_lazy("document"),
    "enum": gettext_lazy("choices"),
    "type": gettext_lazy("kind"),
}


def place_words(documents: Documents, problem: Problem) -> str:
    """The thing that a problem is about; its place as it stands where it has no words, empty where it is the whole."""
    try:
        return _words(documents, problem)
    except UNREADABLE:
        return problem.place


def _words(documents: Documents, problem: Problem) -> str:
    if problem.document == "content":
        return _in_content(documents.content, problem.place)
    if problem.document == "form":
        return _in_form(documents.form, problem.place)
    return _drawn(getattr(documents, problem.document), problem)


def _in_content(content: Any, place: str) -> str:
    """Each step of the path as a word: a part of a list by its number and name, a field by what it is called."""
    said: list[str] = []
    held, list_of = content, ""
    for number, key in STEPS.findall(place):
        if number:
            held = held[int(number)] if isinstance(held, list) and int(number) < len(held) else None
            counted = str(COUNTED.get(list_of, gettext_lazy("part %(number)s")))
            said[-1:] = [_named(counted % {"number": int(number) + 1}, held)]
        else:
            held, list_of = (held.get(key) if isinstance(held, Mapping) else None), key
            said.append(str(PARTS.get(key, key)))
    return ": ".join(said)


def _in_form(form: Any, place: str) -> str:
    steps = [step for step in place.split("/") if step]
    if len(steps) < 2 or steps[0] != "properties":
        return _said(str(DOCUMENTS["form"]), [_part(step) for step in steps])
    question = (form.get("properties") or {}).get(steps[1])
    label = question.get("x-label") if isinstance(question, Mapping) else None
    named = _("question “%(name)s”") % {"name": text(label) if _spoken(label) else steps[1]}
    return _said(named, [_part(step) for step in steps[2:]])


def _drawn(source: str, problem: Problem) -> str:
    """An element by its name; by its id where it has none, or cannot be found. Of a table its rule and column, too."""
    whole = str(DOCUMENTS[problem.document])
    if not problem.place:
        return whole
    names = _names(source)
    if problem.document == "process":
        name = names.get(problem.place, "")
        return f"{whole}: {f'“{name}”' if name else problem.place}"
    cell = CELL.fullmatch(problem.place)
    if cell is None:
        return f"{whole}: {problem.place}"
    parts = [f"“{names.get(cell['id']) or cell['id']}”"] if cell["id"] else []
    parts += [_("rule %(number)s") % {"number": cell["rule"]}] if cell["rule"] else []
    parts += [_("column “%(name)s”") % {"name": cell["column"]}] if cell["column"] else []
    parts += [_("line %(number)s") % {"number": cell["line"]}] if cell["line"] else []
    return _said(whole, parts)


def _names(source: str) -> dict[str, str]:
    """The names of the elements of a file, by id."""
    try:
        waiting = [read_xml(source.encode())]
    except UnreadableProcess:
        return {}
    found = {}
    while waiting:
        element = waiting.pop()
        if id := element.get("id"):
            found[id] = " ".join((element.get("name") or element.get("label")).split())
        waiting += element.children
    return found


def _named(counted: str, held: Any) -> str:
    """“paper 2, Identity card”: a part with its name, where it has one."""
    names = [held.get(key) for key in ("name", "words", "code")] if isinstance(held, Mapping) else [held]
    name = next((each for each in names if _spoken(each) or (isinstance(each, str) and each)), "")
    said = text(name)
    return f"{counted}, {said[:80]}" if said else counted


def _spoken(words: Any) -> bool:
    return isinstance(words, Mapping) and any(isinstance(said, str) and said for said in words.values())


def _part(step: str) -> str:
    return str(PARTS.get(step, step))


def _said(whole: str, parts: list[str]) -> str:
    return ": ".join([whole, *parts])
