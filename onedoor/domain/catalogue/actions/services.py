"""What is done to the catalogue: publishing editions of services, naming life events."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import require, unit_by_code
from onedoor.domain.catalogue.errors import ServiceIsNotComplete
from onedoor.domain.catalogue.events import LifeEventSaved, ServicePublished
from onedoor.domain.catalogue.models import Edition, LifeEvent, Release, Service, Term
from onedoor.domain.catalogue.permissions import PUBLISH
from onedoor.domain.catalogue.queries.services import (
    periods_of,
    published_decisions,
    published_process,
    service_by_id,
)
from onedoor.domain.catalogue.rules import IDENTITY_LEVELS, Duration, Identity, Law, Paper, ServiceView
from onedoor.domain.catalogue.rules.advised import table_faults
from onedoor.domain.catalogue.rules.decisions import Decisions, DecisionsRefused, unreadable
from onedoor.domain.catalogue.rules.decisions import compile as compile_decisions
from onedoor.domain.catalogue.rules.documents import Documents
from onedoor.domain.catalogue.rules.eligibility import Criterion, criteria_faults, criteria_kept
from onedoor.domain.catalogue.rules.fees import Fee
from onedoor.domain.catalogue.rules.forms import FormRefused, compile_form
from onedoor.domain.catalogue.rules.keeping import duration_kept, fee_kept, paper_kept
from onedoor.domain.catalogue.rules.papers import paper_faults
from onedoor.domain.catalogue.rules.periods import clash, in_force
from onedoor.domain.catalogue.rules.process import (
    CompiledProcess,
    ProcessRefused,
    compiled,
    declared_handlers,
)
from onedoor.domain.catalogue.rules.tables import asked_in, fee_faults, line_faults
from onedoor.domain.catalogue.rules.terms import duration_faults
from onedoor.kernel.errors import Missing
from onedoor.kernel.i18n import Translated, languages_said, missing_languages, normalise, sort_key, toneless
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import named_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

NAME_WEIGHT, KEYWORD_WEIGHT, SUMMARY_WEIGHT = 1.0, 0.95, 0.5


@transaction.atomic
def save_service(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    code: str,
    name: Translated,
    summary: Translated,
    authority: UUID,
    papers: Sequence[Paper],
    fees: Sequence[Fee],
    duration: Duration,
    legal_basis: Sequence[Law],
    result: Translated,
    demonstration: bool,
    valid_from: date,
    notice: Translated | None = None,
    form: dict[str, Any] | None = None,
    process: str = "",
    decisions: str = "",
    keywords: Sequence[str] = (),
    life_events: Sequence[str] = (),
    source: str = "",
    identity: Identity | None = None,
    eligibility: Sequence[Criterion] = (),
    eligibility_table: str = "",
) -> ServiceView:
    """Publish a service as a new edition, or leave everything as it is when nothing has changed.

    Args:
        id: of the service; a pack's is named by its key, so that it is the same on every node.
        authority: the unit that is answerable for the service.
        fees: periods in order of time, without gaps.
        notice: why the service is a demonstration, for readers.
        valid_from: the first day on which the edition applies.
        eligibility: who may apply; none: everybody. eligibility_table: a decision table that says so, too.
        form: JSON Schema 2020-12 with presentation; process: BPMN 2.0 text; decisions: DMN text.
    Errors: Refused, ServiceIsNotComplete.
    """
    require(by, PUBLISH, at=authority)
    row = Service.objects.select_for_update().filter(id=id).first()
    _refuse_incomplete(name, summary, tuple(fees), form or {}, on=at.astimezone(ZONE).date())
    _refuse_unfounded(tuple(papers), form or {}, tuple(legal_basis))
    _refuse_unlawful(tuple(eligibility), form or {}, tuple(legal_basis))
    _refuse_unaskable(form or {})
    _refuse_untimely(duration, form or {})
    decided = _refuse_undecidable(decisions, form or {}, advises=eligibility_table)
    _refuse_unadvised(eligibility_table, decided, tuple(legal_basis))
    if identity is not None and identity.level and identity.level not in IDENTITY_LEVELS:
        raise ServiceIsNotComplete(field="identity", reason=_("There is no such level of identity."))
    _refuse_unpayable(_refuse_unsound(process, decided), tuple(fees))
    content = {
        "name": dict(name),
        "summary": dict(summary),
        "authority": str(authority),
        "papers": [paper_kept(paper) for paper in papers],
        "fees": [fee_kept(fee) for fee in fees],
        "duration": duration_kept(duration),
        "legal_basis": [asdict(law) for law in legal_basis],
        "result": dict(result),
        "keywords": list(keywords),
        "life_events": list(life_events),
        "demonstration": demonstration,
        "notice": dict(notice or {}),
        "source": source,
    }
    if identity is not None and identity.level:
        content["identity"] = asdict(identity)
    if eligibility:
        content["eligibility"] = criteria_kept(each for each in eligibility if each.row is None)
    if eligibility_table:
        content["eligibility_table"] = eligibility_table
    content = json.loads(json.dumps(content, default=_plain, ensure_ascii=False))
    documents = Documents(content=content, form=form or {}, process=process, decisions=decisions)
    digest = digest_of(documents, code=code, valid_from=valid_from)
    # A release of a ministry is not undone by the pack that was loaded before it.
    current = row and row.editions.filter(draft=None).order_by("-number").first()
    if current and current.content_hash == digest:
        return service_by_id(id)
    if (refusal := clash(periods_of([id]).get(id, ()), valid_from=valid_from, centres=())) is not None:
        raise ServiceIsNotComplete(field="valid_from", reason=refusal)
    put_in_force(row, documents, id=id, code=code, valid_from=valid_from, by=by, at=at)
    return service_by_id(id)


def put_in_force(
    row: Service | None,
    documents: Documents,
    *,
    id: UUID,
    code: str,
    valid_from: date,
    by: Actor,
    at: datetime,
    centres: Collection[UUID] = (),
    draft: UUID | None = None,
) -> Edition:
    """Make documents the next edition of a service, in force from a day on; who may, and whether, was asked before.

    Args:
        row: the service, locked; None where this is its first edition. centres: the pilot centres; none: all.
    """
    content = documents.content
    name, summary = content["name"], content["summary"]
    number = row.edition + 1 if row else 1
    row = row or Service(id=id)
    row.code, row.authority_id, row.edition = code, UUID(content["authority"]), number
    row.demonstration = content["demonstration"]
    row.sort_keys = {language: sort_key(word) for language, word in name.items()}
    row.save()
    digest = digest_of(documents, code=code, valid_from=valid_from)
    edition = Edition.objects.create(
        id=named_id(str(id), f"edition/{number}/{digest}"),
        service=row,
        number=number,
        valid_from=valid_from,
        content=content,
        content_hash=digest,
        form=documents.form,
        process=documents.process,
        decisions=documents.decisions,
        draft=draft,
    )
    released(row, edition, valid_from=valid_from, centres=centres)
    _forget_terms(row, at.astimezone(ZONE).date())
    _save_terms(row, number, name, summary, content["keywords"])
    event = ServicePublished(
        code=code, edition=edition.id, number=number, valid_from=valid_from, pilot=bool(centres)
    )
    publish(event, of=row, by=by, at=at)
    return edition


def released(row: Service, edition: Edition, *, valid_from: date, centres: Collection[UUID]) -> None:
    """Write down that an edition applies from a day on at these centres (none: at all)."""
    named = sorted(str(each) for each in centres)
    Release.objects.create(
        service=row, edition=edition.id, number=edition.number, valid_from=valid_from, centres=named
    )


def digest_of(documents: Documents, *, code: str, valid_from: date) -> str:
    """By what an edition is known again. What has no decisions reads as it did before there were any."""
    held = [code, valid_from.isoformat(), documents.content, documents.form, documents.process]
    return _digest([*held, *([documents.decisions] if documents.decisions else [])])


@transaction.atomic
def save_life_event(*, by: Actor, at: datetime, id: UUID, code: str, name: Translated, position: int) -> None:
    """Name a life event; nothing is written when nothing has changed. Errors: Refused."""
    require(by, PUBLISH)
    row = LifeEvent.objects.select_for_update().filter(id=id).first() or LifeEvent(id=id)
    if (row.code, row.name, row.position) == (code, dict(name), position):
        return
    row.code, row.name, row.position = code, dict(name), position
    row.save()
    publish(LifeEventSaved(code=code), of=row, by=by, at=at)


def _refuse_incomplete(
    name: Translated, summary: Translated, fees: tuple[Fee, ...], form: dict[str, Any], *, on: date
) -> None:
    for field, words in (("name", name), ("summary", summary)):
        if lacking := missing_languages(words):
            raise ServiceIsNotComplete(
                field=field, reason=_("Words are missing in: %s.") % languages_said(lacking)
            )
    for _index, sentence in fee_faults(fees, on=on):
        raise ServiceIsNotComplete(field="fees", reason=sentence)
    asked = asked_in(form)
    for _where, sentence in (fault for fee in fees for fault in line_faults(fee, asked)):
        raise ServiceIsNotComplete(field="fees", reason=sentence)


def _refuse_untimely(duration: Duration, form: dict[str, Any]) -> None:
    for _field, sentence in duration_faults(duration, asked_in(form)):
        raise ServiceIsNotComplete(field="duration", reason=sentence)


def _refuse_unaskable(form: dict[str, Any]) -> None:
    if not form:
        return
    try:
        compile_form(form)
    except FormRefused as fault:
        raise ServiceIsNotComplete(field="form", reason=str(fault)) from fault


def _refuse_unfounded(papers: tuple[Paper, ...], form: dict[str, Any], laws: tuple[Law, ...]) -> None:
    questions = form.get("properties") or {}
    for _index, _key, sentence in paper_faults(papers, questions=questions, laws=laws):
        raise ServiceIsNotComplete(field="papers", reason=sentence)


def _refuse_unlawful(criteria: tuple[Criterion, ...], form: dict[str, Any], laws: tuple[Law, ...]) -> None:
    questions, numbers = form.get("properties") or {}, {law.number for law in laws if law.number}
    for _index, _key, sentence in criteria_faults(criteria, questions=questions, laws=numbers):
        raise ServiceIsNotComplete(field="eligibility", reason=sentence)


def _refuse_unsound(process: str, decided: Decisions | None) -> CompiledProcess | None:
    if not process:
        return None
    try:
        found = compiled(
            process.encode(),
            handlers=declared_handlers(),
            called=published_process,
            decided=published_decisions,
            decisions=decided,
        )
    except ProcessRefused as fault:
        raise ServiceIsNotComplete(field="process", reason=str(fault)) from fault
    for node in found.nodes.values():
        for code in node.several.units if node.several else ():
            try:
                unit_by_code(code)
            except Missing as fault:
                reason = f"“{node.id}”: no unit has the code “{code}”"
                raise ServiceIsNotComplete(field="process", reason=reason) from fault
    return found


def _refuse_unadvised(table: str, decided: Decisions | None, laws: tuple[Law, ...]) -> None:
    numbers = {law.number for law in laws if law.number}
    for sentence in table_faults(decided, table, laws=numbers) if table else ():
        raise ServiceIsNotComplete(field="eligibility_table", reason=sentence)


def _refuse_undecidable(decisions: str, form: dict[str, Any], *, advises: str) -> Decisions | None:
    if not decisions:
        return None
    try:
        found = compile_decisions(decisions.encode())
        faults = unreadable(found, form.get("properties", {}), advises=advises)
    except DecisionsRefused as refused:
        raise ServiceIsNotComplete(field="decisions", reason=str(refused)) from refused
    if faults:
        raise ServiceIsNotComplete(field="decisions", reason=str(DecisionsRefused(faults)))
    return found


def _refuse_unpayable(process: CompiledProcess | None, fees: tuple[Fee, ...]) -> None:
    if process is None or process.payment is None:
        return
    if not fees or any(fee.state != "set" or fee.open for fee in fees):
        reason = _("The process waits for a payment, but the fee is not set.")
        raise ServiceIsNotComplete(field="process", reason=reason)


def _forget_terms(row: Service, today: date) -> None:
    """Words of editions that have been followed everywhere are looked for no more."""
    now = in_force(periods_of([row.id]).get(row.id, ()), today)
    if now is not None:
        row.terms.filter(number__lt=now.number).delete()


def _save_terms(
    row: Service, number: int, name: Translated, summary: Translated, keywords: Sequence[str]
) -> None:
    """The words by which an edition is found, from the day on which it applies."""
    weighed = [(word, NAME_WEIGHT) for word in name.values()]
    weighed += [(word, KEYWORD_WEIGHT) for word in keywords]
    weighed += [(word, SUMMARY_WEIGHT) for word in summary.values()]
    Term.objects.bulk_create(
        Term(service=row, number=number, normal=normalise(word), toneless=toneless(word), weight=weight)
        for word, weight in weighed
    )


def _digest(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
