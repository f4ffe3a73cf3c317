"""The ontology is one of OWL 2 DL, it is consistent, and each of its classes can have an instance."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef

from grappe.config import Settings
from grappe.iri import GRP

G = Namespace(GRP)
ID = Namespace("https://w3id.org/grappe/id/")
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
#: The OWL 2 datatype map, as far as this ontology needs it; xsd:gYear and xsd:date are not in it.
DATATYPES = {XSD.string, XSD.decimal, XSD.integer, XSD.boolean, XSD.anyURI, XSD.dateTime, RDF.langString, RDFS.Literal}

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT runs on Java, which is not installed")


@pytest.fixture
def graph() -> Graph:
    graph = Graph()
    for name in ("grappe.ttl", "alignments.ttl", "themes.ttl"):
        graph.parse(Settings().ontology / name)
    return graph


def _unsatisfiable(graph: Graph, folder: Path) -> set[str]:
    """Run HermiT over a graph; raise if the graph is inconsistent.

    The import waits, as owlready2 looks for Java when it is imported.
    """
    import owlready2

    path = folder / "ontology.nt"
    graph.serialize(path, format="nt", encoding="utf-8")
    world = owlready2.World()
    with world.get_ontology(path.as_uri()).load():
        owlready2.sync_reasoner_hermit(world, debug=0)
    return {c.iri for c in world.inconsistent_classes() if c is not owlready2.Nothing}


@needs_java
def test_is_consistent_and_no_class_is_empty(graph: Graph, tmp_path: Path) -> None:
    assert _unsatisfiable(graph, tmp_path) == set()


@needs_java
def test_a_platform_and_a_project_may_have_a_head(graph: Graph, tmp_path: Path) -> None:
    """With ORG's own ranges added, headed things become organisations, and nothing breaks."""
    org = Namespace("http://www.w3.org/ns/org#")
    graph.add((org.headOf, RDFS.range, org.Organization))
    for name, kind in (("platform", G.TechnologyPlatform), ("project", G.Project)):
        graph.add((ID[name], RDF.type, kind))
        graph.add((ID.person, org.headOf, ID[name]))
    graph.add((ID.person, RDF.type, G.Person))
    assert _unsatisfiable(graph, tmp_path) == set()


@needs_java
def test_a_person_that_is_an_organisation_is_a_contradiction(graph: Graph, tmp_path: Path) -> None:
    import owlready2

    graph.add((ID.both, RDF.type, G.Person))
    graph.add((ID.both, RDF.type, G.Company))
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        _unsatisfiable(graph, tmp_path)


def test_no_property_is_of_two_kinds(graph: Graph) -> None:
    kinds = [set(graph.subjects(RDF.type, kind)) for kind in PROPERTY_KINDS]
    assert kinds[0] & kinds[1] == kinds[0] & kinds[2] == kinds[1] & kinds[2] == set()


def test_no_property_is_a_class(graph: Graph) -> None:
    properties = {s for kind in PROPERTY_KINDS for s in graph.subjects(RDF.type, kind)}
    assert properties & set(graph.subjects(RDF.type, OWL.Class)) == set()


def test_no_reserved_term_is_redefined(graph: Graph) -> None:
    reserved = tuple(str(n) for n in (RDF, RDFS, OWL, XSD))
    assert {s for s in graph.subjects() if isinstance(s, URIRef) and str(s).startswith(reserved)} == set()


def test_each_axiom_is_about_properties_of_one_kind(graph: Graph) -> None:
    """A subproperty is of its superproperty's kind, and only object properties have inverses or are symmetric."""
    kind = {s: k for k in PROPERTY_KINDS for s in graph.subjects(RDF.type, k)}
    pairs = set(graph.subject_objects(RDFS.subPropertyOf))
    assert {(a, b) for a, b in pairs if kind[a] != kind[b]} == set()
    turned = {p for pair in graph.subject_objects(OWL.inverseOf) for p in pair}
    turned |= set(graph.subjects(RDF.type, OWL.SymmetricProperty))
    assert {p for p in turned if kind[p] != OWL.ObjectProperty} == set()


def test_values_have_datatypes_of_owl(graph: Graph) -> None:
    used = {
        o.datatype or (RDF.langString if o.language else XSD.string) for o in graph.objects() if isinstance(o, Literal)
    }
    ranges = {o for p in graph.subjects(RDF.type, OWL.DatatypeProperty) for o in graph.objects(p, RDFS.range)}
    assert (used | ranges) - DATATYPES == set()


def test_ranges_of_relations_are_classes(graph: Graph) -> None:
    classes = set(graph.subjects(RDF.type, OWL.Class))
    for prop in graph.subjects(RDF.type, OWL.ObjectProperty):
        for side in (RDFS.domain, RDFS.range):
            assert set(graph.objects(prop, side)) <= classes


def test_each_blank_node_hangs_on_one_axiom(graph: Graph) -> None:
    """OWL 2 DL allows no shared and no cyclic structure of blank nodes."""
    pointed = [o for o in graph.objects(unique=False) if isinstance(o, BNode)]
    assert len(pointed) == len(set(pointed))
