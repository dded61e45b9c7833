"""Facts that were said for one person of a visit, taken over into the next application of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import record_sight
from onedoor.domain.cases.actions.drafts import locked_draft
from onedoor.domain.cases.actions.moving import joined
from onedoor.domain.cases.actions.sights import KIND
from onedoor.domain.cases.events import DraftSaved
from onedoor.domain.cases.models import Case
from onedoor.domain.cases.queries.visits import offered_to
from onedoor.domain.catalogue.api import form_to_ask
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def share_facts(*, by: Actor, at: datetime, case: UUID) -> Case:
    """Fill what is still empty in a draft with what was said in the other applications of its visit.

    What was typed stays. The sight of each application from which something came is recorded.

    Errors: NoSuchCase, Refused, CaseIsNotADraft.
    """
    held = locked_draft(case, by=by)
    offered = offered_to(held, by=by)
    if not offered:
        return held
    for source in dict.fromkeys(one.case for one in offered):
        record_sight(by=by, at=at, subject=source, why="visit", kind=KIND, centre=held.centre_id)
    taken = {one.question.name: one.value for one in offered}
    held.data = form_to_ask(held.edition_id).settled({**taken, **held.data})
    held.hands = list(joined(held.hands, by.id))
    held.save(update_fields=["data", "hands"])
    publish(DraftSaved(service=held.service_id), of=held, by=by, at=at, centre=held.centre_id)
    return held
