"""One centre with one of everything, somebody who may do all there, and a stranger who may do all elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Paper
from onedoor.domain.catalogue.api import begin_draft, service_by_id
from onedoor.domain.centres import api as centres
from onedoor.domain.documents import api as documents
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.notices import api as notices
from onedoor.domain.payments import api as payments
from onedoor.domain.queue import api as queue
from onedoor.domain.voice import api as voice
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.again import again
from tests.factories.hall import BEGIN, SYSTEM
from tests.factories.papers import FACTS
from tests.factories.registry import Registry, open_task, received, registry
from tests.factories.till import PDF, publish_tariff


@dataclass
class World:
    """What an attempt may refer to; all of it lies at `centre` or with `ministry`."""

    registry: Registry
    centre: UUID
    code: str
    ministry: UUID
    counter: UUID
    calendar: UUID
    ticket: UUID
    called: UUID
    ticket_token: str
    visit: UUID
    draft: UUID
    case: UUID
    paper: UUID
    task: UUID
    document: UUID
    complaint: UUID
    camera: UUID
    poster: UUID
    session: UUID
    charge: UUID
    asked: UUID
    receipt: UUID
    transfer: UUID
    device: UUID
    token: UUID
    grant: UUID
    commitment: UUID
    writing: UUID
    appointment: UUID
    prepared: str
    right: Actor
    stranger: Actor
    idle: Actor
    tokens: dict[UUID, str]


def somebody(name: str, *, at: datetime, permissions: list[str], units: list[UUID]) -> Actor:
    """A login with a role of these permissions at these units."""
    who = Actor("staff", new_id())
    names = {"lo": name, "en": name}
    access.save_login(by=SYSTEM, at=at, id=who.id, username=name, name=names, demonstration=True)
    access.save_role(by=SYSTEM, at=at, id=new_id(), code=name, name=names, permissions=permissions)
    for unit in units:
        access.grant(by=SYSTEM, at=at, login=who.id, role=name, unit=unit, valid_from=BEGIN)
    return who


def money(made: Registry, counter: UUID, visit: UUID, *, at: datetime) -> tuple[UUID, list[UUID], UUID, UUID]:
    """An open drawer, two charges (a waiver is asked for the second), a receipt, and a transfer that is asked."""
    publish_tariff(at=at)
    edition = service_by_id(made.document).version_id
    about = {"by": SYSTEM, "at": at, "visit": visit, "centre": made.centre, "edition": edition}
    charges = [one.id for _ in range(3) if (one := payments.charge(subject=new_id(), **about))]
    drawer = payments.open_session(
        by=SYSTEM, at=at, centre=made.centre, counter=counter, notes={"5000": "10"}
    )
    asked = {"ground": "poor", "content": PDF, "name": "paper.pdf"}
    payments.ask_waiver(by=SYSTEM, at=at, charge=charges[1], **asked)
    receipt = payments.settle_cash(by=SYSTEM, at=at, charge=charges[2], tendered=500_000)
    moved = payments.ask_transfer(
        by=SYSTEM, at=at, session=drawer.id, way=payments.TO_SAFE, notes={"5000": 1}
    )
    return drawer.id, charges, receipt.id, moved.id


@again
def world(*, at: datetime) -> World:
    """Build it through the actions."""
    made = registry(at=at, always_open=True)
    justice = access.unit_by_code("MOJ").id
    all_there_are = [code for code in access.permissions() if not code.startswith("access.test-")]
    with everything("a test builds its world"):
        right = somebody("right", at=at, permissions=all_there_are, units=[made.centre, made.ministry])
        stranger = somebody("elsewhere", at=at, permissions=all_there_are, units=[made.other_centre, justice])
        idle = somebody("idle", at=at, permissions=[], units=[made.centre, made.ministry])
        counters = []
        for place in (made.centre, made.other_centre):
            counter = new_id()
            name = {"lo": "ຊ່ອງ 1", "en": "Counter 1"}
            centres.save_counter(by=SYSTEM, at=at, id=counter, centre=place, code="1", name=name)
            counters.append(counter)
        for who, place, authority in (
            (right, made.centre, made.ministry),
            (stranger, made.other_centre, justice),
        ):
            for role, unit in (("officer", place), ("ministry_officer", authority)):
                access.grant(by=SYSTEM, at=at, login=who.id, role=role, unit=unit, valid_from=BEGIN)
        calendar = new_id()
        centres.save_calendar(
            by=SYSTEM,
            at=at,
            id=calendar,
            unit=made.centre,
            zone="Asia/Vientiane",
            rest=(),
            hours=[centres.Hours(weekday=day, opens=time(0), closes=time(23, 59)) for day in range(1, 8)],
            confirmed=False,
            holidays=[],
        )
        called = queue.take_ticket(by=SYSTEM, at=at, centre=made.centre, service=made.birth, help=["escort"])
        queue.call_next(by=right, at=at, counter=counters[0])
        second = queue.Wanted(service=made.birth, person=2)
        queue.add_errand(by=right, at=at, centre=made.centre, ticket=called.id, wanted=second)
        ticket = queue.take_ticket(by=SYSTEM, at=at, centre=made.centre, service=made.birth)
        appointment = queue.book(
            by=Actor.public(),
            at=at,
            asking=queue.Asking(
                centre=made.centre, service=made.birth, name="ນາງ ແກ້ວ", phone="020 5555 1234"
            ),
            starts=at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=26),
        )
        draft = cases.open_draft(
            by=made.officer,
            at=at,
            centre=made.centre,
            service=made.birth,
            ticket=called.id,
            visit=called.visit,
        )
        got = received(made, at=at)
        held = documents.prepare(
            by=right, at=at, subject=got.case, centre=made.centre, kind="birth-certificate", facts=FACTS
        )
        complaint = voice.complain(
            by=Actor.public(),
            at=at,
            centre=made.centre,
            topic=next(iter(voice.TOPICS)),
            text="It took a whole day.",
        )
        camera = monitoring.save_camera(
            by=SYSTEM, at=at, centre=made.centre, name="hall", kind="mjpeg", address="http://camera.example/1"
        )
        texts = {"lo": "ປິດມື້ອື່ນ", "en": "Closed tomorrow"}
        poster = notices.save_poster(
            by=SYSTEM, at=at, centre=made.centre, kind="notice", texts=texts, first=at.date()
        ).id
        session, charges, receipt, transfer = money(made, counters[0], called.visit, at=at)
        names = {"lo": "kiosk", "en": "kiosk"}
        commitment = centres.promise(
            by=SYSTEM,
            at=at,
            id=new_id(),
            service=made.birth,
            centres=[made.centre],
            promised_on=at.date(),
            due=at.date(),
            document="Minutes 1",
        )
        access.save_role(
            by=SYSTEM,
            at=at,
            id=new_id(),
            code="kiosk",
            name=names,
            permissions=["queue.take"],
            audience="device",
        )
        device, _ = access.enrol_device(by=SYSTEM, at=at, centre=made.centre, kind="kiosk", name="Kiosk")
        token, _ = access.issue_token(by=SYSTEM, at=at, name="M", unit=made.centre, scopes=["queue.take"])
        tokens = {
            who.id: access.issue_token(by=SYSTEM, at=at, name="M", unit=unit, scopes=scopes, roles=roles)[1]
            for who, unit, scopes, roles in (
                (right, made.centre, all_there_are, ["officer"]),
                (stranger, made.other_centre, all_there_are, ["officer"]),
                (idle, made.centre, ["access.look"], []),
            )
        }
        grant = access.grant(
            by=SYSTEM, at=at, login=made.both.id, role="idle", unit=made.centre, valid_from=BEGIN
        )
        code = service_by_id(made.birth).code
        writing = begin_draft(by=right, at=at, id=new_id(), code=code)
        prepared = cases.begin_preparation(
            by=Actor.public(), at=at, service=draft.service_id, channel="portal"
        )
    access.forget()
    return World(
        registry=made,
        centre=made.centre,
        code=made.code,
        ministry=made.ministry,
        counter=counters[0],
        calendar=calendar,
        ticket=ticket.id,
        called=called.id,
        ticket_token=ticket.token,
        visit=called.visit,
        draft=draft.id,
        case=got.case,
        paper=Paper.objects.get(case_id=got.case).id,
        task=open_task(got.case),
        document=held.id,
        complaint=complaint.id,
        camera=camera,
        poster=poster,
        session=session,
        charge=charges[0],
        asked=charges[1],
        receipt=receipt,
        transfer=transfer,
        device=device.id,
        token=token.id,
        grant=grant.id,
        commitment=commitment.id,
        appointment=appointment.id,
        writing=writing.id,
        prepared=prepared.code,
        right=right,
        stranger=stranger,
        idle=idle,
        tokens=tokens,
    )
