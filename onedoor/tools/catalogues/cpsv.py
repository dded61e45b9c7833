"""Services of a CPSV-AP graph as rows of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, SKOS
from rdflib.term import Node

from onedoor.doors.exchange.cpsv.words import ADMS, CPSV, CV, ELI, ONEDOOR
from onedoor.kernel.clock import now
from onedoor.tools.catalogues.exact import restored
from onedoor.tools.catalogues.found import (
    LANGUAGES,
    Found,
    code_of,
    complete,
    in_its_language,
    minor,
    natural,
)
from onedoor.tools.packs.writing.texts import Row, spare

BY_ANSWERS = "this sum goes by answers: write the line with its question"
KINDS_OF_TIME = {"working-days": "working", "calendar-days": "calendar", "office-hours": "hours"}
FORMS = ("original", "copy", "held")
DAYS = re.compile(r"^P(?:(\d{1,4})W|(\d{1,4})D)$")
HOURS = re.compile(r"^PT(\d{1,4})H$")
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
SERVICE_PAGE = re.compile(r"/services/([A-Za-z0-9-]+)/$")


def from_graph(graph: Graph, *, source: str) -> Found:
    """The services of a graph with their authorities and life events.

    Args:
        source: what the graph was read from, for readers.
    """
    return _Reader(graph, source).all()


class _Reader:
    def __init__(self, graph: Graph, source: str) -> None:
        self.graph, self.source, self.found = graph, source, Found()
        self.codes: dict[Node, str] = {}

    def all(self) -> Found:
        things = self.sorted(self.graph.subjects(RDF.type, CPSV.PublicService))
        for thing in things:
            said = self.text(thing, DCTERMS.identifier) or str(thing)
            self.codes[thing] = code_of(said, self.codes.values())
        for thing in things:
            self.found.services[self.codes[thing]] = complete(self.service(thing), self.found)
        for event in self.sorted(
            {*self.graph.subjects(RDF.type, CV.Event), *self.graph.subjects(RDF.type, CV.LifeEvent)}
        ):
            code = self.code(event, "event")
            self.found.events[code] = {"code": code, "name": self.words(event, DCTERMS.title)}
        return self.found

    def service(self, thing: Node) -> Row:
        code = self.codes[thing]
        statuses = {self.fragment(one) for one in self.graph.objects(thing, ADMS.status)}
        output = self.first(thing, CPSV.produces)
        row = {
            "code": code,
            "name": self.words(thing, DCTERMS.title),
            "summary": self.words(thing, DCTERMS.description),
            "authority": self.authority(thing),
            "demonstration": "in-force" not in statuses,
            "notice": self.words(thing, SKOS.note),
            "valid_from": self.day(thing, DCTERMS.issued) or now().date().isoformat(),
            "life_events": [self.code(one, "event") for one in self.many(thing, CV.isGroupedBy)],
            "keywords": self.keywords(thing),
            "papers": self.papers(thing),
            "duration": self.duration(thing),
            "legal_basis": self.laws(thing),
            "identity": self.identity(thing),
            "result": self.words(output, DCTERMS.title) if output is not None else {},
            "eligibility": self.demands(thing),
            "source": self.text(thing, DCTERMS.source) or self.source,
        }
        text = str(next(iter(self.many(thing, ONEDOOR.exact)), ""))
        time = self.text(thing, CV.processingTime)
        return restored(
            text,
            row,
            fees=lambda: self.fees(thing),
            costs=self.costs(thing),
            time=time,
            found=self.found,
        )

    def costs(self, thing: Node) -> list[list[Any]]:
        """The sums as they are written: code, kind, currency, amount."""
        found = []
        for cost in self.many(thing, CV.hasCost):
            currency, value = self.currency(cost), self.text(cost, CV.hasValue)
            kind = self.kind(cost).removeprefix("fee-").replace("-", "_")
            amount = minor(value, currency) if value else None
            found.append([self.text(cost, DCTERMS.identifier), kind, currency, amount])
        return found

    def demands(self, thing: Node) -> list[Row]:
        """What is demanded of applicants, in words; what is reckoned stands in the exact data only."""
        needs = [need for need in self.many(thing, CV.holdsRequirement) if self.is_demand(need)]
        return [
            {
                "code": self.text(need, DCTERMS.identifier),
                "words": self.words(need, DCTERMS.title),
                "instead": self.words(need, DCTERMS.description),
            }
            for need in needs
        ]

    def is_demand(self, need: Node) -> bool:
        """Whether it is asked of a person, and is no paper."""
        return "eligibility" in {self.fragment(one) for one in self.many(need, DCTERMS.type)}

    # What a service names.

    def authority(self, thing: Node) -> str:
        unit = self.first(thing, CV.hasCompetentAuthority)
        if unit is None:
            self.found.leave(thing, "names nobody who is answerable for it")
            return ""
        code = self.code(unit, "authority")
        self.unit(unit, code)
        return code

    def unit(self, unit: Node, code: str) -> None:
        if code in self.found.authorities:
            return
        begin, _, end = (self.text(unit, DCTERMS.valid) or "").partition("/")
        above = self.first(unit, ORG.subOrganizationOf)
        kind = next((self.text(one, SKOS.notation) for one in self.many(unit, DCTERMS.type)), "")
        after = self.many(unit, DCTERMS.isReplacedBy)
        self.found.authorities[code] = spare(
            {
                "code": code,
                "kind": kind if kind in ("ministry", "department", "office") else "ministry",
                "parent": self.code(above, "authority") if above is not None else "",
                "name": self.words(unit, SKOS.prefLabel) or self.words(unit, DCTERMS.title),
                "valid_from": begin if DAY.match(begin) else now().date().isoformat(),
                "valid_until": end if DAY.match(end) else "",
                "successors": [self.code(one, "authority") for one in after],
                "source": self.source,
            }
        )
        for other in [*after, *([above] if above is not None else [])]:
            self.unit(other, self.code(other, "authority"))

    def keywords(self, thing: Node) -> Row:
        held: dict[str, list[str]] = {}
        for word in self.graph.objects(thing, DCAT.keyword):
            language = getattr(word, "language", None) or next(iter(in_its_language(str(word))), "")
            if language in LANGUAGES:
                held.setdefault(language, []).append(" ".join(str(word).split()))
            else:
                self.found.leave(thing, f"a keyword in “{language}” is left out: {word}")
        return {language: sorted(held[language]) for language in LANGUAGES if language in held}

    def laws(self, thing: Node) -> list[Row]:
        texts = self.many(thing, CV.hasLegalResource)
        texts += [law for rule in self.many(thing, CPSV.follows) for law in self.many(rule, CPSV.implements)]
        return [
            spare(
                {
                    "name": self.words(law, DCTERMS.title),
                    "number": self.text(law, ELI.id_local),
                    "dated": self.day(law, ELI.date_document),
                    "source": self.text(law, DCTERMS.source),
                }
            )
            for law in dict.fromkeys(texts)
        ]

    def identity(self, thing: Node) -> Row:
        for one in self.many(thing, CV.isClassifiedBy):
            word = self.fragment(one)
            if word.startswith("identity-"):
                return {"level": word.removeprefix("identity-")}
        return {}

    def duration(self, thing: Node) -> Row:
        said = self.text(thing, CV.processingTime)
        kinds = {self.fragment(one) for one in self.many(thing, CV.isClassifiedBy)}
        if not said:
            return {"kind": "unknown"}
        if hours := HOURS.match(said):
            return {"hours": int(hours[1]), "kind": "hours"}
        days = DAYS.match(said)
        if days is None:
            self.found.leave(thing, f"the time “{said[:40]}” is no number of days or hours")
            return {"kind": "unknown"}
        kind = next((KINDS_OF_TIME[one] for one in sorted(kinds) if one in KINDS_OF_TIME), "calendar")
        return {"days": int(days[2] or 0) or 7 * int(days[1] or 0), "kind": kind}

    # Papers.

    def papers(self, thing: Node) -> list[Row]:
        found, seen = [], set()
        for need in self.many(thing, CV.holdsRequirement):
            kinds = {self.fragment(one) for one in self.many(need, DCTERMS.type)}
            if "eligibility" in kinds:
                continue
            evidence = self.many(need, CV.hasSupportingEvidence)
            seen |= set(evidence)
            found.append(self.paper(need, kinds, evidence))
        for one in self.many(thing, CPSV.hasInput):
            if one not in seen and not self.many(one, CV.supportsRequirement):
                found.append(self.paper(one, set(), [one]))
        return found

    def paper(self, need: Node, kinds: set[str], evidence: list[Node]) -> Row:
        main = [one for one in evidence if self.kind(one) != "instead"]
        others = [one for one in evidence if one not in main[:1]]
        first = main[0] if main else None
        form = self.kind(first) if first is not None else ""
        given = next((SERVICE_PAGE.search(str(one)) for one in self.many(first, FOAF.page)), None)
        return spare(
            {
                "code": self.code(need, "paper"),
                "name": self.words(need, DCTERMS.title),
                "note": self.words(first, DCTERMS.description) if first is not None else {},
                "when": self.words(need, DCTERMS.description) if first is not need else {},
                "required": False if "optional" in kinds else None,
                "demonstration": True if "demonstration-paper" in kinds else None,
                "form": form if form in FORMS else "",
                "law": next(
                    (
                        self.text(law, ELI.id_local)
                        for rule in self.many(need, CV.fulfils)
                        for law in self.many(rule, CPSV.implements)
                    ),
                    "",
                ),
                "service": given[1] if given and given[1] in self.codes.values() else "",
                "instead": [
                    spare(
                        {
                            "code": self.code(one, "paper"),
                            "name": self.words(one, DCTERMS.title),
                            "note": self.words(one, DCTERMS.description),
                        }
                    )
                    for one in others
                ],
            }
        )

    def kind(self, thing: Node | None) -> str:
        return next((self.fragment(one) for one in self.many(thing, DCTERMS.type)), "")

    # Fees.

    def fees(self, thing: Node) -> list[Row]:
        costs = self.many(thing, CV.hasCost)
        kinds = [self.kind(cost) for cost in costs]
        by_answers = [cost for cost, kind in zip(costs, kinds, strict=True) if kind == "fee-by-answers"]
        for cost in by_answers:
            self.found.leave(cost, BY_ANSWERS)
        if by_answers or not costs:
            return [self.period(costs[0], state="to_be_set")] if costs else []
        if "fee-free" in kinds:
            return [self.period(costs[0], state="free", law=self.words(costs[0], SKOS.note))]
        lines = [self.line(cost) for cost in costs]
        if any(line is None for line in lines):
            return [self.period(costs[0], state="to_be_set")]
        if len(costs) > 1 and not all(kind == "fee-fixed" for kind in kinds):
            self.found.leave(thing, "several sums are named: look whether all of them are charged together")
        given = [line for line in lines if line]
        if len(given) == 1 and not given[0]["name"]:
            return [
                self.period(costs[0], state="set", amount=given[0]["amount"], law=given[0].get("law", {}))
            ]
        return [self.period(costs[0], state="set", lines=given)]

    def period(self, cost: Node, **said: Any) -> Row:
        currency = self.currency(cost)
        more = {"currency": currency, "valid_from": self.day(cost, DCTERMS.issued)}
        return spare({**said, **more, "source": self.text(cost, DCTERMS.source)})

    def currency(self, cost: Node) -> str:
        one = self.first(cost, CV.currency)
        return (self.text(one, SKOS.notation) or str(one).rpartition("/")[2]) if one is not None else ""

    def line(self, cost: Node) -> Row | None:
        currency, value = self.currency(cost) or "LAK", self.text(cost, CV.hasValue)
        amount = minor(value, currency) if value else None
        if not amount:
            if self.kind(cost) != "fee-to-be-set":
                self.found.leave(
                    cost, f"no sum can be read ({value or 'none'} {currency}): the fee is to be set"
                )
            return None
        if currency != "LAK":
            self.found.leave(cost, f"a fee in {currency} needs its rate in kip, with the day and the source")
        law = self.words(cost, SKOS.note)
        row = {
            "code": self.code(cost, "line"),
            "name": self.words(cost, DCTERMS.description),
            "amount": amount,
        }
        return {**row, "law": law} if law else row

    # Values.

    def code(self, thing: Node, otherwise: str) -> str:
        return code_of(self.text(thing, DCTERMS.identifier) or self.fragment(thing), otherwise=otherwise)

    def many(self, thing: Node | None, name: URIRef) -> list[Node]:
        return self.sorted(self.graph.objects(thing, name)) if thing is not None else []

    def first(self, thing: Node, name: URIRef) -> Node | None:
        return next(iter(self.many(thing, name)), None)

    def sorted(self, things: Iterable[Node]) -> list[Node]:
        return sorted(things, key=lambda one: natural(str(one)))

    def words(self, thing: Node, name: URIRef) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in self.sorted(self.graph.objects(thing, name)):
            plain = " ".join(str(one).split())
            language = (getattr(one, "language", None) or "").partition("-")[0]
            if language in LANGUAGES:
                found.setdefault(language, plain)
            elif not language:
                found = {**in_its_language(plain), **found}
            else:
                self.found.leave(thing, f"a text in “{language}” is left out: {plain[:60]}")
        return {language: found[language] for language in LANGUAGES if language in found}

    def text(self, thing: Node, name: URIRef) -> str:
        return " ".join(str(next(iter(self.many(thing, name)), "")).split())

    def day(self, thing: Node, name: URIRef) -> str:
        said = str(next((one for one in self.many(thing, name) if isinstance(one, Literal)), ""))[:10]
        return said if DAY.match(said) else ""

    @staticmethod
    def fragment(thing: Node) -> str:
        return str(thing).rpartition("#")[2].rpartition("/")[2]
