"""What a generation holds, asked without a query."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from grappe.iri import Names, expand
from grappe.store.derive import Base

__all__ = [
    "catalogue_of",
    "facts_of",
    "holds",
    "label_of",
    "link_sets",
    "links_of",
    "links_of_named",
    "links_to",
    "plain_text",
]

_TYPE = ox.NamedNode(expand("rdf:type"))
_LABEL = ox.NamedNode(expand("rdfs:label"))
_SOURCE = ox.NamedNode(expand("owl:annotatedSource"))
_REGISTER = ox.NamedNode(expand("sssom:object_source"))
_LICENCE = ox.NamedNode(expand("dct:license"))


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


def links_of(store: ox.Store, key: str, *, names: Names) -> set[ox.Quad]:
    """Return what the graph of links says of a thing: its links, how they came about, where it lies."""
    graph, thing = Base.of(names).links, ox.NamedNode(names.entity(key))
    how = (q.subject for q in store.quads_for_pattern(None, _SOURCE, thing, graph))
    subjects = [thing, ox.NamedNode(f"{thing.value}#geometry"), *how]
    return {q for subject in subjects for q in store.quads_for_pattern(subject, None, None, graph)}


def link_sets(store: ox.Store, *, names: Names) -> set[ox.Quad]:
    """Return what the graph of links says of its sets of links and their registers."""
    graph = Base.of(names).links
    kinds = (ox.NamedNode(expand(f"void:{kind}")) for kind in ("Linkset", "Dataset"))
    subjects = {q.subject for kind in kinds for q in store.quads_for_pattern(None, _TYPE, kind, graph)}
    subjects.add(ox.NamedNode(names.base))
    return {q for subject in subjects for q in store.quads_for_pattern(subject, None, None, graph)}


def links_to(store: ox.Store, register: str, licence: str, *, names: Names) -> bool:
    """Return whether a link leads to a register of a kind, under a licence."""
    graph, kind = Base.of(names).links, ox.NamedNode(names.entity(f"authority/{register}"))
    how = (q.subject for q in store.quads_for_pattern(None, _REGISTER, kind, graph))
    return any(ox.Quad(node, _LICENCE, ox.Literal(licence), graph) in store for node in how)


def _is_named(store: ox.Store, thing: ox.NamedNode, base: Base) -> bool:
    graphs = (q.graph_name for q in store.quads_for_pattern(thing, None, None, None))
    return any(isinstance(graph, ox.NamedNode) and graph.value.startswith(base.documents) for graph in graphs)


def label_of(store: ox.Store, key: str, *, names: Names) -> str | None:
    """Return the label of a thing, or None if nothing that the store holds names it."""
    subject = ox.NamedNode(names.entity(key))
    found = (q.object for q in store.quads_for_pattern(subject, _LABEL, None, ox.DefaultGraph()))
    return next((label.value for label in found if isinstance(label, ox.Literal)), None)
