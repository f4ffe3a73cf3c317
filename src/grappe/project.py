"""Facts and resolution made into quads: one graph of facts and one of evidence for each document."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from grappe.iri import Names, expand
from grappe.model import (
    NODE_IDENTITY,
    Entity,
    Evidence,
    Facts,
    Literal,
    Object,
    Origin,
    Ref,
    Resolution,
    Statement,
    Term,
    Text,
    digest,
)

__all__ = ["Projection", "Quads", "catalogue", "dump_quads", "load_quads", "passages", "project"]

Quads = tuple[ox.Quad, ...]
Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


@dataclass(frozen=True, slots=True)
class Projection:
    """The quads of one document, each once, in the order of its facts: these, and where its text states them."""

    document: str
    facts: Quads
    evidence: Quads


@functools.lru_cache(maxsize=4_096)
def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


_TYPE, _LABEL, _ALT = _node("rdf:type"), _node("rdfs:label"), _node("skos:altLabel")


def project(facts: Facts, resolution: Resolution, *, names: Names, text: Text) -> Projection:
    """Return a document's quads under its graphs; ``facts`` are as the judgements leave them.

    Keys are brought to their canonical form; a node that joins several things (an award, an office …) takes its key
    from what it says (:data:`grappe.model.NODE_IDENTITY`), so the same award told in two documents is one node.
    """
    terms = _Terms(_canonical_keys(facts, resolution), names)
    graph = ox.NamedNode(names.facts_graph(facts.document))
    about = ox.NamedNode(names.document(facts.document))
    quads = [ox.Quad(about, _TYPE, _node("grp:Document"), graph)]
    language = facts.metadata.language
    if facts.metadata.title:
        quads.append(ox.Quad(about, _node("dct:title"), ox.Literal(facts.metadata.title, language=language), graph))
    if facts.metadata.publisher:
        quads.append(ox.Quad(about, _node("dct:publisher"), terms.iri(facts.metadata.publisher), graph))
    if facts.metadata.issued:
        quads.append(
            ox.Quad(about, _node("dct:issued"), ox.Literal(facts.metadata.issued, datatype=_node("xsd:date")), graph)
        )
    quads.extend(_labels(facts.entities, terms.keys, names, graph))
    evidence = [
        ox.Quad(
            about, _node("grp:plainText"), ox.Literal(text.content), ox.NamedNode(names.evidence_graph(facts.document))
        )
    ]
    for statement in facts.statements:
        triple = terms.triple(statement)
        quads.append(ox.Quad(*triple, graph))
        evidence.extend(_evidence(statement, triple, names))
    return Projection(facts.document, tuple(dict.fromkeys(quads)), tuple(dict.fromkeys(evidence)))


def passages(facts: Facts, resolution: Resolution, *, names: Names) -> Mapping[str, Statement]:
    """Return the statement that each piece of a document's evidence, by its address, belongs to."""
    terms = _Terms(_canonical_keys(facts, resolution), names)
    return {
        _evidence_address(terms.triple(statement), evidence, names): statement
        for statement in facts.statements
        for evidence in statement.evidence
    }


@dataclass(frozen=True, slots=True)
class _Terms:
    """Keys and values made into terms; ``keys`` has the canonical key of each."""

    keys: dict[str, str]
    names: Names

    def iri(self, key: str) -> ox.NamedNode:
        return ox.NamedNode(self.names.entity(self.keys.get(key, key)))

    def term(self, value: Object) -> ox.NamedNode | ox.Literal:
        match value:
            case Ref(key):
                return self.iri(key)
            case Term(curie):
                return _node(curie)
            case Literal(lexical, datatype, language):
                if language:
                    return ox.Literal(lexical, language=language)
                return ox.Literal(lexical, datatype=_node(datatype))

    def triple(self, statement: Statement) -> Triple:
        return self.iri(statement.subject), _node(statement.predicate), self.term(statement.object)


def _canonical_keys(facts: Facts, resolution: Resolution) -> dict[str, str]:
    """Return the canonical key of every entity of a document, nodes by what they say of canonical things."""
    keys = {e.key: resolution.of(e.key, facts.document) for e in facts.entities}
    said: dict[str, list[Statement]] = {}
    for statement in facts.statements:
        said.setdefault(statement.subject, []).append(statement)
    for entity in facts.entities:
        identity = NODE_IDENTITY.get(entity.kind)
        if identity is None:
            continue
        parts = sorted(
            f"{s.predicate} {keys.get(s.object.key, s.object.key) if isinstance(s.object, Ref) else s.object!r}"
            for s in said.get(entity.key, ())
            if s.predicate in identity
        )
        keys[entity.key] = f"{entity.key.partition('/')[0]}/{digest(entity.kind, *parts)}"
    return keys


def _labels(entities: tuple[Entity, ...], keys: dict[str, str], names: Names, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """Give each thing one label, and every other form that the text has of it as an alternative one."""
    labels: dict[str, list[str]] = {}
    others: dict[str, set[str]] = {}
    tags: dict[str, str | None] = {}
    for entity in entities:
        key = keys[entity.key]
        if entity.label:
            labels.setdefault(key, []).append(entity.label)
            tags.setdefault(key, entity.language)
        others.setdefault(key, set()).update(entity.alt_labels)
        if entity.kind == "Role":
            yield ox.Quad(ox.NamedNode(names.entity(key)), _TYPE, _node("org:Role"), graph)
    for key, forms in labels.items():
        subject = ox.NamedNode(names.entity(key))
        tag = tags[key]
        yield ox.Quad(subject, _LABEL, ox.Literal(forms[0], language=tag) if tag else ox.Literal(forms[0]), graph)
        for form in sorted((others.get(key, set()) | {*forms}) - {forms[0]}):
            yield ox.Quad(subject, _ALT, ox.Literal(form, language=tag) if tag else ox.Literal(form), graph)


def _evidence(statement: Statement, triple: Triple, names: Names) -> Iterator[ox.Quad]:
    subject, predicate, value = triple
    graph = ox.NamedNode(names.evidence_graph(statement.document))
    about = ox.NamedNode(names.document(statement.document))
    for evidence in statement.evidence:
        start, end = evidence.span.start, evidence.span.end
        node = ox.NamedNode(_evidence_address(triple, evidence, names))
        span = ox.NamedNode(names.span(statement.document, start, end))
        yield ox.Quad(node, _TYPE, _node("grp:Evidence"), graph)
        yield ox.Quad(node, _node("rdf:subject"), subject, graph)
        yield ox.Quad(node, _node("rdf:predicate"), predicate, graph)
        yield ox.Quad(node, _node("rdf:object"), value, graph)
        yield ox.Quad(node, _node("grp:extractor"), ox.Literal(evidence.extractor), graph)
        yield ox.Quad(
            node,
            _node("grp:confidence"),
            ox.Literal(f"{evidence.confidence:.4g}", datatype=_node("xsd:decimal")),
            graph,
        )
        yield ox.Quad(node, _node("oa:hasTarget"), span, graph)
        yield ox.Quad(span, _node("oa:hasSource"), about, graph)
        yield ox.Quad(span, _node("oa:start"), ox.Literal(start), graph)
        yield ox.Quad(span, _node("oa:end"), ox.Literal(end), graph)
        yield ox.Quad(span, _node("oa:exact"), ox.Literal(evidence.quote), graph)


def dump_quads(quads: Quads) -> bytes:
    """Return quads as N-Quads, in their order."""
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


def load_quads(body: bytes) -> Quads:
    """Return the quads of N-Quads, in their order."""
    return tuple(ox.parse(body, ox.RdfFormat.N_QUADS))


def _evidence_address(triple: Triple, evidence: Evidence, names: Names) -> str:
    place = f"{evidence.span.start},{evidence.span.end}"
    return names.evidence(evidence.document, digest(*map(str, triple), place))


def catalogue(id: str, origin: Origin, *, sha256: str, media_type: str, names: Names) -> Quads:
    """Return what is known of a file and not from its text, for the catalogue graph."""
    graph, about = ox.NamedNode(names.graph("catalogue")), ox.NamedNode(names.document(id))
    pairs: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        ("dct:identifier", ox.Literal(id)),
        ("dct:format", ox.Literal(media_type)),
        ("grp:sha256", ox.Literal(sha256)),
    ]
    if origin.source_url:
        pairs.append(("dct:source", ox.NamedNode(origin.source_url)))
    if origin.licence:
        is_iri = origin.licence.startswith(("http://", "https://"))
        pairs.append(("dct:license", ox.NamedNode(origin.licence) if is_iri else ox.Literal(origin.licence)))
    if origin.retrieved:
        pairs.append(("grp:retrieved", ox.Literal(origin.retrieved, datatype=_node("xsd:date"))))
    return tuple(sorted((ox.Quad(about, _node(p), o, graph) for p, o in pairs), key=str))
