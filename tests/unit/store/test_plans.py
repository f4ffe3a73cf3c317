"""Queries said in another way: the same answers, and only where that is sure."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
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
    "SELECT ?z (COUNT(*) AS ?n) { ?y :p ?x } GROUP BY (STR(?x) AS ?z)",
    "SELECT ?z (COUNT(?y) AS ?n) { ?y :q ?x FILTER(?x > 1 && isNumeric(?x)) } GROUP BY (?x + 1 AS ?z) HAVING (?n != 3)",
    "SELECT ?z (COUNT(*) AS ?n) { ?y :q ?x FILTER(?x != 'COUNT(*)') } GROUP BY (xsd:integer(?x) AS ?z)",
    "SELECT (COUNT(DISTINCT ?x) AS ?n) (COUNT(DISTINCT DATATYPE(?x)) AS ?m) { ?y :p ?x }",
    "SELECT ?x (COUNT(*) AS ?n) { ?y :p ?x } GROUP BY ?x HAVING (STR(?x) != 'COUNT(*)')",
    "SELECT (COUNT(*) AS ?n) { ?y :p ?x FILTER(?x != <https://example.org/a>) }",
    "SELECT (COUNT(*) AS ?n) { ?y :p ?x FILTER(false) }",
    "SELECT ?z (COUNT(*) AS ?n) { ?y :p ?x } GROUP BY (1 AS ?z)",
    "SELECT (MIN(?x) AS ?least) (MAX(?x) AS ?most) (SUM(?x) AS ?n) { ?y :s ?x } GROUP BY (?x > 2)",
    "SELECT DISTINCT ?p { ?s ?p ?o }",
    "SELECT DISTINCT (STR(?p) AS ?q) { ?s ?p ?o FILTER(?p != :q) } ORDER BY ?q LIMIT 5",
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
    "SELECT ?x (COUNT(DISTINCT *) AS ?n) { ?y :p ?x } GROUP BY ?x",
    "SELECT (AVG(?x) AS ?n) { ?y :s ?x }",
    "SELECT (MIN(STRLEN(?x)) AS ?n) { ?y :p ?x }",
    "SELECT (SUM(?x) AS ?n) { ?y :p ?x }",  # not all of them numbers
    "SELECT (SUM(DISTINCT ?x) AS ?n) { ?y :s ?x }",
    "SELECT (COUNT(*) AS ?n) { ?y :p ?x FILTER(?x != ?y) }",
    "SELECT (COUNT(*) AS ?n) { ?y :p ?x FILTER(RAND() < 0.5 && isIRI(?x)) }",
    "SELECT ?z (COUNT(*) AS ?n) { ?y :p ?x } GROUP BY (BNODE(STR(?x)) AS ?z)",
    "SELECT (COUNT(*) AS ?n) { ?y :p ?x FILTER(1<?x&&2>?y) }",  # no address
    "SELECT DISTINCT ?p { ?s ?p ?o } LIMIT 1",
    "SELECT DISTINCT ?p ?o { ?s ?p ?o }",
    "SELECT REDUCED ?p { ?s ?p ?o }",
    "SELECT ?p { ?s ?p ?o }",
    "SELECT ?x (SAMPLE(?y) AS ?n) { ?y :p ?x } GROUP BY ?x",
    "SELECT ?x ?y (COUNT(*) AS ?n) { ?y :p ?x } GROUP BY ?x ?y",
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


def literals(datatype: str, *values: str) -> list[ox.Literal | ox.NamedNode]:
    return [
        ox.Literal(value, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}")) for value in values
    ]


INTEGERS = literals("integer", "0", "007", "-3", "12345678901234567890", "many")
DECIMALS = literals("decimal", "0.5", "1", "1.0", "-2.25", "0.1234567890123")
DATES = literals("date", "2019-03-01", "2020-02-29", "2020-02-29Z", "-0044-03-15", "2021-02-30")
OTHERS = [
    *literals("double", "1.0E0", "-0.0E0", "0.0E0", "NaN", "INF"),
    *literals("float", "1", "0.1"),
    *literals(
        "dateTime", "2020-02-29T23:59:59Z", "2020-02-29T23:59:59", "2019-12-31T24:00:00", "2020-02-29T23:59:59.50"
    ),
    *literals("boolean", "true", "1", "false"),
    *literals("duration", "P1Y", "P12M"),
]
STRINGS: list[ox.Literal | ox.NamedNode] = [
    ox.Literal(text) for text in ("", "a", "COUNT(*)", "?o", "} #", 'a "b" \\ \n c', "é" * 40)
]
TAGGED: list[ox.Literal | ox.NamedNode] = [
    ox.Literal("a", language="fr"),
    ox.Literal("a", language="FR"),
    ox.NamedNode(f"{E}a"),
    ox.NamedNode(f"{E}b"),
]
KINDS: tuple[list[ox.Literal | ox.NamedNode], ...] = (
    INTEGERS[:3],
    INTEGERS,
    DECIMALS,
    INTEGERS + DECIMALS,
    DATES[:2],
    DATES,
    STRINGS,
    STRINGS + TAGGED,
)
EVERY = [*INTEGERS, *DECIMALS, *DATES, *OTHERS, *STRINGS, *TAGGED]
VALUES = st.sampled_from([*KINDS, EVERY]).flatmap(lambda terms: st.lists(st.sampled_from(terms), max_size=30))

CONSTANT = st.sampled_from(
    ["0", "1", "2.5", "1e0", "true", "'a'", "'COUNT(*)'", ":a", "'2020-01-01'^^xsd:date", f"<{E}a>", "?nowhere"]
)
ONE = [
    "STR",
    "LANG",
    "DATATYPE",
    "YEAR",
    "MONTH",
    "ABS",
    "STRLEN",
    "UCASE",
    "isIRI",
    "isNumeric",
    "!",
    "-",
    "xsd:integer",
]
TWO = ["+", "-", "*", "/", "=", "!=", "<", ">", "<=", ">=", "&&", "||"]
EXPRESSION = st.recursive(
    st.just("?o") | CONSTANT,
    lambda inner: st.one_of(
        st.builds("{0}({1})".format, st.sampled_from(ONE), inner),
        st.builds("({1} {0} {2})".format, st.sampled_from(TWO), inner, inner),
        st.builds("IF({0}, {1}, {2})".format, inner, inner, inner),
        st.builds("COALESCE({0}, {1})".format, inner, inner),
        st.builds("({0} IN ({1}, {2}))".format, inner, inner, inner),
        st.builds("REGEX({0}, {1})".format, inner, inner),
        st.just("BOUND(?o)"),
    ),
    max_leaves=6,
)
ADDED = st.sampled_from(["COUNT(*)", "count( ?s )", "COUNT(?o)", "(COUNT(*) + 1)", "MIN(?o)", "MAX(?o)", "SUM(?o)"])
ADDED |= st.builds("COUNT(DISTINCT {0})".format, EXPRESSION)
FILTERS = st.lists(st.builds("FILTER({0})".format, EXPRESSION), max_size=2).map(" ".join)


@st.composite
def adding_up(draw: st.DrawFn) -> str:
    group = draw(st.sampled_from(["", "?o", "(%s AS ?g)", "?o (%s AS ?g)", "(%s)", "?nowhere"]))
    shown = [name for name in ("?o", "?g") if name in group.replace("%s", "")]
    added = [f"({one} AS ?n{i})" for i, one in enumerate(draw(st.lists(ADDED, min_size=1, max_size=3)))]
    by = f"GROUP BY {group.replace('%s', draw(EXPRESSION))}" if group else ""
    having = draw(st.sampled_from(["", "HAVING (COUNT(*) > 1)", "HAVING(COUNT(?s)<3||?n0=1) ORDER BY COUNT(?o)"]))
    distinct = draw(st.sampled_from(["", "", "DISTINCT"]))
    return f"SELECT {distinct} {' '.join([*shown, *added])} {{ ?s :p ?o {draw(FILTERS)} }} {by} {having}"


TOLD_APART = st.builds("SELECT DISTINCT ({0} AS ?e) ?o {{ ?s :p ?o {1} }}".format, EXPRESSION, FILTERS)


@settings(max_examples=300)
@given(VALUES, st.lists(adding_up() | TOLD_APART, min_size=1, max_size=5))
def test_a_query_on_the_terms_of_one_place_has_the_same_answer(
    values: list[ox.Literal | ox.NamedNode], queries: list[str]
) -> None:
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"{E}{i}"), ox.NamedNode(f"{E}p"), value) for i, value in enumerate((*values, *values[:5]))
    )
    planner = Planner(store)
    for query in queries:
        try:
            expected = rows(store.query(HEAD + query))
        except SyntaxError:
            continue
        said = planner.answer(HEAD + query, prefixes={}, base=None)
        if said is not None:
            assert rows(said) == expected, query


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    turtle = (
        ":a :p :b , :c ; :q 1 , :c , :a ; :r :a , :b . :b :q 7 , :a ; :p :c ; :r :a . "
        ":c :q 1 , :b ; :r :a ; :p :a ; :s 1 , 3 ."
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
