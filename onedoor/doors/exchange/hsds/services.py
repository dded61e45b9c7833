"""A service as HSDS 3.0 has it: whole, or as a line of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from onedoor.domain.catalogue.api import Fee, Instead, Paper, ServiceView
from onedoor.doors.exchange.exact import exact
from onedoor.doors.exchange.hsds.asked import Asked, at_begin_of
from onedoor.doors.exchange.hsds.places import bare, organization, other, said, service_at_location
from onedoor.doors.exchange.hsds.terms import Attributes, part, taxonomy_id, term, term_id
from onedoor.doors.exchange.opened import Opened
from onedoor.doors.exchange.sums import Sum, sums
from onedoor.kernel.i18n import Translated
from onedoor.kernel.money import EXPONENTS

FEES = {
    "free": {"lo": "ບໍ່ເສຍຄ່າຕາມກົດໝາຍ", "en": "Free by law"},
    "to_be_set": {"lo": "ຄ່າທຳນຽມຍັງບໍ່ທັນກຳນົດ", "en": "The fee has not been set"},
}
SPOKEN = {"lo": "ລາວ", "en": "English"}


def line(held: Opened, view: ServiceView, language: str) -> dict[str, Any]:
    """A service as a list has it: what it has one of."""
    fee = view.fee_on(held.day)
    return bare(
        {
            "id": str(view.id),
            "organization_id": str(view.authority),
            "name": said(view.name, language),
            "alternate_name": other(view.name, language),
            "description": said(view.summary, language),
            "url": f"{held.address}/services/{view.code}/",
            "status": "active",
            "fees_description": said(FEES.get(fee.state, {}), language),
            "alert": said(view.notice, language),
            "eligibility_description": "; ".join(said(one.words, language) for one in view.eligibility),
            "organization": organization(held, held.units[view.authority], language),
        }
    )


def whole(held: Opened, view: ServiceView, language: str) -> dict[str, Any]:
    """A service with everything that belongs to it."""
    fee = view.fee_on(held.day)
    papers = [one for paper in view.papers for one in _documents(view, paper, language)]
    return bare(
        {
            **line(held, view, language),
            "cost_options": [_cost(view, fee, one, language) for one in sums(fee, view.form)],
            "required_documents": papers,
            "service_areas": _areas(held, view, language),
            "languages": [
                {
                    "id": str(part(view.id, f"language/{code}")),
                    "service_id": str(view.id),
                    "code": code,
                    "name": name,
                }
                for code, name in SPOKEN.items()
                if code in view.name
            ],
            "service_at_locations": [
                service_at_location(held, view, centre, offer, language)
                for centre, offer in held.offering(view.id)
            ],
            "attributes": _attributes(held, view),
        }
    )


def _attributes(held: Opened, view: ServiceView) -> list[dict[str, Any]]:
    about = Attributes(view.id, "service")
    about.fact("code", view.code)
    about.fact("state", "demonstration" if view.demonstration else "in-force")
    about.fact("valid-from", view.valid_from.isoformat())
    about.fact("source", view.source)
    for field, words in (
        ("name", view.name),
        ("description", view.summary),
        ("alert", view.notice),
        ("result", view.result),
    ):
        about.texts(field, words)
    for word in view.keywords:
        about.fact("keyword", word)
    amount = view.duration.amount({})
    if amount is not None:
        about.fact("duration-kind", view.duration.kind)
        about.fact("duration", amount)
    about.fact("identity", view.identity.level)
    names = {event.code: event.name for event in held.events}
    for code in view.life_events:
        about.add(_event(code, names.get(code, {})), kind="life event")
    for law in view.legal_basis:
        _law(
            about,
            law.name,
            number=law.number,
            dated=law.dated.isoformat() if law.dated else "",
            source=law.source,
        )
    for one in view.eligibility:
        about.fact("demand", one.code)
        about.texts(f"demand-{one.code}", one.words)
        about.texts(f"demand-{one.code}-instead", one.instead)
    about.add(
        term("exact", "service", about="The parts that HSDS has no fields for"),
        value=exact(held, view),
        kind="exact",
    )
    return about.held


def _event(code: str, name: Translated) -> dict[str, Any]:
    return term("life-events", code, name=name.get("en", code), about=" / ".join(name.values()))


def _law(about: Attributes, name: Translated, **more: str) -> None:
    """A law by its words in each language, then its number, date and source; a following law begins with its words again."""
    for language, word in name.items():
        of = term("laws", f"name-{language}", about=f"The name of a law in “{language}”", language=language)
        about.add(of, value=word, label="law", kind="law")
    for key, value in more.items():
        if value:
            of = term("laws", key, about=f"The {key} of the law that was named before")
            about.add(of, value=value, label="law", kind="law")


def _documents(view: ServiceView, paper: Paper, language: str) -> Iterator[dict[str, Any]]:
    yield _document(view, paper, language)
    for one in paper.instead:
        yield _document(view, one, language, instead_of=paper.code)


def _document(
    view: ServiceView, paper: Paper | Instead, language: str, *, instead_of: str = ""
) -> dict[str, Any]:
    id = part(view.id, f"paper/{paper.code}")
    about = Attributes(id, "required_document")
    about.fact("code", paper.code)
    about.texts("document", paper.name)
    about.texts("note", paper.note)
    if isinstance(paper, Paper):
        about.fact("paper-need", "required" if paper.required else "optional")
        about.fact("paper-form", paper.form)
        about.fact("paper-state", "demonstration" if paper.demonstration else "")
        about.fact("law-number", paper.law)
        about.texts("condition", {key: word for key, word in paper.when.items() if key != "if"})
    about.fact("instead-of", instead_of)
    return {
        "id": str(id),
        "service_id": str(view.id),
        "document": said(paper.name, language),
        "attributes": about.held,
    }


def _cost(view: ServiceView, fee: Fee, one: Sum, language: str) -> dict[str, Any]:
    id = part(view.id, f"cost/{one.code}")
    about = Attributes(id, "cost_option")
    about.fact("code", one.code)
    about.fact("fee-state", one.kind)
    about.fact("source", fee.source)
    about.texts("option", one.words)
    _law(about, one.law)
    return bare(
        {
            "id": str(id),
            "service_id": str(view.id),
            "valid_from": fee.valid_from.isoformat() if fee.valid_from else None,
            "valid_to": fee.valid_until.isoformat() if fee.valid_until else None,
            "option": said(one.words, language),
            "currency": one.currency,
            "amount": None if one.amount is None else _in_whole(one.amount, EXPONENTS[one.currency]),
            "amount_description": said(FEES.get(one.kind, {}), language),
            "attributes": about.held,
        }
    )


def _in_whole(amount: int, exponent: int) -> int | float:
    return amount if exponent == 0 else amount / 10**exponent


def _areas(held: Opened, view: ServiceView, language: str) -> list[dict[str, Any]]:
    country = held.country
    if country is None:
        return []
    return [
        {
            "id": str(part(view.id, "area")),
            "service_id": str(view.id),
            "name": said(country.name, language),
            "uri": f"{held.address}/api/catalogue#unit-{country.code}",
        }
    ]


def at_locations(
    held: Opened, language: str, *, asked: Asked, views: Iterable[ServiceView]
) -> Iterator[tuple[UUID, dict[str, Any]]]:
    """These services at every centre that offers them, as far as it is asked for."""
    for view in views:
        for centre, offer in held.offering(view.id):
            days = (view.valid_from, offer.valid_from, offer.withdrawn_on)
            if asked.wants(at_begin_of(_latest(days, held.day))):
                one = service_at_location(held, view, centre, offer, language, full=asked.full)
                yield part(view.id, f"at/{centre.id}"), one


def services_asked(held: Opened, asked: Asked, ranked: Sequence[UUID] | None) -> list[ServiceView]:
    """The services that are asked for.

    Args:
        ranked: those that have the words, the best first; None where no words were said.
    """
    views: Sequence[ServiceView] = held.services
    if ranked is not None:
        views = sorted((view for view in views if view.id in ranked), key=lambda view: ranked.index(view.id))
    return [
        view
        for view in views
        if asked.organization in (None, view.authority)
        and _is_classed(view, asked)
        and asked.wants(at_begin_of(modified_on(view, held.day)))
    ]


def _is_classed(view: ServiceView, asked: Asked) -> bool:
    """Whether a service is classified by a term, or by any of a taxonomy; every service has facts, texts and exact data."""
    if asked.term is not None and asked.term not in {
        term_id("life-events", code) for code in view.life_events
    }:
        return False
    has = {"texts", "facts", "exact", *(["life-events"] if view.life_events else [])}
    has |= {"laws"} if view.legal_basis else set()
    return asked.taxonomy is None or asked.taxonomy in {taxonomy_id(code) for code in has}


def modified_on(view: ServiceView, day: date) -> date:
    """Since when a service is as it is said on this day: its edition and its fee begin on a day."""
    return _latest((view.valid_from, view.fee_on(day).valid_from), day)


def _latest(days: Iterable[date | None], day: date) -> date:
    """The last of these days that has come."""
    return max((one for one in days if one is not None and one <= day), default=day)


def minimal(view: ServiceView, day: date) -> dict[str, Any]:
    """By what a harvester knows whether she has it already."""
    return {"id": str(view.id), "modified_date": at_begin_of(modified_on(view, day)).isoformat()}
