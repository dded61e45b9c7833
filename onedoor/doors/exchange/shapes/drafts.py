"""Applications that are filled in, before a visit or at a counter, as the API takes and gives them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.exchange.shapes.common import Code, Names, Said

Secret = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class BeginPreparation(Said):
    """The service (id or code) that an application is prepared for."""

    service: Code


class PreparationBegun(Schema):
    """A preparation that was begun. ``code`` opens it and is told once; ``edition``: in whose form it is answered."""

    id: UUID
    code: str | None
    service: UUID
    edition: UUID
    until: datetime


class OpenPreparation(Said):
    """The code that was told when the preparation was begun."""

    code: Secret


class SavePreparation(Said):
    """All answers so far, by the names of the form's questions, and the edition in whose form they are, where one is named."""

    code: Secret
    data: dict[str, Any]
    edition: UUID | None = None

    model_config = {"extra": "forbid", "strict": False}


class AskedAgain(Schema):
    """A question that a newer form asks, or asks anew."""

    name: str
    label: Names


class LostAnswer(Schema):
    """An answer that a newer form has no place for: what was asked, and what was said, in words."""

    label: Names
    said: str


class UpgradeOut(Schema):
    """What a newer form does to answers. ``newer``: whether there is one; ``edition``: the one in force.

    ``lost`` is null in a repeated answer.
    """

    newer: bool
    edition: UUID
    again: list[AskedAgain]
    lost: list[LostAnswer] | None


class PreparationOut(Schema):
    """What was prepared, in the form in force; ``missing``: what is still to be answered, by the name of its input."""

    service: UUID
    edition: UUID
    channel: str
    data: dict[str, Any]
    missing: dict[str, str]
    saved_at: datetime
    until: datetime
    upgrade: UpgradeOut


class PreparationKept(Schema):
    """A preparation after a write: nothing of its contents; ``missing`` as of `PreparationOut`."""

    id: UUID
    edition: UUID
    until: datetime
    missing: dict[str, str]


class Forgotten(Schema):
    """A preparation that is no more."""

    forgotten: bool


def upgrade_out(found: catalogue.Upgrade | None, *, edition: UUID) -> dict[str, Any]:
    """What a newer form does as `UpgradeOut`."""
    again, lost = (found.again, found.lost) if found else ((), ())
    return {
        "newer": found is not None,
        "edition": edition,
        "again": [{"name": each.name, "label": dict(each.label)} for each in again],
        "lost": [{"label": dict(each.label), "said": each.said} for each in lost],
    }


def preparation_out(held: cases.Filling) -> dict[str, Any]:
    """What was prepared as `PreparationOut`."""
    prepared = held.prepared
    return {
        "service": prepared.service,
        "edition": prepared.edition,
        "channel": prepared.channel,
        "data": dict(prepared.data),
        "missing": _said(held.faults),
        "saved_at": prepared.saved_at,
        "until": prepared.until,
        "upgrade": upgrade_out(prepared.newer, edition=prepared.edition),
    }


def preparation_kept(held: cases.Filling) -> PreparationKept:
    """A preparation after a write as `PreparationKept`."""
    prepared = held.prepared
    return PreparationKept(
        id=prepared.id, edition=prepared.edition, until=prepared.until, missing=_said(held.faults)
    )


def _said(faults: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(sentence) for name, sentence in faults.items()}
