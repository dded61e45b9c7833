"""What is still to come when a demonstration is opened: booked appointments, and a mobile unit that travels."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.ids import named_id
from onedoor.kernel.scope import Actor, everything
from onedoor.tools.simulator.life import ZONE, settle
from onedoor.tools.simulator.people import family, named, phone
from onedoor.tools.simulator.staff import centres_to_live

UNIT = named_id("simulator", "mobile")
SINCE = date(2024, 1, 1)
EACH_DAY = (("portal", 5), ("calls", 2), ("centre", 1))
BROUGHT, ROOM = 3, 40
PASSWORD = "onedoor-demo"  # as all logins of the demonstration have it
TRAVELLERS = (
    ("officer1.mobile", {"lo": "ສຸລິຍາ ແກ້ວດວງດີ", "en": "Souliya Keoduangdy"}, ("officer", "reception")),
    ("officer2.mobile", {"lo": "ນາງ ວັນນະລີ ໄຊສົມບັດ", "en": "Vannaly Xaysombath"}, ("officer", "reception")),
    ("head.mobile", {"lo": "ນາງ ສີດາ ພົງສະຫວັດ", "en": "Sida Phongsavath"}, ("head",)),
)
VILLAGES = ("ບ້ານ ໂພນທັນ", "ບ້ານ ນາໄຊ", "ບ້ານ ໜອງບົວ", "ບ້ານ ດົງດອກ", "ບ້ານ ໂພນສະອາດ")


def look_ahead(*, seed: int, at: datetime) -> None:
    """Books times at the first centre for its next two open days, and sends its mobile unit out; does it once."""
    with everything("a demonstration looks ahead"):
        place = centres_to_live(1)[0]
        if any(one.id == UNIT for one in centres.centres()):
            return
        _book(place, Random(seed), at=at)
        _travel(place, at=at)
        settle(at)


def _book(place: centres.CentreView, chance: Random, *, at: datetime) -> None:
    offers = [one.service for one in centres.offered_at(place, on=at.astimezone(ZONE).date())][:BROUGHT]
    for service, (channel, most) in zip(offers, EACH_DAY, strict=False):
        asked = queue.Booking(services=(service,), channel=channel)
        days = [one.day for one in queue.free_days(place, asked=asked, at=at) if one.free][:2]
        for day in days:
            for _ in range(most):
                free = queue.free_slots(place, asked=asked, day=day, at=at)
                if free:
                    _appoint(place, service, chance.choice(free).starts, chance, channel=channel, at=at)


def _appoint(
    place: centres.CentreView, service: UUID, starts: datetime, chance: Random, *, channel: str, at: datetime
) -> None:
    who = named(chance, chance.choice(("female", "male")), family(chance))
    queue.book(
        by=Actor.system(),
        at=at,
        asking=queue.Asking(
            centre=place.id, service=service, name=who["lo"], phone=phone(chance), channel=channel
        ),
        starts=starts,
    )


def _travel(place: centres.CentreView, *, at: datetime) -> None:
    """A unit with one stop that was held, one today, and some to come."""
    system, today = Actor.system(), at.astimezone(ZONE).date()
    services = [one.service for one in place.offers[:BROUGHT]]
    _unit(place, services, at=at)
    for village, day in zip(VILLAGES, _days(place, today), strict=False):
        wanted = centres.StopView(
            id=None,
            centre=UNIT,
            district=place.district,
            village=village,
            place="ສາລາບ້ານ",
            day=day,
            opens=time(9),
            closes=time(15),
            services=tuple(services),
            capacity=ROOM,
            demonstration=True,
        )
        stop = centres.save_stop(by=system, at=at, stop=wanted)
        if stop.id and village != VILLAGES[-1]:
            centres.announce_stop(by=system, at=at, stop=stop.id)
        if stop.id and day < today:
            _hold(stop.id, services, at=datetime.combine(day, time(9), ZONE))


def _unit(place: centres.CentreView, services: list[UUID], *, at: datetime) -> None:
    system = Actor.system()
    name = {"lo": "ໜ່ວຍບໍລິການເຄື່ອນທີ່ (ສາທິດ)", "en": "Mobile unit (demonstration)"}
    access.save_unit(
        by=system,
        at=at,
        id=UNIT,
        code="0103-9",
        kind="centre",
        tree="territory",
        name=name,
        parent=place.district,
        valid_from=SINCE,
        source="simulator",
    )
    centres.save_centre(
        by=system,
        at=at,
        id=UNIT,
        code="0103-9",
        name=name,
        district=place.district,
        demonstration=True,
        offers=[
            centres.Offer(service=one, valid_from=SINCE, capacity=ROOM, demonstration=True)
            for one in services
        ],
        source="simulator",
        kind="mobile",
    )
    for number in (1, 2):
        centres.save_counter(
            by=system,
            at=at,
            id=named_id("simulator", f"mobile/counter/{number}"),
            centre=UNIT,
            code=str(number),
            name={"lo": f"ໂຕະ {number}", "en": f"Table {number}"},
        )
    for username, who, roles in TRAVELLERS:
        _traveller(username, who, roles, at=at)


def _traveller(username: str, who: dict[str, str], roles: tuple[str, ...], *, at: datetime) -> None:
    """Somebody who travels with the unit and may log in there."""
    system, login = Actor.system(), named_id("simulator", f"login/{username}")
    access.save_login(
        by=system, at=at, id=login, username=username, name=who, demonstration=True, password=PASSWORD
    )
    for role in roles:
        access.grant(
            by=system, at=at, login=login, role=role, unit=UNIT, valid_from=SINCE, source="simulator"
        )


def _days(place: centres.CentreView, today: date) -> list[date]:
    """The last open day before today, today, and three open days to come."""
    near = [today + timedelta(days=ahead) for ahead in range(-14, 22)]
    held = [day for day in near if centres.opening(place.id, day)]
    before, after = [day for day in held if day < today], [day for day in held if day >= today]
    return [*before[-1:], *after[:4]]


def _hold(stop: UUID, services: list[UUID], *, at: datetime) -> None:
    """It was opened on its day, and reported in the afternoon."""
    system, until = Actor.system(), at + timedelta(hours=6)
    centres.open_stop(by=system, at=at, stop=stop)
    report = centres.ReportView(
        opened_at=at, people=31, services={services[0]: 31}, cases=18, kilometres=24, unmet=4
    )
    centres.report_stop(by=system, at=until, stop=stop, report=report)
