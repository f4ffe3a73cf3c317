"""What of a store is its users' own, kept in a store beside it that no query reaches.

``store/own`` holds, in its default graph, the triples of the default graph that users wrote there; its named graphs,
all empty, are the names of users' graphs that are seen in the default graph too (loaded ones). It exists only where it
has something to say: a store without documents and without such graphs is its users' altogether.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from grappe.iri import expand
from grappe.ontology import Triple
from grappe.store.derive import Base, is_managed

__all__ = ["Users"]

_DEFAULT = ox.DefaultGraph()
_SHA256 = ox.NamedNode(expand("grp:sha256"))


@dataclass(slots=True)
class Users:
    """The users' part of an open primary."""

    folder: Path
    store: ox.Store
    base: Base
    _own: ox.Store | None = field(default=None)

    def __post_init__(self) -> None:
        if self.folder.is_dir():
            self._own = ox.Store(str(self.folder))

    @property
    def adopted(self) -> bool:
        """Whether the store holds the ontology, and so what follows from it: the default graph is not all users'."""
        return any(True for _ in self.store.quads_for_pattern(self.base.ontology, _SHA256, None, self.base.catalogue))

    @property
    def free(self) -> bool:
        """Whether all that the store holds is its users' own."""
        return self._own is None and not self.adopted

    @property
    def shows_alone(self) -> bool:
        """Whether nothing but loaded graphs and users' own triples can be in the default graph."""
        return not self.adopted

    @property
    def kept(self) -> ox.Store | None:
        """The store beside the store, where there is one."""
        return self._own

    @property
    def shown(self) -> frozenset[str]:
        """The graphs that are seen in the default graph too."""
        if self._own is None:
            return frozenset()
        return frozenset(g.value for g in self._own.named_graphs() if isinstance(g, ox.NamedNode))

    def manages(self, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> bool:
        """Return whether a graph is kept by Grappe."""
        return self.adopted and is_managed(graph, self.base)

    def owns(self, triple: Triple) -> bool:
        """Return whether users wrote a triple to the default graph."""
        quad = ox.Quad(*triple, _DEFAULT)
        return quad in (self._own or self.store) if self._own or not self.adopted else False

    def keeps(self, triple: Triple) -> bool:
        """Return whether a triple stays in the default graph whatever documents state: users wrote or loaded it."""
        if self._own is None:
            return False
        if ox.Quad(*triple, _DEFAULT) in self._own:
            return True
        return any(
            isinstance(q.graph_name, ox.NamedNode) and self._own.contains_named_graph(q.graph_name)
            for q in self.store.quads_for_pattern(*triple, None)
        )

    def begin(self) -> ox.Store:
        """Return the store beside the store; where there is none yet, all that the default graph holds is users'."""
        if self._own is None:
            self._own = ox.Store(str(self.folder))
            if not self.adopted:
                self._own.bulk_extend(self.store.quads_for_pattern(None, None, None, _DEFAULT))
        return self._own

    def add(self, triples: Iterable[Triple]) -> None:
        """Make triples of the default graph users' own."""
        if quads := [ox.Quad(*t, _DEFAULT) for t in triples]:
            self.begin().extend(quads)

    def forget(self, triples: Iterable[Triple]) -> None:
        """Make triples of the default graph nobody's own."""
        if self._own is not None:
            for t in triples:
                self._own.remove(ox.Quad(*t, _DEFAULT))

    def show(self, graph: ox.NamedNode) -> None:
        """Have a users' graph seen in the default graph too; the caller puts its triples there."""
        self.begin().add_graph(graph)

    def hide(self, graph: ox.NamedNode) -> None:
        """Have a graph no longer seen in the default graph; the caller takes its triples out."""
        if self._own is not None:
            self._own.remove_graph(graph)

    def restore_default(self) -> None:
        """Put what is users' into an empty default graph."""
        if self._own is None:
            return
        self.store.bulk_extend(self._own.quads_for_pattern(None, None, None, _DEFAULT))
        for name in self.shown:
            self.copy(ox.NamedNode(name))

    def copy(self, graph: ox.NamedNode) -> None:
        """Put the triples of a graph into the default graph too."""
        self.store.bulk_extend(
            ox.Quad(q.subject, q.predicate, q.object, _DEFAULT)
            for q in self.store.quads_for_pattern(None, None, None, graph)
        )

    def close(self) -> None:
        """Let go of the store beside the store: the engine frees its lock when nothing refers to it."""
        self._own = None
