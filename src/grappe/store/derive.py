"""What the default graph and the inferred graph hold, kept right change by change.

The *base* of a store is the triples of its documents' facts, its links and its ontology. From it follow

- the inferred graph: all that single triples of the base entail (:meth:`grappe.ontology.Schema.entail`);
- the default graph: base and inferred together, each triple once, and of each entity one ``rdfs:label``, the others
  as ``skos:altLabel``; beside them what users keep there, whatever the base comes to state.

Any order of changes comes to the same graphs as a build from nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from grappe.iri import Names, expand
from grappe.ontology import Schema, Triple

__all__ = ["Base", "apply", "is_base", "is_managed"]

_DEFAULT = ox.DefaultGraph()
_LABEL = ox.NamedNode(expand("rdfs:label"))
_ALT = ox.NamedNode(expand("skos:altLabel"))


@dataclass(frozen=True, slots=True)
class Base:
    """The addresses that tell the graphs of a store apart."""

    documents: str
    links: ox.NamedNode
    ontology: ox.NamedNode
    inferred: ox.NamedNode
    catalogue: ox.NamedNode
    entities: str

    @classmethod
    def of(cls, names: Names) -> Base:
        """Return the addresses under a base IRI."""
        links, ontology, inferred, catalogue = (
            ox.NamedNode(names.graph(name)) for name in ("links", "ontology", "inferred", "catalogue")
        )
        return cls(names.facts_graph(""), links, ontology, inferred, catalogue, f"{names.base}id/")


def is_base(graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph, base: Base) -> bool:
    """Return whether a graph's triples belong to the base."""
    if not isinstance(graph, ox.NamedNode):
        return False
    if graph in (base.links, base.ontology):
        return True
    return graph.value.startswith(base.documents) and not graph.value.endswith("/evidence")


def is_managed(graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph, base: Base) -> bool:
    """Return whether a graph is kept by Grappe: the base, the evidence, the catalogue, what is inferred."""
    if not isinstance(graph, ox.NamedNode):
        return False
    return graph in (base.links, base.ontology, base.inferred, base.catalogue) or graph.value.startswith(base.documents)


def apply(
    store: ox.Store,
    removed: Iterable[Triple],
    added: Iterable[Triple],
    *,
    base: Base,
    schema: Schema,
    keeps: Callable[[Triple], bool],
) -> None:
    """Bring the derived graphs up to date, once triples have left and joined graphs of the base.

    ``removed`` and ``added`` may hold triples that another graph of the base holds too; ``keeps`` says which triples of
    the default graph are users' and stay in any case.
    """
    named: set[ox.NamedNode] = set()
    gone = [t for t in removed if not _sorted_out(t, named, base) and not _stated(store, t, base)]
    come = [t for t in added if not _sorted_out(t, named, base)]
    for triple in gone:
        if not _holds(store, triple, base.inferred) and not keeps(triple):
            store.remove(ox.Quad(*triple, _DEFAULT))
        for conclusion in schema.entail(triple):
            if any(_stated(store, premise, base) for premise in schema.premises(conclusion)):
                continue
            store.remove(ox.Quad(*conclusion, base.inferred))
            if not _stated(store, conclusion, base) and not keeps(conclusion):
                store.remove(ox.Quad(*conclusion, _DEFAULT))
    new: list[ox.Quad] = []
    for triple in come:
        new.append(ox.Quad(*triple, _DEFAULT))
        for conclusion in schema.entail(triple):
            new.append(ox.Quad(*conclusion, base.inferred))
            new.append(ox.Quad(*conclusion, _DEFAULT))
    store.extend(new)
    for subject in named:
        _name(store, subject, base, keeps)


def _sorted_out(triple: Triple, named: set[ox.NamedNode], base: Base) -> bool:
    """Return whether a triple names an entity; note the entity, for its names are chosen anew."""
    s, p, _ = triple
    if p in (_LABEL, _ALT) and isinstance(s, ox.NamedNode) and s.value.startswith(base.entities):
        named.add(s)
        return True
    return False


def _stated(store: ox.Store, triple: Triple, base: Base) -> bool:
    return any(is_base(q.graph_name, base) for q in store.quads_for_pattern(*triple, None))


def _holds(store: ox.Store, triple: Triple, graph: ox.NamedNode) -> bool:
    return ox.Quad(*triple, graph) in store


def _name(store: ox.Store, subject: ox.NamedNode, base: Base, keeps: Callable[[Triple], bool]) -> None:
    """Give an entity one label in the default graph: the ontology's, else that of most documents, else the first."""
    votes: Counter[ox.Literal] = Counter()
    others: set[ox.Literal] = set()
    for predicate in (_LABEL, _ALT):
        for quad in store.quads_for_pattern(subject, predicate, None, None):
            if not is_base(quad.graph_name, base) or not isinstance(quad.object, ox.Literal):
                continue
            others.add(quad.object)
            if predicate == _LABEL:
                votes[quad.object] += 1_000_000 if quad.graph_name == base.ontology else 1
    best = min(votes, key=lambda label: (-votes[label], str(label)), default=None)
    wanted = {ox.Quad(subject, _ALT, other, _DEFAULT) for other in others if other != best}
    if best is not None:
        wanted.add(ox.Quad(subject, _LABEL, best, _DEFAULT))
    held = {q for p in (_LABEL, _ALT) for q in store.quads_for_pattern(subject, p, None, _DEFAULT)}
    for quad in held - wanted:
        if not keeps((subject, quad.predicate, quad.object)):
            store.remove(quad)
    store.extend(wanted - held)
