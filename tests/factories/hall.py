"""A centre with counters, services, staff, a kiosk and a machine, built through the actions."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories import offices
from tests.factories.again import again
from tests.factories.offices import BEGIN, SYSTEM
from tests.factories.places import open_centre, place

FRONT = ["queue.take", "queue.call", "centres.counter"]


@dataclass
class Hall:
    """What a test may refer to."""

    country: UUID
    ministry: UUID
    district: UUID
    centre: UUID
    code: str
    birth: UUID
    document: UUID
    elsewhere: UUID
    counters: list[UUID] = field(default_factory=list)
    officer: Actor = SYSTEM
    stranger: Actor = SYSTEM
    kiosk: Actor = SYSTEM
    kiosk_token: str = ""
    machine: Actor = SYSTEM
    machine_token: str = ""


def service(*, at: datetime, code: str, name: dict[str, str], authority: UUID) -> UUID:
    """A published service."""
    id = new_id()
    catalogue.save_service(
        by=SYSTEM,
        at=at,
        id=id,
        code=code,
        name=name,
        summary=name,
        authority=authority,
        papers=[],
        fees=[],
        duration=catalogue.Duration(),
        legal_basis=[],
        result=name,
        demonstration=True,
        valid_from=BEGIN,
    )
    return id


def officer(*, at: datetime, username: str, unit: UUID, permissions: list[str], role: str) -> Actor:
    """A login with one role at one unit."""
    if role not in [held.code for held in access.roles()]:
        offices.role(role, *permissions, at=at)
    who = offices.staff(username, at=at)
    offices.give(who, role, unit, at=at)
    return who


@again
def hall(*, at: datetime, code: str = "0103-1", counters: int = 3, always_open: bool = False) -> Hall:
    """A centre that offers two services and not a third; its counters are open."""
    with everything("a test builds its world"):
        here = place(at=at, code=code, always_open=always_open)
        birth = service(
            at=at,
            code="birth-registration",
            name={"lo": "ຈົດທະບຽນການເກີດ", "en": "Birth registration"},
            authority=here.ministry,
        )
        document = service(
            at=at,
            code="document-registration",
            name={"lo": "ຈົດທະບຽນເອກະສານ", "en": "Registration of a document"},
            authority=here.ministry,
        )
        elsewhere = service(
            at=at, code="land-title", name={"lo": "ໃບຕາດິນ", "en": "Land title"}, authority=here.ministry
        )
        offers = [
            centres.Offer(service=birth, valid_from=BEGIN),
            centres.Offer(service=document, valid_from=date(2021, 1, 2)),
        ]
        open_centre(here.centre, at=at, district=here.district, offers=offers)
        open_centre(
            here.other,
            at=at,
            district=here.district,
            offers=[centres.Offer(service=elsewhere, valid_from=BEGIN)],
        )
        made = Hall(
            country=here.country,
            ministry=here.ministry,
            district=here.district,
            centre=here.centre,
            code=code,
            birth=birth,
            document=document,
            elsewhere=elsewhere,
        )
        for number in range(1, counters + 1):
            counter = new_id()
            name = {"lo": f"ຊ່ອງ {number}", "en": f"Counter {number}"}
            centres.save_counter(
                by=SYSTEM, at=at, id=counter, centre=here.centre, code=str(number), name=name
            )
            made.counters.append(counter)
        made.officer = officer(at=at, username="officer", unit=here.centre, permissions=FRONT, role="officer")
        made.stranger = officer(
            at=at, username="stranger", unit=here.other, permissions=FRONT, role="officer"
        )
        offices.role("kiosk", "queue.take", at=at, audience="device")
        device, made.kiosk_token = access.enrol_device(
            by=SYSTEM, at=at, kind="kiosk", name="Kiosk", centre=here.centre, role="kiosk"
        )
        made.kiosk = Actor("device", device.id)
        token, made.machine_token = access.issue_token(
            by=SYSTEM, at=at, name="Machine", unit=here.centre, scopes=["queue.take", "queue.call"]
        )
        made.machine = Actor("machine", token.id)
    access.forget()
    return made
