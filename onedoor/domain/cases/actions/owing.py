"""What a case owes holds it back: no step behind the payment is done, and nothing is issued, while its fee is owed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from onedoor.domain.cases.errors import FeeIsOwed
from onedoor.domain.cases.models import Case, Held, Task
from onedoor.domain.catalogue.api import CompiledProcess, Node, process_of
from onedoor.domain.payments.api import Reliance, owed_for, recharge, relying
from onedoor.kernel.scope import Actor, everything


def refuse_owed(process: CompiledProcess, node: Node, case: UUID) -> None:
    """Refuse a step of a case whose fee is owed; the applicant may correct the application all the same.

    A process without a payment is not asked about, so its steps cost nothing more. Raises FeeIsOwed.
    """
    if process.payment is None or node.waits_for or node.edits:
        return
    if owed_for(case):
        raise FeeIsOwed()


def charge_corrected(
    process: CompiledProcess, held: Held, answers: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Fix the fee by the corrected answers, where the process has one. Errors: FeeNeedsAnswer, WaiverIsAsked."""
    if process.payment is None:
        return
    recharge(
        by=by,
        at=at,
        subject=held.case,
        visit=held.visit,
        centre=held.centre,
        edition=held.edition,
        answers=answers,
    )


@relying
def reliance_of(case: UUID) -> Reliance:
    """What was done because the fee was paid: nothing yet; a step behind the payment; or the result is out."""
    with everything("payments asks about the subject of a receipt that it has found"):
        held = Case.objects.filter(id=case).first()
        if held is None or held.status == "withdrawn":
            return Reliance.FREE
        if held.status == "handed_over":
            return Reliance.SPENT
        step = process_of(held.edition_id).payment
        paid = Task.objects.filter(case=held, node=step.id).order_by("place").first() if step else None
        if paid is None:
            return Reliance.FREE
        done = Task.objects.filter(case=held, place__gt=paid.place, state="done").exists()
    return Reliance.RELIED if done or held.closed_at is not None else Reliance.FREE
