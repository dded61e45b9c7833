"""Applications that are filled in: by anybody before a visit, opened by a code alone; drafts of a centre in a newer form.

The code travels in the body, never in an address.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router

from onedoor.domain.access.api import today
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.exchange.answers import writes
from onedoor.doors.exchange.shapes.drafts import (
    BeginPreparation,
    Forgotten,
    OpenPreparation,
    PreparationBegun,
    PreparationKept,
    PreparationOut,
    SavePreparation,
    UpgradeOut,
    preparation_kept,
    preparation_out,
    upgrade_out,
)
from onedoor.doors.exchange.v1.base import ASKED, CHANGED, POSED, REFUSALS, tries_a_secret
from onedoor.doors.exchange.v1.tickets import service_named
from onedoor.kernel.clock import now
from onedoor.kernel.scope import needs, public
from onedoor.ui.request import AtCentre, Request

router = Router(tags=["drafts"])
DRAFT = "/centres/{slug:centre}/cases/{uuid:case}/upgrade"


@router.post("/preparations", response={201: PreparationBegun, **CHANGED}, operation_id="beginPreparation")
@public
@tries_a_secret
@writes(status=201, secret=["code"])
def begin_preparation(request: Request, body: BeginPreparation, *, at: datetime) -> PreparationBegun:
    """Begin an application before a visit: nothing is handed in. A network begins sixty an hour."""
    service = service_named(body.service)
    begun = cases.begin_preparation(
        by=request.actor,
        at=at,
        service=service,
        channel="portal",
        address=request.META.get("REMOTE_ADDR", ""),
    )
    held = cases.preparation(code=begun.code, today=today())
    return PreparationBegun(
        id=begun.id, code=begun.code, service=service, edition=held.edition, until=held.until
    )


@router.post("/preparations/read", response={200: PreparationOut, **POSED}, operation_id="readPreparation")
@public
@tries_a_secret
def read_preparation(request: Request, body: OpenPreparation) -> dict[str, Any]:
    """What was prepared, in the form in force. Wrong codes make the next try wait; nothing is written, so no key is asked."""
    address = request.META.get("REMOTE_ADDR", "")
    found = cases.open_preparation(code=body.code, address=address, at=now())
    return preparation_out(cases.Filling(prepared=found, today=today()))


@router.post("/preparations/save", response={200: PreparationKept, **CHANGED}, operation_id="savePreparation")
@public
@tries_a_secret
@writes()
def save_preparation(request: Request, body: SavePreparation, *, at: datetime) -> PreparationKept:
    """Keep all answers so far, complete or not. Answers in the form of an edition that is no longer in force: 409."""
    held = cases.preparation(code=body.code, today=today())
    if body.edition not in (None, held.edition):
        raise cases.EditionIsOld()
    saved = cases.save_preparation(by=request.actor, at=at, code=body.code, data=body.data)
    return preparation_kept(cases.Filling(prepared=saved, today=today()))


@router.post(
    "/preparations/upgrade", response={200: UpgradeOut, **CHANGED}, operation_id="upgradePreparation"
)
@public
@tries_a_secret
@writes(secret=["lost"])
def upgrade_preparation(request: Request, body: OpenPreparation, *, at: datetime) -> UpgradeOut:
    """Take what was prepared over to the form in force; says what is to be asked and what has no place any more."""
    found = cases.upgrade_preparation(by=request.actor, at=at, code=body.code)
    return UpgradeOut(**upgrade_out(found.newer, edition=found.edition))


@router.post("/preparations/forget", response={200: Forgotten, **CHANGED}, operation_id="forgetPreparation")
@public
@tries_a_secret
@writes()
def forget_preparation(request: Request, body: OpenPreparation, *, at: datetime) -> Forgotten:
    """Erase what was prepared, at once."""
    cases.forget_preparation(by=request.actor, at=at, code=body.code)
    return Forgotten(forgotten=True)


@router.get(DRAFT, response={200: UpgradeOut, **ASKED}, operation_id="seeUpgrade")
@needs("cases.enter")
def see_upgrade(request: AtCentre, centre: str, case: UUID) -> dict[str, Any]:
    """What the form in force would do to a draft of the centre. That its answers were looked at is written down."""
    _here(request, case)
    held = cases.see_draft(by=request.actor, at=now(), case=case)
    at = now()
    if held.status != "draft" or (found := cases.upgrade_of(request.actor, case=case, at=at)) is None:
        return upgrade_out(None, edition=held.edition)
    newest = catalogue.service_by_id(held.service, on=today(), centre=request.centre)
    return upgrade_out(found, edition=newest.version_id)


@router.post(DRAFT, response={200: UpgradeOut, **REFUSALS}, operation_id="upgradeDraft")
@needs("cases.enter")
@writes(secret=["lost"])
def upgrade_draft(request: AtCentre, centre: str, case: UUID, *, at: datetime) -> UpgradeOut:
    """Take a draft of the centre over to the form in force."""
    _here(request, case)
    found = cases.upgrade_of(request.actor, case=case, at=at)
    held = cases.upgrade_draft(by=request.actor, at=at, case=case)
    return UpgradeOut(**upgrade_out(found, edition=held.edition_id))


def _here(request: AtCentre, case: UUID) -> None:
    """Refuse a draft of another centre than the one that the address names. Raises NoSuchCase."""
    if cases.standing_of(request.actor, case=case).centre != request.centre:
        raise cases.NoSuchCase
