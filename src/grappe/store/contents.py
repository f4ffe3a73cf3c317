"""What a generation holds, asked without a query."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from grappe.iri import Names

__all__ = ["facts_of", "holds"]


def facts_of(store: ox.Store, id: str, *, names: Names) -> list[ox.Quad]:
    """Return the facts of a document, none if the store does not hold it."""
    return list(store.quads_for_pattern(None, None, None, ox.NamedNode(names.facts_graph(id))))


def holds(store: ox.Store, quads: Iterable[ox.Quad]) -> bool:
    """Return whether the store holds all of these."""
    return all(quad in store for quad in quads)
