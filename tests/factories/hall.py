"""A centre with counters, services, staff, a kiosk and a machine, built through the actions."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories import offices
from tests.factories.offices import BEGIN, SYSTEM, unit

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


def hall(*, at: datetime, code: str = "0103-1", counters: int = 3, always_open: bool = False) -> Hall:
    """A centre that offers two services and not a third; its counters are open."""
    with everything("a test builds its world"):
        country = unit(at=at, code="LA", kind="country", tree="territory", parent=None)
        ministry = unit(at=at, code="MOHA", kind="ministry", tree="authority", parent=None)
        province = unit(at=at, code="01", kind="province", tree="territory", parent=country)
        district = unit(at=at, code="0103", kind="district", tree="territory", parent=province)
        centre = unit(at=at, code=code, kind="centre", tree="territory", parent=district)
        other = unit(at=at, code=f"{code}-other", kind="centre", tree="territory", parent=district)
        hours = [
            centres.Hours(
                weekday=day,
                opens=time(0 if always_open else 8),
                closes=time(23, 59) if always_open else time(16),
            )
            for day in range(1, 8 if always_open else 6)
        ]
        centres.save_calendar(
            by=SYSTEM,
            at=at,
            id=new_id(),
            unit=country,
            zone="Asia/Vientiane",
            rest=() if always_open else (6, 7),
            hours=hours,
            confirmed=False,
            holidays=[],
        )
        birth = service(
            at=at,
            code="birth-registration",
            name={"lo": "ຈົດທະບຽນການເກີດ", "en": "Birth registration"},
            authority=ministry,
        )
        document = service(
            at=at,
            code="document-registration",
            name={"lo": "ຈົດທະບຽນເອກະສານ", "en": "Registration of a document"},
            authority=ministry,
        )
        elsewhere = service(
            at=at, code="land-title", name={"lo": "ໃບຕາດິນ", "en": "Land title"}, authority=ministry
        )
        offers = [
            centres.Offer(service=birth, valid_from=BEGIN),
            centres.Offer(service=document, valid_from=date(2021, 1, 2)),
        ]
        for place, offered in (
            (centre, offers),
            (other, [centres.Offer(service=elsewhere, valid_from=BEGIN)]),
        ):
            centres.save_centre(
                by=SYSTEM,
                at=at,
                id=place,
                code=access.unit(place).code,
                name={"lo": "ສູນໄຊເສດຖາ", "en": "Saysettha"},
                district=district,
                demonstration=True,
                offers=offered,
            )
        made = Hall(
            country=country,
            ministry=ministry,
            district=district,
            centre=centre,
            code=code,
            birth=birth,
            document=document,
            elsewhere=elsewhere,
        )
        for number in range(1, counters + 1):
            counter = new_id()
            name = {"lo": f"ຊ່ອງ {number}", "en": f"Counter {number}"}
            centres.save_counter(by=SYSTEM, at=at, id=counter, centre=centre, code=str(number), name=name)
            made.counters.append(counter)
        made.officer = officer(at=at, username="officer", unit=centre, permissions=FRONT, role="officer")
        made.stranger = officer(at=at, username="stranger", unit=other, permissions=FRONT, role="officer")
        offices.role("kiosk", "queue.take", at=at, audience="device")
        device, made.kiosk_token = access.enrol_device(
            by=SYSTEM, at=at, kind="kiosk", name="Kiosk", centre=centre, role="kiosk"
        )
        made.kiosk = Actor("device", device.id)
        token, made.machine_token = access.issue_token(
            by=SYSTEM, at=at, name="Machine", unit=centre, scopes=["queue.take", "queue.call"]
        )
        made.machine = Actor("machine", token.id)
    access.forget()
    return made
