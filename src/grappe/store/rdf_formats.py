"""The formats of graphs as the engine knows them, by the names of :mod:`grappe.store.formats`."""

from __future__ import annotations

import pyoxigraph as ox

__all__ = ["PREFIXED", "RDF_FORMATS"]

RDF_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}

#: Those that are shorter with prefixes.
PREFIXED = frozenset({"turtle", "trig", "rdfxml", "jsonld"})
