"""RDF files loaded beside the documents."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grappe.errors import InputError, NotAllowed, QuerySyntaxError, UnknownFormat
from grappe.ontology import Schema
from grappe.store import loading
from grappe.store.generations import current_number, open_generation
from grappe.store.home import Home
from grappe.store.loading import Load, format_of, load
from tests.unit.store.conftest import FACTS, Store

E = "https://example.org/"
QUADS = f'<{E}a> <{E}b> <{E}c> <{E}g> .\n<{E}a> <{E}b> "<d> \\"x" <{E}h> .\n'


def loaded(store: Store, path: Path, text: str, graph: str | None = None, *, named_only: bool = False) -> None:
    path.write_text(text, encoding="utf-8")
    store.write(lambda w: load(w, [Load(path, format_of(path), graph, named_only)]))


@pytest.mark.parametrize("kind", ["empty", "documented"])
def test_graphs_keep_their_names_and_are_seen_in_the_default_graph_unless_named_only(
    kind: str, empty: Store, tmp_path: Path
) -> None:
    if kind == "documented":
        empty.state(FACTS)
    loaded(empty, tmp_path / "a.nq", QUADS)
    loaded(empty, tmp_path / "b.nq", QUADS.replace(f"{E}a>", f"{E}x>").replace(f"{E}g>", f"{E}k>"), named_only=True)
    loaded(empty, tmp_path / "c.ttl", f"<{E}in> <{E}b> [ <{E}p> 1 ] .", f"{E}i")
    loaded(empty, tmp_path / "d.nt", f"<{E}nt> <{E}b> <{E}c> .")
    loaded(empty, tmp_path / "e.trig", f"<{E}trig> <{E}b> _:x . <{E}j> {{ _:x <{E}b> 2 }}")
    assert empty.ask(
        "GRAPH :g { :a :b :c } GRAPH :k { :x :b :c } GRAPH :h { :a :b '<d> \"x' } GRAPH :i { :in :b [ :p 1 ] }"
    )
    assert empty.ask(":a :b :c , '<d> \"x' . :in :b [ :p 1 ] . :nt :b :c . :trig :b [ :b 2 ]")
    assert not empty.ask(":x :b :c")  # but what joins a graph that is seen there already is seen, too
    assert empty.ask("GRAPH :h { :x :b ?o } :x :b ?o")


def test_what_is_loaded_survives_documents_and_leaves_with_its_graph(empty: Store, tmp_path: Path) -> None:
    fact = "<https://w3id.org/grappe/id/p> <https://w3id.org/grappe/ontology#ledBy> <https://w3id.org/grappe/id/o>"
    loaded(empty, tmp_path / "a.nq", f"{fact} <{E}g> .\n{fact} .\n{QUADS}")
    empty.state(FACTS)
    empty.state("")
    assert empty.ask("id:p grp:ledBy id:o . :a :b :c")
    empty.update("DELETE DATA { id:p grp:ledBy id:o }")
    assert empty.ask("id:p grp:ledBy id:o")
    with pytest.raises(NotAllowed):
        empty.update("DELETE DATA { :a :b :c }")
    empty.update("INSERT DATA { GRAPH :g { :new :b :c } }")
    assert empty.ask(":new :b :c")
    empty.update("DROP GRAPH :g")
    assert empty.ask("FILTER NOT EXISTS { :new ?p ?o } FILTER NOT EXISTS { :a :b :c } FILTER EXISTS { :a :b ?o }")
    assert not empty.ask("id:p ?p ?o")


TERM = st.sampled_from([f"<{E}a>", f"<{E}_:b>", "_:x", "_:y"])
TEXT = st.sampled_from(['"1"', '"_:x"', '"<g> ."@fr', f'" <{E}k> ."', f'"1"^^<{E}type>'])
GRAPH = st.sampled_from([f"<{E}g>", f"<{E}h>", f"<{E}_:i>", f"<{E}g>", f"<{E}h>", f"<{E}g>", "_:g", ""])
LINE = st.builds("{} <{}p> {} {} .".format, TERM, st.just(E), TERM | TEXT, GRAPH) | st.just("# _:x <p> .")


@settings(max_examples=20, deadline=None)
@given(lines=st.lists(LINE, max_size=6), many=st.sampled_from([0, 2, 10_000]))
def test_blank_nodes_are_the_same_in_their_graphs_and_in_the_default_graph(
    lines: list[str], many: int, schema: Schema, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("blank")
    store, text = Store(Home(folder / "home"), schema), "\n".join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "_MOST_BLANK", many)
        loaded(store, folder / "a.nq", text)
    stated = [*ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS)]
    shown = [ox.Quad(q.subject, q.predicate, q.object) for q in stated if isinstance(q.graph_name, ox.NamedNode)]
    expected = ox.Dataset([*stated, *shown])
    with open_generation(store.home) as generation:
        held = ox.Dataset([*generation.store])
    for one in (expected, held):
        one.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert held == expected


def test_packed_files_are_unpacked(empty: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.nq.gz"
    path.write_bytes(gzip.compress(QUADS.encode()))
    empty.write(lambda w: load(w, [Load(path, format_of(path))]))
    assert empty.ask(":a :b :c GRAPH :g { :a :b :c }")


def test_a_file_that_cannot_be_loaded_leaves_the_store_as_it_was(documented: Store, tmp_path: Path) -> None:
    before = current_number(documented.home)
    for name, text, error in (
        ("a.nt", f"<{E}a> <{E}b> .\n", QuerySyntaxError),
        ("b.nq", QUADS + "<x", QuerySyntaxError),
        ("c.nq", f"<{E}a> <{E}b> <{E}c> <https://w3id.org/grappe/graph/document/one> .\n", NotAllowed),
        ("d.nt.gz", "no gzip", InputError),
    ):
        with pytest.raises(error):
            loaded(documented, tmp_path / name, text)
    with pytest.raises(UnknownFormat):
        loaded(documented, tmp_path / "e.doc", "")
    with pytest.raises(InputError):
        documented.write(lambda w: load(w, [Load(tmp_path / "absent.nt", "ntriples")]))
    assert current_number(documented.home) == before
    documented.update("INSERT DATA { :x :y :z }")
    assert documented.ask("id:p grp:ledBy id:o . :x :y :z FILTER NOT EXISTS { :a ?p ?o }")
