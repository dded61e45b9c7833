"""A service of the Lao pack, two people who write services, one who checks them, and one of another ministry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor
from tests.factories.again import again
from tests.factories.hall import officer
from tests.factories.registry import Registry, registry

WRITES = ["catalogue.read", "catalogue.draft", "catalogue.publish"]
CHECKS = ["catalogue.read", "catalogue.approve", "catalogue.publish"]


@dataclass
class Studio:
    """What a test may refer to."""

    registry: Registry
    code: str
    writer: Actor
    other_writer: Actor
    second: Actor
    stranger: Actor


@again
def studio(*, at: datetime, always_open: bool = False) -> Studio:
    """The people, and the birth registration as edition 1."""
    made = registry(at=at, always_open=always_open)
    justice = access.unit_by_code("MOJ").id
    held = {"at": at, "unit": made.ministry}
    studio = Studio(
        registry=made,
        code=catalogue.service_by_id(made.birth).code,
        writer=officer(username="writer", permissions=WRITES, role="writer", **held),  # type: ignore[arg-type]
        other_writer=officer(username="writer2", permissions=WRITES, role="writer", **held),  # type: ignore[arg-type]
        second=officer(username="second", permissions=CHECKS, role="checker", **held),  # type: ignore[arg-type]
        stranger=officer(
            at=at, unit=justice, username="justice", permissions=[*WRITES, "catalogue.approve"], role="all"
        ),
    )
    access.forget()
    return studio


def begun(made: Studio, *, at: datetime, code: str = "") -> catalogue.Draft:
    """A draft of the birth registration that may be published as it stands, with a fee for it."""
    held = catalogue.begin_draft(by=made.writer, at=at, id=new_id(), code=code or made.code)
    return save(made, held, at=at, fees=[fee(20_000)], notice={"lo": "ຕົວຢ່າງ", "en": "An example"})


def fee(amount: int) -> dict[str, object]:
    """A fee of one amount, with its law, as it is kept."""
    law = {"lo": "ລັດຖະບັນຍັດ", "en": "Ordinance"}
    days = {"valid_from": "2021-01-01", "valid_until": None}
    return {"state": "set", "amount": amount, "currency": "LAK", "law": law, "source": "", **days}


def save(
    made: Studio, held: catalogue.Draft, *, at: datetime, by: Actor | None = None, **content: object
) -> catalogue.Draft:
    """The draft with other parts of its content."""
    full = {**held.documents.content, **content}
    return catalogue.save_draft(
        by=by or made.writer, at=at, draft=held.id, version=held.version, content=full
    )


def approved(made: Studio, *, at: datetime, **content: object) -> catalogue.Draft:
    """A draft that a second person has approved."""
    held = begun(made, at=at)
    held = save(made, held, at=at, **content) if content else held
    sent = catalogue.send_draft(by=made.writer, at=at, draft=held.id, version=held.version)
    return catalogue.approve_draft(by=made.second, at=at, draft=sent.id, version=sent.version)


def edition_of(made: Studio) -> UUID:
    """The edition of the birth registration that is in force for everybody."""
    return catalogue.service_by_id(made.registry.birth).version_id
