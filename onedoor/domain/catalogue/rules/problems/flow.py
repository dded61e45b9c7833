"""What is wrong with the form, the decisions and the process of a service, each by its compiler and with the others."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules import Duration
from onedoor.domain.catalogue.rules.advised import table_faults
from onedoor.domain.catalogue.rules.deadline import deadline_faults
from onedoor.domain.catalogue.rules.decisions import Decisions, DecisionsRefused, unreadable
from onedoor.domain.catalogue.rules.decisions import compile as compile_decisions
from onedoor.domain.catalogue.rules.fees import Fee
from onedoor.domain.catalogue.rules.forms import FormRefused, compile_form
from onedoor.domain.catalogue.rules.problems.checking import Check, guarded
from onedoor.domain.catalogue.rules.process import CompiledProcess, compile_process
from onedoor.kernel.i18n import languages_said, missing_languages

LAO = frozenset(map(chr, range(0x0E80, 0x0F00)))


def form_of(check: Check) -> dict[str, Any]:
    """The form where it can be read; empty where not."""
    return guarded(check, "form", "", _form) or {}


def flow_of(check: Check, form: dict[str, Any], fees: tuple[Fee, ...], duration: Duration | None) -> None:
    """The decisions and the process, with what they read, wait for and promise."""
    decided = guarded(check, "decisions", "", lambda held: _decisions(held, form))
    guarded(check, "content", "eligibility_table", lambda held: _advised(held, decided))
    asks = not check.documents.decisions or decided is not None
    process = guarded(check, "process", "", lambda held: _process(held, decided)) if asks else None
    if process is None:
        return
    guarded(check, "process", "", lambda held: _spoken(held, process))
    guarded(check, "process", "", lambda held: _payable(held, process, fees))
    if duration is not None:
        guarded(check, "process", "", lambda held: _reachable(held, process, duration))


def _form(check: Check) -> dict[str, Any]:
    schema = check.documents.form
    if not schema:
        check.note("form", "", _("There is no form: nobody can apply yet."))
        return {}
    try:
        compile_form(schema)
    except FormRefused as refused:
        for place, reason in refused.faults:
            check.stop("form", "/" + place.replace(".", "/"), reason)
    properties = schema.get("properties")
    return schema if isinstance(properties, dict) else {}


def _decisions(check: Check, form: dict[str, Any]) -> Decisions | None:
    source = check.documents.decisions
    if not source:
        return None
    try:
        found = compile_decisions(source.encode())
    except DecisionsRefused as refused:
        for where, reason in refused.faults:
            check.stop("decisions", str(where), reason)
        return None
    for where, reason in unreadable(found, form.get("properties") or {}, advises=_table_of(check)):
        check.stop("decisions", str(where), reason)
    for where, reason in found.notes:
        check.note("decisions", str(where), reason)
    return found


def _table_of(check: Check) -> str:
    """The decision table that says who may apply, where one is named."""
    named = check.documents.content.get("eligibility_table")
    return named if isinstance(named, str) else ""


def _advised(check: Check, decided: Decisions | None) -> None:
    """What is wrong with the table that says who may apply; decisions that cannot be read say so themselves."""
    name = _table_of(check)
    if not name or (check.documents.decisions and decided is None):
        return
    laws = {str(law.get("number")) for law in check.documents.content.get("legal_basis") or ()}
    for sentence in table_faults(decided, name, laws=laws):
        check.stop("content", "eligibility_table", sentence)


def _process(check: Check, decided: Decisions | None) -> CompiledProcess | None:
    source, known = check.documents.process, check.known
    if not source.strip():
        if source:
            check.stop("process", "", _("This cannot be read at all."))
        else:
            check.note("process", "", _("There is no process: the service is listed, but nobody can apply."))
        return None
    made = compile_process(
        source.encode(),
        handlers=known.handlers,
        roles=known.roles,
        called=known.called,
        decided=known.decided,
        decisions=decided,
    )
    for fault in made.faults:
        check.stop("process", fault.element, fault.reason)
    for node in made.process.nodes.values() if made.process else ():
        for code in node.several.units if node.several else ():
            if not known.unit(code):
                check.stop("process", node.id, _("No unit has the code “%s”.") % code)
    if made.process:
        _offices(check, made.process)
    return made.process


def _offices(check: Check, process: CompiledProcess) -> None:
    """Whose offices lanes mean is known; where there is none, the next one above does the work, and this is said."""
    for lane in {node.lane.id: node.lane for node in process.nodes.values() if node.lane}.values():
        if lane.of and not check.known.unit(lane.of):
            check.stop("process", lane.id, _("No unit has the code “%s”.") % lane.of)
    answerable = str(check.documents.content.get("authority", ""))
    for id, number in check.known.without_office(answerable, process):
        sentence = _("%d places have no such office: there the next one above does the work.") % number
        check.note("process", id, sentence)


def _spoken(check: Check, process: CompiledProcess) -> None:
    """What people read of a process is said in both languages: its tasks and the lanes that they stand in."""
    lanes = {node.lane.id: node.lane.names for node in process.nodes.values() if node.lane}
    tasks = {node.id: node.names for node in process.nodes.values() if node.kind == "user"}
    for id, names in {**tasks, **lanes}.items():
        lacking = missing_languages(dict(names))
        if not lacking and any(sign in LAO for sign in names["en"]):  # the Lao name stood in for it
            lacking = ("en",)
        if lacking:
            check.stop("process", id, _("Words are missing in: %s.") % languages_said(lacking))


def _payable(check: Check, process: CompiledProcess, fees: tuple[Fee, ...]) -> None:
    if process.payment is not None and (not fees or any(fee.state != "set" or fee.open for fee in fees)):
        check.stop(
            "process", process.payment.id, _("The process waits for a payment, but the fee is not set.")
        )


def _reachable(check: Check, process: CompiledProcess, duration: Duration) -> None:
    for stops, sentence in deadline_faults(process, duration):
        check.stop("process", process.start, sentence, stops=stops)
