"""What CPSV-AP 3.2 asks of a catalogue, in our own words: by class what its things say, how often, and of what kind."""

from dataclasses import dataclass

from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef

SHACL = Namespace("http://www.w3.org/ns/shacl#")
SPACES = {
    "adms": "http://www.w3.org/ns/adms#",
    "atu": "http://data.europa.eu/88u/dataset/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": str(XSD),
}
MARKS = {"!": (1, 1), "?": (0, 1), "+": (1, None), "*": (0, None)}
"""How often a thing says it: once, at most once, once or more, as often as it likes."""
WORDS = "words"
VALUES = ("xsd:duration", "xsd:double")
ASKED: dict[str, tuple[str, ...]] = {
    "cpsv:PublicService": (
        "! dct:identifier",
        "+ dct:title words",
        "+ dct:description words",
        "+ cv:hasCompetentAuthority cv:PublicOrganisation",
        "? adms:status skos:Concept",
        "? cv:processingTime xsd:duration",
        "* dcat:keyword words",
        "* dct:language dct:LinguisticSystem",
        "* dct:spatial dct:Location",
        "* dct:isPartOf dcat:Dataset",
        "* dct:type skos:Concept",
        "* dct:audience skos:Concept",
        "* cv:sector skos:Concept",
        "* cv:thematicArea skos:Concept",
        "* cv:isClassifiedBy skos:Concept",
        "* dct:requires cpsv:PublicService",
        "* cv:relatedService cpsv:PublicService",
        "* cv:isGroupedBy cv:Event",
        "* cv:holdsRequirement cv:Requirement",
        "* cpsv:hasInput cv:Evidence",
        "* cv:hasInputType cv:EvidenceType",
        "* cpsv:produces cv:Output",
        "* cpsv:follows cpsv:Rule",
        "* cv:hasLegalResource eli:LegalResource",
        "* cv:hasChannel cv:Channel",
        "* cv:contactPoint cv:ContactPoint",
        "* cv:hasCost cv:Cost",
        "* cv:hasParticipation cv:Participation",
    ),
    "cv:PublicOrganisation": ("+ skos:prefLabel words", "+ dct:spatial atu:atu-type"),
    "foaf:Agent": (
        "! dct:identifier",
        "+ dct:title words",
        "* locn:address locn:Address",
        "* cv:participates cv:Participation",
    ),
    "cv:Participation": (
        "! dct:identifier",
        "+ dct:description words",
        "! cv:hasParticipant foaf:Agent",
        "+ cv:role skos:Concept",
    ),
    "dcat:Dataset": (
        "+ dct:title words",
        "+ dct:description words",
        "! dct:publisher foaf:Agent",
        "* dct:hasPart cpsv:PublicService",
        "* dcat:landingPage foaf:Document",
    ),
    "cv:Event": (
        "! dct:identifier",
        "+ dct:title words",
        "* dct:description words",
        "* cv:hasRelatedService cpsv:PublicService",
    ),
    "cv:LifeEvent": ("* dct:type skos:Concept",),
    "cv:BusinessEvent": ("* dct:type skos:Concept",),
    "cv:Requirement": (
        "! dct:identifier",
        "+ dct:title words",
        "* dct:type skos:Concept",
        "* cv:fulfils cpsv:Rule",
        "* cv:hasSupportingEvidence cv:Evidence",
    ),
    "cv:Evidence": (
        "! dct:identifier",
        "+ dct:title words",
        "* dct:description words",
        "? dct:type skos:Concept",
        "* dct:language dct:LinguisticSystem",
        "* dct:conformsTo cv:EvidenceType",
        "* cv:supportsRequirement cv:Requirement",
        "* foaf:page foaf:Document",
    ),
    "cv:EvidenceType": ("! dct:identifier", "* cv:evidenceTypeClassification skos:Concept"),
    "cpsv:Rule": (
        "! dct:identifier",
        "+ dct:title words",
        "+ dct:description words",
        "? dct:type skos:Concept",
        "* dct:language dct:LinguisticSystem",
        "* cpsv:implements eli:LegalResource",
    ),
    "eli:LegalResource": ("* dct:relation eli:LegalResource",),
    "cv:Output": (
        "! dct:identifier",
        "+ dct:title words",
        "* dct:description words",
        "* dct:type skos:Concept",
        "* dct:language dct:LinguisticSystem",
    ),
    "cv:Cost": (
        "! dct:identifier",
        "* dct:description words",
        "? cv:hasValue xsd:double",
        "? cv:currency skos:Concept",
        "? cv:ifAccessedThrough cv:Channel",
        "* cv:isDefinedBy org:Organization",
    ),
    "cv:Channel": (
        "! dct:identifier",
        "* dct:description words",
        "? dct:type skos:Concept",
        "? cv:processingTime xsd:duration",
        "* cv:ownedBy org:Organization",
        "* cv:openingHours time:TemporalEntity",
        "* cv:specialOpeningHoursSpecification time:TemporalEntity",
        "* cpsv:hasInput cv:Evidence",
    ),
    "cv:ContactPoint": (
        "* cv:contactPage foaf:Document",
        "* cv:openingHours time:TemporalEntity",
        "* cv:specialOpeningHoursSpecification time:TemporalEntity",
    ),
    "time:TemporalEntity": ("* dct:description words", "* cv:frequency skos:Concept"),
    "locn:Address": (
        "* locn:fullAddress words",
        "* locn:thoroughfare words",
        "* locn:locatorName words",
        "* locn:addressArea words",
        "* locn:postName words",
        "* locn:adminUnitL2 words",
        "* locn:adminUnitL1 words",
    ),
    "skos:Collection": ("* skos:member skos:Concept",),
    "cv:ServiceConcessionContract": (
        "! dct:identifier",
        "+ dct:title words",
        "+ dct:description words",
        "+ cv:hasContractingAuthority cv:PublicOrganisation",
        "+ cv:hasEconomicOperator org:Organization",
        "* cv:establishedUnder eli:LegalResource",
    ),
}
"""By class: a mark, the property, and what its values are: words in a language, a kind of value, or things of a class."""
NOT_OURS = frozenset({"cv:Participation", "cv:ServiceConcessionContract", "skos:Collection"})
"""Classes that are optional and of which a catalogue of ours has no things."""
PRESENT = (
    *(kind for kind in ASKED if kind not in NOT_OURS),
    "atu:atu-type",
    "dct:LinguisticSystem",
    "dct:Location",
    "foaf:Document",
    "org:Organization",
    "skos:Concept",
)
"""The classes that a catalogue of ours has things of; the first two are the mandatory ones."""


@dataclass(frozen=True)
class Asked:
    """One property of the things of a class: how often it is said, and what its values are (empty: anything)."""

    path: URIRef
    least: int
    most: int | None
    kind: str


def named(short: str) -> URIRef:
    """The whole name of a class or property."""
    space, _, name = short.partition(":")
    return URIRef(SPACES[space] + name)


def asked(kind: str) -> list[Asked]:
    """All that is asked of the things of a class."""
    found = []
    for line in ASKED[kind]:
        mark, path, *values = line.split()
        found.append(Asked(named(path), *MARKS[mark], values[0] if values else ""))
    return found


def shapes() -> Graph:
    """The same as SHACL."""
    graph = Graph()
    for kind in ASKED:
        shape = BNode()
        graph.add((shape, RDF.type, SHACL.NodeShape))
        graph.add((shape, SHACL.targetClass, named(kind)))
        for each in asked(kind):
            one = BNode()
            graph.add((shape, SHACL.property, one))
            graph.add((one, SHACL.path, each.path))
            if each.least:
                graph.add((one, SHACL.minCount, Literal(each.least)))
            if each.most:
                graph.add((one, SHACL.maxCount, Literal(each.most)))
            if each.kind == WORDS:
                graph.add((one, SHACL.datatype, RDF.langString))
            elif each.kind in VALUES:
                graph.add((one, SHACL.datatype, named(each.kind)))
            elif each.kind:
                graph.add((one, SHACL["class"], named(each.kind)))
    return graph
