"""The compiled shapes never pass what pySHACL refuses, and pass what conforms."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from grappe.check import check
from grappe.check.shapes import surely_conforms
from grappe.config import Settings
from grappe.ontology import Schema
from tests.unit.ontology.test_shapes import BREACHES, GOOD, PREFIXES

SCHEMA = Schema.load(Settings().ontology)


def quads(turtle: str) -> list[ox.Quad]:
    return [*ox.parse((PREFIXES + turtle).encode(), ox.RdfFormat.TURTLE)]


def test_a_good_graph_surely_conforms_and_at_once() -> None:
    good = quads(GOOD)
    assert surely_conforms(good, schema=SCHEMA)
    began = time.perf_counter()
    assert surely_conforms(good, schema=SCHEMA)
    assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize(("out", "into", "message"), BREACHES)
def test_what_breaks_a_shape_does_not_surely_conform(out: str, into: str, message: str) -> None:
    broken = quads(GOOD.replace(out, into))
    assert not surely_conforms(broken, schema=SCHEMA)
    assert any(message in line for line in check(broken, schema=SCHEMA).lines)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_surely_conforms_conforms(data: st.DataObject) -> None:
    good = quads(GOOD)
    subjects, objects = [q.subject for q in good], [q.object for q in good]
    place = data.draw(st.integers(0, len(good) - 1))
    gone = good.pop(place)
    if data.draw(st.booleans()):
        good.append(ox.Quad(gone.subject, gone.predicate, data.draw(st.sampled_from(objects))))
    if data.draw(st.booleans()):
        good.append(ox.Quad(data.draw(st.sampled_from(subjects)), gone.predicate, gone.object))
    if surely_conforms(good, schema=SCHEMA):
        assert _as_pyshacl_says(good)


def _as_pyshacl_says(graph: list[ox.Quad]) -> bool:
    """Ask pySHACL alone."""
    turtle = ox.serialize((q.triple for q in graph), format=ox.RdfFormat.N_TRIPLES)
    assert turtle is not None
    data = rdflib.Graph().parse(data=turtle, format="nt")
    shapes = rdflib.Graph().parse(Settings().ontology / "shapes.ttl")
    beside = ox.serialize(
        (t for t in SCHEMA.triples if t.predicate.value.endswith(("#type", "#subClassOf"))),
        format=ox.RdfFormat.N_TRIPLES,
    )
    hierarchy = rdflib.Graph().parse(data=beside, format="nt")
    conforms, _, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=hierarchy)
    return bool(conforms)
