"""The shapes of CPSV-AP catch what they are for: an offence against each is planted, and each is found."""

from __future__ import annotations

from pyshacl import validate
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from tests.doors.exchange.shapes import ASKED, SHACL, VALUES, WORDS, Asked, asked, named, shapes

SOUND = {"xsd:duration": ("P3D", "PT4H"), "xsd:double": ("10.5", "200.0")}
PLAIN = Literal("neither words of a language nor a thing")


class World:
    """A graph of things that are sound, and of things with one offence each."""

    def __init__(self) -> None:
        self.graph = Graph()
        self.offences: dict[URIRef, str] = {}
        for kind in {kind for each in ASKED for kind in (each, *(one.kind for one in asked(each)))}:
            if ":" in kind and kind not in VALUES:
                for number in (1, 2):
                    self.thing(kind, URIRef(f"urn:sound:{kind}:{number}"))

    def thing(self, kind: str, name: URIRef, *, without: Asked | None = None) -> URIRef:
        self.graph.add((name, RDF.type, named(kind)))
        for each in asked(kind) if kind in ASKED else ():
            if each.least and each != without:
                self.graph.add((name, each.path, value(each, 1)))
        return name

    def plant(self, kind: str, each: Asked, offence: str, *values: Node) -> None:
        name = self.thing(kind, URIRef(f"urn:offence:{len(self.offences)}"), without=each)
        for one in values:
            self.graph.add((name, each.path, one))
        self.offences[name] = f"{kind} {each.path}: {offence}"


def value(each: Asked, number: int) -> Node:
    """A value that is as it should be; two of them differ."""
    if each.kind == WORDS:
        return Literal(f"ຄຳ {number}", lang="lo")
    if each.kind in VALUES:
        return Literal(SOUND[each.kind][number - 1], datatype=named(each.kind), normalize=False)
    return URIRef(f"urn:sound:{each.kind}:{number}") if each.kind else Literal(f"code {number}")


def planted() -> World:
    world = World()
    for kind in ASKED:
        for each in asked(kind):
            if each.least:
                world.plant(kind, each, "nothing said")
            if each.most:
                world.plant(kind, each, "said twice", value(each, 1), value(each, 2))
            if each.kind:
                world.plant(kind, each, "a plain word", PLAIN)
            if each.kind == WORDS:
                world.plant(kind, each, "a name", URIRef("urn:a-name"))
            elif each.kind and each.kind not in VALUES:
                world.plant(kind, each, "a thing of no class", URIRef("urn:nothing-known"))
    return world


def test_each_offence_is_caught_and_nothing_else_is_called_one() -> None:
    world = planted()
    _sound, found, _text = validate(world.graph, shacl_graph=shapes())
    caught = set(found.objects(None, SHACL.focusNode))
    assert {said for name, said in world.offences.items() if name not in caught} == set()
    assert caught - set(world.offences) == set()
    assert len(world.offences) > 200
