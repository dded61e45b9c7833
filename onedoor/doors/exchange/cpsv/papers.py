"""Papers as Requirements and the Evidence that meets them; laws as Legal Resources and the Rules that follow from them."""

from __future__ import annotations

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF

from onedoor.domain.catalogue.api import Criterion, Instead, Law, Paper, ServiceView
from onedoor.doors.exchange.cpsv.places import page
from onedoor.doors.exchange.cpsv.words import CPSV, CV, ELI
from onedoor.doors.exchange.cpsv.writer import Writer


def laws(writer: Writer, view: ServiceView) -> dict[str, URIRef]:
    """Each law with its Rule; gives the Rules by the law's number, or by its place where it has none."""
    found = {}
    for place, law in enumerate(view.legal_basis, start=1):
        text, rule = writer.service(view.code, f"law-{place}"), writer.service(view.code, f"rule-{place}")
        _law(writer, text, law)
        writer.add(rule, CPSV.Rule)
        writer.say(
            rule,
            {
                DCTERMS.identifier: f"{view.code}.rule-{place}",
                DCTERMS.title: law.name,
                DCTERMS.description: law.name,
                CPSV.implements: text,
            },
        )
        found[law.number or str(place)] = rule
    return found


def _law(writer: Writer, thing: URIRef, law: Law) -> None:
    writer.add(thing, ELI.LegalResource)
    writer.say(
        thing,
        {
            DCTERMS.title: law.name,
            ELI.id_local: law.number,
            ELI.date_document: Literal(law.dated) if law.dated else None,
            DCTERMS.source: law.source,
        },
    )


def requirements(
    writer: Writer, view: ServiceView, rules: dict[str, URIRef]
) -> tuple[list[URIRef], list[URIRef], list[URIRef]]:
    """The Requirements, their Evidence, and the types of Evidence."""
    asked: list[URIRef] = []
    met: list[URIRef] = []
    kinds: list[URIRef] = []
    for paper in view.papers:
        need = writer.service(view.code, f"requirement-{paper.code}")
        evidence = [_evidence(writer, view, need, paper, kinds)]
        evidence += [_evidence(writer, view, need, other, kinds) for other in paper.instead]
        writer.add(need, CV.Requirement)
        writer.say(
            need,
            {
                DCTERMS.identifier: paper.code,
                DCTERMS.title: paper.name,
                DCTERMS.description: {lang: word for lang, word in paper.when.items() if lang != "if"},
                DCTERMS.type: [
                    writer.concept("required" if paper.required else "optional"),
                    writer.concept("demonstration-paper") if paper.demonstration else None,
                ],
                CV.fulfils: rules.get(paper.law),
                CV.hasSupportingEvidence: evidence,
            },
        )
        asked.append(need)
        met += evidence
    asked += [_demand(writer, view, one, rules) for one in view.eligibility]
    return asked, met, kinds


def _demand(writer: Writer, view: ServiceView, one: Criterion, rules: dict[str, URIRef]) -> URIRef:
    """What is demanded of an applicant."""
    need = writer.service(view.code, f"demand-{one.code}")
    writer.add(need, CV.Requirement)
    writer.say(
        need,
        {
            DCTERMS.identifier: one.code,
            DCTERMS.title: one.words,
            DCTERMS.description: one.instead,
            DCTERMS.type: writer.concept("eligibility"),
            CV.fulfils: rules.get(one.law),
        },
    )
    return need


def _evidence(
    writer: Writer, view: ServiceView, need: URIRef, paper: Paper | Instead, kinds: list[URIRef]
) -> URIRef:
    thing = writer.service(view.code, f"evidence-{paper.code}")
    form = paper.form if isinstance(paper, Paper) else "instead"
    kind = writer.part(f"evidence-type-{paper.code}")
    writer.add(kind, CV.EvidenceType)
    writer.say(kind, {DCTERMS.identifier: paper.code})
    kinds.append(kind)
    writer.add(thing, CV.Evidence)
    writer.say(
        thing,
        {
            DCTERMS.identifier: paper.code,
            DCTERMS.title: paper.name,
            DCTERMS.description: paper.note,
            DCTERMS.type: writer.concept(form) if form else None,
            DCTERMS.conformsTo: kind,
            CV.supportsRequirement: need,
            FOAF.page: page(writer, f"/services/{paper.service}/")
            if isinstance(paper, Paper) and paper.service
            else None,
        },
    )
    return thing
