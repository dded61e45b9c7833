"""What becomes of a draft when its service was published anew."""

from datetime import date, datetime
from uuid import UUID

from onedoor.domain.cases.models import Case
from onedoor.domain.cases.providers.documents import place
from onedoor.domain.cases.queries.views import visible
from onedoor.domain.cases.rules import ZONE, local
from onedoor.domain.catalogue.api import Upgrade, form_to_ask, service_by_id, upgraded
from onedoor.kernel.scope import Actor


def upgrade_of(by: Actor, *, case: UUID, at: datetime) -> Upgrade | None:
    """What is kept, asked again and lost if the draft takes over the newer edition; None when there is none. NoSuchCase."""
    return newer(visible(by, case), today=local(at, ZONE))


def newer(held: Case, *, today: date) -> Upgrade | None:
    """The draft's answers in the form of the edition in force; None when it is of that edition."""
    edition = service_by_id(held.service_id, on=today, centre=held.centre_id).version_id
    if edition == held.edition_id:
        return None
    return upgraded(form_to_ask(held.edition_id), form_to_ask(edition), held.data, today=today, place=place)
