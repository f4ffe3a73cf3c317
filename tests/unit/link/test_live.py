"""What live services are asked, and what their answers propose."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.errors import RemoteError
from grappe.link import live
from grappe.model import Entity

GENOPOLE = Entity("organization/genopole", "Cluster", "Genopole", ("Biocluster Genopole",))
EVRY = Entity("organization/universite-d-evry", "University", "Université d'Évry", ())
SERVICE = live.Service("https://example.org/reconcile", "Example", "https://example.org/id/")


def answered(*results: list[dict[str, Any]]) -> bytes:
    return json.dumps({f"q{n}": {"result": result} for n, result in enumerate(results)}).encode()


def test_names_that_tell_nothing_are_not_asked_for() -> None:
    short = Entity("organization/x", "Company", "Xy")
    assert list(live.batches([short, GENOPOLE, EVRY])) == [(GENOPOLE, EVRY)]
    assert [len(batch) for batch in live.batches([GENOPOLE] * 45)] == [20, 20, 5]


def test_a_reconciliation_service_proposes_candidates_with_reasons() -> None:
    body = answered(
        [{"id": "Q1", "name": "Genopole", "score": 100, "match": True}, {"id": "Q2", "name": "Génopôle de Lille"}], []
    )
    sure, near = live.read_reconciliation(SERVICE, (GENOPOLE, EVRY), body)
    assert (sure.entity, sure.identifier, sure.score) == ("organization/genopole", "https://example.org/id/Q1", 0.9)
    assert sure.reasons == ("the same name, « Genopole »", "Example is certain of it")
    assert near.score < 0.6


def test_of_an_endpoint_two_things_of_one_name_are_less_sure_than_one() -> None:
    def row(thing: str) -> dict[str, Any]:
        return {
            "thing": {"type": "uri", "value": f"https://example.org/{thing}"},
            "name": {"type": "literal", "value": "Genopole"},
        }

    def scores(*things: str) -> list[float]:
        body = json.dumps({"results": {"bindings": [row(thing) for thing in things]}}).encode()
        return [c.score for c in live.read_names("https://example.org/sparql", (GENOPOLE, EVRY), body)]

    assert scores("a") == [0.85]
    assert scores("a", "b") == [0.595, 0.595]
    assert scores() == []


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"q0": {}}', b'{"results": 3}'])
def test_an_answer_that_is_not_the_protocol_is_a_sentence(body: bytes) -> None:
    with pytest.raises(RemoteError):
        list(live.read_reconciliation(SERVICE, (GENOPOLE,), body))
    with pytest.raises(RemoteError):
        list(live.read_names(SERVICE.address, (GENOPOLE,), body))
    with pytest.raises(RemoteError):
        live.read_manifest(SERVICE.address, body)


@given(name=st.text(st.characters(exclude_categories=["Cs"]), min_size=3, max_size=30))
def test_any_name_can_be_asked_for(name: str) -> None:
    store, thing = ox.Store(), ox.NamedNode("https://example.org/x")
    store.add(ox.Quad(thing, ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel"), ox.Literal(name)))
    for batch in live.batches([Entity("organization/x", "Company", name)]):
        results = store.query(live.sparql_query(batch))
        assert isinstance(results, ox.QuerySolutions)
        found = results.serialize(format=ox.QueryResultsFormat.JSON)
        assert found is not None
        assert [c.identifier for c in live.read_names("https://example.org", batch, found)] == [thing.value]
