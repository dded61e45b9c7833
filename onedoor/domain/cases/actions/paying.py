"""The fee of a case: charged when it is received, and the step that waits for it done when it is paid or waived."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.cases.actions.completing import complete
from onedoor.domain.cases.actions.services import retry
from onedoor.domain.cases.errors import FeeIsOwed
from onedoor.domain.cases.models import Case, Task
from onedoor.domain.catalogue.api import process_of
from onedoor.domain.payments.api import cancel_charge, charge, owed_for
from onedoor.kernel.errors import NotYet
from onedoor.kernel.scope import Actor, everything


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


@transaction.atomic
def paid(*, at: datetime, case: UUID) -> None:
    """The fee was paid or waived: the step that waits for it is done, and what failed for want of it is tried again.

    Nothing happens when it is done, when none waits, or when the fee is owed again since: then the news of its payment comes.
    """
    with everything("news of a payment for a case of any centre"):
        held = Case.objects.select_for_update(no_key=True).filter(id=case).first()
        if held is None:
            return
        if held.status == "draft":
            raise NotYet
        if owed_for(case):
            return
        step = process_of(held.edition_id).payment
        open_tasks = Task.objects.filter(case=held)
        waits = open_tasks.filter(node=step.id, state="open").first() if step else None
        failed = open_tasks.filter(kind="service", state__in=["open", "failed"], fault=FeeIsOwed().code)
        if waits is not None:
            complete(by=Actor.system(), at=at, task=waits.id)
        for task in list(failed):
            retry(by=Actor.system(), at=at, task=task.id)


def owed_again(*, at: datetime, case: UUID) -> None:
    """The money went back and the fee is owed again; not by a case that has ended, of which nothing more is wanted."""
    with everything("news of a payment for a case of any centre"):
        if Case.objects.filter(id=case, closed_at__isnull=False).exists():
            cancel_charge(by=Actor.system(), at=at, subject=case)
