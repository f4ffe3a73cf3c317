"""Queries said in another way: the same answers, and only where that is sure."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.store.plans import Planner

E = "https://example.org/"
HEAD = f"PREFIX : <{E}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
NODE = st.sampled_from([ox.NamedNode(f"{E}{name}") for name in "abcd"])
PREDICATE = st.sampled_from([ox.NamedNode(f"{E}{name}") for name in "pqr"])
OBJECT = (
    NODE
    | st.sampled_from(
        [
            ox.Literal(1),
            ox.Literal(7),
            ox.Literal("0.5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        ]
    )
    | st.sampled_from([ox.Literal('a "quoted" \\ name', language="fr"), ox.Literal("service"), ox.BlankNode("b")])
)
GRAPH = st.lists(st.builds(ox.Quad, NODE, PREDICATE, OBJECT), max_size=40)

JOINED = (
    "SELECT ?x (SUM(?n) AS ?sum) { ?y :p ?x ; :q ?n FILTER(?n > 0) } GROUP BY ?x",
    "SELECT ?x (COUNT(*) AS ?n) WHERE { ?y :p ?x . ?x :q ?z . ?z :r ?u . } GROUP BY ?x ORDER BY DESC(?n) ?x",
    "SELECT (COUNT(DISTINCT ?x) AS ?n) (MAX(?z) AS ?most) { ?x ?p ?y . ?y :q ?z }",
    "SELECT ?p (AVG(?n) AS ?mean) { ?x ?p ?y . ?x :q ?n . FILTER(!isIRI(?n)) ?y :r :a } GROUP BY ?p HAVING (?mean < 5)",
    "SELECT ?a (COUNT(?b) AS ?n) { ?a :p ?b ; :q ?b } GROUP BY ?a # as many",
)
COUNTED = (
    "SELECT ?x (COUNT(*) AS ?n) { ?y :p ?x } GROUP BY ?x",
    "SELECT ?x (COUNT(?y) AS ?n) ((COUNT(*) + 1) AS ?m) { ?y :p ?x . } GROUP BY ?x HAVING (COUNT(*) < 3) ORDER BY ?x",
    "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(COUNT(?s)) ?p LIMIT 2",
    "SELECT ?p (COUNT(*) AS ?n) # {\n{ ?s ?p ?o } # GROUP BY ?s\nGROUP BY ?p HAVING(COUNT(*)>=2&&COUNT(?o)!=7.5e0)",
    "SELECT ?p (COUNT(*) AS ?n) { $s :p $p } GROUP BY $p",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(?s) AS ?n) { ?s :p :a }",
)
LEFT = (
    "SELECT ?x ?n { ?y :p ?x ; :q ?n }",  # no aggregate
    "SELECT ?x (COUNT(*) AS ?n) { ?y :p ?x OPTIONAL { ?y :q ?z } } GROUP BY ?x",
    "SELECT ?x (COUNT(*) AS ?n) { ?y :p ?x ; :q 7 } GROUP BY ?x",
    "SELECT ?x (COUNT(*) AS ?n) { ?y :p ?x ; :q ?z FILTER(?z = 7) } GROUP BY ?x",  # narrowed
    "SELECT ?x (COUNT(*) AS ?n) { ?y :p/:q ?x } GROUP BY ?x",
    "SELECT ?x (COUNT(*) AS ?n) { ?y :p ?x , ?z } GROUP BY ?x",
    "SELECT ?x (COUNT(*) AS ?n) { ?y :p ?x . ?z :q ?u } GROUP BY ?x",  # they share nothing
    "SELECT ?x (COUNT(*) AS ?n) { ?x :p ?x } GROUP BY ?x",
    "SELECT ?x (COUNT(*) AS ?n) FROM :g { ?y :p ?x } GROUP BY ?x",
    "SELECT ?x (COUNT(DISTINCT ?y) AS ?n) { ?y :p ?x } GROUP BY ?x",
    "SELECT ?x (SAMPLE(?y) AS ?n) { ?y :p ?x } GROUP BY ?x",
    "SELECT ?x ?y (COUNT(*) AS ?n) { ?y :p ?x } GROUP BY ?x ?y",
    "SELECT ?z (COUNT(*) AS ?n) { ?y :p ?x } GROUP BY (STR(?x) AS ?z)",
    "SELECT ?x (COUNT(*) AS ?n) { ?y :p ?x } GROUP BY ?x HAVING (STR(?x) != 'COUNT(*)')",
    "SELECT (COUNT(*) AS ?n) { ?x \\u003Ap ?y }",
    "SELECT (COUNT(*) AS ?n) { ?x :p ?y } VALUES ?x { :a }",
    "SELECT (COUNT(*) AS ?n) { << :a :p :b >> :q ?y }",
    "SELECT (COUNT(*) AS ?n) { [] :p ?y }",
)


def rows(solutions: object) -> Counter[str]:
    assert isinstance(solutions, ox.QuerySolutions)
    return Counter(str([str(solution[v]) for v in solutions.variables]) for solution in solutions)


@given(GRAPH)
def test_what_is_said_in_another_way_has_the_same_answer(quads: list[ox.Quad]) -> None:
    store = ox.Store()
    store.extend(quads)
    planner = Planner(store)
    for query in (*JOINED, *COUNTED):
        for _ in range(2):  # counted now, and kept
            said = planner.answer(HEAD + query, prefixes={}, base=None)
            if said is not None:
                assert rows(said) == rows(store.query(HEAD + query)), query


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    turtle = (
        ":a :p :b , :c ; :q 1 , :c , :a ; :r :a , :b . :b :q 7 , :a ; :p :c ; :r :a . :c :q 1 , :b ; :r :a ; :p :a ."
    )
    store.load(HEAD.replace("PREFIX", "@prefix").replace("> ", "> .\n") + turtle, ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize("query", JOINED)
def test_patterns_that_are_read_to_their_ends_are_joined_by_hash(store: ox.Store, query: str) -> None:
    said = Planner(store).rewritten(HEAD + query, prefixes={}, base=None)
    assert said is not None
    assert "{ SELECT * {" in said


@pytest.mark.parametrize("query", COUNTED)
def test_counts_of_one_pattern_are_kept(store: ox.Store, query: str) -> None:
    said = Planner(store).rewritten(HEAD + query, prefixes={}, base=None)
    assert said is not None
    assert "VALUES" in said


@pytest.mark.parametrize("query", LEFT)
def test_other_queries_are_left_as_they_are(store: ox.Store, query: str) -> None:
    assert Planner(store).rewritten(HEAD + query, prefixes={}, base=None) is None


def test_a_few_are_looked_up_in_many() -> None:
    many = ox.Store()
    many.extend(ox.Quad(ox.NamedNode(f"{E}{n}"), ox.NamedNode(f"{E}p"), ox.Literal(n)) for n in range(100))
    many.add(ox.Quad(ox.NamedNode(f"{E}7"), ox.NamedNode(f"{E}q"), ox.Literal(1)))
    query = HEAD + "SELECT (SUM(?n) AS ?sum) { ?x :p ?n ; :q ?m }"
    assert Planner(many).rewritten(query, prefixes={}, base=None) is None


def test_what_the_engine_does_not_take_is_left_to_it(store: ox.Store) -> None:
    wrong = "SELECT ?y (COUNT(*) AS ?n) { ?y :p ?x ; :q ?z } GROUP BY ?x"
    assert Planner(store).answer(HEAD + wrong, prefixes={}, base=None) is None
    assert Planner(store).answer("SELECT (COUNT(*) AS ?n) { ?x no:p ?y }", prefixes={}, base=None) is None
