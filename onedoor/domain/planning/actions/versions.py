"""From the documents of a service to a version that can be replayed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from onedoor.domain.access.api import ancestors
from onedoor.domain.cases.api import inline_handlers
from onedoor.domain.catalogue.api import (
    CompiledProcess,
    DecisionsRefused,
    Documents,
    Form,
    FormRefused,
    ProcessRefused,
    ServiceIsNotComplete,
    ServiceView,
    compile_decisions,
    compile_form,
    compiled,
    documents_of,
    eligibility,
    known_places,
    published_decisions,
    published_process,
    quote_of,
    service_of,
)
from onedoor.domain.planning.errors import TablesHaveGaps
from onedoor.domain.planning.rules.version import Version


def version_of(
    documents: Documents, *, code: str, log: bool = False, change: Mapping[str, Any] | None = None
) -> Version:
    """The version that these documents describe.

    Args:
        log: whether it is for the cases of a log, which have no process. change: what was changed by hand.
    Errors: ServiceIsNotComplete, TablesHaveGaps.
    """
    view = service_of(documents, code=code)
    merged = _merged(change or {}, log=log)
    gone = frozenset((change or {}).get("gone", ()))
    if log:
        return Version(duration=view.duration, merged=merged, gone=gone)
    return Version(
        process=process_in(documents),
        inline=inline_handlers(),
        duration=view.duration,
        papers=view.papers,
        fee=lambda answers, day: _fee(view, answers, day),
        refuses=lambda _answers, _day: (),
        known=_knowing(documents),
        merged=merged,
    )


def refusing(version: Version, documents: Documents, base: Documents, *, code: str) -> Version:
    """The same version, refusing what it forbids and the one in force allows: by the form, or by who may apply."""
    new, old = service_of(documents, code=code), service_of(base, code=code)
    forms = (compile_form(documents.form), compile_form(base.form)) if documents.form != base.form else None
    places, known_before = known_places() if forms else {}, _knowing(base)

    def refuses(answers: Mapping[str, Any], day: date) -> tuple[str, ...]:
        unmet = _unmet(new, version.known(answers), day) - _unmet(old, known_before(answers), day)
        faults = (
            _faults(forms[0], answers, day, places) - _faults(forms[1], answers, day, places)
            if forms
            else set()
        )
        return (
            *(f"eligibility/{each}" for each in sorted(unmet)),
            *(f"form/{each}" for each in sorted(faults)),
        )

    return replace(version, refuses=refuses)


def process_in(documents: Documents) -> CompiledProcess:
    """The compiled process. Errors: ServiceIsNotComplete, TablesHaveGaps."""
    try:
        decided = compile_decisions(documents.decisions.encode()) if documents.decisions else None
    except DecisionsRefused as fault:
        raise TablesHaveGaps(field="limit") from fault
    try:
        return compiled(
            documents.process.encode(),
            called=published_process,
            decided=published_decisions,
            decisions=decided,
        )
    except ProcessRefused as fault:
        raise ServiceIsNotComplete(field="process", reason=str(fault)) from fault


def edition_documents(edition: UUID) -> Documents:
    """The documents of an edition."""
    return documents_of(edition)


def province_code(centre: UUID) -> str:
    """The province in which a centre lies; empty where it lies in none."""
    return next((each.code for each in ancestors(centre) if each.kind == "province"), "")


def _knowing(documents: Documents) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    """How answers are read by the rules of these documents, whose form is compiled once for all cases."""
    try:
        return compile_form(documents.form, published=True).known
    except FormRefused:  # it asks nothing
        return lambda answers: answers


def _merged(change: Mapping[str, Any], *, log: bool) -> dict[str, tuple[str, ...]]:
    pair = change.get("together" if log else "merge")
    return {pair[1]: tuple(pair)} if pair else {}


def _fee(view: ServiceView, answers: Mapping[str, Any], day: date) -> int | None:
    quote = quote_of(view, answers=answers, on=day)
    return None if quote is None or quote.state == "to_be_set" else quote.total


def _unmet(view: ServiceView, answers: Mapping[str, Any], day: date) -> set[str]:
    """The demands for which somebody may not apply."""
    found = eligibility(view.eligibility, answers, today=day)
    return {each.code for each in found.unmet if each.otherwise == "not" or each.bars}


def _faults(form: Form, answers: Mapping[str, Any], day: date, places: Mapping[str, str]) -> set[str]:
    return set(form.faults(answers, today=day, units=places))
