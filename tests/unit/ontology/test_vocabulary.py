"""The vocabulary as it is written: labels, definitions, alignments, themes, messages, the JSON-LD context."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from grappe.config import Settings
from grappe.iri import GRP, KINDS, Names, fold, key

FOLDER = Settings().ontology
G = Namespace(GRP)
SCHEME = URIRef("https://w3id.org/grappe/id/theme-scheme")
KIND_OF_TERM = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual}

RESERVED = tuple(str(namespace) for namespace in (RDF, RDFS, OWL, XSD))

#: Both sides of these are terms.
NAMES_TERMS = {
    OWL.disjointWith,
    OWL.inverseOf,
    RDFS.domain,
    RDFS.range,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    SKOS.closeMatch,
}

#: Every property of the contract; its classes are the keys of `KINDS`.
PROPERTIES = (
    "accreditation amount awardedBy beneficiary confidence containedIn currency employeeCount endYear eventDate "
    "extractor floorAreaM2 foundedIn funder hasFacility instrument involves ledBy locatedIn memberOf openedIn "
    "organizer participant partner plainText plans programme recipient retrieved sha256 signatory speaker startYear "
    "status text theme unitCount"
).split()


def _read(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        graph.parse(FOLDER / name)
    return graph


@pytest.fixture(scope="module")
def own() -> Graph:
    return _read("grappe.ttl")


@pytest.fixture(scope="module")
def whole() -> Graph:
    return _read("grappe.ttl", "alignments.ttl", "themes.ttl")


@pytest.fixture(scope="module")
def themes() -> Graph:
    return _read("themes.ttl")


def _terms(graph: Graph) -> set[URIRef]:
    return {s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(GRP)}


def _languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    return sorted(str(o.language) for o in graph.objects(subject, predicate) if isinstance(o, Literal))


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
def test_each_term_is_said_once_in_french_and_once_in_english(own: Graph, predicate: URIRef) -> None:
    assert {t for t in _terms(own) if _languages(own, t, predicate) != ["en", "fr"]} == set()


def test_holds_every_class_of_the_contract(own: Graph) -> None:
    classes = {str(t).removeprefix(GRP) for t in own.subjects(RDF.type, OWL.Class) if isinstance(t, URIRef)}
    assert {*KINDS, "Actor", "Evidence", "Status"} - {"Membership", "Role"} <= classes


def test_holds_every_property_of_the_contract(own: Graph) -> None:
    properties = {*own.subjects(RDF.type, OWL.ObjectProperty), *own.subjects(RDF.type, OWL.DatatypeProperty)}
    assert {p for p in PROPERTIES if G[p] not in properties} == set()


def test_every_term_that_is_used_is_declared(whole: Graph) -> None:
    """An undeclared term would be guessed at, and a misspelt one of ours would pass for new."""
    declared = {s for kind in KIND_OF_TERM for s in whole.subjects(RDF.type, kind)}
    used = set(whole.predicates())
    for s, p, o in whole:
        if p in NAMES_TERMS:
            used |= {s, o}
        if p == RDF.type:
            used.add(o)
    assert {t for t in used - declared if isinstance(t, URIRef) and not str(t).startswith(RESERVED)} == set()


@pytest.mark.parametrize(
    ("below", "predicate", "above"),
    [
        ("Laboratory", RDFS.subClassOf, "http://www.w3.org/ns/org#OrganizationalUnit"),
        ("Laboratory", RDFS.subClassOf, "http://www.w3.org/ns/org#Organization"),
        ("Company", RDFS.subClassOf, "http://xmlns.com/foaf/0.1/Agent"),
        ("Company", RDFS.subClassOf, "http://www.w3.org/ns/prov#Agent"),
        ("Person", RDFS.subClassOf, "https://schema.org/Person"),
        ("Biofoundry", RDFS.subClassOf, GRP + "Facility"),
        ("Inauguration", RDFS.subClassOf, "http://www.w3.org/ns/prov#Activity"),
        ("Theme", RDFS.subClassOf, str(SKOS.Concept)),
        ("funder", RDFS.subPropertyOf, "https://schema.org/funder"),
        ("memberOf", RDFS.subPropertyOf, "http://www.w3.org/ns/org#memberOf"),
        ("hasMember", RDFS.subPropertyOf, "http://xmlns.com/foaf/0.1/member"),
    ],
)
def test_reads_in_the_words_of_others(whole: Graph, below: str, predicate: URIRef, above: str) -> None:
    assert URIRef(above) in set(whole.transitive_objects(G[below], predicate))


def test_a_project_or_a_platform_may_be_headed_like_an_organisation(own: Graph) -> None:
    """`org:headOf` and `org:organization` have them as objects, and ORG ranges over organisations."""
    apart: set[tuple[Node, Node]] = set(own.subject_objects(OWL.disjointWith))
    for head in own.objects(None, OWL.members):
        members = list(own.items(head))
        apart |= {(a, b) for a in members for b in members if a != b}
    headed = {G.Organization, G.Project, G.Facility}
    assert {(a, b) for a, b in apart if {a, b} <= headed} == set()
    assert (G.Person, G.Organization) in apart
    assert (G.Organization, G.Theme) in apart


def test_the_area_has_its_unit(whole: Graph) -> None:
    unit = whole.value(G.floorAreaM2, URIRef("http://qudt.org/schema/qudt/hasUnit"))
    assert unit == URIRef("http://qudt.org/vocab/unit/M2")


def test_themes_are_addressed_by_their_french_name(themes: Graph) -> None:
    found = {t: themes.value(t, RDFS.label) for t in themes.subjects(RDF.type, G.Theme)}
    assert len(found) > 100
    assert {t for t, label in found.items() if str(t) != Names().entity(key("Theme", str(label)))} == set()
    assert {t for t, label in found.items() if label not in set(themes.objects(t, SKOS.prefLabel))} == set()


def test_themes_have_one_preferred_label_a_language(themes: Graph) -> None:
    concepts = set(themes.subjects(RDF.type, SKOS.Concept))
    assert concepts == set(themes.subjects(RDF.type, G.Theme))
    assert {t for t in concepts if _languages(themes, t, SKOS.prefLabel) != ["en", "fr"]} == set()
    assert {t for t in concepts if _languages(themes, t, RDFS.label) != ["fr"]} == set()


def test_no_name_belongs_to_two_themes(themes: Graph) -> None:
    owners: dict[str, set[Node]] = defaultdict(set)
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for theme, name in themes.subject_objects(predicate):
            owners[fold(str(name))].add(theme)
    assert {name for name, of in owners.items() if len(of) > 1} == set()


def test_an_alternative_label_is_not_the_preferred_one(themes: Graph) -> None:
    assert set(themes.subject_objects(SKOS.prefLabel)) & set(themes.subject_objects(SKOS.altLabel)) == set()


def test_every_theme_hangs_in_the_scheme(themes: Graph) -> None:
    for theme in themes.subjects(RDF.type, G.Theme):
        assert (theme, SKOS.inScheme, SCHEME) in themes
        above = list(themes.transitive_objects(theme, SKOS.broader))
        assert (above[-1], SKOS.topConceptOf, SCHEME) in themes, theme
        assert Counter(above).most_common(1)[0][1] == 1


def test_every_message_of_the_shapes_is_said_in_both_languages() -> None:
    shapes = _read("shapes.ttl")
    said = set(shapes.subjects(SH.message))
    assert {s for s in said if _languages(shapes, s, SH.message) != ["en", "fr"]} == set()
    assert {p for p in shapes.objects(None, SH.property) if p not in said} == set()


def test_the_shapes_name_only_terms_that_exist(own: Graph) -> None:
    shapes = _read("shapes.ttl")
    named = {n for triple in shapes for n in triple if isinstance(n, URIRef) and n.startswith(GRP)}
    assert named - _terms(own) == set()


def _context() -> dict[str, object]:
    parsed = json.loads(Path(FOLDER / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert isinstance(parsed, dict)
    return parsed


def test_the_context_names_every_term(own: Graph) -> None:
    context = _context()
    ours = {str(t).removeprefix(GRP) for t in _terms(own)}
    named = {t for t in ours if (v := context.get(t)) and (v["@id"] if isinstance(v, dict) else v) == f"grp:{t}"}
    assert ours - named == set()


def test_the_context_reads_a_fact() -> None:
    document = {
        "@context": _context(),
        "id": "https://w3id.org/grappe/id/award/1",
        "type": "FundingAward",
        "funder": "https://w3id.org/grappe/id/organization/etat",
        "amount": "3600000",
        "startYear": "2021",
    }
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    award = URIRef("https://w3id.org/grappe/id/award/1")
    assert (award, RDF.type, G.FundingAward) in graph
    assert (award, G.funder, URIRef("https://w3id.org/grappe/id/organization/etat")) in graph
    assert (award, G.amount, Literal("3600000", datatype=XSD.decimal)) in graph
    assert (award, G.startYear, Literal("2021", datatype=XSD.gYear)) in graph
