"""Where documents disagree: one thing, one property that has one value at a time, several values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pyoxigraph as ox

from grappe.iri import Names, expand, shorten

__all__ = ["SINGLE", "Conflict", "Told", "conflicts"]

#: Properties of which a thing has one value at a time. Two values in two documents are a contradiction, or a change.
SINGLE = (
    "grp:employeeCount",
    "grp:eventDate",
    "grp:floorAreaM2",
    "grp:foundedIn",
    "grp:openedIn",
    "grp:status",
    "grp:unitCount",
)
_DATES = frozenset({"grp:eventDate", "grp:foundedIn", "grp:openedIn"})
_AMOUNT = "grp:amount"

_Node = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True, slots=True)
class Told:
    """A value as one document states it: its date of issue if it has one, and the passage with its offsets."""

    value: str
    document: str
    issued: str | None
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A thing (its label; of an award, who gives to whom), a property, and what documents say of it, oldest first."""

    subject: str
    label: str
    predicate: str
    told: tuple[Told, ...]


def conflicts(store: ox.Store, *, names: Names) -> Iterator[Conflict]:
    """Yield what documents contradict each other about, by property and thing.

    Dates of different precision agree where one holds the other (2020 and 2020-03). Sums given by the same funders to
    the same beneficiary disagree unless their instruments or years show that they are two awards.
    """
    reader = _Reader(store, names)
    for predicate in SINGLE:
        said: dict[_Node, list[ox.Quad]] = defaultdict(list)
        for quad in reader.facts(predicate):
            said[quad.subject].append(quad)  # type: ignore[index]
        for subject in sorted(said, key=str):
            if quads := _disagreeing(said[subject], predicate):
                yield Conflict(str(subject)[1:-1], reader.label(subject), predicate, reader.told(quads))
    yield from _awards(reader)


def _disagreeing(quads: list[ox.Quad], predicate: str) -> list[ox.Quad]:
    """Return the quads of one thing if those of two documents have no value in common."""
    by_document: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        by_document[str(quad.graph_name)].add(_value(quad.object))
    agree = all(
        any(_agree(a, b, predicate) for a in left for b in right)
        for left, right in combinations(by_document.values(), 2)
    )
    return [] if agree else quads


def _agree(left: str, right: str, predicate: str) -> bool:
    return left == right or (predicate in _DATES and (left.startswith(right) or right.startswith(left)))


def _awards(reader: _Reader) -> Iterator[Conflict]:
    said: dict[tuple[frozenset[str], frozenset[str]], list[ox.Quad]] = defaultdict(list)
    for quad in reader.facts(_AMOUNT):
        parties = reader.of(quad, "grp:funder"), reader.of(quad, "grp:beneficiary")
        if all(parties):
            said[parties].append(quad)
    for (funders, beneficiaries), quads in sorted(said.items(), key=lambda one: [*map(sorted, one[0])]):
        of_others = [
            (a, b)
            for a, b in combinations(quads, 2)
            if a.graph_name != b.graph_name and not reader.are_two_awards(a, b)
        ]
        concerned = [quad for quad in quads if any(quad in pair for pair in of_others)]
        if of_others and (disagreeing := _disagreeing(concerned, _AMOUNT)):
            who = [
                ", ".join(reader.label(ox.NamedNode(one)) for one in sorted(side)) for side in (funders, beneficiaries)
            ]
            yield Conflict(sorted(beneficiaries)[0], " → ".join(who), _AMOUNT, reader.told(disagreeing))


class _Reader:
    """What documents' graphs and evidence say, looked up by pattern."""

    def __init__(self, store: ox.Store, names: Names) -> None:
        self._store, self._start = store, names.facts_graph("")

    def facts(self, predicate: str) -> Iterator[ox.Quad]:
        """Yield the quads of a property in the graphs of documents' facts."""
        for quad in self._store.quads_for_pattern(None, _node(predicate), None, None):
            graph = quad.graph_name
            if isinstance(graph, ox.NamedNode) and "/" not in (id := graph.value.removeprefix(self._start)) and id:
                yield quad

    def of(self, quad: ox.Quad, predicate: str) -> frozenset[str]:
        """Return what the same document says of the same thing by another property."""
        found = self._store.quads_for_pattern(quad.subject, _node(predicate), None, quad.graph_name)
        return frozenset(_value(q.object) for q in found)

    def are_two_awards(self, left: ox.Quad, right: ox.Quad) -> bool:
        """Return whether instruments or years, where both documents give them, show two awards."""
        for predicate in ("grp:instrument", "grp:startYear", "grp:endYear"):
            a, b = self.of(left, predicate), self.of(right, predicate)
            if a and b and not a & b:
                return True
        return False

    def label(self, thing: _Node) -> str:
        """Return the label of a thing in the whole graph."""
        found = self._store.quads_for_pattern(thing, _node("rdfs:label"), None, ox.DefaultGraph())
        return next((_value(q.object) for q in found), thing.value)

    def told(self, quads: list[ox.Quad]) -> tuple[Told, ...]:
        """Return quads as their documents tell them, oldest first, those of no date last."""
        told = {self._told(quad) for quad in quads}
        return tuple(sorted(told, key=lambda t: (t.issued is None, t.issued or "", t.document, t.value)))

    def _told(self, quad: ox.Quad) -> Told:
        assert isinstance(quad.graph_name, ox.NamedNode)
        graph = quad.graph_name
        issued = next(
            (_value(q.object) for q in self._store.quads_for_pattern(None, _node("dct:issued"), None, graph)), None
        )
        place = min(self._passages(quad, ox.NamedNode(f"{graph.value}/evidence")), default=(0, 0, ""))
        value = quad.object.value if not isinstance(quad.object, ox.NamedNode) else shorten(quad.object.value)  # type: ignore[union-attr]
        return Told(value, graph.value.removeprefix(self._start), issued, *place)

    def _passages(self, quad: ox.Quad, graph: ox.NamedNode) -> Iterator[tuple[int, int, str]]:
        for found in self._store.quads_for_pattern(None, _node("rdf:subject"), quad.subject, graph):
            said = {
                q.predicate.value: q.object for q in self._store.quads_for_pattern(found.subject, None, None, graph)
            }
            if said[expand("rdf:predicate")] == quad.predicate and said[expand("rdf:object")] == quad.object:
                target = said[expand("oa:hasTarget")]
                assert isinstance(target, ox.NamedNode)
                span = {
                    q.predicate.value: _value(q.object)
                    for q in self._store.quads_for_pattern(target, None, None, graph)
                }
                yield int(span[expand("oa:start")]), int(span[expand("oa:end")]), span[expand("oa:exact")]


def _node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value
