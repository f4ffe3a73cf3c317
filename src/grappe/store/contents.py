"""What a generation holds, asked without a query."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from grappe.iri import Names, expand
from grappe.store.derive import Base

__all__ = ["catalogue_of", "facts_of", "holds", "label_of", "links_of_named", "plain_text"]

_TYPE = ox.NamedNode(expand("rdf:type"))
_LABEL = ox.NamedNode(expand("rdfs:label"))


def facts_of(store: ox.Store, id: str, *, names: Names) -> list[ox.Quad]:
    """Return the facts of a document, none if the store does not hold it."""
    return list(store.quads_for_pattern(None, None, None, ox.NamedNode(names.facts_graph(id))))


def holds(store: ox.Store, quads: Iterable[ox.Quad]) -> bool:
    """Return whether the store holds all of these."""
    return all(quad in store for quad in quads)


def plain_text(store: ox.Store, id: str, *, names: Names) -> str:
    """Return the text of a document, which the offsets of its evidence count in; "" if the store does not hold it."""
    graph = ox.NamedNode(names.evidence_graph(id))
    found = store.quads_for_pattern(None, ox.NamedNode(expand("grp:plainText")), None, graph)
    return next((q.object.value for q in found if isinstance(q.object, ox.Literal)), "")


def catalogue_of(store: ox.Store, id: str, *, names: Names) -> list[ox.Quad]:
    """Return what the store knows of a document's file."""
    return list(store.quads_for_pattern(ox.NamedNode(names.document(id)), None, None, Base.of(names).catalogue))


def links_of_named(store: ox.Store, *, names: Names) -> list[ox.Quad]:
    """Return the links of things that some document names, each with what is known of it as a link."""
    base = Base.of(names)
    links = list(store.quads_for_pattern(None, None, None, base.links))
    # Nodes that the graph of links describes itself: mappings, geometries, sets of links, registers.
    own = {q.subject for q in links if q.predicate == _TYPE}
    things = {end for q in links for end in (q.subject, q.object) if isinstance(end, ox.NamedNode)} - own
    ours = {thing for thing in things if thing.value.startswith(base.entities)}
    named = {thing for thing in ours if _is_named(store, thing, base)}
    former = {q.object for q in links if q.subject in named and q.object in ours}
    gone = ours - named - former
    of_gone = gone | {q.subject for q in links if q.object in gone}
    return [q for q in links if q.subject not in of_gone and q.object not in gone]


def _is_named(store: ox.Store, thing: ox.NamedNode, base: Base) -> bool:
    graphs = (q.graph_name for q in store.quads_for_pattern(thing, None, None, None))
    return any(isinstance(graph, ox.NamedNode) and graph.value.startswith(base.documents) for graph in graphs)


def label_of(store: ox.Store, key: str, *, names: Names) -> str | None:
    """Return the label of a thing, or None if nothing that the store holds names it."""
    subject = ox.NamedNode(names.entity(key))
    found = (q.object for q in store.quads_for_pattern(subject, _LABEL, None, ox.DefaultGraph()))
    return next((label.value for label in found if isinstance(label, ox.Literal)), None)
