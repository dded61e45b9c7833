"""Taking a draft over to the newer edition of its service: what fits is kept, the rest is asked again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.cases.actions.drafts import locked_draft
from onedoor.domain.cases.actions.moving import joined
from onedoor.domain.cases.events import DraftUpgraded
from onedoor.domain.cases.models import Case
from onedoor.domain.cases.queries.upgrading import newer
from onedoor.domain.cases.rules import ZONE, local
from onedoor.domain.catalogue.api import process_of, service_to_open
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def upgrade_draft(*, by: Actor, at: datetime, case: UUID) -> Case:
    """Carry a draft over to the edition that is in force; nothing happens when it is of that edition already.

    Errors: NoSuchCase, Refused, CaseIsNotADraft, NoProcess.
    """
    held = locked_draft(case, by=by)
    today = local(at, ZONE)
    found = newer(held, today=today)
    if found is None:
        return held
    edition = service_to_open(held.service_id, on=today, centre=held.centre_id)
    process_of(edition.version_id)
    held.edition_id, held.authority_id = edition.version_id, edition.authority
    held.data = dict(found.data)
    held.hands = list(joined(held.hands, by.id))
    held.save(update_fields=["edition_id", "authority_id", "data", "hands"])
    event = DraftUpgraded(service=held.service_id, edition=edition.version_id)
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return held
