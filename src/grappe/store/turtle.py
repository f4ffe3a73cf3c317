"""Turtle and TriG that a person likes to read, and that differ in git only where the graph does.

Prefixes that are used and no others; subjects in order, each once, its type first, then its names, then the rest;
objects in order; numbers and booleans short where their form allows. The same triples give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from grappe.iri import PREFIXES, Names

__all__ = ["entity_prefixes", "write_trig", "write_turtle"]

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_FIRST = (
    _RDF_TYPE,
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#altLabel",
)
_KINDS = (
    "accreditation",
    "accreditation-award",
    "award",
    "document",
    "event",
    "facility",
    "instrument",
    "membership",
    "organization",
    "person",
    "place",
    "programme",
    "project",
    "quotation",
    "role",
    "theme",
)

# A part of PN_LOCAL (Turtle 1.1, 6.5) that needs no escapes.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")
_SHORT = {
    f"{_XSD}integer": re.compile(r"[+-]?\d+\Z"),
    f"{_XSD}decimal": re.compile(r"[+-]?\d*\.\d+\Z"),
    f"{_XSD}double": re.compile(r"[+-]?(?:\d+\.\d*|\.?\d+)[eE][+-]?\d+\Z"),
    f"{_XSD}boolean": re.compile(r"(?:true|false)\Z"),
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r'[\\"\n\r\t\x08\f\x00-\x1f\x7f]')


def entity_prefixes(names: Names) -> dict[str, str]:
    """Return a prefix for each kind of entity: ``organization:genopole`` reads better than an address."""
    kinds = {kind: f"{names.base}id/{kind}/" for kind in _KINDS}
    return {**kinds, "graph": f"{names.base}graph/", "in": f"{names.base}graph/document/"}


def write_turtle(triples: Iterable[ox.Triple], *, names: Names) -> Iterator[str]:
    """Yield a Turtle document in pieces."""
    namer = _Namer({**PREFIXES, **entity_prefixes(names)})
    body = list(_subjects(triples, namer, indent=""))
    yield from namer.prologue()
    for piece in body:
        yield "\n" + piece


def write_trig(quads: Iterable[ox.Quad], *, names: Names) -> Iterator[str]:
    """Yield a TriG document in pieces: the default graph, then the named graphs in order."""
    namer = _Namer({**PREFIXES, **entity_prefixes(names)})
    graphs: dict[str, tuple[ox.NamedNode | ox.BlankNode | ox.DefaultGraph, list[ox.Triple]]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
        graphs.setdefault(name, (quad.graph_name, []))[1].append(quad.triple)
    body = []
    for _, (graph, triples) in sorted(graphs.items()):
        inside = "" if isinstance(graph, ox.DefaultGraph) else "  "
        pieces = "\n".join(_subjects(triples, namer, indent=inside))
        body.append(pieces if isinstance(graph, ox.DefaultGraph) else f"{namer.term(graph)} {{\n{pieces}}}\n")
    yield from namer.prologue()
    for piece in body:
        yield "\n" + piece


class _Namer:
    """Writes terms, and remembers which prefixes it needed."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        # The longest namespace first, so that the most telling prefix wins.
        self._prefixes = sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        self._used: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def prologue(self) -> Iterator[str]:
        for prefix, namespace in sorted(self._used.items()):
            yield f"@prefix {prefix}: <{namespace}> .\n"

    def iri(self, value: str) -> str:
        if (known := self._known.get(value)) is not None:
            return known
        written = f"<{value}>"
        for prefix, namespace in self._prefixes:
            local = value[len(namespace) :]
            if value.startswith(namespace) and _LOCAL.match(local):
                self._used[prefix] = namespace
                written = f"{prefix}:{local}"
                break
        self._known[value] = written
        return written

    def term(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        if isinstance(term, ox.Literal):
            return self._literal(term)
        if isinstance(term, ox.BlankNode):
            return str(term)
        raise TypeError("RDF 1.1 has no triple terms")

    def _literal(self, literal: ox.Literal) -> str:
        datatype = literal.datatype.value
        if literal.language is None and datatype in _SHORT and _SHORT[datatype].match(literal.value):
            return literal.value
        quoted = '"' + _ESCAPED.sub(_escape, literal.value) + '"'
        if literal.language is not None:
            return f"{quoted}@{literal.language}"
        return quoted if datatype == f"{_XSD}string" else f"{quoted}^^{self.iri(datatype)}"


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    return _ESCAPES.get(sign) or f"\\u{ord(sign):04X}"


def _subjects(triples: Iterable[ox.Triple], namer: _Namer, *, indent: str) -> Iterator[str]:
    """Yield each subject's description, in order of the subjects' addresses."""
    by_subject: dict[
        ox.NamedNode | ox.BlankNode | ox.Triple, dict[str, set[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]
    ] = {}
    for t in triples:
        by_subject.setdefault(t.subject, {}).setdefault(t.predicate.value, set()).add(t.object)
    for subject in sorted(by_subject, key=_order):
        properties = by_subject[subject]
        lines = []
        for predicate in sorted(properties, key=_rank):
            verb = "a" if predicate == _RDF_TYPE else namer.iri(predicate)
            objects = [namer.term(o) for o in sorted(properties[predicate], key=_order)]
            between = f" ,\n{indent}    " if len(objects) > 1 else ""
            lines.append(
                f"{verb} {between.join(objects)}"
                if len(objects) == 1
                else f"{verb}\n{indent}    {between.join(objects)}"
            )
        yield f"{indent}{namer.term(subject)} " + f" ;\n{indent}  ".join(lines) + " .\n"


def _rank(predicate: str) -> tuple[int, str]:
    return (_FIRST.index(predicate) if predicate in _FIRST else len(_FIRST), predicate)


def _order(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> tuple[int, str, str]:
    """Sort addresses before blank nodes before literals; numbers by their size would tie, so by their form."""
    if isinstance(term, ox.NamedNode):
        return 0, term.value, ""
    if isinstance(term, ox.BlankNode):
        return 1, term.value, ""
    if isinstance(term, ox.Literal):
        return 2, term.value, f"{term.datatype.value} {term.language or ''}"
    return 3, str(term), ""
