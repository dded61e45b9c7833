"""Withdrawing: the applicant takes the application back; everything that waits is stopped."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.cases.errors import CaseIsFromALog, NoSuchCase, TaskIsDone
from onedoor.domain.cases.events import CaseWithdrawn
from onedoor.domain.cases.models import Case
from onedoor.domain.cases.permissions import ENTER
from onedoor.domain.cases.rules import clean_reason
from onedoor.domain.cases.rules.logs import LOG
from onedoor.domain.payments.api import cancel_charge
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything

ENDED = ("handed_over", "withdrawn", "closed")


@transaction.atomic
def withdraw(*, by: Actor, at: datetime, case: UUID, reason: str = "") -> None:
    """End a draft or a case that runs, on the applicant's wish.

    Errors: NoSuchCase, Refused, CaseIsFromALog, TaskIsDone.
    """
    with everything("the permission is asked at the case's own centre"):
        held = Case.objects.select_for_update().filter(id=case).first()
    if held is None:
        raise NoSuchCase()
    require(by, ENTER, at=held.centre_id)
    if held.origin == LOG:
        raise CaseIsFromALog()
    if held.status in ENDED or held.closed_at is not None:
        raise TaskIsDone()
    held.status, held.closed_at = "withdrawn", at
    held.save(update_fields=["status", "closed_at"])
    held.tokens.all().delete()
    held.tasks.filter(state__in=["open", "failed"]).update(
        state="stopped", done_at=at, done_by=by.id, reason=clean_reason(reason)
    )
    held.timers.filter(state="waiting").update(state="stopped")
    held.waits.filter(state="waiting").update(state="stopped")
    publish(CaseWithdrawn(visit=held.visit), of=held, by=by, at=at, centre=held.centre_id)
    cancel_charge(by=by, at=at, subject=held.id)
