"""The catalogue, or one service with all it names, as a CPSV-AP 3.2 graph."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, SKOS, XSD

from onedoor.domain.access.api import Unit
from onedoor.domain.catalogue.api import Duration, LifeEventView, ServiceView
from onedoor.doors.exchange.cpsv import papers, places
from onedoor.doors.exchange.cpsv.costs import costs
from onedoor.doors.exchange.cpsv.words import ADMS, CATALOGUE, CPSV, CV, ONEDOOR
from onedoor.doors.exchange.cpsv.writer import Writer, tagged
from onedoor.doors.exchange.exact import exact
from onedoor.doors.exchange.opened import Opened
from onedoor.doors.exchange.times import duration_text

KINDS_OF_TIME = {"working": "working-days", "calendar": "calendar-days", "hours": "office-hours"}
TITLE = {"lo": "ລາຍການບໍລິການຂອງສູນບໍລິການປະຕູດຽວ", "en": "Catalogue of the one-door service centres"}
ABOUT = {
    "lo": "ບໍລິການທັງໝົດ ພ້ອມເອກະສານທີ່ຕ້ອງນຳມາ, ຄ່າທຳນຽມ, ໄລຍະເວລາ, ນິຕິກຳ ແລະ ສະຖານທີ່",
    "en": "All services with the papers they ask for, what they cost, how long they take, by which law, and where they are had",
}


def whole(held: Opened) -> Graph:
    """All services."""
    writer = Writer(held.address)
    for unit in held.authorities():
        places.organisation(writer, held, unit)
    for event in held.events:
        _event(writer, held, event)
    for view in held.services:
        _service(writer, held, view)
    _dataset(writer, held, parts=[writer.service(view.code) for view in held.services])
    return writer.graph


def one(held: Opened, code: str) -> Graph:
    """One service with everything that it names. Raises UnknownService."""
    view = held.service(code)
    writer = Writer(held.address)
    for unit in _around(held, held.units[view.authority]):
        places.organisation(writer, held, unit)
    for event in held.events:
        if event.code in view.life_events:
            _event(writer, held, event)
    _service(writer, held, view)
    _dataset(writer, held, parts=[])
    return writer.graph


def _around(held: Opened, unit: Unit) -> list[Unit]:
    found = {unit.id: unit}
    waiting = [unit]
    while waiting:
        for id in (*waiting[0].path, *waiting.pop(0).successors):
            if id not in found:
                found[id] = held.units[id]
                waiting.append(held.units[id])
    return sorted(found.values(), key=lambda one: one.code)


def is_business(code: str) -> bool:
    """Whether a life event is one of a business."""
    return "business" in code.split("-")


def _event(writer: Writer, held: Opened, event: LifeEventView) -> URIRef:
    thing = writer.part(f"event-{event.code}")
    business = is_business(event.code)
    writer.add(thing, CV.Event, CV.BusinessEvent if business else CV.LifeEvent)
    writer.say(
        thing,
        {
            DCTERMS.identifier: event.code,
            DCTERMS.title: event.name,
            DCTERMS.type: writer.concept("business-event" if business else "life-event"),
        },
    )
    return thing


def _dataset(writer: Writer, held: Opened, *, parts: list[URIRef]) -> None:
    thing = URIRef(f"{held.address}{CATALOGUE}")
    top = next((unit for unit in held.authorities() if unit.parent is None), None)
    publisher = _publisher(writer, held, top)
    if publisher is None:  # nobody is known on a node without a pack, and a dataset of nobody is none
        return
    writer.add(thing, DCAT.Dataset)
    writer.say(
        thing,
        {
            DCTERMS.title: TITLE,
            DCTERMS.description: ABOUT,
            DCTERMS.publisher: publisher,
            DCAT.landingPage: places.page(writer, "/services/"),
            DCTERMS.hasPart: parts,
        },
    )


def _publisher(writer: Writer, held: Opened, authority: Unit | None) -> URIRef | None:
    """The state, in whose name the catalogue is published: the country, and where there is none the first authority."""
    country = held.country
    if country is None:
        return writer.part(f"unit-{authority.code}") if authority else None
    thing = writer.part("publisher")
    writer.add(thing, FOAF.Agent)
    writer.say(thing, {DCTERMS.identifier: country.code, DCTERMS.title: dict(country.name)})
    return thing


def _service(writer: Writer, held: Opened, view: ServiceView) -> None:
    thing = writer.service(view.code)
    authority = writer.part(f"unit-{held.units[view.authority].code}")
    rules = papers.laws(writer, view)
    asked, evidence, kinds = papers.requirements(writer, view, rules)
    channels = [places.channel(writer, held, centre, owner=None) for centre, _offer in held.offering(view.id)]
    writer.add(thing, CPSV.PublicService)
    writer.say(
        thing,
        {
            DCTERMS.identifier: view.code,
            DCTERMS.title: view.name,
            DCTERMS.description: view.summary,
            DCTERMS.language: writer.languages(sorted(view.name)),
            DCTERMS.issued: Literal(view.valid_from),
            DCTERMS.source: view.source,
            DCTERMS.isPartOf: URIRef(f"{held.address}{CATALOGUE}"),
            DCTERMS.spatial: places.location(writer, held.country) if held.country else None,
            DCAT.keyword: tagged(view.keywords),
            SKOS.note: view.notice,
            ADMS.status: writer.concept("demonstration" if view.demonstration else "in-force"),
            CV.hasCompetentAuthority: authority,
            CV.isGroupedBy: [writer.part(f"event-{code}") for code in view.life_events],
            CV.hasChannel: [*channels, places.website(writer)],
            CV.contactPoint: places.contact(writer, view.code),
            CV.hasCost: costs(writer, view, view.fee_on(held.day), authority=authority),
            CV.processingTime: duration_said(view.duration),
            CV.isClassifiedBy: [writer.concept(code) for code in _classes(view)],
            CV.holdsRequirement: asked,
            CV.hasInputType: kinds,
            CV.hasLegalResource: [
                writer.service(view.code, f"law-{n}") for n in range(1, len(view.legal_basis) + 1)
            ],
            CPSV.hasInput: evidence,
            CPSV.follows: list(rules.values()),
            CPSV.produces: _output(writer, view) if any(view.result.values()) else None,
            ONEDOOR.exact: exact(held, view),
        },
    )


def _classes(view: ServiceView) -> list[str]:
    time = KINDS_OF_TIME.get(view.duration.kind)
    identity = f"identity-{view.identity.level}" if view.identity.level else None
    return [code for code in (time, identity) if code]


def _output(writer: Writer, view: ServiceView) -> URIRef:
    thing = writer.service(view.code, "output")
    writer.add(thing, CV.Output)
    writer.say(
        thing,
        {
            DCTERMS.identifier: f"{view.code}.output",
            DCTERMS.title: view.result,
            DCTERMS.type: writer.concept("document"),
            DCTERMS.language: writer.languages(sorted(view.result)),
        },
    )
    return thing


def duration_said(duration: Duration) -> Literal | None:
    """How long the state may take; its kind (working days …) is a class of the service."""
    said = duration_text(duration)
    return Literal(said, datatype=XSD.duration, normalize=False) if said else None
