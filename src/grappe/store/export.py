"""What of a store is written out, and how: the same store gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from grappe.errors import NotFound
from grappe.iri import PREFIXES, Names, expand
from grappe.store.derive import Base, is_base
from grappe.store.formats import Format
from grappe.store.turtle import entity_prefixes, write_trig, write_turtle

__all__ = ["select_all", "select_document", "select_entity", "write"]

_LABEL, _ALT = ox.NamedNode(expand("rdfs:label")), ox.NamedNode(expand("skos:altLabel"))
_SUBJECT, _TARGET = ox.NamedNode(expand("rdf:subject")), ox.NamedNode(expand("oa:hasTarget"))
_OBJECT, _TYPE = ox.NamedNode(expand("rdf:object")), ox.NamedNode(expand("rdf:type"))
_ENGINE_FORMATS = {
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}

#: Nodes that only join things: what describes one of the things includes all that its nodes say.
_JOINTS = ("award", "accreditation-award", "membership", "quotation", "role")


def select_all(store: ox.Store, *, names: Names, evidence: bool) -> list[ox.Quad]:
    """Return the facts of all documents, the links and the catalogue; with evidence, every graph of the store."""
    if evidence:
        return sorted(store.quads_for_pattern(None, None, None, None), key=str)
    base = Base.of(names)
    kept = (
        q
        for q in store.quads_for_pattern(None, None, None, None)
        if (is_base(q.graph_name, base) and q.graph_name != base.ontology) or q.graph_name == base.catalogue
    )
    return sorted(kept, key=str)


def select_document(store: ox.Store, id: str, *, names: Names, evidence: bool) -> list[ox.Quad]:
    """Return what one document states, with where it states it if asked.

    Raises:
        NotFound: if the store holds no such document.
    """
    facts = list(store.quads_for_pattern(None, None, None, ox.NamedNode(names.facts_graph(id))))
    if not facts:
        raise NotFound(
            f"There is no document '{id}' here.", iri=names.document(id), remedy="'grappe list' shows those there are."
        )
    if evidence:
        facts += store.quads_for_pattern(None, None, None, ox.NamedNode(names.evidence_graph(id)))
    return sorted(facts, key=str)


def select_entity(store: ox.Store, iri: str, *, names: Names, evidence: bool) -> list[ox.Quad]:
    """Return what all documents state of a thing, the nodes that join it with others included, and the names of those.

    Raises:
        NotFound: if no document speaks of it.
    """
    base, about = Base.of(names), ox.NamedNode(iri)
    facts: set[ox.Quad] = set()
    seen, todo = {about}, [about]
    while todo:
        node = todo.pop()
        around = [*store.quads_for_pattern(node, None, None, None), *store.quads_for_pattern(None, None, node, None)]
        for quad in around:
            if not is_base(quad.graph_name, base) or quad.graph_name == base.ontology:
                continue
            facts.add(quad)
            for end in (quad.subject, quad.object):
                if isinstance(end, ox.NamedNode) and end not in seen and _is_joint(end, names):
                    seen.add(end)
                    # A role is shared by all who hold it: it is described, not followed.
                    if "/id/role/" not in end.value:
                        todo.append(end)
    if not facts:
        raise NotFound(
            f"Nothing is said of <{iri}> here.",
            iri=iri,
            remedy="'grappe query' finds the address of what you look for.",
        )
    others = {end for q in facts for end in (q.subject, q.object) if isinstance(end, ox.NamedNode)}
    for other in others:
        for predicate in (_TYPE, _LABEL):
            facts.update(
                q
                for q in store.quads_for_pattern(other, predicate, None, None)
                if is_base(q.graph_name, base) and q.graph_name != base.ontology
            )
    if evidence:
        facts.update(_evidence(store, seen, {q.triple for q in facts}))
    return sorted(facts, key=str)


def _is_joint(node: ox.NamedNode, names: Names) -> bool:
    key = names.key_of(node.value)
    return key is not None and key.partition("/")[0] in _JOINTS


def _evidence(store: ox.Store, things: Iterable[ox.NamedNode], facts: set[ox.Triple]) -> Iterator[ox.Quad]:
    predicate_of = ox.NamedNode(expand("rdf:predicate"))
    for thing in things:
        for place in (_SUBJECT, _OBJECT):
            for hit in store.quads_for_pattern(None, place, thing, None):
                quads = list(store.quads_for_pattern(hit.subject, None, None, hit.graph_name))
                said = {q.predicate: q.object for q in quads}
                triple = ox.Triple(said[_SUBJECT], said[predicate_of], said[_OBJECT])  # type: ignore[arg-type]
                if triple in facts:
                    yield from quads
                    yield from store.quads_for_pattern(said[_TARGET], None, None, hit.graph_name)  # type: ignore[arg-type]


def write(quads: Iterable[ox.Quad], format: Format, *, names: Names) -> Iterator[bytes]:
    """Yield an export in pieces; formats without named graphs hold the triples of all graphs together.

    Of an entity that several graphs label, those formats keep one label, and the others as alternative ones.
    """
    if format.name == "trig":
        yield from (piece.encode() for piece in write_trig(quads, names=names))
        return
    if format.name == "turtle":
        yield from (piece.encode() for piece in write_turtle(_merged(quads, names), names=names))
        return
    out = io.BytesIO()
    prefixes = {"jsonld": {**PREFIXES, **entity_prefixes(names)}, "rdfxml": dict(PREFIXES)}.get(format.name)
    whole = quads if format.datasets else _merged(quads, names)
    ox.serialize(whole, out, _ENGINE_FORMATS[format.name], prefixes=prefixes)
    yield out.getvalue()


def _merged(quads: Iterable[ox.Quad], names: Names) -> list[ox.Triple]:
    """Return the triples of all graphs, each once, with one label an entity: that of most graphs, else the first."""
    triples: set[ox.Triple] = set()
    labels: dict[ox.NamedNode, dict[ox.Literal, int]] = {}
    start = f"{names.base}id/"
    for quad in quads:
        s, o = quad.subject, quad.object
        if (
            quad.predicate == _LABEL
            and isinstance(s, ox.NamedNode)
            and isinstance(o, ox.Literal)
            and s.value.startswith(start)
        ):
            votes = labels.setdefault(s, {})
            # The default graph and the ontology have chosen already.
            votes[o] = votes.get(o, 0) + (1_000_000 if isinstance(quad.graph_name, ox.DefaultGraph) else 1)
        else:
            triples.add(quad.triple)
    for subject, votes in labels.items():
        best = min(votes, key=lambda label: (-votes[label], str(label)))
        triples.discard(ox.Triple(subject, _ALT, best))
        triples.add(ox.Triple(subject, _LABEL, best))
        triples.update(ox.Triple(subject, _ALT, other) for other in votes if other != best)
    return sorted(triples, key=str)
