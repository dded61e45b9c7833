"""A centre says what it promises."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.queue.errors import BookingRuleHasChanged
from onedoor.domain.queue.events.appointments import BookingTermsSaved
from onedoor.domain.queue.models import BookingTerms
from onedoor.domain.queue.models.appointments import lock_terms
from onedoor.domain.queue.permissions import PROMISE
from onedoor.domain.queue.rules.booking import BookingRule, check_booking_rule, written
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything


@transaction.atomic
def save_booking_rule(
    *, by: Actor, at: datetime, centre: UUID, rule: BookingRule, seen: int | None = None
) -> None:
    """Set what a centre, or all below a unit, promises. What is promised already stays so; nothing new, nothing written.

    Args:
        seen: the revision that the form had shown; another one in force refuses. None does not ask.

    Raises:
        BookingRuleIsWrong, BookingRuleHasChanged, Refused.
    """
    require(by, PROMISE, at=centre)
    said = written(check_booking_rule(rule))
    lock_terms(centre)
    with everything("the permission was asked for this unit"):
        held = BookingTerms.objects.select_for_update().filter(centre_id=centre).first()
        if held is not None and held.rule == said:
            return
        if seen is not None and seen != (held.revision if held else 0):
            raise BookingRuleHasChanged
        row = held or BookingTerms(centre_id=centre, revision=0)
        row.rule, row.revision = said, row.revision + 1
        row.save()
        publish(BookingTermsSaved(revision=row.revision), of=row, by=by, at=at, centre=centre)
