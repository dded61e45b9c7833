"""Organizations, locations with their hours, and services at locations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.access.api import Unit
from onedoor.domain.catalogue.api import ServiceView
from onedoor.domain.centres.api import CentreView, Hours, Offer
from onedoor.doors.exchange.hsds.terms import Attributes, part
from onedoor.doors.exchange.opened import Opened
from onedoor.kernel.i18n import Translated, text

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def said(words: Translated, language: str) -> str:
    """A text in the reader's language."""
    return text(words, language)


def other(words: Translated, language: str) -> str:
    """The same in the other of the two languages, or nothing."""
    return words.get("en" if language == "lo" else "lo", "")


def bare(held: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {key: value for key, value in held.items() if value not in (None, "", [])}


def organization(held: Opened, unit: Unit, language: str) -> dict[str, Any]:
    """A ministry, department or office."""
    about = Attributes(unit.id, "organization")
    about.fact("code", unit.code)
    about.texts("name", unit.name)
    return bare(
        {
            "id": str(unit.id),
            "name": said(unit.name, language),
            "alternate_name": other(unit.name, language),
            "description": said(unit.name, language),
            "legal_status": unit.kind,
            "parent_organization_id": str(unit.parent) if unit.parent else None,
            "attributes": about.held,
        }
    )


def location(held: Opened, view: CentreView, language: str) -> dict[str, Any]:
    """A centre."""
    district = held.units[view.district]
    about = Attributes(view.id, "location")
    about.fact("code", view.code)
    about.fact("state", "demonstration" if view.demonstration else "in-force")
    about.fact("source", view.source)
    about.texts("name", view.name)
    about.texts("address", view.address)
    return bare(
        {
            "id": str(view.id),
            "location_type": "physical",
            "name": said(view.name, language),
            "alternate_name": other(view.name, language),
            "external_identifier": district.code,
            "external_identifier_type": "district",
            "addresses": [_address(held, view, district, language)],
            "phones": _phones(view),
            "schedules": schedules(view, held.hours(view), owner=view.id, day=held.day),
            "attributes": about.held,
        }
    )


def _address(held: Opened, view: CentreView, district: Unit, language: str) -> dict[str, Any]:
    province = held.units[district.parent] if district.parent else district
    country = held.country
    return {
        "id": str(part(view.id, "address")),
        "location_id": str(view.id),
        "address_1": said(view.address, language) or said(view.name, language),
        "city": said(district.name, language),
        "state_province": said(province.name, language),
        "postal_code": "",
        "country": country.code if country else "",
        "address_type": "physical",
    }


def _phones(view: CentreView) -> list[dict[str, Any]]:
    if not view.phone:
        return []
    return [
        {
            "id": str(part(view.id, "phone")),
            "location_id": str(view.id),
            "number": view.phone,
            "type": "voice",
        }
    ]


def schedules(
    view: CentreView,
    hours: Iterable[Hours],
    *,
    owner: UUID,
    day: date,
    only: tuple[int, ...] = (),
    offer: Offer | None = None,
) -> list[dict[str, Any]]:
    """Weekly hours: days with the same hours together.

    Args:
        only: the weekdays that count; empty for all.
        offer: whose days of validity they have.
    """
    open_days = [one for one in hours if not only or one.weekday in only]
    ordered = sorted(open_days, key=lambda one: (one.opens, one.closes, one.weekday))
    offset = _offset(view.zone, day)
    found = []
    for (opens, closes), same in groupby(ordered, key=lambda one: (one.opens, one.closes)):
        days = ",".join(DAYS[one.weekday - 1] for one in same)
        found.append(
            bare(
                {
                    "id": str(part(owner, f"schedule/{days}/{opens}/{closes}")),
                    "freq": "WEEKLY",
                    "interval": 1,
                    "wkst": "MO",
                    "byday": days,
                    "opens_at": _clock(opens, offset),
                    "closes_at": _clock(closes, offset),
                    "timezone": offset.total_seconds() / 3600,
                    "valid_from": offer.valid_from.isoformat() if offer else None,
                    "valid_to": (offer.valid_until - timedelta(days=1)).isoformat()
                    if offer and offer.valid_until
                    else None,
                }
            )
        )
    return found


def _offset(zone: str, day: date) -> timedelta:
    return datetime.combine(day, time(12), ZoneInfo(zone)).utcoffset() or timedelta()


def _clock(at: time, offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    return f"{at:%H:%M}{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def service_at_location(
    held: Opened, view: ServiceView, centre: CentreView, offer: Offer, language: str, *, full: bool = True
) -> dict[str, Any]:
    """A service at a centre, on the weekdays on which it is offered there."""
    id = part(view.id, f"at/{centre.id}")
    line: dict[str, Any] = {"id": str(id), "service_id": str(view.id), "location_id": str(centre.id)}
    if not full:
        return line
    about = Attributes(id, "service_at_location")
    about.fact("state", "demonstration" if offer.demonstration else "in-force")
    return bare(
        {
            **line,
            "schedules": schedules(
                centre, held.hours(centre), owner=id, day=held.day, only=offer.weekdays, offer=offer
            ),
            "location": location(held, centre, language),
            "attributes": about.held,
        }
    )
