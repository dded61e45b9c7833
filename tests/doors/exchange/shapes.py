"""What CPSV-AP 3.2 asks of a catalogue, in our own words: for each class what must be said of its things, and of what kind."""

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef

SHACL = Namespace("http://www.w3.org/ns/shacl#")
DCT, SKOS = "http://purl.org/dc/terms/", "http://www.w3.org/2004/02/skos/core#"
CV, CPSV = "http://data.europa.eu/m8g/", "http://purl.org/vocab/cpsv#"
WORDS, ONE, SOME = "words", "one", "some"
NEEDED = {
    f"{CPSV}PublicService": {
        f"{DCT}identifier": ONE,
        f"{DCT}title": WORDS,
        f"{DCT}description": WORDS,
        f"{CV}hasCompetentAuthority": f"{CV}PublicOrganisation",
    },
    f"{CV}PublicOrganisation": {f"{SKOS}prefLabel": WORDS, f"{DCT}spatial": SOME},
    f"{CPSV}Rule": {f"{DCT}identifier": ONE, f"{DCT}title": WORDS, f"{DCT}description": WORDS},
    f"{CV}Requirement": {f"{DCT}identifier": ONE, f"{DCT}title": WORDS},
    f"{CV}Evidence": {f"{DCT}identifier": ONE, f"{DCT}title": WORDS},
    f"{CV}EvidenceType": {f"{DCT}identifier": ONE},
    f"{CV}Output": {f"{DCT}identifier": ONE, f"{DCT}title": WORDS},
    f"{CV}Cost": {f"{DCT}identifier": ONE},
    f"{CV}Channel": {f"{DCT}identifier": ONE},
    f"{CV}Event": {f"{DCT}identifier": ONE, f"{DCT}title": WORDS},
    "http://xmlns.com/foaf/0.1/Agent": {f"{DCT}identifier": ONE, f"{DCT}title": WORDS},
    "http://www.w3.org/ns/dcat#Dataset": {
        f"{DCT}title": WORDS,
        f"{DCT}description": WORDS,
        f"{DCT}publisher": "http://xmlns.com/foaf/0.1/Agent",
    },
}
"""By class and property: words in a language, exactly one value, some value, or some thing of a class."""
PRESENT = (
    *NEEDED,
    f"{CV}ContactPoint",
    f"{CV}LifeEvent",
    f"{DCT}Location",
    f"{DCT}LinguisticSystem",
    f"{SKOS}Concept",
    "http://data.europa.eu/eli/ontology#LegalResource",
    "http://www.w3.org/2006/time#TemporalEntity",
)
"""The classes that a catalogue of ours has things of."""


def shapes() -> Graph:
    """The same as SHACL."""
    graph = Graph()
    for kind, properties in NEEDED.items():
        shape = BNode()
        graph.add((shape, RDF.type, SHACL.NodeShape))
        graph.add((shape, SHACL.targetClass, URIRef(kind)))
        for name, what in properties.items():
            one = BNode()
            graph.add((shape, SHACL.property, one))
            graph.add((one, SHACL.path, URIRef(name)))
            graph.add((one, SHACL.minCount, Literal(1)))
            if what == WORDS:
                graph.add((one, SHACL.datatype, RDF.langString))
            elif what == ONE:
                graph.add((one, SHACL.maxCount, Literal(1)))
            elif what != SOME:
                graph.add((one, SHACL["class"], URIRef(what)))
    return graph
