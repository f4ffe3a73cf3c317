"""The folder ``ontology/`` parsed once into a Schema: its triples, what they entail, and the names of its themes."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import pyoxigraph as ox

from grappe.errors import ResourceMissing
from grappe.iri import DEFAULT_BASE, GRP, Names, expand, fold

__all__ = ["FILES", "Schema", "Triple"]

#: What makes the ontology graph; the shapes are kept apart, as they say nothing of the world.
FILES = ("grappe.ttl", "alignments.ttl", "themes.ttl")

Triple = tuple[ox.NamedNode | ox.BlankNode, ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]

_Term = TypeVar("_Term", bound=ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple)


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


_TYPE = _node("rdf:type")
_LABEL, _ALT, _PREF = _node("rdfs:label"), _node("skos:altLabel"), _node("skos:prefLabel")
_THEME = _node("grp:Theme")

#: Conclusions that nobody is helped by, and labels: of each entity the store chooses one.
_NEVER_INFERRED = frozenset(
    {
        _LABEL,
        _ALT,
        _node("owl:topObjectProperty"),
        _node("owl:topDataProperty"),
        _node("owl:Thing"),
        _node("rdfs:Resource"),
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Schema:
    """The ontology with its alignments and themes.

    ``digest`` changes with its bytes; ``superclasses`` and ``conclusions`` are closures: of a class, every class above
    it; of a property, each property that follows from it, with whether subject and object change places.
    """

    triples: tuple[ox.Triple, ...]
    digest: str
    superclasses: Mapping[ox.NamedNode, frozenset[ox.NamedNode]]
    subclasses: Mapping[ox.NamedNode, frozenset[ox.NamedNode]]
    conclusions: Mapping[ox.NamedNode, frozenset[tuple[ox.NamedNode, bool]]]
    reasons: Mapping[ox.NamedNode, frozenset[tuple[ox.NamedNode, bool]]]
    themes: Mapping[str, str]
    folder: Path

    @classmethod
    def load(cls, folder: Path) -> Schema:
        """Return the schema of a folder; the same folder is parsed once in a process.

        Raises:
            ResourceMissing: if a file of the ontology is absent.
        """
        return _load(folder)

    def graph(self, names: Names) -> Iterator[ox.Quad]:
        """Yield the quads of the ontology graph; the themes' addresses follow the base of the graph."""
        graph = ox.NamedNode(names.graph("ontology"))
        for t in self.triples:
            if names.base == DEFAULT_BASE:
                yield ox.Quad(t.subject, t.predicate, t.object, graph)
            else:
                yield ox.Quad(_moved(t.subject, names), t.predicate, _moved(t.object, names), graph)

    def entail(self, triple: Triple) -> Iterator[Triple]:
        """Yield what follows from one triple: its superclasses, its superproperties and their inverses.

        Domains and ranges infer nothing.
        """
        s, p, o = triple
        if p == _TYPE:
            if isinstance(o, ox.NamedNode):
                yield from ((s, p, above) for above in self.superclasses.get(o, ()))
            return
        for other, swapped in self.conclusions.get(p, ()):
            if not swapped:
                yield s, other, o
            elif isinstance(o, ox.NamedNode | ox.BlankNode):
                yield o, other, s

    def premises(self, triple: Triple) -> Iterator[Triple]:
        """Yield every triple from which this one would follow: the inverse of :meth:`entail`."""
        s, p, o = triple
        if p == _TYPE:
            if isinstance(o, ox.NamedNode):
                yield from ((s, p, below) for below in self.subclasses.get(o, ()))
            return
        for other, swapped in self.reasons.get(p, ()):
            if not swapped:
                yield s, other, o
            elif isinstance(o, ox.NamedNode | ox.BlankNode):
                yield o, other, s

    @property
    def classes(self) -> tuple[str, ...]:
        """The local names of the ontology's own classes, in order."""
        owl_class = _node("owl:Class")
        found = {
            t.subject.value[len(GRP) :]
            for t in self.triples
            if t.predicate == _TYPE
            and t.object == owl_class
            and isinstance(t.subject, ox.NamedNode)
            and t.subject.value.startswith(GRP)
        }
        return tuple(sorted(found))


@functools.lru_cache(maxsize=4)
def _load(folder: Path) -> Schema:
    body = []
    for name in FILES:
        try:
            body.append((folder / name).read_bytes())
        except OSError as error:
            message = f"{name} of the ontology cannot be read."
            raise ResourceMissing(message, remedy="Install grappe again.") from error
    dataset = ox.Dataset()
    for part in body:
        for quad in ox.parse(part, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            dataset.add(quad)
    # Blank nodes get names that depend on what they say, so that the same ontology gives the same bytes.
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    triples = tuple(sorted((q.triple for q in dataset), key=str))
    superclasses = _closure(triples, ("rdfs:subClassOf", "owl:equivalentClass"))
    conclusions = _conclusions(triples)
    return Schema(
        triples=triples,
        digest=hashlib.sha256(b"\0".join(body)).hexdigest(),
        superclasses=MappingProxyType(superclasses),
        subclasses=MappingProxyType(_turned(superclasses)),
        conclusions=MappingProxyType(conclusions),
        reasons=MappingProxyType(_turned_pairs(conclusions)),
        themes=MappingProxyType(_themes(triples)),
        folder=folder,
    )


def _closure(triples: Iterable[ox.Triple], predicates: tuple[str, str]) -> dict[ox.NamedNode, frozenset[ox.NamedNode]]:
    """Return, of each class, the named classes above it; equivalence goes both ways."""
    above, same = (_node(p) for p in predicates)
    direct: dict[ox.NamedNode, set[ox.NamedNode]] = {}
    for t in triples:
        if isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode):
            if t.predicate in (above, same):
                direct.setdefault(t.subject, set()).add(t.object)
            if t.predicate == same:
                direct.setdefault(t.object, set()).add(t.subject)
    return {start: frozenset(_reached(start, direct) - {start} - _NEVER_INFERRED) for start in direct}


def _reached(start: ox.NamedNode, direct: Mapping[ox.NamedNode, set[ox.NamedNode]]) -> set[ox.NamedNode]:
    seen, todo = {start}, [start]
    while todo:
        for following in direct.get(todo.pop(), ()):
            if following not in seen:
                seen.add(following)
                todo.append(following)
    return seen


def _conclusions(triples: Iterable[ox.Triple]) -> dict[ox.NamedNode, frozenset[tuple[ox.NamedNode, bool]]]:
    """Return, of each property, what follows from it, and whether subject and object change places."""
    sub, inverse, same = _node("rdfs:subPropertyOf"), _node("owl:inverseOf"), _node("owl:equivalentProperty")
    symmetric = _node("owl:SymmetricProperty")
    direct: dict[ox.NamedNode, set[tuple[ox.NamedNode, bool]]] = {}
    for t in triples:
        if not isinstance(t.subject, ox.NamedNode) or not isinstance(t.object, ox.NamedNode):
            continue
        if t.predicate in (sub, same):
            direct.setdefault(t.subject, set()).add((t.object, False))
        if t.predicate == same:
            direct.setdefault(t.object, set()).add((t.subject, False))
        if t.predicate == inverse:
            direct.setdefault(t.subject, set()).add((t.object, True))
            direct.setdefault(t.object, set()).add((t.subject, True))
        if t.predicate == _TYPE and t.object == symmetric:
            direct.setdefault(t.subject, set()).add((t.subject, True))
    out: dict[ox.NamedNode, frozenset[tuple[ox.NamedNode, bool]]] = {}
    for start in direct:
        seen, todo = {(start, False)}, [(start, False)]
        while todo:
            at, swapped = todo.pop()
            for following, turns in direct.get(at, ()):
                state = (following, swapped != turns)
                if state not in seen:
                    seen.add(state)
                    todo.append(state)
        out[start] = frozenset(s for s in seen if s != (start, False) and s[0] not in _NEVER_INFERRED)
    return out


def _turned(above: Mapping[ox.NamedNode, frozenset[ox.NamedNode]]) -> dict[ox.NamedNode, frozenset[ox.NamedNode]]:
    out: dict[ox.NamedNode, set[ox.NamedNode]] = {}
    for start, ends in above.items():
        for end in ends:
            out.setdefault(end, set()).add(start)
    return {end: frozenset(starts) for end, starts in out.items()}


def _turned_pairs(
    conclusions: Mapping[ox.NamedNode, frozenset[tuple[ox.NamedNode, bool]]],
) -> dict[ox.NamedNode, frozenset[tuple[ox.NamedNode, bool]]]:
    out: dict[ox.NamedNode, set[tuple[ox.NamedNode, bool]]] = {}
    for start, ends in conclusions.items():
        for end, swapped in ends:
            out.setdefault(end, set()).add((start, swapped))
    return {end: frozenset(starts) for end, starts in out.items()}


def _themes(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Return the folded names of the themes, in any language, with the preferred French name of each."""
    themes = {t.subject for t in triples if t.predicate == _TYPE and t.object == _THEME}
    names: dict[ox.NamedNode | ox.BlankNode | ox.Triple, list[tuple[int, str, bool]]] = {}
    for t in triples:
        if t.subject in themes and t.predicate in (_PREF, _ALT) and isinstance(t.object, ox.Literal):
            french = t.object.language == "fr"
            rank = (0 if t.predicate == _PREF else 1) if french else 2
            names.setdefault(t.subject, []).append((rank, t.object.value, t.predicate == _PREF and french))
    out: dict[str, tuple[int, str]] = {}
    for forms in names.values():
        preferred = next((value for _, value, best in sorted(forms) if best), None)
        if preferred is None:
            continue
        for rank, value, _ in forms:
            folded = fold(value)
            out[folded] = min(out.get(folded, (9, "")), (rank, preferred))
    return {folded: preferred for folded, (_, preferred) in sorted(out.items())}


def _moved(term: _Term, names: Names) -> _Term | ox.NamedNode:
    start = f"{DEFAULT_BASE}id/"
    if isinstance(term, ox.NamedNode) and term.value.startswith(start):
        return ox.NamedNode(f"{names.base}id/{term.value[len(start) :]}")
    return term
