"""Builds the graph: names of things, and triples of a thing by its properties. No blank nodes, so that texts compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS, XSD
from rdflib.term import Node

from onedoor.doors.exchange.cpsv.words import AUTHORITY, CATALOGUE, CONCEPTS, LANGUAGES, PREFIXES, SERVICES
from onedoor.kernel.i18n import Translated

LAO = re.compile("[\u0e80-\u0eff]")


class Writer:
    """A graph under one address.

    Args:
        address: of this network; every name begins with it.
    """

    def __init__(self, address: str) -> None:
        self.graph = Graph(bind_namespaces="none")
        for prefix, space in PREFIXES.items():
            self.graph.bind(prefix, space)
        self.address = address
        self._said: set[str] = set()

    def part(self, name: str) -> URIRef:
        """A thing that stands in the catalogue itself."""
        return URIRef(f"{self.address}{CATALOGUE}#{quote(name, safe='-._~')}")

    def service(self, code: str, part: str = "") -> URIRef:
        """A service, or a part of it."""
        fragment = f"#{quote(part, safe='-._~')}" if part else ""
        return URIRef(f"{self.address}{SERVICES}{quote(code, safe='-._~')}{fragment}")

    def add(self, thing: Node, *kinds: Node) -> None:
        """The classes of a thing."""
        for kind in kinds:
            self.graph.add((thing, RDF.type, kind))

    def say(self, thing: Node, values: Mapping[Any, Any]) -> None:
        """Properties of a thing: a name, a text by language, a value, or several of them; nothing said is left out."""
        for name, value in values.items():
            for one in _nodes(value):
                self.graph.add((thing, name, one))

    def concept(self, code: str) -> URIRef:
        """One of our own concepts, described where it is first named."""
        thing = self.part(code)
        if code not in self._said:
            self._said.add(code)
            self.add(thing, SKOS.Concept)
            self.say(
                thing,
                {SKOS.prefLabel: CONCEPTS[code], SKOS.notation: code, SKOS.inScheme: self.part("concepts")},
            )
            self.add(self.part("concepts"), SKOS.ConceptScheme)
        return thing

    def currency(self, code: str) -> URIRef:
        """A currency by its ISO code."""
        thing = AUTHORITY[f"currency/{code}"]
        self.add(thing, SKOS.Concept)
        self.say(thing, {SKOS.notation: code})
        return thing

    def languages(self, codes: Iterable[str]) -> list[URIRef]:
        """Languages by our codes; those that the European list does not name are left out."""
        found = [AUTHORITY[f"language/{LANGUAGES[code]}"] for code in codes if code in LANGUAGES]
        for thing in found:
            self.add(thing, DCTERMS.LinguisticSystem)
        return found


def tagged(words: Iterable[str]) -> list[Literal]:
    """Words of no stated language: Lao letters are Lao, the rest English."""
    return [Literal(word, lang="lo" if LAO.search(word) else "en") for word in words]


def double(amount: int, exponent: int) -> Literal:
    """A sum in whole units of its currency."""
    return Literal(repr(float(amount) / 10**exponent), datatype=XSD.double)


def _nodes(value: Any) -> Iterable[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, Mapping):
        words: Translated = value
        yield from (Literal(word, lang=language) for language, word in words.items() if word)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _nodes(one)
    elif value is not None and value != "":
        yield Literal(value)
