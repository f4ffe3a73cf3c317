"""What the graph of a document says, in the form of a gold file: things by their addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import pyoxigraph as ox

from grappe.evaluate.gold import CLASSES, Fact
from grappe.iri import GRP, expand, fold

__all__ = ["Drawn", "Shown", "Triple", "draw"]

Triple = tuple[str, str, str]

_TYPE, _LABEL, _ALT = expand("rdf:type"), expand("rdfs:label"), expand("skos:altLabel")
#: Of the alternative labels of one thing, so many count: a name is no net to fish with.
_ALIASES = 12

_THINGS: Mapping[str, str] = {
    "headOf": "org:headOf",
    "unitOf": "org:unitOf",
    **{
        relation: f"grp:{relation}"
        for relation in (
            "ledBy", "involves", "partner", "memberOf", "locatedIn", "hasFacility", "containedIn", "signatory", "plans",
            "organizer", "participant", "theme",
            "floorAreaM2", "unitCount", "openedIn", "status", "eventDate", "foundedIn", "employeeCount",
        )
    },
}  # fmt: skip
_VALUES = frozenset({"floorAreaM2", "unitCount", "openedIn", "status", "eventDate", "foundedIn", "employeeCount"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing of a graph: its most specific class, every class, its label, its names folded, its other names."""

    kind: str
    kinds: tuple[str, ...]
    label: str
    names: frozenset[str]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The facts of a document's graph in the form of a gold file; ``made_of`` has the triples that each comes from."""

    things: Mapping[str, Shown]
    facts: tuple[Fact, ...]
    made_of: Mapping[Fact, tuple[Triple, ...]]
    title: str | None = None
    publisher: str | None = None
    issued: str | None = None


class _Index:
    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._objects: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object.value
                self._objects[subject, predicate].append(value)
                self.pairs[predicate].append((subject, value))

    def of(self, subject: str, curie: str) -> list[str]:
        return sorted(self._objects.get((subject, expand(curie)), ()))

    def all(self, curie: str) -> list[tuple[str, str]]:
        return sorted(self.pairs.get(expand(curie), ()))

    def nodes(self, curie: str) -> list[str]:
        return [subject for subject, kind in self.all("rdf:type") if kind == expand(curie)]


def draw(quads: Iterable[ox.Quad]) -> Drawn:
    """Return what the quads of one document's graph say; ``quads`` are of one graph."""
    index = _Index(quads)
    things = _things(index)
    found: dict[Fact, list[Triple]] = defaultdict(list)
    for fact, triples in _facts(index, things):
        found[fact].extend(t for t in triples if t not in found[fact])
    documents = index.nodes("grp:Document")

    def about(curie: str) -> str | None:
        return next((value for node in documents for value in index.of(node, curie)), None)

    return Drawn(
        things,
        tuple(found),
        {fact: tuple(triples) for fact, triples in found.items()},
        about("dct:title"),
        about("dct:publisher"),
        about("dct:issued"),
    )


def _things(index: _Index) -> dict[str, Shown]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for subject, kind in index.all("rdf:type"):
        if kind.startswith(GRP) and kind.removeprefix(GRP) in CLASSES:
            kinds[subject].add(kind.removeprefix(GRP))
    out = {}
    for subject, classes in kinds.items():
        labels, aliases = index.of(subject, "rdfs:label"), index.of(subject, "skos:altLabel")
        counted = sorted({plain(a) for a in aliases})[:_ALIASES]
        names = frozenset({*map(plain, labels), *counted} - {""})
        label = labels[-1] if labels else subject.rpartition("/")[2]
        out[subject] = Shown(max(sorted(classes), key=_depth), tuple(sorted(classes)), label, names, tuple(aliases))
    return out


def _depth(kind: str) -> int:
    """Return how far a class is from the most general of its sort."""
    general = {"Organization", "Facility", "FundingInstrument", "Event"}
    return 0 if kind in general or CLASSES[kind] == kind.casefold() else 2 if kind == "Biofoundry" else 1


def _facts(index: _Index, things: Mapping[str, Shown]) -> Iterator[tuple[Fact, list[Triple]]]:
    for thing, shown in things.items():
        for kind in shown.kinds:
            yield ("type", thing, kind), [(thing, _TYPE, GRP + kind)]
    for relation, curie in _THINGS.items():
        for subject, value in index.all(curie):
            said = value.removeprefix(GRP) if relation in _VALUES else value
            yield (relation, subject, said), [(subject, expand(curie), value)]
    for node in sorted({subject for subject, _ in index.all("org:member")}):
        offices = product(index.of(node, "org:member"), index.of(node, "org:organization"), index.of(node, "org:role"))
        for person, body, role in offices:
            for title in index.of(role, "rdfs:label"):
                yield ("role", person, title, body), _said_by(node, "org:Membership", ("org:organization", body))
    yield from _awards(index)
    yield from _periods(index)
    for node in index.nodes("grp:AccreditationAward"):
        awarders: list[str | None] = [*index.of(node, "grp:awardedBy")] or [None]
        programmes: list[str | None] = [*index.of(node, "grp:programme")] or [None]
        granted = product(index.of(node, "grp:recipient"), index.of(node, "grp:accreditation"), awarders, programmes)
        for recipient, label, awarder, programme in granted:
            parts = ("grp:recipient", recipient), ("grp:accreditation", label)
            yield (
                ("accreditation", recipient, label, awarder, programme),
                _said_by(node, "grp:AccreditationAward", *parts),
            )
    for node in index.nodes("grp:Quotation"):
        for speaker, words in product(index.of(node, "grp:speaker"), index.of(node, "grp:text")):
            yield ("quotation", speaker, words), _said_by(node, "grp:Quotation", ("grp:speaker", speaker))


def _awards(index: _Index) -> Iterator[tuple[Fact, list[Triple]]]:
    for node in index.nodes("grp:FundingAward"):
        in_euro = "EUR" in index.of(node, "grp:currency")
        sums: list[float | None] = [float(s) for s in index.of(node, "grp:amount")] if in_euro else []
        for beneficiary in index.of(node, "grp:beneficiary"):
            for funder, amount in product(index.of(node, "grp:funder"), sums or [None]):
                parts = ("grp:beneficiary", beneficiary), ("grp:funder", funder)
                yield ("funding", funder, beneficiary, amount), _said_by(node, "grp:FundingAward", *parts)
            for instrument in index.of(node, "grp:instrument"):
                yield ("instrument", beneficiary, instrument), [(node, expand("grp:instrument"), instrument)]


def _periods(index: _Index) -> Iterator[tuple[Fact, list[Triple]]]:
    contracts = {*index.nodes("grp:FundingContract")}
    for node, first in index.all("grp:startYear"):
        for last in index.of(node, "grp:endYear"):
            for whose in [node] if node in contracts else index.of(node, "grp:beneficiary"):
                yield ("period", whose, first, last), [(node, expand("grp:startYear"), first)]


def _said_by(node: str, kind: str, *parts: tuple[str, str]) -> list[Triple]:
    return [(node, _TYPE, expand(kind)), *((node, expand(predicate), value) for predicate, value in parts)]


def plain(name: str) -> str:
    """Return a name folded as names are compared: as an entity's is, and without a leading « à ».

    >>> plain("À l’Université")
    'universite'
    """
    folded = fold(name)
    while folded.startswith("a "):
        folded = fold(folded[2:])
    return folded
