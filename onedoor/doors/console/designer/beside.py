"""What stands beside every tab: the problems that the check finds, and sentence by sentence what a citizen will see."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import format_number, text
from onedoor.kernel.money import EXPONENTS, format_kip

TAB_OF = {"form": "design_form", "process": "design_steps", "decisions": "design_decisions"}
PARTS_OF_CONTENT = (
    ("eligibility", "design_eligibility"),
    ("identity", "design_eligibility"),
    ("fees", "design_fee"),
    ("tests", "design_tests"),
)
MOST_PROBLEMS = 40
MOST_QUESTIONS = 30
Address = Callable[[catalogue.Draft, str], str]


def problem_rows(
    documents: catalogue.Documents, draft: catalogue.Draft, address: Address
) -> list[dict[str, Any]]:
    """Each problem with the page on which it is mended; of many only the first."""
    rows = []
    for found in catalogue.problems_of(documents, code=draft.code)[:MOST_PROBLEMS]:
        route = TAB_OF.get(found.document) or _tab_of_content(found.place)
        where = address(draft, route)
        if found.document == "process" and found.place:
            where = f"{where}?{urlencode({'step': found.place})}"
        if found.document == "form" and found.place.startswith("/properties/"):
            where = f"{where}?{urlencode({'question': found.place.split('/')[2]})}"
        rows.append(
            {
                "sentence": found.sentence,
                "stops": found.stops,
                "place": catalogue.place_words(documents, found),
                "href": where,
                "element": found.place if found.document == "process" else "",
            }
        )
    return rows


def _tab_of_content(place: str) -> str:
    return next((route for part, route in PARTS_OF_CONTENT if place.startswith(part)), "design")


def seen(documents: catalogue.Documents, code: str) -> dict[str, Any]:
    """What a citizen will read: name, what to bring, what it costs, how long it takes, what is asked, how it goes."""
    found: dict[str, Any] = {"asked": _asked(documents.form), "steps": _steps(documents.process)}
    try:
        service = catalogue.service_of(documents, code=code)
    except Invalid as fault:
        return {**found, "unreadable": fault.reason}
    return {
        **found,
        "service": service,
        "demands": [text(each.words) for each in service.eligibility],
        "papers": [_paper(paper) for paper in service.papers],
        "costs": _costs(service.fee),
        "takes": _takes(service.duration),
    }


def _paper(paper: catalogue.Paper) -> str:
    name, when = text(paper.name), text(paper.when) if paper.when else ""
    if paper.form == "held":
        said = _("%s: the state has it, nobody brings it.") % name
    elif paper.form == "copy":
        said = _("%s, a copy") % name
    elif paper.form == "original":
        said = _("%s, the original") % name
    else:
        said = name
    return f"{said} ({when})" if when else said


def _costs(fee: catalogue.Fee) -> list[str]:
    if fee.state == "free":
        return [_("Free of charge")]
    if fee.state != "set":
        return [_("The fee has not been set")]
    if fee.lines:
        return [_line(row, fee.currency) for row in fee.lines]
    return [_sum(fee.amount or 0, fee.currency)]


def _line(row: catalogue.FeeRow, currency: str) -> str:
    if row.amount is not None and row.kind == "fixed":
        return f"{text(row.name)}: {_sum(row.amount, currency)}"
    return _("%s: goes by the answers") % text(row.name)


def _sum(amount: int, currency: str) -> str:
    if currency == "LAK":
        return format_kip(amount)
    exponent = EXPONENTS.get(currency, 0)
    return f"{format_number(Decimal(amount).scaleb(-exponent), places=exponent)} {currency}"


def _takes(duration: catalogue.Duration) -> str:
    most = duration.hours if duration.kind == "hours" else duration.days
    if duration.kind == "unknown" or not most:
        return _("Not known yet")
    number = {"number": format_number(most)}
    if duration.kind == "hours":
        return ngettext("%(number)s office hour", "%(number)s office hours", most) % number
    if duration.kind == "working":
        return ngettext("%(number)s working day", "%(number)s working days", most) % number
    return ngettext("%(number)s day", "%(number)s days", most) % number


def _asked(form: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The sections of the form with their questions, as far as the form can be read."""
    if not form:
        return []
    try:
        compiled = catalogue.compile_form(form)
    except (catalogue.FormRefused, TypeError, ValueError, LookupError, AttributeError):
        return []
    left, found = MOST_QUESTIONS, []
    for section in compiled.sections:
        labels = [text(question.label) for question in section.questions][:left]
        left -= len(labels)
        found.append((text(section.title), labels))
    return found


def _steps(process: str) -> list[str]:
    """What is done with an application, by whom, in its order."""
    if not process:
        return []
    try:
        table = catalogue.drawing.step_table(process)
    except catalogue.drawing.CannotDraw:
        return []
    lanes = {lane.id: text({"lo": lane.lo, "en": lane.en or lane.lo}) for lane in table.lanes}
    return [
        ": ".join(
            part
            for part in (lanes.get(step.lane, ""), text({"lo": step.lo, "en": step.en or step.lo}))
            if part
        )
        for step in table.steps
        if step.kind in ("userTask", "serviceTask", "receiveTask")
    ][:MOST_QUESTIONS]
