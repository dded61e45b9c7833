"""What a service costs, as Costs: a sum for everybody, free, to be set, or one for each way in which answers change it."""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from onedoor.domain.catalogue.api import Fee, ServiceView
from onedoor.doors.exchange.cpsv.words import CV
from onedoor.doors.exchange.cpsv.writer import Writer, double
from onedoor.doors.exchange.sums import Sum, sums
from onedoor.kernel.money import EXPONENTS


def costs(writer: Writer, view: ServiceView, fee: Fee, *, authority: URIRef) -> list[URIRef]:
    """The Costs of the fee that applies."""
    return [_cost(writer, view, fee, one, by=authority) for one in sums(fee, view.form)]


def _cost(writer: Writer, view: ServiceView, fee: Fee, one: Sum, *, by: URIRef) -> URIRef:
    thing = writer.service(view.code, f"cost-{one.code}")
    writer.add(thing, CV.Cost)
    writer.say(
        thing,
        {
            DCTERMS.identifier: one.code,
            DCTERMS.type: writer.concept(f"fee-{one.kind.replace('_', '-')}"),
            DCTERMS.description: one.words,
            CV.hasValue: None if one.amount is None else double(one.amount, EXPONENTS[one.currency]),
            CV.currency: writer.currency(one.currency),
            CV.isDefinedBy: by,
            SKOS.note: one.law,
            DCTERMS.source: fee.source,
            DCTERMS.issued: Literal(fee.valid_from) if fee.valid_from else None,
        },
    )
    return thing
