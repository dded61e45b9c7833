"""A prepared application, in the form that is in force now."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from onedoor.domain.access.api import code_kept
from onedoor.domain.cases.errors import NothingPrepared
from onedoor.domain.cases.models import Preparation
from onedoor.domain.cases.providers.documents import place
from onedoor.domain.cases.rules.prepared import Prepared
from onedoor.domain.catalogue.api import form_to_ask, service_by_id, upgraded


def preparation(*, code: str, today: date) -> Prepared:
    """What belongs to a code that was opened before in this browser. Errors: NothingPrepared."""
    held = Preparation.objects.filter(code_hash=code_kept(code[:60]), state="open").first()
    if held is None:
        raise NothingPrepared()
    return prepared_view(held, today=today)


def prepared_view(held: Preparation, *, today: date) -> Prepared:
    """A preparation as its applicant goes on with it: in the edition in force."""
    edition = service_by_id(held.service_id).version_id
    return Prepared(
        id=held.id,
        service=held.service_id,
        edition=edition,
        channel=held.channel,
        data=as_of_now(held, edition=edition, today=today),
        saved_at=held.saved_at,
        until=held.until,
        upgraded=edition != held.edition_id,
    )


def as_of_now(held: Preparation, *, edition: UUID, today: date) -> Mapping[str, Any]:
    """Its answers in the form of an edition; what does not fit there is asked again."""
    if edition == held.edition_id:
        data: Mapping[str, Any] = held.data
        return data
    old, new = form_to_ask(held.edition_id), form_to_ask(edition)
    return upgraded(old, new, held.data, today=today, place=place).data
