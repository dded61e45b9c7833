"""Charges: what is owed, fixed by an edition; nobody can name an amount."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.catalogue.api import quote, service_version
from onedoor.domain.payments.actions.locking import OURS, today_at
from onedoor.domain.payments.events import ChargeCancelled, ChargeMade
from onedoor.domain.payments.models import Charge
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything


@transaction.atomic
def charge(
    *,
    by: Actor,
    at: datetime,
    subject: UUID,
    visit: UUID | None,
    centre: UUID,
    edition: UUID,
    answers: Mapping[str, Any] | None = None,
) -> Charge | None:
    """Charge the state fee that an edition of a service sets on this day; once for a subject.

    Args:
        subject: what the fee is for; only the caller understands it, and has asked for the permission.
        answers: of the edition's form, where the fee depends on them.

    Returns:
        the charge; None where the service is free or its fee is not set.
    Errors: UnknownService, FeeNeedsAnswer.
    """
    fee = quote(service=edition, answers=answers or {}, on=today_at(centre, at))
    if fee.state != "set" or not fee.total:
        return None
    with everything(OURS):
        before = Charge.objects.filter(subject=subject).exclude(state="cancelled").first()
    if before is not None:
        return before
    made = Charge(
        id=new_id(),
        subject=subject,
        visit=visit,
        centre_id=centre,
        service=service_version(edition).id,
        edition=edition,
        currency=fee.currency,
        fee=fee.total,
        lines=[
            {"kind": "fee", "code": line.code, "name": dict(line.name), "number": 1, "amount": line.amount}
            for line in fee.lines
        ],
        made_by=by.id,
        made_at=at,
    )
    made.save()
    event = ChargeMade(
        subject=subject, visit=visit, service=made.service, total=fee.total, currency=fee.currency
    )
    publish(event, of=made, by=by, at=at, centre=centre)
    return made


@transaction.atomic
def cancel_charge(*, by: Actor, at: datetime, subject: UUID) -> None:
    """What was to be paid for has fallen away: what is not yet paid is no longer owed."""
    with everything(OURS):
        held = Charge.objects.select_for_update(no_key=True).filter(subject=subject, state="open").first()
    if held is None:
        return
    held.state, held.ended_at = "cancelled", at
    held.save()
    publish(ChargeCancelled(subject=subject), of=held, by=by, at=at, centre=held.centre_id)
