"""The tests of a draft: applications that are invented, how each should go, and whether it does; kept with the draft."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.console.designer.description import paper_names
from onedoor.doors.console.designer.shell import (
    OURS,
    PERMISSION,
    Changed,
    Tab,
    line,
    opened,
    saved,
    shown,
)
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

MOST_TESTS = 100
UNREADABLE = (catalogue.FormRefused, AttributeError, LookupError, TypeError, ValueError)
REDRAWN = ("_again", "_add", "_remove")


@needs(PERMISSION)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The tests with what came of each; one of them, to be written."""
    held = opened(request, service, draft)
    tab = Tab("design_tests", "tests.html", _context)
    if request.method != "POST" or any(name in request.POST for name in REDRAWN):
        return shown(request, held, tab)
    return saved(request, held, tab, lambda documents: _changed(request, documents))


def _context(request: Request, draft: catalogue.Draft) -> dict[str, Any]:
    documents, tests = draft.documents, catalogue.tests_of(draft.documents)
    chosen = request.POST.get("_test") or request.GET.get("test", "")
    found = next((test for test in tests if test.id == chosen), None)
    if request.method == "POST":
        found = _typed(request, documents, strict=False)
    elif chosen == "new":
        found = catalogue.DraftTest(id="new", begin=access.today())
    about: dict[str, Any] = {
        "rows": [(test, cases.tested(documents, test)) for test in tests],
        "test": found,
    }
    if found is not None:
        about |= _editing(documents, found, more=request.POST.get("_add", ""))
    return about


def _editing(documents: catalogue.Documents, test: catalogue.DraftTest, *, more: str) -> dict[str, Any]:
    form = _form(documents.form)
    showing = catalogue.Showing(data=test.answers, more=more, few=7)
    tasks, ends = _drawn(documents.process, test)
    return {
        "parts": catalogue.form_shown(form, showing) if form else (),
        "tasks": tasks,
        "ends": ends,
        "papers": [(code, name, code in test.papers) for code, name in paper_names(documents.content)],
        "verdict": cases.tested(documents, test) if test.id != "new" else None,
    }


def _form(form: dict[str, Any]) -> catalogue.Form | None:
    try:
        return catalogue.compile_form(form) if form else None
    except UNREADABLE:
        return None


def _drawn(process: str, test: catalogue.DraftTest) -> tuple[list[Any], list[Any]]:
    """The tasks that can end in several ways, and the ends."""
    try:
        steps = catalogue.drawing.step_table(process).steps
    except catalogue.drawing.CannotDraw:
        return [], []
    tasks = [
        (step.id, _named(step), step.own["outcomes"].split(), test.outcomes.get(step.id, ""))
        for step in steps
        if len(step.own.get("outcomes", "").split()) > 1
    ]
    ends = [(step.id, _named(step), step.id == test.end) for step in steps if step.kind == "endEvent"]
    return tasks, ends


def _named(step: catalogue.drawing.Step) -> str:
    return text({"lo": step.lo or step.id, "en": step.en or step.lo or step.id})


def _changed(request: Request, documents: catalogue.Documents) -> Changed:
    act, id = request.POST.get("do", ""), line(request, "_test", 40)
    tests = catalogue.tests_of(documents)
    if act == "remove":
        kept = [test for test in tests if test.id != id]
    elif act == "keep":
        said = _typed(request, documents, strict=True)
        if len(tests) >= MOST_TESTS:
            raise Invalid(_("More tests than a draft may have."))
        if id == "new":
            number = max((int(test.id) for test in tests if test.id.isdecimal()), default=0) + 1
            kept = [*tests, replace(said, id=str(number))]
        else:
            kept = [said if test.id == id else test for test in tests]
    else:
        raise Invalid(_("The page asked for something that it cannot do."))
    return {"content": {**documents.content, "tests": [test.kept() for test in kept]}}


def _typed(request: Request, documents: catalogue.Documents, *, strict: bool) -> catalogue.DraftTest:
    """The test as the page has it; with ``strict`` what is wrong with it is told."""
    form, post = _form(documents.form), request.POST
    own = {name for name in post if name.startswith("_")} | OURS
    if form and strict and (strange := form.unknown(name for name in post if name not in own)):
        raise Invalid(_("The page does not ask for “%s”.") % strange[0][:80])
    answers = form.read(post, without=post.get("_remove", "")) if form else {}
    return catalogue.DraftTest(
        id=line(request, "_test", 40),
        name=line(request, "_name", 200),
        begin=_day(request, "_begin", strict) or access.today(),
        answers=answers,
        outcomes={
            name[4:]: line(request, name, 40) for name in post if name.startswith("_at.") and post[name]
        },
        end=line(request, "_end", 120),
        fee=_amount(request, strict),
        papers=tuple(str(each)[:80] for each in post.getlist("_papers")),
        check_papers=post.get("_check_papers") == "yes",
        due=_day(request, "_due", strict),
    )


def _day(request: Request, name: str, strict: bool) -> date | None:
    said = line(request, name, 40)
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as fault:
        if strict:
            raise Invalid(_("This is not a day of the calendar."), field=name) from fault
        return None


def _amount(request: Request, strict: bool) -> int | None:
    said = line(request, "_fee", 20)
    if said and said.isascii() and said.isdecimal() and len(said) < 16:
        return int(said)
    if said and strict:
        raise Invalid(_("Write a whole number."), field="_fee")
    return None
