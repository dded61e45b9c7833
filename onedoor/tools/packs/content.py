"""A pack as it was read: plain rows with references by code, each with its place."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onedoor.domain.catalogue.api import Criterion, Duration, Fee, Identity, Law, Paper
from onedoor.domain.centres.api import Hours
from onedoor.domain.centres.api import Item as CheckItem
from onedoor.domain.payments.api import Ground, Item
from onedoor.domain.queue.api import Zone
from onedoor.tools.packs.faults import Place


@dataclass(kw_only=True)
class UnitRow:
    """A unit of one of the trees."""

    code: str
    kind: str
    tree: str
    parent: str
    name: dict[str, str]
    valid_from: date
    valid_until: date | None
    successors: list[tuple[str, Place]]
    source: str
    place: Place


@dataclass(kw_only=True)
class CalendarRow:
    """The office calendar with its holidays (day, name, source), and those that give a day where they fall on one of rest."""

    unit: str
    zone: str
    rest: list[int]
    hours: list[Hours]
    confirmed: bool
    source: str
    holidays: list[tuple[date, dict[str, str], str]] = field(default_factory=list)
    in_lieu: set[date] = field(default_factory=set)


@dataclass(kw_only=True)
class CentreRow:
    """A centre and how many counters it has."""

    code: str
    district: str
    name: dict[str, str]
    address: dict[str, str]
    phone: str
    demonstration: bool
    counters: int
    valid_from: date
    source: str
    place: Place


@dataclass(kw_only=True)
class OfferRow:
    """A service at some centres (empty: at all)."""

    service: str
    centres: list[str]
    valid_from: date
    valid_until: date | None
    weekdays: tuple[int, ...]
    capacity: int | None
    demonstration: bool
    place: Place
    withdrawn_on: date | None = None
    reason: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class AreaRow:
    """The middle of a unit of the territory, and its people where they were counted."""

    unit: str
    latitude: float
    longitude: float
    population: int | None
    year: int | None
    source: str


@dataclass(kw_only=True)
class PostRow:
    """How many of an authority are to work at a centre in a role, and how many do."""

    authority: str
    role: str
    planned: int
    filled: int


@dataclass(kw_only=True)
class SpaceRow:
    """The rooms of a centre as they were counted, and its posts."""

    counts: dict[str, int | None]
    accessible: bool | None
    power: str
    link: str
    counted_on: date
    demonstration: bool
    source: str
    posts: list[PostRow] = field(default_factory=list)


@dataclass(kw_only=True)
class PromiseRow:
    """What an authority promised: a service at some centres by a day."""

    service: str
    centres: list[str]
    promised_on: date
    due: date
    document: str
    demonstration: bool


@dataclass(kw_only=True)
class ServiceRow:
    """A service with everything its edition holds."""

    code: str
    name: dict[str, str]
    summary: dict[str, str]
    authority: str
    demonstration: bool
    notice: dict[str, str]
    valid_from: date
    papers: list[Paper]
    fees: list[Fee]
    duration: Duration
    legal_basis: list[Law]
    result: dict[str, str]
    keywords: list[str]
    life_events: list[str]
    source: str
    form: dict[str, Any]
    process: str
    decisions: str
    identity: Identity
    eligibility: list[Criterion]
    eligibility_table: str
    place: Place


@dataclass(kw_only=True)
class TariffRow:
    """The notes in use, the incidental charges and the grounds of a waiver."""

    currency: str
    notes: list[int]
    items: list[Item]
    grounds: list[Ground]
    law: dict[str, str]
    source: str


@dataclass(kw_only=True)
class RoleRow:
    """A role with its permissions."""

    code: str
    name: dict[str, str]
    audience: str
    permissions: list[str]


@dataclass(kw_only=True)
class LoginRow:
    """A demonstration login with its grants (role, unit, the first day on which it no longer holds)."""

    username: str
    name: dict[str, str]
    grants: list[tuple[str, str, date | None]]


@dataclass(kw_only=True)
class StandardRow:
    """A service standard: a limit, and the share (per cent) that must keep it."""

    code: str
    name: dict[str, str]
    limit: int
    share: int
    demonstration: bool
    source: str


@dataclass(kw_only=True)
class TileRow:
    """Where a unit stands on the tile map."""

    unit: str
    column: int
    row: int
    label: dict[str, str]


@dataclass(kw_only=True)
class CallingRow:
    """How the centres of a unit call: as `queue.CallingRule` has it, services by their codes."""

    unit: str
    zones: list[Zone]
    minutes: dict[str, int]
    by_hand: dict[str, str]
    counters: dict[str, tuple[str, ...]]
    grounds: dict[str, int]
    times: dict[str, int]
    demonstration: bool
    source: str


@dataclass(kw_only=True)
class Pack:
    """Everything a country brings."""

    code: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    languages: tuple[str, ...] = ("lo", "en")
    zone: str = "UTC"
    currency: str = "LAK"
    counter_name: dict[str, str] = field(default_factory=dict)
    units: dict[str, UnitRow] = field(default_factory=dict)
    life_events: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    calendar: CalendarRow | None = None
    centres: dict[str, CentreRow] = field(default_factory=dict)
    offers: list[OfferRow] = field(default_factory=list)
    areas: list[AreaRow] = field(default_factory=list)
    spaces: dict[str, SpaceRow] = field(default_factory=dict)
    promises: list[PromiseRow] = field(default_factory=list)
    services: dict[str, ServiceRow] = field(default_factory=dict)
    templates: dict[str, dict[str, Any]] = field(default_factory=dict)
    tariff: TariffRow | None = None
    standards: dict[str, StandardRow] = field(default_factory=dict)
    tiles: list[TileRow] = field(default_factory=list)
    wordings: dict[str, dict[str, str]] = field(default_factory=dict)
    checklist: list[CheckItem] = field(default_factory=list)
    calling: dict[str, CallingRow] = field(default_factory=dict)
    roles: dict[str, RoleRow] = field(default_factory=dict)
    logins: list[LoginRow] = field(default_factory=list)
    staff_from: date | None = None
    staff_password: str = ""
