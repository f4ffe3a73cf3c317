"""The entities of the graph as others look them up: their names in memory, their values asked when they are wanted."""

from __future__ import annotations

import asyncio
import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from grappe.iri import GRP, KINDS, expand
from grappe.link.lookup import Lookup, Record
from grappe.ontology import Schema
from grappe.store import query
from grappe.web.service import Service

__all__ = ["Entities", "Kind", "Property", "Value"]

#: What is no thing that a table would name: nodes that join several things, and the documents themselves.
_NODES = frozenset({"Document", "FundingAward", "AccreditationAward", "Membership", "Role", "Quotation"})

#: Properties of things in other namespaces that the contract uses.
_BORROWED = {"headOf": "org:headOf", "unitOf": "org:unitOf", "label": "rdfs:label", "altLabel": "skos:altLabel"}

#: Properties of nodes and of evidence, which no table asks of a thing.
_INNER = frozenset(
    {"text", "extractor", "confidence", "plainText", "sha256", "retrieved", "currency"}
    | {"timeLimit", "memoryLimit", "resultLimit"}
)

#: Values are asked for so many things at once.
_AT_ONCE = 500

_LABEL, _COMMENT = ox.NamedNode(expand("rdfs:label")), ox.NamedNode(expand("skos:definition"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A class that things can be asked for: its local name, its French label, and the classes right above it."""

    id: str
    name: str
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property of things: its local name, its French label, its definition, its IRI."""

    id: str
    name: str
    description: str
    iri: str


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property: another thing by its key and name, or a literal with its datatype's IRI."""

    text: str
    key: str | None = None
    datatype: str = ""


@dataclass(slots=True)
class Entities:
    """The index of the generation that is served; it is made again, once, when another generation takes its place."""

    service: Service
    kinds: Mapping[str, Kind]
    above: Mapping[str, frozenset[str]]
    properties: Mapping[str, Property]
    _made: tuple[str, Lookup] | None = field(default=None)
    _making: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    def of(cls, service: Service) -> Entities:
        """Return the entities of a service's graph, with the classes and properties that its ontology has."""
        schema = Schema.load(service.settings.ontology)
        wanted = [name for name in schema.classes if name not in _NODES and (name in KINDS or name == "Actor")]
        above = {name: _above(schema, name) & frozenset(wanted) for name in wanted}
        kinds, said = {}, _french(schema)
        for name in wanted:
            direct = above[name] - {further for other in above[name] for further in above[other]}
            kinds[name] = Kind(name, said.get((GRP + name, _LABEL.value)) or name, tuple(sorted(direct)))
        properties = {p.id: p for p in _properties(schema, said)}
        return cls(service, kinds, above, properties)

    async def lookup(self) -> Lookup:
        """Return the index of names of the generation that is served now."""
        async with self._making:
            mark = self.service.current.look()
            if self._made is None or self._made[0] != mark:
                rows = await asyncio.gather(
                    *(self._csv(text) for text in (self._typed(), self._named(), self._placed()))
                )
                lookup = await asyncio.to_thread(self._index, *rows)
                self._made = mark, lookup
            return self._made[1]

    async def values(self, keys: Sequence[str], properties: Iterable[str]) -> dict[tuple[str, str], tuple[Value, ...]]:
        """Return what the graph says of things: the values by key and property; what it does not say is left out."""
        names = self.service.settings.names
        by_iri = {self.properties[p].iri: p for p in properties if p in self.properties}
        out: dict[tuple[str, str], list[Value]] = defaultdict(list)
        for first in range(0, len(keys) if by_iri else 0, _AT_ONCE):
            things = " ".join(f"<{names.entity(key)}>" for key in keys[first : first + _AT_ONCE])
            asked = " ".join(f"<{iri}>" for iri in by_iri)
            text = (
                f"SELECT ?x ?p ?v ?name {{ VALUES ?x {{ {things} }} VALUES ?p {{ {asked} }} ?x ?p ?v "
                "OPTIONAL { ?v rdfs:label ?name } } ORDER BY ?x ?p ?v"
            )
            for row in (await self.service.rows(text))["results"]["bindings"]:
                thing, value = names.key_of(row["x"]["value"]), row["v"]
                key = names.key_of(value["value"]) if value["type"] == "uri" else None
                shown = row["name"]["value"] if "name" in row else value["value"]
                if thing is not None:
                    out[thing, by_iri[row["p"]["value"]]].append(Value(shown, key, value.get("datatype", "")))
        return {at: tuple(found) for at, found in out.items()}

    async def with_value(self, property: str, value: str, *, limit: int = 25) -> tuple[str, ...]:
        """Return the keys of the things that have a value, a literal or the IRI of another thing, of a property."""
        names, literal = self.service.settings.names, ox.Literal(value)
        text = (
            f"SELECT DISTINCT ?x {{ ?x <{self.properties[property].iri}> ?v FILTER(STR(?v) = {literal} || "
            f"STR(?v) = {ox.Literal(names.entity(value))}) }} ORDER BY ?x LIMIT {limit}"
        )
        rows = (await self.service.rows(text))["results"]["bindings"]
        keys = (names.key_of(row["x"]["value"]) for row in rows)
        return tuple(key for key in keys if key is not None)

    async def used(self, kind: str | None) -> tuple[Property, ...]:
        """Return the properties that some thing of a class has, or any thing at all."""
        of = f"?x a <{GRP}{kind}> ." if kind is not None else ""
        asked = " ".join(f"<{p.iri}>" for p in self.properties.values())
        text = f"SELECT ?p {{ VALUES ?p {{ {asked} }} FILTER EXISTS {{ {of} ?x ?p ?v }} }}"
        found = {row["p"]["value"] for row in (await self.service.rows(text))["results"]["bindings"]}
        return tuple(p for p in self.properties.values() if p.iri in found)

    async def _csv(self, text: str) -> str:
        asked = query.Request(text, ["csv"], [])
        async with self.service.pool.ask(asked, timeout=self.service.settings.query_timeout) as begun:
            return (await begun.body()).decode()

    def _typed(self) -> str:
        classes = " ".join(f"<{GRP}{name}>" for name in self.kinds)
        return f"SELECT ?x ?class {{ VALUES ?class {{ {classes} }} ?x a ?class {self._ours()} }}"

    def _named(self) -> str:
        return (
            "SELECT ?x ?rank ?name { { ?x rdfs:label ?name BIND(0 AS ?rank) } UNION "
            f"{{ ?x skos:altLabel ?name BIND(1 AS ?rank) }} {self._ours()} }}"
        )

    def _placed(self) -> str:
        return f"SELECT ?x ?place {{ ?x grp:locatedIn/rdfs:label ?place {self._ours()} }}"

    def _ours(self) -> str:
        return f"FILTER(STRSTARTS(STR(?x), {ox.Literal(self.service.settings.names.entity(''))}))"

    def _index(self, typed: str, named: str, placed: str) -> Lookup:
        types: dict[str, set[str]] = defaultdict(set)
        for iri, class_ in _rows(typed):
            types[iri].add(class_[len(GRP) :])
        names: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for iri, rank, name in _rows(named):
            names[iri].append((rank, name))
        places: dict[str, set[str]] = defaultdict(set)
        for iri, place in _rows(placed):
            places[iri].add(place)
        records = []
        for iri, of in types.items():
            key = self.service.settings.names.key_of(iri)
            if key is not None and iri in names:
                ordered = tuple(sorted(of, key=lambda name: (-len(self.above[name]), name)))
                told = [self.kinds[ordered[0]].name, *sorted(places[iri])[:2]]
                forms = tuple(dict.fromkeys(name for _, name in sorted(names[iri])))
                records.append(Record(key, forms, ordered, ", ".join(told)))
        return Lookup.of(records)


def _rows(body: str) -> Iterable[list[str]]:
    rows = csv.reader(io.StringIO(body))
    next(rows, None)
    return rows


def _above(schema: Schema, name: str) -> frozenset[str]:
    found = schema.superclasses.get(ox.NamedNode(GRP + name), frozenset())
    return frozenset(above.value[len(GRP) :] for above in found if above.value.startswith(GRP))


def _french(schema: Schema) -> dict[tuple[str, str], str]:
    """Return what the ontology says of its terms in French, by term and predicate; the first of several."""
    said: dict[tuple[str, str], str] = {}
    for t in schema.triples:
        if isinstance(t.object, ox.Literal) and t.object.language == "fr" and isinstance(t.subject, ox.NamedNode):
            said.setdefault((t.subject.value, t.predicate.value), t.object.value)
    return said


def _properties(schema: Schema, said: Mapping[tuple[str, str], str]) -> Iterable[Property]:
    """Yield the properties that a table may ask of a thing, in order of their names."""
    kinds = {ox.NamedNode(expand(f"owl:{kind}")) for kind in ("ObjectProperty", "DatatypeProperty")}
    own = {
        t.subject.value[len(GRP) :]: t.subject.value
        for t in schema.triples
        if t.object in kinds and isinstance(t.subject, ox.NamedNode) and t.subject.value.startswith(GRP)
    }
    own = {name: iri for name, iri in own.items() if name not in _INNER}
    for name, iri in sorted((own | {name: expand(curie) for name, curie in _BORROWED.items()}).items()):
        yield Property(name, said.get((iri, _LABEL.value)) or name, said.get((iri, _COMMENT.value)) or "", iri)
