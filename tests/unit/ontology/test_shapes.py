"""The shapes: a small graph of each kind of fact conforms, and each change to it is told, in both languages."""

from __future__ import annotations

import time

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, Literal

from grappe.config import Settings
from grappe.iri import GRP

FOLDER = Settings().ontology

PREFIXES = """
@prefix : <https://w3id.org/grappe/id/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix grp: <https://w3id.org/grappe/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

GOOD = """
:document a grp:Document ; dct:title "Une plateforme à Évry"@fr ; dct:publisher :cluster ;
    dct:issued "2021-05-21"^^xsd:date .
:cluster a grp:Cluster ; rdfs:label "Pôle exemple" ; skos:altLabel "PE" ; grp:foundedIn "1998-10"^^xsd:gYearMonth ;
    grp:locatedIn :city ; grp:employeeCount 40 .
:company a grp:Company ; rdfs:label "Société exemple" ; grp:memberOf :cluster ; grp:partner :lab ; grp:theme :field .
:region a grp:PublicAuthority ; rdfs:label "Région exemple" .
:lab a grp:Laboratory ; rdfs:label "Laboratoire exemple" ; org:unitOf :university ; grp:hasFacility :building .
:university a grp:University ; rdfs:label "Université exemple" .
:building a grp:Building ; rdfs:label "Bâtiment exemple" ; grp:floorAreaM2 1200.0 ; grp:openedIn "2020"^^xsd:gYear ;
    grp:status grp:InOperation .
:rooms a grp:CleanRoom ; rdfs:label "salles blanches" ; grp:containedIn :building ; grp:unitCount 2 .
:platform a grp:TechnologyPlatform ; rdfs:label "Plateforme exemple" .
:project a grp:Project ; rdfs:label "EXEMPLE" ; grp:ledBy :lab ; grp:involves :university ; grp:plans :platform .
:city a grp:Place ; rdfs:label "Évry" .
:field a grp:Theme ; rdfs:label "thérapie génique"@fr ; skos:altLabel "thérapie génomique"@fr .
:person a grp:Person ; rdfs:label "Anne Exemple" ; org:headOf :platform .
:membership a org:Membership ; org:member :person ; org:organization :cluster ; org:role :role .
:role a org:Role ; rdfs:label "Présidente"@fr .
:contract a grp:FundingContract ; rdfs:label "contrat exemple" ; grp:signatory :region ; grp:plans :building ;
    grp:startYear "2021"^^xsd:gYear ; grp:endYear "2021"^^xsd:gYear .
:programme a grp:Programme ; rdfs:label "Programme exemple" .
:award a grp:FundingAward ; grp:funder :region ; grp:beneficiary :project ; grp:amount 3600000.0 ; grp:currency "EUR" ;
    grp:instrument :contract ; grp:startYear "2021"^^xsd:gYear ; grp:endYear "2023"^^xsd:gYear .
:label a grp:Accreditation ; rdfs:label "label exemple" .
:granted a grp:AccreditationAward ; grp:recipient :project ; grp:accreditation :label ; grp:awardedBy :region ;
    grp:programme :programme .
:event a grp:Inauguration ; rdfs:label "inauguration" ; grp:organizer :cluster ; grp:participant :person ;
    grp:eventDate "2021-05-21"^^xsd:date .
:quotation a grp:Quotation ; grp:speaker :person ; grp:text "Nous ouvrons." .
"""

#: What is taken away and what is put in its place, and a part of the message that tells.
BREACHES = [
    (":city a grp:Place ;", ":city a grp:Place, grp:Building ;", "exactly one class"),
    (":city a grp:Place ;", ":city a grp:Place, org:Site ;", "one of the ontology's"),
    ('rdfs:label "Évry"', 'skos:altLabel "Évry"', "exactly one label"),
    ('rdfs:label "Évry"', 'rdfs:label "Évry", "Evry"', "exactly one label"),
    ('rdfs:label "Évry"', 'rdfs:label "Évry"@fr', "without a language"),
    ('skos:altLabel "PE"', 'skos:altLabel "PE"@fr', "other names of an entity"),
    (":city a grp:Place ; ", ":city ", "has a class"),
    ("grp:locatedIn :city", "grp:locatedIn :nowhere", "object of grp:locatedIn"),
    ("grp:locatedIn :city", "grp:locatedIn :company", "object of grp:locatedIn"),
    ('rdfs:label "thérapie génique"@fr', 'rdfs:label "thérapie génique"', "theme has exactly one label"),
    ("grp:theme :field", "grp:theme :city", "object of grp:theme"),
    ('"Une plateforme à Évry"@fr', '"Une plateforme à Évry"', "at most one title"),
    ('"2021-05-21"^^xsd:date .\n:cluster', '"2021-05"^^xsd:gYearMonth .\n:cluster', "at most one date"),
    ("grp:funder :region ;", "", "at least one funder"),
    ("grp:beneficiary :project ;", "", "at least one beneficiary"),
    ("grp:funder :region ;", "grp:funder :building ;", "object of grp:funder"),
    ('grp:currency "EUR" ;', "", "given with its currency"),
    ("grp:amount 3600000.0 ;", "", "given with an amount"),
    ("grp:amount 3600000.0", "grp:amount 3600000.0, 25000000.0", "at most one amount"),
    ("grp:amount 3600000.0", "grp:amount -1.0", "at most one amount"),
    ("grp:amount 3600000.0", "grp:amount 3600000", "at most one amount"),
    ('grp:currency "EUR"', 'grp:currency "euros"', "ISO 4217"),
    ('grp:endYear "2023"', 'grp:endYear "2020"', "not after its end year"),
    ('grp:endYear "2023"^^xsd:gYear', "grp:endYear 2023", "end year is one xsd:gYear"),
    ("grp:instrument :contract", "grp:instrument :project", "object of grp:instrument"),
    ("grp:floorAreaM2 1200.0", "grp:floorAreaM2 0.0", "floor area"),
    ("grp:floorAreaM2 1200.0", "grp:floorAreaM2 1200", "floor area"),
    ("grp:unitCount 2", "grp:unitCount -2", "number of units"),
    ("grp:employeeCount 40", "grp:employeeCount 40.5", "number of employees"),
    ('grp:openedIn "2020"^^xsd:gYear', 'grp:openedIn "2020"', "date of opening"),
    ('"1998-10"^^xsd:gYearMonth', '"1998-10-01T00:00:00"^^xsd:dateTime', "date of foundation"),
    ('grp:eventDate "2021-05-21"^^xsd:date', 'grp:eventDate "le 21 mai"', "date of an event"),
    ("grp:status grp:InOperation", "grp:status grp:Status", "status is"),
    ("org:member :person ;", "", "held by exactly one person"),
    ("org:member :person ;", "org:member :person, :cluster ;", "held by exactly one person"),
    ("org:organization :cluster ;", "", "held in exactly one organisation"),
    ("org:role :role", "org:role :role, :person", "exactly one role"),
    ('rdfs:label "Présidente"@fr', 'rdfs:label "Présidente"', "with its language"),
    ("org:headOf :platform", "org:headOf :city", "object of org:headOf"),
    (":cluster a grp:Cluster ;", ":cluster a grp:Cluster ; org:headOf :lab ;", "subject of org:headOf"),
    ("org:unitOf :university", "org:unitOf :building", "object of org:unitOf"),
    ("grp:ledBy :lab", "grp:ledBy :person", "object of grp:ledBy"),
    ("grp:hasFacility :building", "grp:hasFacility :university", "object of grp:hasFacility"),
    ("grp:containedIn :building", "grp:containedIn :city", "object of grp:containedIn"),
    ("grp:memberOf :cluster", "grp:memberOf :building", "object of grp:memberOf"),
    ("grp:partner :lab", "grp:partner :city", "object of grp:partner"),
    ("grp:involves :university", "grp:involves :city", "object of grp:involves"),
    ("grp:plans :platform", "grp:plans :person", "object of grp:plans"),
    ("grp:signatory :region", "grp:signatory :building", "object of grp:signatory"),
    ("grp:recipient :project ;", "", "exactly one recipient"),
    ("grp:accreditation :label ;", "grp:accreditation :programme ;", "object of grp:accreditation"),
    ("grp:awardedBy :region", "grp:awardedBy :region, :lab", "at most one actor"),
    ("grp:programme :programme", "grp:programme :label", "object of grp:programme"),
    ("grp:organizer :cluster", "grp:organizer :building", "object of grp:organizer"),
    ("grp:participant :person", "grp:participant :project", "object of grp:participant"),
    ("grp:speaker :person", "grp:speaker :cluster", "exactly one speaker"),
    ('grp:text "Nous ouvrons."', 'grp:text "Nous ouvrons.", "Enfin."', "exactly one text"),
]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(FOLDER / "shapes.ttl")


@pytest.fixture(scope="module")
def beside() -> Graph:
    """What of the ontology stands beside a document's graph: the classes and what is below which."""
    whole = Graph()
    for name in ("grappe.ttl", "alignments.ttl", "themes.ttl"):
        whole.parse(FOLDER / name)
    hierarchy = Graph()
    for triple in whole:
        if triple[1] in (RDF.type, RDFS.subClassOf) and not isinstance(triple[2], BNode):
            hierarchy.add(triple)
    return hierarchy


def _messages(turtle: str, shapes: Graph, beside: Graph) -> dict[str, set[str]]:
    """Return what the shapes say of a graph, by language; nothing where it conforms."""
    data = Graph().parse(data=PREFIXES + turtle, format="turtle")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=beside)
    assert isinstance(report, Graph)
    said: dict[str, set[str]] = {"fr": set(), "en": set()}
    for message in report.objects(None, SH.resultMessage):
        assert isinstance(message, Literal)
        said[str(message.language)].add(str(message))
    assert conforms == (not said["fr"])
    return said


def test_a_good_graph_conforms(shapes: Graph, beside: Graph) -> None:
    assert _messages(GOOD, shapes, beside) == {"fr": set(), "en": set()}


@pytest.mark.parametrize(("out", "into", "message"), BREACHES)
def test_a_breach_is_told_in_both_languages(shapes: Graph, beside: Graph, out: str, into: str, message: str) -> None:
    assert GOOD.count(out) == 1
    said = _messages(GOOD.replace(out, into), shapes, beside)
    assert any(message in text for text in said["en"]), said["en"]
    assert len(said["fr"]) == len(said["en"])


def test_every_relation_has_a_shape_of_its_own(shapes: Graph) -> None:
    """A new relation without one would let anything pass."""
    own = Graph().parse(FOLDER / "grappe.ttl")
    targets = set(shapes.objects(None, SH.targetSubjectsOf))
    relations = {r for r in own.subjects(RDF.type, OWL.ObjectProperty) if str(r).startswith(GRP)}
    assert relations - set(own.objects(None, OWL.inverseOf)) - targets == set()


EVIDENCE = """
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
:evidence a grp:Evidence ; rdf:subject :lab ; rdf:predicate org:unitOf ; rdf:object :university ;
    grp:extractor "unit-of" ; grp:confidence 0.90 ; oa:hasTarget :span .
:span oa:hasSource :document ; oa:start 10 ; oa:end 14 ; oa:exact "unit" .
"""


@pytest.mark.parametrize(
    ("out", "into", "message"),
    [
        ("0.90", "1.2", "from 0 to 1"),
        ("oa:start 10", "oa:start 20", "before its end"),
        (" ; oa:hasTarget :span", "", "points to one passage"),
        ('grp:extractor "unit-of" ;', "", "names its extractor"),
    ],
)
def test_evidence_is_checked_too(shapes: Graph, beside: Graph, out: str, into: str, message: str) -> None:
    assert _messages(EVIDENCE, shapes, beside)["en"] == set()
    said = _messages(EVIDENCE.replace(out, into), shapes, beside)
    assert any(message in text for text in said["en"]), said["en"]


def test_a_document_is_checked_fast(shapes: Graph, beside: Graph) -> None:
    """Some 1,000 triples; the bound leaves room for a slow machine."""
    copies = (PREFIXES.replace("grappe/id/", f"grappe/id/{number}/") + GOOD for number in range(10))
    turtle = "".join(copies)
    began = time.perf_counter()
    assert _messages(turtle, shapes, beside)["en"] == set()
    assert time.perf_counter() - began < 5
