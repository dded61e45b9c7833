"""Centres and units, as the API gives them."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Literal
from uuid import UUID

from ninja import Schema

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.doors.exchange.shapes.common import Names
from onedoor.doors.exchange.shapes.tickets import WaitOut


class CentreLine(Schema):
    """A centre as a list has it. ``open``: by its hours, now."""

    id: UUID
    code: str
    name: Names
    district: str
    open: bool
    waiting: int
    demonstration: bool


class CentrePage(Schema):
    """Centres by code."""

    items: list[CentreLine]
    next: str | None


class HoursOut(Schema):
    """A stretch of a weekday (1 is Monday)."""

    weekday: int
    opens: time
    closes: time


class OfferOut(Schema):
    """A service at a centre. ``weekdays`` is empty when it is offered whenever the centre is open."""

    service: str
    name: Names
    weekdays: list[int]
    today: bool
    following: date | None
    capacity: int | None
    demonstration: bool


class EndingOut(Schema):
    """A service that was withdrawn from a centre: its last day (perhaps past, within a year), and why."""

    service: str
    name: Names
    last_day: date
    reason: Names
    nearest: str | None


class CellOut(Schema):
    """A service at a centre. ``by``: the day for which it was promised; ``ends``: the last day, also of what has ended."""

    service: str
    centre: str
    state: Literal["offered", "some", "pilot", "promised", "missed", "gap"]
    weekdays: list[int]
    capacity: int | None
    by: date | None
    ends: date | None
    demonstration: bool


class CellPage(Schema):
    """Cells by service and centre."""

    items: list[CellOut]
    next: str | None


class CentreOut(CentreLine):
    """A centre whole."""

    address: Names
    phone: str
    zone: str
    hours: list[HoursOut]
    hours_confirmed: bool
    offers: list[OfferOut]
    ending: list[EndingOut]
    source: str


class LoadOut(WaitOut):
    """How full a centre is, with the wait of who comes now."""

    centre: str
    waiting: int
    counters_open: int
    counters: int


class UnitOut(Schema):
    """A unit of one of the two trees. ``path`` leads from the root to its parent; codes of units."""

    id: UUID
    code: str
    kind: str
    tree: Literal["territory", "authority"]
    name: Names
    parent: str | None
    path: list[str]
    valid_from: date
    valid_until: date | None
    successors: list[str]


class UnitPage(Schema):
    """Units by code."""

    items: list[UnitOut]
    next: str | None


def centre_line(
    view: centres.CentreView, *, opened: frozenset[UUID], waiting: Mapping[UUID, int]
) -> dict[str, Any]:
    """A centre as `CentreLine`."""
    return {
        "id": view.id,
        "code": view.code,
        "name": view.name,
        "district": access.unit(view.district).code,
        "open": view.id in opened,
        "waiting": waiting.get(view.id, 0),
        "demonstration": view.demonstration,
    }


def cell_out(row: Mapping[str, Any]) -> dict[str, Any]:
    """A cell as `CellOut`."""
    cell: centres.Cell = row["cell"]
    return {
        "service": row["service"],
        "centre": row["centre"],
        "state": cell.state,
        "weekdays": list(cell.weekdays),
        "capacity": cell.capacity,
        "by": cell.by,
        "ends": cell.ends,
        "demonstration": cell.demonstration,
    }


def unit_out(unit: access.Unit) -> dict[str, Any]:
    """A unit as `UnitOut`."""
    above = [access.unit(one).code for one in unit.path if one != unit.id]
    return {
        "id": unit.id,
        "code": unit.code,
        "kind": unit.kind,
        "tree": unit.tree,
        "name": dict(unit.name),
        "parent": access.unit(unit.parent).code if unit.parent else None,
        "path": above,
        "valid_from": unit.valid_from,
        "valid_until": unit.valid_until,
        "successors": sorted(access.unit(one).code for one in unit.successors),
    }
