"""The fee of a case: charged when it is received, and the step that waits for it done when it is paid or waived."""

from datetime import datetime
from uuid import UUID

from onedoor.domain.cases.actions.completing import complete
from onedoor.domain.cases.models import Case, Task
from onedoor.domain.catalogue.api import process_of
from onedoor.domain.payments.api import cancel_charge, charge
from onedoor.kernel.errors import NotYet
from onedoor.kernel.scope import Actor, everything

STEP = "payment"


def charge_fee(held: Case, *, by: Actor, at: datetime) -> None:
    """Fix the fee by the edition and the answers of this day, where the process waits for its payment.

    Where these answers come to no fee (a share of nothing), there is nothing to wait for.
    """
    if process_of(held.edition_id).payment is None:
        return
    made = charge(
        by=by,
        at=at,
        subject=held.id,
        visit=held.visit,
        centre=held.centre_id,
        edition=held.edition_id,
        answers=held.data,
    )
    if made is None:
        paid(at=at, case=held.id)


def paid(*, at: datetime, case: UUID) -> None:
    """The fee was paid or waived: the step that waits for it is done. Nothing happens when it is done, or none waits."""
    with everything("news of a payment for a case of any centre"):
        held = Case.objects.filter(id=case).first()
        if held is None:
            return
        if held.status == "draft":
            raise NotYet
        step = process_of(held.edition_id).payment
        task = Task.objects.filter(case=held, node=step.id, state="open").first() if step else None
        if task is not None:
            complete(by=Actor.system(), at=at, task=task.id)


def owed_again(*, at: datetime, case: UUID) -> None:
    """The money went back and the fee is owed again; not by a case that was withdrawn, of which nothing more is wanted."""
    with everything("news of a payment for a case of any centre"):
        if Case.objects.filter(id=case, status="withdrawn").exists():
            cancel_charge(by=Actor.system(), at=at, subject=case)
