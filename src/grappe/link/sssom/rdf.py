"""The graph of links: the links themselves, identifiers as literals, how each came about, where places lie, counts.

How a link came about is an axiom annotated in the terms of SSSOM, as its own tools write it, with an address instead of
a blank node, so that the same links give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from grappe.iri import PREFIXES, Names, expand, shorten
from grappe.link.mappings import Linked
from grappe.link.records import SCHEMES, scheme_of
from grappe.model import Judgement, digest

__all__ = ["LICENCE", "counted", "links_graph", "sets_graph", "sets_of", "things_graph", "write_rdf"]

Term = ox.NamedNode | ox.Literal
_Said = tuple[ox.NamedNode, ox.NamedNode, Term]

#: What the links from things to their former addresses are counted as.
_FORMER = ("former-addresses", "owl:sameAs")


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


#: Of the mappings: they state facts.
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
_FORMATS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML}
_TYPE = _node("rdf:type")
_WKT = _node("geo:wktLiteral")


def links_graph(
    links: Iterable[Linked], merged: Iterable[tuple[str, str, Judgement | None]], *, names: Names
) -> list[ox.Quad]:
    """Return the quads of the graph of links, sorted.

    Args:
        links: the links that stand.
        merged: of each thing that is one with another, the key it has now, the one it had, and who said so.
        names: the addresses of the graph.
    """
    links, merged = [*links], [*merged]
    counts = Counter((one.scheme or "others", one.relation) for one in links)
    counts[_FORMER] = len(merged)
    registers = {(one.target.source, one.target.licence) for one in links if one.target.source}
    found = things_graph(links, merged, names=names) | sets_graph(counts, registers, names=names)
    return sorted(found, key=str)


def things_graph(
    links: Iterable[Linked], merged: Iterable[tuple[str, str, Judgement | None]], *, names: Names
) -> set[ox.Quad]:
    """Return what the graph of links says of the things that are linked, without the counts of all."""
    links = [*links]
    found: set[_Said] = set()
    for one in links:
        found.update(_link(one, names))
    for now, former, judgement in merged:
        here, there = ox.NamedNode(names.entity(now)), ox.NamedNode(names.entity(former))
        found.add((here, _node("owl:sameAs"), there))
        if judgement is not None:
            how = "semapv:UnspecifiedMatching" if judgement.by_rule else "semapv:ManualMappingCuration"
            found.update(_mapping(here, "owl:sameAs", there, judgement, how, names))
    found.update(_points(links, names))
    return _quads(found, names)


def sets_graph(
    counts: Mapping[tuple[str, str], int], registers: Iterable[tuple[str, str]], *, names: Names
) -> set[ox.Quad]:
    """Return what the graph of links says of its sets of links and of the registers that they lead to, in VoID.

    Args:
        counts: how many links there are, by scheme and relation.
        registers: the kinds of the registers, and their licences.
        names: the addresses of the graph.
    """
    return _quads(_void(counts, registers, names), names)


def sets_of(quads: Iterable[ox.Quad], *, names: Names) -> tuple[Counter[tuple[str, str]], set[tuple[str, str]]]:
    """Return the counts and the registers that quads of :func:`sets_graph` say."""
    start, counts = f"{names.graph('links')}#", Counter[tuple[str, str]]()
    registers, numbers, relations = set(), dict[str, int](), dict[str, str]()
    for q in quads:
        subject = q.subject.value if isinstance(q.subject, ox.NamedNode) else ""
        if q.predicate == _node("void:triples"):
            numbers[subject] = int(q.object.value)  # type: ignore[union-attr]
        elif q.predicate == _node("void:linkPredicate"):
            relations[subject] = shorten(q.object.value)  # type: ignore[union-attr]
        elif q.predicate == _node("dct:license"):
            registers.add((subject.removeprefix(_authority("", names)), q.object.value))  # type: ignore[union-attr]
    for subject, relation in relations.items():
        scheme = subject.removeprefix(start).removesuffix(f"-{relation.partition(':')[2]}")
        counts[scheme, relation] = numbers[subject]
    return counts, registers


def counted(quads: Iterable[ox.Quad], *, names: Names) -> tuple[Counter[tuple[str, str]], set[tuple[str, str]]]:
    """Return the counts and the registers that quads of :func:`things_graph` come to."""
    counts, said, ours = Counter[tuple[str, str]](), dict[ox.NamedNode, dict[str, str]](), names.entity("")
    for q in quads:
        value = q.object.value if isinstance(q.object, ox.NamedNode | ox.Literal) else ""
        if q.predicate == _node("owl:sameAs") and value.startswith(ours):
            counts[_FORMER] += 1
        elif isinstance(q.subject, ox.NamedNode):
            said.setdefault(q.subject, {})[shorten(q.predicate.value)] = value
    registers = set()
    for node in said.values():
        there = node.get("owl:annotatedTarget", ours)
        if not there.startswith(ours):
            counts[(scheme_of(there) or ("others", ""))[0], shorten(node["owl:annotatedProperty"])] += 1
        if "sssom:object_source" in node:
            registers.add((node["sssom:object_source"].removeprefix(_authority("", names)), node["dct:license"]))
    return counts, registers


def _quads(triples: Iterable[_Said], names: Names) -> set[ox.Quad]:
    graph = ox.NamedNode(names.graph("links"))
    return {ox.Quad(*triple, graph) for triple in triples}


def write_rdf(links: Iterable[Linked], format: str, *, names: Names, version: str) -> str:
    """Return a mapping set as RDF; what is said to be different carries the modifier ``Not``."""
    whole = ox.NamedNode(names.graph("links"))
    found: set[tuple[ox.NamedNode, ox.NamedNode, Term]] = {
        (whole, _TYPE, _node("sssom:MappingSet")),
        (whole, _node("dct:title"), ox.Literal("Links of a Grappe graph")),
        (whole, _node("dct:license"), ox.NamedNode(LICENCE)),
        (whole, _node("owl:versionInfo"), ox.Literal(version)),
    }
    for one in links:
        here, there = ox.NamedNode(names.entity(one.key)), one.target.address
        node = ox.NamedNode(_address(str(here), one.relation, str(ox.NamedNode(there)), names))
        found.add((whole, _node("sssom:mappings"), node))
        found.update(triple for triple in _link(one, names) if triple[0] == node)
        if one.judgement.verdict == "different":
            found.add((node, _node("sssom:predicate_modifier"), _node("sssom:NegatedPredicate")))
    triples = (ox.Triple(*triple) for triple in sorted(found, key=str))
    prefixes = {p: PREFIXES[p] for p in ("dct", "owl", "rdfs", "semapv", "skos", "sssom", "schema", "xsd")}
    return (ox.serialize(triples, format=_FORMATS[format], prefixes=prefixes) or b"").decode()


def _link(one: Linked, names: Names) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Term]]:
    here, there = ox.NamedNode(names.entity(one.key)), ox.NamedNode(one.target.address)
    yield here, _node(one.relation), there
    if one.scheme and one.relation != "skos:closeMatch":
        yield here, _node(SCHEMES[one.scheme].property), ox.Literal(one.identifier)
    node = ox.NamedNode(_address(str(here), one.relation, str(there), names))
    yield from _mapping(here, one.relation, there, one.judgement, one.justification, names)
    yield node, _node("sssom:subject_label"), ox.Literal(one.label)
    if one.target.label:
        yield node, _node("sssom:object_label"), ox.Literal(one.target.label)
    if one.target.source:
        yield node, _node("sssom:object_source"), ox.NamedNode(_authority(one.target.source, names))
        yield node, _node("sssom:object_source_version"), ox.Literal(one.target.date)
        yield node, _node("dct:license"), ox.Literal(one.target.licence)


def _points(links: list[Linked], names: Names) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Term]]:
    """Say where each place lies, once: of several registers GeoNames is asked first."""
    found: dict[str, tuple[bool, tuple[float, float]]] = {}
    for one in links:
        if one.target.point is not None and one.key.startswith("place/") and one.relation == "owl:sameAs":
            new = (one.scheme != "geonames", one.target.point)
            found[one.key] = min(found.get(one.key, new), new)
    for key, (_, (latitude, longitude)) in sorted(found.items()):
        here = ox.NamedNode(names.entity(key))
        spot = ox.NamedNode(f"{names.entity(key)}#geometry")
        yield here, _node("geo:hasGeometry"), spot
        yield spot, _TYPE, _node("geo:Geometry")
        yield spot, _node("geo:asWKT"), ox.Literal(f"POINT({longitude:.6g} {latitude:.6g})", datatype=_WKT)


def _mapping(
    here: ox.NamedNode, relation: str, there: ox.NamedNode, judgement: Judgement, how: str, names: Names
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, Term]]:
    node = ox.NamedNode(_address(str(here), relation, str(there), names))
    yield node, _TYPE, _node("owl:Axiom")
    yield node, _node("owl:annotatedSource"), here
    yield node, _node("owl:annotatedProperty"), _node(relation)
    yield node, _node("owl:annotatedTarget"), there
    yield node, _node("sssom:mapping_justification"), _node(how)
    yield node, _node("dct:created"), ox.Literal(judgement.at[:10], datatype=_node("xsd:date"))
    if judgement.score is not None:
        yield node, _node("sssom:confidence"), ox.Literal(f"{judgement.score:.4g}", datatype=_node("xsd:double"))
    if judgement.reason:
        yield node, _node("rdfs:comment"), ox.Literal(judgement.reason)
    if judgement.by_rule:
        yield node, _node("sssom:mapping_tool"), ox.Literal("Grappe")
        yield node, _node("sssom:curation_rule_text"), ox.Literal(judgement.by.removeprefix("rule:"))
    else:
        yield node, _node("sssom:author_label"), ox.Literal(judgement.by)


def _address(here: str, relation: str, there: str, names: Names) -> str:
    return names.entity(f"mapping/{digest(here, relation, there)}")


def _authority(kind: str, names: Names) -> str:
    return names.entity(f"authority/{kind}")


def _void(counts: Mapping[tuple[str, str], int], registers: Iterable[tuple[str, str]], names: Names) -> Iterator[_Said]:
    """Describe each set of links in VoID: between what, by which relation, how many."""
    ours = ox.NamedNode(names.base)
    for (scheme, relation), number in sorted(counts.items()):
        if not number:
            continue
        node = ox.NamedNode(f"{names.graph('links')}#{scheme}-{relation.partition(':')[2]}")
        title = SCHEMES[scheme].title if scheme in SCHEMES else scheme.replace("-", " ")
        yield node, _TYPE, _node("void:Linkset")
        yield node, _node("dct:title"), ox.Literal(f"Links to {title} ({relation})", language="en")
        yield node, _node("void:subjectsTarget"), ours
        if scheme in SCHEMES:
            yield node, _node("void:objectsTarget"), ox.NamedNode(SCHEMES[scheme].address.partition("{}")[0])
        yield node, _node("void:linkPredicate"), _node(relation)
        yield node, _node("void:triples"), ox.Literal(number)
        yield ours, _node("void:subset"), node
    for kind, licence in sorted(registers):
        node = ox.NamedNode(_authority(kind, names))
        yield node, _TYPE, _node("void:Dataset")
        yield node, _node("dct:identifier"), ox.Literal(kind)
        yield node, _node("dct:license"), ox.Literal(licence)
