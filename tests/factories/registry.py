"""A centre, its ministry, the pack's two services and the people who work on them, built through the actions."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

import onedoor
from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.documents import api as documents
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.again import again
from tests.factories.hall import officer
from tests.factories.offices import BEGIN, SYSTEM, unit
from tests.factories.places import open_centre, place

PACK = Path(onedoor.__file__).parent / "packs" / "lao"
NOTHING: Mapping[str, str] = {}
FRONT = [
    "cases.enter",
    "cases.prepare",
    "cases.message",
    "people.keep",
    "documents.read",
    "documents.prepare",
    "documents.check",
    "documents.print",
]
SCAN = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)
BIRTH: dict[str, Any] = {
    "child_name": {"lo": "ນາງ ດາວ ວົງໄຊ", "en": "Dao Vongxay"},
    "sex": "female",
    "birth_date": "2026-02-20",
    "birth_district": "0103",
    "birth_site": "hospital",
    "nationality": "lao",
    "mother_name": {"lo": "ນາງ ຄຳ ວົງໄຊ", "en": "Kham Vongxay"},
    "family_district": "0103",
    "family_village": "ໂພນທັນ",
    "informant_name": {"lo": "ນາງ ຄຳ ວົງໄຊ", "en": "Kham Vongxay"},
    "informant_relation": "mother",
    "informant_phone": "020 5555 1234",
}


@dataclass
class Registry:
    """What a test may refer to."""

    centre: UUID
    code: str
    other_centre: UUID
    ministry: UUID
    birth: UUID
    document: UUID
    elsewhere: UUID
    officer: Actor
    colleague: Actor
    stranger: Actor
    decider: Actor
    other_decider: Actor
    both: Actor


def published(
    *,
    at: datetime,
    code: str,
    authority: UUID,
    process: str | None = None,
    decisions: str = "",
    days: int | None = 3,
    id: UUID | None = None,
) -> UUID:
    """A service of the Lao pack with its process and form, or with another process; with its id, a new edition of it."""
    place = PACK / "services" / code
    id = id or new_id()
    name = {"lo": code, "en": code}
    catalogue.save_service(
        by=SYSTEM,
        at=at,
        id=id,
        code=f"{code}-{str(id)[-6:]}",
        name=name,
        summary=name,
        authority=authority,
        papers=[catalogue.Paper(code="village-notification", name=name, required=True)]
        if "birth" in code
        else [],
        fees=[] if "birth" in code else [catalogue.Fee(state="set", amount=40_000)],
        duration=catalogue.Duration(days=days, kind="working" if days else "unknown"),
        legal_basis=[],
        result=name,
        demonstration=True,
        valid_from=BEGIN,
        form=json.loads((place / "form.json").read_text()),
        process=process or (place / "process.bpmn").read_text(),
        decisions=decisions,
    )
    return id


@again
def registry(
    *, at: datetime, code: str = "0103-1", process: str | None = None, always_open: bool = False
) -> Registry:
    """Two centres of a district, two ministries, the pack's services at the first centre, and staff.

    ``always_open``: for tests that come through a door, which reads the clock.
    """
    with everything("a test builds its world"):
        here = place(at=at, code=code, always_open=always_open)
        justice = unit(at=at, code="MOJ", kind="ministry", tree="authority", parent=None)
        birth = published(at=at, code="birth-registration", authority=here.ministry, process=process)
        document = published(at=at, code="document-registration", authority=justice, days=None)
        elsewhere = published(at=at, code="document-registration", authority=justice)
        layout = yaml.safe_load((PACK / "documents" / "birth-certificate.yaml").read_text())
        documents.save_template(by=SYSTEM, at=at, id=new_id(), code="birth-certificate", layout=layout)
        for centre, offered in ((here.centre, (birth, document)), (here.other, (elsewhere,))):
            offers = [centres.Offer(service=each, valid_from=BEGIN) for each in offered]
            open_centre(centre, at=at, district=here.district, offers=offers)
        front = {"permissions": FRONT, "role": "officer"}
        back = {"permissions": ["cases.decide"], "role": "ministry_officer"}
        made = Registry(
            centre=here.centre,
            code=code,
            other_centre=here.other,
            ministry=here.ministry,
            birth=birth,
            document=document,
            elsewhere=elsewhere,
            officer=officer(at=at, username="officer", unit=here.centre, **front),
            colleague=officer(at=at, username="colleague", unit=here.centre, **front),
            stranger=officer(at=at, username="stranger", unit=here.other, **front),
            decider=officer(at=at, username="decider", unit=here.ministry, **back),
            other_decider=officer(at=at, username="other-decider", unit=justice, **back),
            both=officer(at=at, username="both", unit=here.centre, **front),
        )
        access.grant(
            by=SYSTEM,
            at=at,
            login=made.both.id,
            role="ministry_officer",
            unit=here.ministry,
            valid_from=date(2021, 1, 1),
        )
    access.forget()
    return made


def received(
    world: Registry, *, at: datetime, by: Actor | None = None, told: Mapping[str, str] = NOTHING
) -> cases.Received:
    """A birth registration that was entered and handed to the ministry."""
    who = by or world.officer
    draft = cases.open_draft(by=who, at=at, centre=world.centre, service=world.birth)
    cases.save_draft(by=who, at=at, case=draft.id, data=BIRTH)
    cases.attach(by=who, at=at, case=draft.id, paper="village-notification", content=SCAN, name="scan.png")
    return cases.receive(by=who, at=at, case=draft.id, told=told)


def open_task(case: UUID) -> UUID:
    """The one task of a case that waits for a person."""
    from onedoor.domain.cases.models import Task

    return Task.objects.get(case_id=case, state="open", kind="user").id
