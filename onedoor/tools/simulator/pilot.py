"""A new edition that one centre tries out, so that the demonstration's comparison of pilots has cases to compare."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.ids import named_id
from onedoor.kernel.scope import Actor
from onedoor.tools.simulator.staff import actor

SERVICE = "birth-registration"
WRITER, SECOND = "designer", "head.moha"
WORD = "ໃບແຈ້ງການເກີດ"


def begin_pilot(centre: UUID, *, at: datetime) -> None:
    """Written, approved by a second person and released to one centre, once; it is found by one more word."""
    writer, second = actor(WRITER), actor(SECOND)
    draft = catalogue.begin_draft(by=writer, at=at, id=named_id("simulator", "pilot"), code=SERVICE)
    if draft.state != "writing":
        return
    content = draft.documents.content
    words = [*content["keywords"], WORD]
    draft = catalogue.save_draft(
        by=writer, at=at, draft=draft.id, version=draft.version, content={**content, "keywords": words}
    )
    draft = catalogue.send_draft(by=writer, at=at, draft=draft.id, version=draft.version)
    draft = catalogue.approve_draft(by=second, at=at, draft=draft.id, version=draft.version)
    _release(draft, centre, by=second, at=at)


def _release(draft: catalogue.Draft, centre: UUID, *, by: Actor, at: datetime) -> None:
    catalogue.release_draft(
        by=by, at=at, draft=draft.id, version=draft.version, valid_from=at.date(), centres=[centre]
    )
