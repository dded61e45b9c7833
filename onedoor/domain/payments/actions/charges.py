"""Charges: what is owed, fixed by an edition; nobody can name an amount."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.catalogue.api import FeeLine, Quote, quote, service_version
from onedoor.domain.payments import errors
from onedoor.domain.payments.actions.locking import OURS, today_at
from onedoor.domain.payments.events import ChargeCancelled, ChargeCorrected, ChargeMade
from onedoor.domain.payments.models import Charge
from onedoor.domain.payments.rules import Owing, alike, plan, total
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
    service = service_version(edition).id
    made = Charge(
        id=new_id(),
        subject=subject,
        visit=visit,
        centre_id=centre,
        service=service,
        edition=edition,
        currency=fee.currency,
        fee=fee.total,
        lines=_lines(fee),
        made_by=by.id,
        made_at=at,
    )
    made.save()
    event = ChargeMade(subject=subject, visit=visit, service=service, total=fee.total, currency=fee.currency)
    publish(event, of=made, by=by, at=at, centre=centre)
    return made


def _lines(fee: Quote) -> list[dict[str, Any]]:
    """The lines of a quote as a charge and its receipt hold them, each with why it is this much."""
    return [_line(line) for line in fee.lines]


def _line(line: FeeLine) -> dict[str, Any]:
    held: dict[str, Any] = {
        "kind": "fee",
        "code": line.code,
        "name": dict(line.name),
        "number": 1,
        "amount": line.amount,
    }
    if any(line.because.values()):
        held["because"] = dict(line.because)
    if line.original:
        about = line.original
        held["original"] = {
            "currency": about.currency,
            "amount": about.amount,
            "rate": about.rate,
            "on": about.on.isoformat(),
            "source": about.source,
        }
    return held


@transaction.atomic
def recharge(
    *,
    by: Actor,
    at: datetime,
    subject: UUID,
    visit: UUID | None,
    centre: UUID,
    edition: UUID,
    answers: Mapping[str, Any],
) -> None:
    """The answers were corrected: more is owed as a difference, line by line; less waits for the second person to give it back.

    The fee is that of the day on which it was first charged. What nobody was charged for before is charged as usual.

    Errors: UnknownService, FeeNeedsAnswer, WaiverIsAsked (it is answered first).
    """
    with everything(OURS):
        rows = Charge.objects.select_for_update(no_key=True).filter(subject=subject)
        held = list(rows.exclude(state="cancelled").order_by("made_at", "id"))
    if not held:
        charge(by=by, at=at, subject=subject, visit=visit, centre=centre, edition=edition, answers=answers)
        return
    fee = quote(service=edition, answers=answers, on=today_at(centre, held[0].made_at))
    wanted = plan(
        _lines(fee) if fee.state == "set" else [],
        [Owing(id=each.id, state=each.state, lines=each.lines) for each in held],
    )
    _owe(wanted.owed, held, service=service_version(edition).id, by=by, at=at)
    for each in held:
        shrunk = wanted.shrunk.get(each.id)
        if each.state == "settled" and each.corrected != shrunk:
            each.corrected = shrunk
            _save_corrected(each, each.fee if shrunk is None else total(shrunk), by=by, at=at)


def _owe(lines: list[dict[str, Any]], held: list[Charge], *, service: UUID, by: Actor, at: datetime) -> None:
    """The open charge of a subject is over these lines: changed, made or cancelled."""
    one, first = next((each for each in held if each.state == "open"), None), held[0]
    if one is not None and alike(one.lines, lines):
        return
    if one is not None and one.waiver == "asked":
        raise errors.WaiverIsAsked
    if one is not None and not lines:
        one.state, one.ended_at = "cancelled", at
        one.save()
        publish(ChargeCancelled(subject=one.subject), of=one, by=by, at=at, centre=one.centre_id)
    elif one is not None:
        before, one.lines, one.fee = one.fee, lines, total(lines)
        _save_corrected(one, one.fee, by=by, at=at, before=before)
    elif lines:
        more = Charge(
            id=new_id(),
            subject=first.subject,
            visit=first.visit,
            centre_id=first.centre_id,
            service=service,
            edition=first.edition,
            currency=first.currency,
            fee=total(lines),
            lines=lines,
            made_by=by.id,
            made_at=at,
        )
        more.save()
        event = ChargeMade(
            subject=more.subject,
            visit=more.visit,
            service=service,
            total=more.fee,
            currency=more.currency,
        )
        publish(event, of=more, by=by, at=at, centre=more.centre_id)


def _save_corrected(held: Charge, after: int, *, by: Actor, at: datetime, before: int | None = None) -> None:
    held.save()
    event = ChargeCorrected(
        subject=held.subject,
        before=held.fee if before is None else before,
        after=after,
        currency=held.currency,
    )
    publish(event, of=held, by=by, at=at, centre=held.centre_id)


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
