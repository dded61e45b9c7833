"""Approved drafts become editions: from a day on, to all or to pilot centres; pilots go on to all; services are withdrawn."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import origins, require, unit
from onedoor.domain.catalogue.actions.drafts import (
    editors_of,
    locked,
    only_in,
    refuse_problems,
    refuse_writers,
    stated,
)
from onedoor.domain.catalogue.actions.services import put_in_force, released
from onedoor.domain.catalogue.errors import (
    CannotBegin,
    DraftHasChanged,
    DraftIsBehind,
    UnknownService,
    WroteItThemselves,
)
from onedoor.domain.catalogue.events import DraftReleased, EditionRolledOut, ServiceWithdrawn
from onedoor.domain.catalogue.models import Edition, Release, Service
from onedoor.domain.catalogue.permissions import PUBLISH
from onedoor.domain.catalogue.queries.drafts import draft_view
from onedoor.domain.catalogue.queries.services import period_read, periods_of, service_version, services
from onedoor.domain.catalogue.rules import ServiceView
from onedoor.domain.catalogue.rules.periods import clash
from onedoor.kernel.errors import Conflict, Invalid
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import named_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

MOST_PILOTS = 200


@transaction.atomic
def release_draft(
    *,
    by: Actor,
    at: datetime,
    draft: UUID,
    version: int,
    valid_from: date,
    centres: Collection[UUID] = (),
) -> ServiceView:
    """Make an approved draft the next edition; it is never changed again. Who wrote in it cannot.

    Args:
        valid_from: today or later. centres: the pilot centres that use it; none: all.
    Errors: NoSuchDraft, Refused, WroteItThemselves, DraftIsClosed, DraftHasChanged, DraftIsBehind, DraftHasProblems,
        CannotBegin (valid_from), Invalid (centres).
    """
    row = locked(draft, by=by, may=PUBLISH)
    if row.version != version:
        raise DraftHasChanged()
    only_in(row, "approved")
    refuse_writers(row, by)
    service = Service.objects.select_for_update().filter(code=row.code).first()
    if (service.edition if service else None) != row.base:
        raise DraftIsBehind()
    refuse_problems(row)
    pilots = _pilots(centres)
    id = service.id if service else _named(row.code, row.authority_id)
    _refuse_day(id, valid_from=valid_from, centres=pilots, at=at)
    edition = put_in_force(
        service,
        draft_view(row).documents,
        id=id,
        code=row.code,
        valid_from=valid_from,
        by=by,
        at=at,
        centres=pilots,
        draft=row.id,
    )
    row.state, row.edition, row.changed_at = "released", edition.number, at
    row.save()
    publish(DraftReleased(code=row.code, edition=edition.id, number=edition.number), of=row, by=by, at=at)
    return service_version(edition.id)


@transaction.atomic
def roll_out(*, by: Actor, at: datetime, service: UUID, number: int, valid_from: date) -> None:
    """Let an edition that pilot centres tried out apply to everybody from a day on. Who wrote it cannot.

    Errors: UnknownService, Refused, WroteItThemselves, Conflict (no pilot, or one that has ended), CannotBegin (valid_from).
    """
    row = _locked_service(service, by=by)
    edition = Edition.objects.filter(service=row, number=number).first()
    if edition is None:
        raise UnknownService(field="edition")
    own = [each for each in periods_of([service]).get(service, ()) if each.number == number]
    if not own or any(not each.centres for each in own):
        raise Conflict(_("Only an edition that is tried out at pilot centres goes on to all."))
    if all(each.until is not None and each.until <= valid_from for each in own):
        raise Conflict(_("This trial has ended: begin a new draft from the edition."))
    if edition.draft is not None and by.id in editors_of(edition.draft):
        raise WroteItThemselves()
    if number != row.edition:
        raise DraftIsBehind()
    _refuse_day(service, valid_from=valid_from, centres=(), at=at, number=number)
    row.save()
    released(row, edition, valid_from=valid_from, centres=())
    event = EditionRolledOut(code=row.code, edition=edition.id, number=number, valid_from=valid_from)
    publish(event, of=row, by=by, at=at)


@transaction.atomic
def withdraw_service(
    *,
    by: Actor,
    at: datetime,
    service: UUID,
    on: date,
    reason: str,
    number: int | None = None,
    instead: str = "",
) -> None:
    """End a service from a day on, or one edition of it (then the older one counts again). Cases that run go on.

    Args:
        on: the first day on which it is no longer opened, today or later.
        instead: the code of the service that takes its place; none: "".
    Errors: UnknownService, Refused, CannotBegin (on), Invalid (reason, instead), Conflict (nothing left to withdraw).
    """
    row = _locked_service(service, by=by)
    said, other = stated(reason), _instead(row, instead, on=on)
    if on < at.astimezone(ZONE).date():
        raise CannotBegin(_("This day is over."), field="on")
    ending = list(_open_on(row, on, number))
    if not ending:
        raise Conflict(_("Nothing of it applies on this day or later."))
    row.save()
    for each in ending:
        each.until, each.reason, each.instead = max(on, each.valid_from), said, other
        each.save()
    publish(ServiceWithdrawn(code=row.code, on=on, number=number), of=row, by=by, at=at)


def _named(code: str, authority: UUID) -> UUID:
    """The id of a new service: the one that the pack of its ministry would give it, so that it is found again by a pack."""
    ministry, packs = unit(authority).code, [*origins()]
    own = (each for each in packs if named_id(each, f"unit/{ministry}") == authority)
    return named_id(next(own, packs[0] if packs else "drafts"), f"service/{code}")


def _instead(row: Service, code: str, *, on: date) -> UUID | None:
    if not code:
        return None
    known = {one.code: one.id for one in services(on=on)}
    if code == row.code or code not in known:
        raise Invalid(_("There is no such service on that day."), field="instead")
    return known[code]


def _open_on(row: Service, on: date, number: int | None) -> Iterator[Release]:
    for each in Release.objects.filter(service=row):
        if (number is None or each.number == number) and (
            each.until is None or each.until > max(on, each.valid_from)
        ):
            yield each


def _locked_service(service: UUID, *, by: Actor) -> Service:
    row = Service.objects.select_for_update().filter(id=service).first()
    if row is None:
        raise UnknownService()
    require(by, PUBLISH, at=row.authority_id)
    return row


def _pilots(centres: Collection[UUID]) -> frozenset[UUID]:
    if len(centres) > MOST_PILOTS:
        raise Invalid(_("These are more centres than a trial has."), field="centres")
    for each in centres:
        if unit(each).kind != "centre":
            raise Invalid(_("This is no centre."), field="centres")
    return frozenset(centres)


def _refuse_day(
    service: UUID, *, valid_from: date, centres: Collection[UUID], at: datetime, number: int = 0
) -> None:
    if valid_from < at.astimezone(ZONE).date():
        raise CannotBegin(_("An edition begins today or later, never in the past."), field="valid_from")
    rows = Release.objects.filter(service=service)
    others = [period_read(each) for each in rows if each.number != number]
    if (refusal := clash(others, valid_from=valid_from, centres=centres)) is not None:
        raise CannotBegin(refusal, field="valid_from")
