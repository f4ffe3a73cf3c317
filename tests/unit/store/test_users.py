"""What is whose: users' triples survive documents, and documents' triples survive users."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from grappe.errors import NotAllowed, NotFound, QueryError, QuerySyntaxError
from grappe.store.changes import Upload, delete_graph, put_graph
from grappe.store.tokens import Scope
from tests.unit.store.conftest import FACTS, Store

LED = "id:p grp:ledBy id:o"


def test_what_users_write_to_the_default_graph_survives_the_document_that_states_it_too(documented: Store) -> None:
    documented.update(f"INSERT DATA {{ {LED} . :a :b :c }}")
    documented.state("")
    assert documented.ask(f"{LED} . :a :b :c")
    assert not documented.ask("id:p grp:linked id:o")
    documented.state(FACTS)
    documented.update(f"DELETE DATA {{ {LED} }}")
    assert documented.ask(LED)
    documented.state("")
    assert not documented.ask(LED)
    assert documented.ask(":a :b :c")


REACHING = (
    f"DELETE DATA {{ {LED} }}",
    "DELETE DATA { id:p grp:linked id:o }",
    "DELETE DATA { grp:Company rdfs:subClassOf grp:Organization }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s grp:ledBy ?o } INSERT { ?s :led ?o } WHERE { ?s grp:ledBy ?o }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    f"DELETE DATA {{ GRAPH <https://w3id.org/grappe/graph/document/one> {{ {LED} }} }}",
    "INSERT DATA { GRAPH <https://w3id.org/grappe/graph/document/one> { :a :b :c } }",
    "INSERT DATA { GRAPH <https://w3id.org/grappe/graph/document/new/evidence> { :a :b :c } }",
    "WITH <https://w3id.org/grappe/graph/links> INSERT { ?s :b :c } WHERE { :x :y ?s }; "
    "INSERT DATA { GRAPH <https://w3id.org/grappe/graph/links> { :a :b :c } }",
    "CLEAR DEFAULT",
    "DROP ALL",
    "DROP NAMED",
    "COPY DEFAULT TO <https://w3id.org/grappe/graph/inferred>",
    "MOVE <https://w3id.org/grappe/graph/document/one> TO :mine",
    "CREATE GRAPH <https://w3id.org/grappe/graph/document/two>",
    "INSERT DATA { :mine :b :c } ; DELETE WHERE { id:p grp:ledBy ?o }",
)


def test_an_update_that_reaches_a_document_the_ontology_or_what_follows_is_refused_whole(documented: Store) -> None:
    documented.update("INSERT DATA { :x :y :z . GRAPH :mine { :a :b :c } }")
    for update in REACHING:
        with pytest.raises(NotAllowed):
            documented.update(update)
    assert documented.ask(f"{LED} . id:p grp:linked id:o . :x :y :z GRAPH :mine {{ :a :b :c }}")
    assert not documented.ask(":mine :b :c")


def test_what_reaches_users_own_only_is_done_with_a_document_beside(documented: Store) -> None:
    documented.update("INSERT DATA { :x :y 1 . GRAPH :mine { :a :b 1 } }")
    documented.update("DELETE { ?s :y ?o } INSERT { ?s :y ?n } WHERE { ?s :y ?o BIND(?o + 1 AS ?n) }")
    documented.update(
        "DELETE { GRAPH ?g { ?s :b ?o } } INSERT { GRAPH ?g { ?s :b 2 } } WHERE { GRAPH ?g { ?s :b ?o } }"
    )
    documented.update("INSERT { GRAPH :all { ?s ?p [ :of ?o ] } } WHERE { ?s ?p ?o FILTER(?p = grp:ledBy) }")
    documented.update("COPY :mine TO :copy; MOVE :copy TO :moved; PREFIX e: <https://example.org/> ADD e:mine TO :all")
    assert documented.ask(":x :y 2 GRAPH :mine { :a :b 2 } GRAPH :moved { :a :b 2 }")
    assert documented.ask("GRAPH :all { id:p grp:ledBy [ :of id:o ] . :a :b 2 } FILTER NOT EXISTS { GRAPH :copy {} }")


def test_a_token_of_scope_admin_may_write_a_documents_graph_and_the_default_graph_follows(documented: Store) -> None:
    graph = "<https://w3id.org/grappe/graph/document/one>"
    documented.update(
        f"DELETE DATA {{ GRAPH {graph} {{ {LED} }} }} ; INSERT DATA {{ GRAPH {graph} {{ id:q grp:ledBy id:o }} }}",
        "admin",
    )
    assert documented.ask("id:q grp:ledBy id:o ; grp:linked id:o FILTER NOT EXISTS { id:p ?p id:o }")
    with pytest.raises(NotAllowed):
        documented.update("INSERT DATA { GRAPH <https://w3id.org/grappe/graph/inferred> { :a :b :c } }", "admin")


def test_a_token_with_a_prefix_writes_what_lies_under_it_and_nothing_else(empty: Store) -> None:
    empty.update(
        "INSERT DATA { GRAPH :team/a { :a :b :c } }".replace(":team/a", "<https://example.org/team/a>"),
        "write:https://example.org/team/",
    )
    for update in (
        "INSERT DATA { :a :b :c }",
        "INSERT DATA { GRAPH :other { :a :b :c } }",
        "DROP ALL",
        "INSERT { GRAPH ?g { :a :b :c } } WHERE { BIND(:other AS ?g) }",
    ):
        with pytest.raises(NotAllowed):
            empty.update(update, "write:https://example.org/team/")


def test_a_store_that_was_plain_keeps_what_users_wrote_when_documents_come(empty: Store) -> None:
    empty.update(f"INSERT DATA {{ :a :b :c . {LED} GRAPH :g {{ :d :e :f }} }}")
    empty.state(FACTS)
    empty.state("")
    assert empty.ask(f":a :b :c . {LED} GRAPH :g {{ :d :e :f }}")
    empty.update("DELETE DATA { :a :b :c }")
    assert not empty.ask(":a :b :c")


def test_users_labels_of_an_entity_stay_beside_the_one_that_is_chosen(documented: Store) -> None:
    documented.update("INSERT DATA { id:o rdfs:label 'mine' }")
    documented.state(FACTS + " ; skos:altLabel 'OO'")
    assert documented.ask("id:o rdfs:label 'mine', 'O' ; skos:altLabel 'OO'")
    documented.update("DELETE DATA { id:o rdfs:label 'mine' }")
    assert documented.ask("id:o rdfs:label 'O' FILTER NOT EXISTS { id:o ?p 'mine' }")


def upload(path: Path, turtle: str) -> list[Upload]:
    path.write_text(turtle, encoding="utf-8")
    return [Upload(path, "turtle", "https://example.org/")]


def test_the_default_graph_of_the_graph_store_is_users_own_triples(documented: Store, tmp_path: Path) -> None:
    scope, default = Scope("write"), ox.DefaultGraph()
    sent = upload(tmp_path / "a.ttl", "<a> <b> <c> , <d> .")
    documented.write(lambda w: put_graph(w, default, sent, scope=scope, replace=True))
    sent = upload(tmp_path / "b.ttl", "<a> <b> <e> .")
    documented.write(lambda w: put_graph(w, default, sent, scope=scope, replace=True))
    assert documented.ask(f"{LED} . :a :b :e FILTER NOT EXISTS {{ :a :b :c }}")
    documented.write(lambda w: delete_graph(w, default, scope=scope))
    assert documented.ask(f"{LED} FILTER NOT EXISTS {{ :a ?p ?o }}")


def test_a_graph_is_replaced_added_to_and_deleted(empty: Store, tmp_path: Path) -> None:
    scope, graph = Scope("write"), ox.NamedNode("https://example.org/g")
    made: list[bool] = []
    for text, replace in (("<a> <b> <c> .", True), ("<a> <b> <d> .", True), ("<a> <b> <e> .", False), ("", False)):
        sent = upload(tmp_path / "x.ttl", text)
        empty.write(
            lambda w, sent=sent, replace=replace: made.append(  # type: ignore[misc]
                put_graph(w, graph, sent, scope=scope, replace=replace)
            )
        )
    assert made == [True, False, False, False]
    assert empty.ask("GRAPH :g { :a :b :d, :e FILTER NOT EXISTS { :a :b :c } }")
    empty.write(lambda w: delete_graph(w, graph, scope=scope))
    with pytest.raises(NotFound):
        empty.write(lambda w: delete_graph(w, graph, scope=scope))


@pytest.mark.parametrize("text", ["<a> <b> ", "<a> <b> <c> . <d>"])
def test_an_upload_that_does_not_parse_changes_nothing(empty: Store, tmp_path: Path, text: str) -> None:
    empty.update("INSERT DATA { GRAPH :g { :a :b :c } }")
    sent = upload(tmp_path / "x.ttl", text)
    with pytest.raises(QuerySyntaxError):
        empty.write(
            lambda w: put_graph(w, ox.NamedNode("https://example.org/g"), sent, scope=Scope("write"), replace=True)
        )
    assert empty.ask("GRAPH :g { :a :b :c }")


@pytest.mark.parametrize("kind", ["free", "documented"])
def test_a_patch_changes_the_graph_that_it_is_sent_to_and_no_other(kind: str, empty: Store) -> None:
    if kind == "documented":
        empty.state(FACTS)
    graph = "https://example.org/g"
    empty.update("INSERT DATA { :a :b :no GRAPH :g { :a :b :c } GRAPH :h { :a :b :no } }")
    empty.update("DELETE { ?s :b ?o } INSERT { ?s :was ?o } WHERE { ?s :b ?o }; INSERT DATA { :x :y :z }", graph=graph)
    assert empty.ask(":a :b :no GRAPH :g { :a :was :c . :x :y :z } GRAPH :h { :a :b :no }")
    assert not empty.ask("GRAPH :g { ?s :was :no }")
    for update in (
        "INSERT DATA { GRAPH :h { :a :b :c } }",
        "CLEAR ALL",
        "WITH :h DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ):
        with pytest.raises(QueryError):
            empty.update(update, graph=graph)


@pytest.mark.parametrize("kind", ["free", "documented"])
def test_the_dataset_of_a_request_is_what_the_patterns_see(kind: str, empty: Store) -> None:
    if kind == "documented":
        empty.state(FACTS)
    empty.update("INSERT DATA { :a :b 0 GRAPH :g { :a :b 1 } GRAPH :h { :a :b 2 } GRAPH :i { :a :b 3 } }")
    insert = (
        "INSERT { GRAPH :out { ?s :saw ?o } } WHERE { { ?s :b ?o } UNION { GRAPH ?g { ?s :b ?n } BIND(-?n AS ?o) } }"
    )
    empty.update(insert, default_graphs=["https://example.org/g"], named_graphs=["https://example.org/h"])
    assert empty.ask("GRAPH :out { :a :saw 1 , -2 FILTER NOT EXISTS { :a :saw ?x FILTER(?x NOT IN (1, -2)) } }")
    empty.update(insert.replace(":out", ":named"), named_graphs=["https://example.org/i"])
    assert empty.ask("GRAPH :named { :a :saw -3 FILTER NOT EXISTS { :a :saw ?x FILTER(?x != -3) } }")
    with pytest.raises(QueryError):
        empty.update("WITH :g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", default_graphs=["https://example.org/g"])


def test_an_update_that_does_not_parse_is_told_from_one_that_is_refused(documented: Store) -> None:
    blank = "DELETE { _:a ?p ?o } WHERE { ?s ?p ?o }"
    for text in ("INSERT DATA { ?x :b :c }", "CLEAR XYZ", "INSERT DATA { :a :b", blank):
        with pytest.raises(QuerySyntaxError):
            documented.update(text)


def test_nothing_is_fetched_from_elsewhere(empty: Store) -> None:
    empty.update("LOAD SILENT <http://127.0.0.1:9/> ; INSERT DATA { :a :b :c }")
    for text in (
        "LOAD <http://127.0.0.1:9/>",
        "INSERT { :a :b ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ):
        with pytest.raises(QueryError):
            empty.update(text)
    assert empty.ask(":a :b :c")
