"""Before the number: facts are laid out, corrected, and confirmed by the applicant."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.documents import errors, rules
from onedoor.domain.documents.events import DocumentPrepared, FactsConfirmed, FactsCorrected
from onedoor.domain.documents.models import Document, State, Template, locked
from onedoor.domain.documents.permissions import CHECK, PREPARE
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything


def prepare(
    *,
    by: Actor,
    at: datetime,
    subject: UUID,
    centre: UUID,
    kind: str,
    facts: Mapping[str, Any],
    demonstration: bool = True,
) -> Document:
    """Lay out a document about a subject; again for the same subject and kind replaces the facts that nobody has issued.

    What the system lays out for a process is confirmed, corrected and issued by the system only: the process decides.

    Args:
        subject: whatever the document is about (opaque). centre: the unit that issues it.
        kind: a template's code. facts: code → text, ``{"lo", "en"}`` or date; also ``code_lo``/``code_en``.
        demonstration: the paper carries a watermark and proves nothing.

    Raises:
        NoSuchTemplate, FactMissing, FactMalformed, FactsAreFixed, GuidedByAProcess.
    """
    require(by, PREPARE, at=centre)
    template = Template.objects.filter(code=kind).first()
    if template is None:
        raise errors.NoSuchTemplate
    clean = rules.normalise_facts(template.layout["rows"], facts)
    with transaction.atomic(), everything("a living document of this subject may exist already"):
        held = (
            Document.objects.select_for_update()
            .filter(subject=subject, kind=kind)
            .exclude(state=State.REVOKED)
            .first()
        )
        document = held or Document(subject=subject, kind=kind)
        rules.may_correct(document.state)
        rules.may_act(document.guided, by.kind)
        document.guided = by.kind == "system"
        document.centre_id = centre
        document.layout = template.layout
        document.facts = clean
        document.state = State.PREPARED
        document.demonstration = demonstration
        document.prepared_at = at
        document.confirmed_at = None
        document.save()
        publish(DocumentPrepared(subject=subject, kind=kind), of=document, by=by, at=at, centre=centre)
    return document


def correct_facts(*, by: Actor, at: datetime, document: UUID, facts: Mapping[str, Any]) -> Document:
    """Write facts as the applicant says they should read; what was confirmed has to be confirmed again.

    Args:
        facts: only the facts that change; the others stay.

    Raises:
        FactsAreFixed, FactMissing, FactMalformed, GuidedByAProcess.
    """
    with transaction.atomic():
        held = locked(document)
        require(by, CHECK, at=held.centre_id)
        rules.may_act(held.guided, by.kind)
        rules.may_correct(held.state)
        clean = rules.normalise_facts(held.layout["rows"], rules.laid_over(held.facts, facts))
        differing = rules.changed(held.facts, clean)
        if not differing:
            return held
        held.facts = clean
        held.state = State.PREPARED
        held.confirmed_at = None
        held.save()
        event = FactsCorrected(subject=held.subject, changed=differing)
        publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return held


def confirm_facts(*, by: Actor, at: datetime, document: UUID) -> Document:
    """The applicant has read the facts in both scripts and says that they are right. Twice is the same as once.

    Raises:
        FactsAreFixed, GuidedByAProcess.
    """
    with transaction.atomic():
        held = locked(document)
        require(by, CHECK, at=held.centre_id)
        rules.may_act(held.guided, by.kind)
        if held.state == State.CONFIRMED:
            return held
        rules.may_correct(held.state)
        held.state = State.CONFIRMED
        held.confirmed_at = at
        held.save()
        publish(FactsConfirmed(subject=held.subject), of=held, by=by, at=at, centre=held.centre_id)
    return held
