"""A prepared application, in the form that is in force now."""

from datetime import date
from uuid import UUID

from onedoor.domain.access.api import code_kept
from onedoor.domain.cases.errors import NothingPrepared
from onedoor.domain.cases.models import Preparation
from onedoor.domain.cases.providers.documents import place
from onedoor.domain.cases.rules.prepared import Prepared
from onedoor.domain.catalogue.api import Upgrade, form_to_ask, service_by_id, upgraded


def preparation(*, code: str, today: date) -> Prepared:
    """What belongs to a code that was opened before in this browser. Errors: NothingPrepared."""
    held = Preparation.objects.filter(code_hash=code_kept(code[:60]), state="open").first()
    if held is None:
        raise NothingPrepared()
    return prepared_view(held, today=today)


def prepared_view(held: Preparation, *, today: date) -> Prepared:
    """A preparation as its applicant goes on with it: in the edition in force."""
    edition = service_by_id(held.service_id).version_id
    newer = in_edition(held, edition=edition, today=today)
    return Prepared(
        id=held.id,
        service=held.service_id,
        edition=edition,
        channel=held.channel,
        data=held.data if newer is None else newer.data,
        saved_at=held.saved_at,
        until=held.until,
        kept_in=held.edition_id,
        former=held.data,
        version=held.version,
        newer=newer,
    )


def in_edition(held: Preparation, *, edition: UUID, today: date) -> Upgrade | None:
    """What becomes of its answers in the form of another edition; None when they are of this one."""
    if edition == held.edition_id:
        return None
    old, new = form_to_ask(held.edition_id).away, form_to_ask(edition).away
    return upgraded(old, new, held.data, today=today, place=place)
