"""Which queries call another endpoint, whatever they are written like."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.store.federation import calls_service, is_lasting
from tests.growth import growth

CALL = "{} <http://example.org/> {{ ?s ?p ?o }}"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { {SERVICE<http://example.org/>{?s ?p ?o}} }",
        "SELECT * { \\u0053ervice <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ex:a\\# . SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'a\\'' . SERVICE <http://example.org/> { ?s ?p ?o } }",
        "# 'comment\nSELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { FILTER(?a<?b) SERVICE <http://example.org/> { ?s ?p ?o } FILTER(?a>?b) }",
        # The engine asks for no space between words.
        "SELECT * { SERVICE:x{ ?s ?p ?o } }",
        "SELECT * { SERVICE:x # a note\n { ?s ?p ?o } }",
        "SELECT * { SERVICEex:x { ?s ?p ?o } }",
        "SELECT * { SERVICESILENT<http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1.SERVICE<http://example.org/> { ?s ?p ?o } }",
        # What looks like an address is an expression's end and a comment.
        "SELECT * { ?s ?p ?o FILTER(?o<2)SERVICE:x#>\n{ ?s ?p ?o } }",
    ],
)
def test_the_keyword_is_found_in_any_spelling(query: str) -> None:
    assert calls_service(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?service ?p ?o }",
        "SELECT * { ?s ex:service ?o }",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:of ?o }",
        "SELECT * { ?s ?p <http://example.org/service> }",
        'SELECT * { ?s rdfs:label "le service public"@fr }',
        "SELECT * { ?s ?p '''a 'service' here''' }",
        "SELECT * { ?s ?p ?o } # SERVICE",
    ],
)
def test_the_word_elsewhere_is_no_call(query: str) -> None:
    assert not calls_service(query)


BEFORE = st.lists(
    st.sampled_from(
        [
            "?a ?b 'it''s' .",
            "# note\n",
            '"\\"" ',
            "<http://a/#x> ",
            "ex:b\\'c ",
            "'''x'y''' ",
            "1<2 ",
            "@fr ",
            "\\u0041 ",
        ]
    ),
    max_size=6,
).map(" ".join)


@given(before=BEFORE, keyword=st.sampled_from(["SERVICE", "service", "\\u0053ERVICE", "SERV\\u0049CE"]))
def test_nothing_written_before_hides_it(before: str, keyword: str) -> None:
    assert calls_service(f"SELECT * {{ {before}\n {CALL.format(keyword)} }}")


@pytest.mark.parametrize("piece", ["'''\\\\", "a.", "<a", "service:x ", " ", "'''a", "#", "\\\\u"])
def test_work_is_in_proportion_to_a_query(piece: str) -> None:
    fresh = itertools.count()  # what was read lately is remembered
    read = growth(lambda size: calls_service(f"service:x{next(fresh)} " + piece * (size // len(piece))), 100_000)
    assert read < 20


@pytest.mark.parametrize("name", ["NOW", "Rand", "uuid", "STRUUID", "BNODE", "SERVICE"])
def test_an_answer_that_time_or_chance_has_a_say_in_does_not_last(name: str) -> None:
    assert not is_lasting(f"SELECT (1+{name}() AS ?x) {{}}")
    assert is_lasting(f"SELECT ?{name} {{ ?x ex:{name} '{name}' }} # {name}")
