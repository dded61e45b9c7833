"""Authorities as Public Organisations, the territory as Locations, centres as Channels, and when they are open."""

from __future__ import annotations

from itertools import groupby

from rdflib import URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, SKOS, TIME

from onedoor.domain.access.api import Unit
from onedoor.domain.centres.api import CentreView, Hours
from onedoor.doors.exchange.cpsv.words import AREA, CV, LOCN
from onedoor.doors.exchange.cpsv.writer import Writer
from onedoor.doors.exchange.opened import Opened

DAYS = {
    "lo": ("ຈັນ", "ອັງຄານ", "ພຸດ", "ພະຫັດ", "ສຸກ", "ເສົາ", "ອາທິດ"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def location(writer: Writer, unit: Unit) -> URIRef:
    """A unit of the territory."""
    thing = writer.part(f"unit-{unit.code}")
    writer.add(thing, DCTERMS.Location, AREA)
    writer.say(thing, {DCTERMS.identifier: unit.code, SKOS.prefLabel: dict(unit.name)})
    return thing


def organisation(writer: Writer, held: Opened, unit: Unit) -> URIRef:
    """A ministry, department or office; what it covers is the country."""
    thing = writer.part(f"unit-{unit.code}")
    country = held.country
    writer.add(thing, CV.PublicOrganisation, ORG.Organization, FOAF.Agent)
    writer.say(
        thing,
        {
            DCTERMS.identifier: unit.code,
            DCTERMS.title: dict(unit.name),
            SKOS.prefLabel: dict(unit.name),
            DCTERMS.type: _kind(writer, unit.kind),
            DCTERMS.spatial: location(writer, country) if country else None,
            ORG.subOrganizationOf: writer.part(f"unit-{held.units[unit.parent].code}")
            if unit.parent
            else None,
            DCTERMS.isReplacedBy: [writer.part(f"unit-{held.units[one].code}") for one in unit.successors],
            DCTERMS.valid: period(unit),
        },
    )
    return thing


def period(unit: Unit) -> str:
    """From when to when a unit exists, as an ISO 8601 interval; open at an end that is not known."""
    return f"{unit.valid_from.isoformat()}/{unit.valid_until.isoformat() if unit.valid_until else '..'}"


def _kind(writer: Writer, code: str) -> URIRef:
    thing = writer.part(f"kind-{code}")
    writer.add(thing, SKOS.Concept)
    writer.say(thing, {SKOS.notation: code})
    return thing


def channel(writer: Writer, held: Opened, view: CentreView, *, owner: URIRef | None) -> URIRef:
    """A centre, through which services are had; with its address, telephone and hours."""
    thing = writer.part(f"centre-{view.code}")
    hours = held.hours(view)
    district = held.units[view.district]
    writer.add(thing, CV.Channel)
    writer.say(
        thing,
        {
            DCTERMS.identifier: view.code,
            DCTERMS.title: view.name,
            DCTERMS.type: writer.concept("centre"),
            DCTERMS.spatial: location(writer, district),
            DCTERMS.description: CENTRE if view.demonstration else None,
            CV.ownedBy: owner,
            CV.telephone: view.phone,
            CV.openingHours: open_when(writer, view, hours) if hours else None,
            LOCN.address: _address(writer, held, view, district),
            FOAF.page: page(writer, f"/centres/{view.code}/"),
        },
    )
    return thing


CENTRE = {"lo": "ສູນສາທິດ", "en": "A demonstration centre"}


def _address(writer: Writer, held: Opened, view: CentreView, district: Unit) -> URIRef:
    thing = writer.part(f"address-{view.code}")
    province = held.units[district.parent] if district.parent else None
    country = held.country
    writer.add(thing, LOCN.Address)
    writer.say(
        thing,
        {
            LOCN.fullAddress: view.address,
            LOCN.addressArea: dict(district.name),
            LOCN.adminUnitL2: dict(province.name) if province else None,
            LOCN.adminUnitL1: dict(country.name) if country else None,
        },
    )
    return thing


def open_when(writer: Writer, view: CentreView, hours: tuple[Hours, ...]) -> URIRef:
    """When a centre is open, in words."""
    thing = writer.part(f"hours-{view.code}")
    writer.add(thing, TIME.TemporalEntity)
    writer.say(thing, {DCTERMS.description: {lang: hours_said(hours, lang) for lang in DAYS}})
    return thing


def hours_said(hours: tuple[Hours, ...], language: str) -> str:
    """Weekdays with the same hours together: Mon, Tue 08:00–12:00, 13:00–16:00; Wed 08:00–12:00."""
    days: dict[int, list[str]] = {}
    for one in sorted(hours, key=lambda one: (one.weekday, one.opens)):
        days.setdefault(one.weekday, []).append(f"{one.opens:%H:%M}–{one.closes:%H:%M}")
    return "; ".join(
        f"{', '.join(DAYS[language][day - 1] for day, _same in same)} {', '.join(times)}"
        for times, same in groupby(days.items(), key=lambda pair: pair[1])
    )


def page(writer: Writer, path: str) -> URIRef:
    """A page of the portal for people."""
    thing = URIRef(f"{writer.address}{path}")
    writer.add(thing, FOAF.Document)
    return thing


def website(writer: Writer) -> URIRef:
    """The portal as a channel."""
    thing = writer.part("website")
    portal = writer.part("portal")
    writer.concept("website")
    writer.add(portal, CV.Channel)
    writer.say(
        portal,
        {
            DCTERMS.identifier: "portal",
            DCTERMS.type: thing,
            FOAF.page: page(writer, "/"),
            CV.openingHours: _always(writer),
        },
    )
    return portal


def _always(writer: Writer) -> URIRef:
    thing = writer.part("always")
    writer.add(thing, TIME.TemporalEntity)
    writer.say(thing, {DCTERMS.description: {"lo": "ທຸກເວລາ", "en": "At all times"}})
    return thing


def contact(writer: Writer, code: str) -> URIRef:
    """Where to ask about a service: its page of the portal, which names the centres."""
    thing = writer.service(code, "contact")
    writer.add(thing, CV.ContactPoint)
    writer.say(thing, {CV.contactPage: page(writer, f"/services/{code}/"), CV.openingHours: _always(writer)})
    return thing
