"""Applications filled in before the visit: at home, at the kiosk, on the telephone; the counter takes them over by their code."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import check_code, code_kept, issue_code, network_kept, require
from onedoor.domain.cases.actions.drafts import answers, locked_draft
from onedoor.domain.cases.actions.moving import joined
from onedoor.domain.cases.errors import (
    AnotherService,
    BeginsByItself,
    CodeIsWrong,
    NothingPrepared,
    TooManyBegun,
    WaitBeforeTrying,
)
from onedoor.domain.cases.events import (
    DraftSaved,
    PreparationBegun,
    PreparationEnded,
    PreparationSaved,
    PreparationTaken,
)
from onedoor.domain.cases.models import Preparation
from onedoor.domain.cases.permissions import PREPARE
from onedoor.domain.cases.queries.prepared import in_edition, prepared_view
from onedoor.domain.cases.rules import ZONE, local
from onedoor.domain.cases.rules.prepared import (
    CHANNELS,
    MOST_AN_HOUR,
    Begun,
    Prepared,
    TakenOver,
    waits_until,
)
from onedoor.domain.catalogue.api import form_to_ask, process_of, refuse_ended, service_by_id
from onedoor.kernel.errors import Conflict, Invalid
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor

SUBJECT = "cases.preparation"
BATCH = 200


@transaction.atomic
def begin_preparation(
    *, by: Actor, at: datetime, service: UUID, channel: str, address: str = "", unit: UUID | None = None
) -> Begun:
    """Begin an application away from a counter; its code is told once, here.

    Args:
        by: the public at home; the device of a kiosk, or an officer on the telephone, who may do so at ``unit``.
        address: the network that asks, which may begin sixty an hour.
    Errors: Refused, UnknownService, NotInForce (withdrawn), NoProcess, BeginsByItself, TooManyBegun, Invalid.
    """
    if channel not in CHANNELS:
        raise Invalid(field="channel")
    if channel != "portal":
        require(by, PREPARE, at=unit)
    edition = service_by_id(service)
    refuse_ended(service, on=local(at, ZONE), centre=unit)
    if not process_of(edition.version_id).by_hand:
        raise BeginsByItself()
    seen_from = network_kept(address) if channel == "portal" else b""
    if seen_from and _begun_lately(seen_from, at) >= MOST_AN_HOUR:
        raise TooManyBegun()
    plain, hashed = issue_code()
    row = Preparation(
        id=new_id(),
        code_hash=hashed,
        service_id=service,
        edition_id=edition.version_id,
        channel=channel,
        begun_at=at,
        begun_by=None if channel == "portal" else by.id,
        asked_from=seen_from,
        saved_at=at,
        until=waits_until(at),
    )
    row.save()
    publish(PreparationBegun(service=service, channel=channel), of=row, by=by, at=at)
    return Begun(id=row.id, code=plain)


def _begun_lately(seen_from: bytes, at: datetime) -> int:
    return Preparation.objects.filter(asked_from=seen_from, begun_at__gt=at - timedelta(hours=1)).count()


def open_preparation(*, code: str, address: str, at: datetime) -> Prepared:
    """What belongs to a code as somebody typed it: five wrong ones from one network, then growing waits.

    Errors: CodeIsWrong (also of what was taken over or has ended), WaitBeforeTrying.
    """
    held = _open(code)
    expected = bytes(held.code_hash) if held is not None else None
    checked = check_code(subject=SUBJECT, code=code[:60], expected=expected, address=address, at=at)
    if checked.wait_until is not None and not checked.right:
        raise WaitBeforeTrying(until=checked.wait_until)
    if not checked.right or held is None:
        raise CodeIsWrong(field="code")
    return prepared_view(held, today=local(at, ZONE))


def _open(code: str, *, locked: bool = False) -> Preparation | None:
    rows = Preparation.objects.select_for_update() if locked else Preparation.objects.all()
    return rows.filter(code_hash=code_kept(code[:60]), state="open").first()


@transaction.atomic
def save_preparation(
    *, by: Actor, at: datetime, code: str, data: Mapping[str, Any], version: int | None = None
) -> Prepared:
    """Keep what was said so far, valid or not, in the form of the edition in force; it waits as long again.

    Args:
        by: the public; whoever knows the code may change what it opens.
        data: all answers so far; a question that the form does not have is refused, and files are not asked here.
        version: what the answers were added to; None writes over whatever is there.
    Errors: NothingPrepared, NotAsked, Invalid; Conflict when another window saved something else in the same moment.
    """
    held = _open(code, locked=True)
    if held is None:
        raise NothingPrepared()
    today = local(at, ZONE)
    edition = service_by_id(held.service_id).version_id
    form = form_to_ask(edition)
    kept = form.settled(answers(form, data))
    if kept == held.data and edition == held.edition_id:
        return prepared_view(held, today=today)
    if version not in (None, held.version):
        raise Conflict()
    held.data, held.edition_id = kept, edition
    held.saved_at, held.until = at, waits_until(at)
    held.save()
    publish(PreparationSaved(service=held.service_id), of=held, by=by, at=at)
    return prepared_view(held, today=today)


@transaction.atomic
def upgrade_preparation(*, by: Actor, at: datetime, code: str) -> Prepared:
    """Keep what was said in the form of the edition in force; ``newer`` of what is given says what became of it.

    Args:
        by: the public; whoever knows the code may change what it opens.
    Errors: NothingPrepared.
    """
    held = _open(code, locked=True)
    if held is None:
        raise NothingPrepared()
    found = prepared_view(held, today=local(at, ZONE))
    if not found.upgraded:
        return found
    held.data, held.edition_id = dict(found.data), found.edition
    held.saved_at, held.until = at, waits_until(at)
    held.save()
    publish(PreparationSaved(service=held.service_id), of=held, by=by, at=at)
    return replace(found, saved_at=held.saved_at, until=held.until)


@transaction.atomic
def take_over(*, by: Actor, at: datetime, case: UUID, code: str) -> TakenOver:
    """Fill a draft at the counter with what its applicant prepared; the code opens nothing any more.

    What was typed into the draft before stays where nothing was prepared. The officer counts as having entered it. Gives what
    became of the answers, when the draft is of another edition.
    Errors: NoSuchCase, Refused, CaseIsNotADraft, NothingPrepared, AnotherService.
    """
    draft = locked_draft(case, by=by)
    held = _open(code, locked=True)
    if held is None:
        raise NothingPrepared(field="code")
    if held.service_id != draft.service_id:
        raise AnotherService(field="code")
    newer = in_edition(held, edition=draft.edition_id, today=local(at, ZONE))
    said = held.data if newer is None else newer.data
    draft.data = form_to_ask(draft.edition_id).settled({**draft.data, **said})
    draft.hands = list(joined(draft.hands, by.id))
    draft.save(update_fields=["data", "hands"])
    publish(DraftSaved(service=draft.service_id), of=draft, by=by, at=at, centre=draft.centre_id)
    held.state, held.case_id, held.data = "taken", draft.id, {}
    held.save()
    taken = PreparationTaken(case=draft.id, channel=held.channel)
    publish(taken, of=held, by=by, at=at, centre=draft.centre_id)
    return TakenOver(case=draft.id, newer=newer)


@transaction.atomic
def forget_preparation(*, by: Actor, at: datetime, code: str) -> None:
    """Let go of what was said, because its applicant wants it so. Errors: NothingPrepared."""
    held = _open(code, locked=True)
    if held is None:
        raise NothingPrepared()
    _end(held, by=by, at=at)


@transaction.atomic
def end_preparations(*, at: datetime) -> int:
    """Let go of what nobody came for in time; gives how many, two hundred at most."""
    rows = Preparation.objects.select_for_update(skip_locked=True).filter(state="open", until__lte=at)
    late = list(rows.order_by("until")[:BATCH])
    for held in late:
        _end(held, by=Actor.system(), at=at)
    return len(late)


def _end(held: Preparation, *, by: Actor, at: datetime) -> None:
    held.state, held.data = "ended", {}
    held.save()
    publish(PreparationEnded(service=held.service_id), of=held, by=by, at=at)
