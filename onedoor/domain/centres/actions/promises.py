"""What an authority promises to the centres. A promise is never changed: it is taken back, and another is made."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import may, require
from onedoor.domain.centres.errors import PromiseIsSettled, PromiseIsWrong, UnknownCentre, UnknownCommitment
from onedoor.domain.centres.events import PromiseWithdrawn, ServicePromised
from onedoor.domain.centres.models import Centre, Commitment, Promise
from onedoor.domain.centres.permissions import OFFER, require_offering
from onedoor.domain.centres.queries import calendar_of
from onedoor.domain.centres.queries.kept import centre_view
from onedoor.domain.centres.queries.space import commitment_view
from onedoor.domain.centres.rules.offering import REASON
from onedoor.domain.centres.rules.promises import CommitmentView, PromiseView, check_promise, standing_of
from onedoor.kernel.errors import Conflict
from onedoor.kernel.i18n import Translated
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def promise(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    service: UUID,
    centres: Sequence[UUID],
    promised_on: date,
    due: date,
    document: str,
    demonstration: bool = False,
) -> CommitmentView:
    """Write down that the authority of a service promised it at some centres by a day. The same again writes nothing.

    Args:
        id: chosen by the asker, so that a form sent twice is one promise.
        document: where it was promised: a decision, minutes, a letter with its number.

    Errors: UnknownService, UnknownCentre, Refused, Missing, PromiseIsWrong, Conflict when the id says something else.
    """
    authority = require_offering(by, service=service, centres=centres)
    wanted = CommitmentView(
        id=id,
        authority=authority,
        service=service,
        promised_on=promised_on,
        due=due,
        document=" ".join(document.split()),
        demonstration=demonstration,
        promises=tuple(PromiseView(centre=one) for one in dict.fromkeys(centres)),
    )
    known = set(Centre.objects.filter(unit__in=centres).values_list("unit", flat=True))
    if missing := [one for one in centres if one not in known]:
        raise UnknownCentre(id=missing[0])
    people = centres and by.kind != "system"
    check_promise(wanted, today=calendar_of(centres[0]).today(at) if people else None)
    held = Commitment.objects.select_for_update().filter(id=id).first()
    if held is not None:
        return _the_same(commitment_view(held), wanted)
    row = Commitment(
        id=id,
        authority_id=authority,
        service_id=service,
        promised_on=promised_on,
        due=due,
        document=wanted.document,
        demonstration=demonstration,
    )
    row.save()
    Promise.objects.bulk_create(Promise(commitment=row, centre_id=one.centre) for one in wanted.promises)
    news = ServicePromised(service=service, authority=authority, due=due, centres=len(wanted.promises))
    publish(news, of=row, by=by, at=at)
    return wanted


@transaction.atomic
def withdraw_promise(
    *, by: Actor, at: datetime, commitment: UUID, centres: Sequence[UUID], reason: Translated
) -> CommitmentView:
    """Take a promise back for some of its centres, with a reason; it stays in the list as taken back.

    Errors: UnknownCommitment, Refused, Missing, PromiseIsWrong, PromiseIsSettled.
    """
    row = Commitment.objects.select_for_update().filter(id=commitment).first()
    if row is None:
        raise UnknownCommitment(id=commitment)
    if not may(by, OFFER, at=row.authority_id):
        require(by, OFFER)
        for centre in centres:
            require(by, OFFER, at=centre)
    said = {code: word.strip() for code, word in reason.items() if word.strip()}
    if not said or any(len(word) > REASON for word in said.values()):
        raise PromiseIsWrong(field="reason")
    held = commitment_view(row)
    asked = [one for one in held.promises if one.centre in set(centres)]
    if not asked:
        raise PromiseIsWrong(field="centres")
    on = calendar_of(asked[0].centre).today(at)
    offers = {
        view.id: view.offers
        for view in map(
            centre_view, Centre.objects.filter(unit__in=centres).prefetch_related("hours", "offers")
        )
    }
    for one in asked:
        standing, _since = standing_of(held, one, offers.get(one.centre, ()), on=on)
        if standing not in ("open", "missed"):
            raise PromiseIsSettled
    row.save()
    row.promises.filter(centre__in=[one.centre for one in asked]).update(withdrawn_on=on, reason=said)
    publish(PromiseWithdrawn(service=row.service_id, centres=len(asked)), of=row, by=by, at=at)
    return commitment_view(row)


def _the_same(held: CommitmentView, wanted: CommitmentView) -> CommitmentView:
    """A promise sent again, perhaps taken back since; another one under its id is a conflict."""
    bare = [
        (
            one.authority,
            one.service,
            one.promised_on,
            one.due,
            one.document,
            {place.centre for place in one.promises},
        )
        for one in (held, wanted)
    ]
    if bare[0] != bare[1]:
        raise Conflict
    return held
