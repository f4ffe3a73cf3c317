"""Exports: the same bytes for the same graph, the same triples in every format."""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from grappe.config import Settings
from grappe.iri import PREFIXES, Names
from grappe.store.formats import GRAPHS
from grappe.store.turtle import write_trig, write_turtle
from tests.conftest import Run

NAMES = Names()
RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt",
    "rdfxml": "xml",
    "jsonld": "json-ld",
    "trig": "trig",
    "nquads": "nquads",
}
SCOPES: list[list[str]] = [
    [],
    ["--document", "00-genopole"],
    ["--document", "00-genopole", "--evidence"],
    ["--entity", "organization/genopole", "--evidence"],
]


@pytest.mark.parametrize("format", [f.name for f in GRAPHS])
@pytest.mark.parametrize("scope", SCOPES, ids=" ".join)
def test_the_same_graph_gives_the_same_bytes(
    run: Run, genopole: Settings, tmp_path: Path, format: str, scope: list[str]
) -> None:
    for name in ("one", "two"):
        done = run("export", "--format", format, *scope, "-o", tmp_path / name, home=genopole.home)
        assert done.exit_code == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes() != b""


@pytest.mark.parametrize("scope", SCOPES, ids=" ".join)
def test_rdflib_reads_the_same_triples_in_every_format(run: Run, genopole: Settings, scope: list[str]) -> None:
    def triples(format: str) -> rdflib.Graph:
        exported = run("export", "--format", format, *scope, home=genopole.home).stdout_bytes
        if format in ("trig", "nquads", "jsonld"):
            dataset = rdflib.Dataset()
            dataset.parse(data=exported, format=RDFLIB[format])
            graph = rdflib.Graph()
            for s, p, o, _ in dataset.quads():
                graph.add((s, p, o))
            return graph
        return rdflib.Graph().parse(data=exported, format=RDFLIB[format])

    wanted = triples("ntriples")
    assert len(wanted) > 20
    for format in ("turtle", "rdfxml"):
        assert isomorphic(triples(format), wanted)
    for format in ("trig", "nquads", "jsonld"):
        # Formats with named graphs keep what each document says; the others keep one label of each thing.
        assert {t[:2] for t in triples(format)} >= {t[:2] for t in wanted}


def test_nquads_with_evidence_hold_every_graph(run: Run, genopole: Settings) -> None:
    exported = run("export", "--format", "nquads", "--evidence", home=genopole.home).stdout_bytes
    graphs = {str(q.graph_name) for q in ox.parse(exported, format=ox.RdfFormat.N_QUADS)}
    wanted = {f"<{NAMES.base}graph/{name}>" for name in ("catalogue", "inferred", "ontology", "document/00-genopole")}
    assert graphs == wanted | {f"<{NAMES.base}graph/document/00-genopole/evidence>", "DEFAULT"}


def test_turtle_begins_each_thing_with_its_type_and_name(run: Run, genopole: Settings) -> None:
    lines = run("export", home=genopole.home).stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("organization:genopole "))
    assert lines[at] == "organization:genopole a grp:Cluster ;"
    assert lines[at + 1] == '  rdfs:label "Genopole" ;'


def test_a_document_that_is_not_there_is_said_so(run: Run, genopole: Settings) -> None:
    result = run("export", "--document", "nothing", home=genopole.home)
    assert (result.exit_code, result.stdout) == (6, "")


iris = st.one_of(
    st.sampled_from(
        [
            f"{NAMES.base}id/organization/genopole",
            f"{NAMES.base}id/organization/",
            f"{NAMES.base}id/document/00-genopole#char=0,12",
            f"{PREFIXES['grp']}Company",
            f"{PREFIXES['rdf']}type",
            "https://example.org/a.",
            "https://example.org/é?q=%20;x",
            f"{PREFIXES['skos']}-a",
            f"{PREFIXES['skos']}a.b",
        ]
    )
).map(ox.NamedNode)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
literals = st.one_of(
    texts.map(ox.Literal),
    texts.map(lambda text: ox.Literal(text, language="fr")),
    st.sampled_from(["1", "-1", "01", "1.0", ".5", "1.", "1e3", "true", "x"]).flatmap(
        lambda text: st.sampled_from(["integer", "decimal", "double", "boolean", "gYear"]).map(
            lambda kind: ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + kind))
        )
    ),
)
triples = st.builds(
    ox.Triple,
    st.one_of(iris, st.just(ox.BlankNode("b0"))),
    iris,
    st.one_of(iris, literals, st.just(ox.BlankNode("b1"))),
)


def parsed(text: str, format: ox.RdfFormat) -> set[str]:
    dataset = ox.Dataset(ox.parse(io.BytesIO(text.encode()), format=format))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(q) for q in dataset}


def canonical(quads: set[ox.Quad]) -> set[str]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(q) for q in dataset}


@given(graph=st.sets(triples, max_size=8))
def test_what_is_written_as_turtle_reads_back(graph: set[ox.Triple]) -> None:
    text = "".join(write_turtle(graph, names=NAMES))
    assert parsed(text, ox.RdfFormat.TURTLE) == canonical({ox.Quad(t.subject, t.predicate, t.object) for t in graph})


@given(graphs=st.sets(st.tuples(triples, st.one_of(iris, st.just(None))), max_size=8))
def test_what_is_written_as_trig_reads_back(graphs: set[tuple[ox.Triple, ox.NamedNode | None]]) -> None:
    quads = {ox.Quad(t.subject, t.predicate, t.object, g or ox.DefaultGraph()) for t, g in graphs}
    assert parsed("".join(write_trig(quads, names=NAMES)), ox.RdfFormat.TRIG) == canonical(quads)


@given(graph=st.lists(triples, max_size=8))
def test_the_order_in_which_triples_come_does_not_show(graph: list[ox.Triple]) -> None:
    assert list(write_turtle(graph, names=NAMES)) == list(write_turtle(reversed(graph), names=NAMES))
