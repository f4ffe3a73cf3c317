"""Each fact about a thing, with the passages that state it."""

from __future__ import annotations

import pyoxigraph as ox

from grappe.iri import Names, expand, shorten
from grappe.store.export import select_entity

__all__ = ["explain"]

#: Subject, predicate, object (labels or short forms), document, start, end, quote, confidence, extractor, and the
#: address of the evidence.
Row = tuple[str, str, str, str, int, int, str, str, str, str]

_LABEL = ox.NamedNode(expand("rdfs:label"))


def explain(store: ox.Store, iri: str, *, names: Names) -> list[Row]:
    """Return the rows in order of documents and offsets.

    Raises:
        NotFound: if no document speaks of the thing.
    """
    quads = select_entity(store, iri, names=names, evidence=True)
    by_subject: dict[str, dict[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]] = {}
    for q in quads:
        by_subject.setdefault(str(q.subject), {})[shorten(q.predicate.value)] = q.object
    rows: set[Row] = set()
    for evidence, said in by_subject.items():
        if "rdf:subject" not in said or "oa:hasTarget" not in said:
            continue
        span = by_subject[str(said["oa:hasTarget"])]
        place = int(_value(span["oa:start"])), int(_value(span["oa:end"]))
        subject, predicate, value = (_name(store, said[f"rdf:{part}"]) for part in ("subject", "predicate", "object"))
        source = _value(span["oa:hasSource"]).rsplit("/", 1)[-1]
        tail = (_value(span["oa:exact"]), _value(said["grp:confidence"]), _value(said["grp:extractor"]))
        rows.add((subject, predicate, value, source, *place, *tail, evidence[1:-1]))
    return sorted(rows, key=lambda r: (r[3], r[4], r[5], r[:3]))


def _name(store: ox.Store, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """Return a term as a reader knows it: a thing by its label, a term of a vocabulary by its prefix."""
    if not isinstance(term, ox.NamedNode):
        return _value(term)
    short = shorten(term.value)
    if short != term.value:
        return short
    for quad in store.quads_for_pattern(term, _LABEL, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.Literal):
            return quad.object.value
    return term.value.rsplit("/id/", 1)[-1]


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
