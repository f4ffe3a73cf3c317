"""Whatever is added, replaced and withdrawn, in whatever order: the store holds what a build from nothing would."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grappe.iri import PREFIXES, Names
from grappe.ontology import Schema
from grappe.store.generations import current_number, open_generation
from grappe.store.home import Home
from grappe.store.writer import writing

NAMES = Names()
ONTOLOGY = """
@prefix grp: <https://w3id.org/grappe/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix id: <https://w3id.org/grappe/id/theme/> .
grp:Company rdfs:subClassOf grp:Organization . grp:Organization rdfs:subClassOf org:Organization .
grp:University rdfs:subClassOf grp:Organization .
grp:ledBy rdfs:subPropertyOf grp:linked ; owl:inverseOf grp:leads .
grp:involves rdfs:subPropertyOf grp:linked . grp:partner a owl:SymmetricProperty .
id:a rdfs:label "thème a"@fr ; grp:linked id:b .
"""

things = st.sampled_from(
    [f"https://w3id.org/grappe/id/{name}" for name in ("organization/a", "organization/b", "theme/a")]
)
links = st.sampled_from([f"{PREFIXES['grp']}{name}" for name in ("ledBy", "leads", "involves", "linked", "partner")])
classes = st.sampled_from([f"{PREFIXES['grp']}{name}" for name in ("Company", "University", "Organization")])
names_of_things = st.sampled_from(["A", "B", "a", "thème a"])


def node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


triples = st.one_of(
    st.builds(lambda s, p, o: ox.Triple(node(s), node(p), node(o)), things, links, things),
    st.builds(lambda s, c: ox.Triple(node(s), node(f"{PREFIXES['rdf']}type"), node(c)), things, classes),
    st.builds(
        lambda s, p, text: ox.Triple(node(s), node(p), ox.Literal(text)),
        things,
        st.sampled_from([f"{PREFIXES['rdfs']}label", f"{PREFIXES['skos']}altLabel"]),
        names_of_things,
    ),
)
documents = st.sampled_from(["one", "two", "three"])
changes = st.lists(st.tuples(documents, st.sets(triples, max_size=6)), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Schema:
    folder = tmp_path_factory.mktemp("ontology")
    for name in ("grappe.ttl", "alignments.ttl", "themes.ttl"):
        (folder / name).write_text(ONTOLOGY if name == "grappe.ttl" else "", encoding="utf-8")
    return Schema.load(folder)


def put(home: Home, schema: Schema, id: str, facts: set[ox.Triple]) -> None:
    graph = node(NAMES.facts_graph(id))
    quads = [ox.Quad(t.subject, t.predicate, t.object, graph) for t in facts]
    with writing(home, names=NAMES, schema=schema, wait=1) as writer:
        writer.publish(id, facts=quads, evidence=(), catalogue=())


def everything(home: Home) -> list[str]:
    with open_generation(home) as generation:
        return sorted(str(q) for q in generation.store)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=changes)
def test_any_history_comes_to_what_a_build_from_nothing_comes_to(
    changes: list[tuple[str, set[ox.Triple]]], schema: Schema
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lived, built = Home(Path(folder) / "lived"), Home(Path(folder) / "built")
        last: dict[str, set[ox.Triple]] = {}
        for id, facts in changes:
            put(lived, schema, id, facts)
            last[id] = facts
        for id in sorted(last, reverse=True):
            put(built, schema, id, last[id])
        assert everything(lived) == everything(built)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.sets(triples, min_size=1, max_size=8))
def test_the_derived_graphs_are_what_their_definition_says(facts: set[ox.Triple], schema: Schema) -> None:
    label, alt = node(f"{PREFIXES['rdfs']}label"), node(f"{PREFIXES['skos']}altLabel")
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        put(home, schema, "one", facts)
        with open_generation(home) as generation:
            store = generation.store
            base = facts | {q.triple for q in schema.graph(NAMES)}
            plain = [(t.subject, t.predicate, t.object) for t in base if not isinstance(t.subject, ox.Triple)]
            wanted = {ox.Triple(*conclusion) for triple in plain for conclusion in schema.entail(triple)}
            inferred = {q.triple for q in store.quads_for_pattern(None, None, None, node(NAMES.graph("inferred")))}
            default = {q.triple for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
        assert inferred == wanted
        assert {t for t in default if t.predicate not in (label, alt)} == {
            t for t in base | wanted if t.predicate not in (label, alt)
        }
        for thing in {t.subject for t in base}:
            labels = {t.object for t in base if t.subject == thing and t.predicate == label}
            forms = labels | {t.object for t in base if t.subject == thing and t.predicate == alt}
            chosen = {t.object for t in default if t.subject == thing and t.predicate == label}
            assert chosen <= labels
            assert len(chosen) == bool(labels)
            assert {t.object for t in default if t.subject == thing and t.predicate == alt} == forms - chosen


def test_what_changes_nothing_makes_no_generation(tmp_path: Path, schema: Schema) -> None:
    home = Home(tmp_path)
    fact = ox.Triple(
        node(f"{NAMES.base}id/organization/a"), node(f"{PREFIXES['grp']}partner"), node(f"{NAMES.base}id/x")
    )
    put(home, schema, "one", {fact})
    before = current_number(home)
    put(home, schema, "one", {fact})
    assert current_number(home) == before


def test_a_write_that_fails_leaves_the_store_as_it_was(tmp_path: Path, schema: Schema) -> None:
    home = Home(tmp_path)
    fact = ox.Triple(
        node(f"{NAMES.base}id/organization/a"), node(f"{PREFIXES['grp']}partner"), node(f"{NAMES.base}id/x")
    )
    put(home, schema, "one", {fact})
    before = everything(home)

    def fail() -> None:
        with writing(home, names=NAMES, schema=schema, wait=1) as writer:
            writer.withdraw("one")
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        fail()
    assert everything(home) == before
    with writing(home, names=NAMES, schema=schema, wait=1) as writer:
        assert writer.documents() == {"one"}
