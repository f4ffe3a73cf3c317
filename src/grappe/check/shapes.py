"""The shapes compiled: a quick answer, in thousandths of a second, to whether a document's graph surely conforms.

Where it is not sure (a graph that breaks a shape, a construct of SHACL or a datatype that it does not know), it says
no, and pySHACL decides and reports. So it can be wrong in one direction only, and that costs time alone.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox

from grappe.errors import ResourceMissing
from grappe.iri import expand
from grappe.ontology import Schema

__all__ = ["surely_conforms"]

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: Whether a focus node with its values is surely right in a graph.
Test = Callable[["_Facts", Node, "list[Node]"], bool]

_TYPE, _SUBCLASS = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("rdfs:subClassOf"))
_REST, _FIRST = ox.NamedNode(expand("rdf:rest")), ox.NamedNode(expand("rdf:first"))
_NIL = ox.NamedNode(expand("rdf:nil"))
_SH = expand("sh:")
_XSD = expand("xsd:")
_PATH = ox.NamedNode(f"{_SH}path")
_STRINGS = (f"{_XSD}string", expand("rdf:langString"))
_INTEGER = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Facts:
    """A document's triples by subject and predicate, with the classes of all that it names, superclasses included."""

    said: Mapping[Node, Mapping[ox.NamedNode, list[Node]]]
    objects: Mapping[ox.NamedNode, list[Node]]
    classes: Mapping[Node, frozenset[Node]]

    def values(self, focus: Node, path: ox.NamedNode) -> list[Node]:
        return self.said.get(focus, {}).get(path, [])


@dataclass(frozen=True, slots=True)
class _Shape:
    """Who a shape speaks of, and its tests."""

    classes: frozenset[Node]
    subjects_of: tuple[ox.NamedNode, ...]
    objects_of: tuple[ox.NamedNode, ...]
    tests: tuple[Test, ...]

    def focus(self, facts: _Facts) -> Iterator[Node]:
        for node, predicates in facts.said.items():
            if any(p in predicates for p in self.subjects_of) or self.classes & facts.classes.get(node, frozenset()):
                yield node
        for predicate in self.objects_of:
            yield from facts.objects.get(predicate, ())


class _Unknown(Exception):
    """A construct of SHACL that is not compiled."""


def surely_conforms(quads: Iterable[ox.Quad], *, schema: Schema) -> bool:
    """Return whether the facts of one document surely conform; of those that do not, some may.

    Raises:
        ResourceMissing: if the shapes cannot be read.
    """
    shapes = _compiled(schema)
    if shapes is None:
        return False
    facts = _facts(quads, schema)
    return all(test(facts, node, [node]) for shape in shapes for node in shape.focus(facts) for test in shape.tests)


def _facts(quads: Iterable[ox.Quad], schema: Schema) -> _Facts:
    said: dict[Node, dict[ox.NamedNode, list[Node]]] = defaultdict(dict)
    objects: dict[ox.NamedNode, list[Node]] = defaultdict(list)
    own, above = _ontology(schema)
    for s, p, o in {(quad.subject, quad.predicate, quad.object) for quad in quads}:
        said[s].setdefault(p, []).append(o)
        objects[p].append(o)
    classes: dict[Node, frozenset[Node]] = dict(own)
    for node, predicates in said.items():
        types = {*predicates.get(_TYPE, ())} | own.get(node, frozenset())
        predicates[_TYPE] = [*{*predicates.get(_TYPE, ())} | _direct(schema).get(node, frozenset())]
        classes[node] = frozenset(types | {c for t in types for c in above.get(t, ())})
    return _Facts(said, objects, classes)


@functools.lru_cache(maxsize=2)
def _direct(schema: Schema) -> Mapping[Node, frozenset[Node]]:
    """Return the classes that the ontology gives its own individuals."""
    types: dict[Node, set[Node]] = defaultdict(set)
    for t in schema.triples:
        if t.predicate == _TYPE and not isinstance(t.object, ox.BlankNode):
            types[t.subject].add(t.object)
    return {node: frozenset(found) for node, found in types.items()}


@functools.lru_cache(maxsize=2)
def _ontology(schema: Schema) -> tuple[Mapping[Node, frozenset[Node]], Mapping[Node, frozenset[Node]]]:
    """Return the classes of the ontology's own individuals, and the classes above each class."""
    below: dict[Node, set[Node]] = defaultdict(set)
    for t in schema.triples:
        if t.predicate == _SUBCLASS and not isinstance(t.object, ox.BlankNode):
            below[t.subject].add(t.object)
    above: dict[Node, frozenset[Node]] = {}
    for start in below:
        seen, todo = set[Node](), [start]
        while todo:
            for parent in below.get(todo.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    todo.append(parent)
        above[start] = frozenset(seen)
    own = {
        node: types | {c for t in types for c in above.get(t, frozenset())} for node, types in _direct(schema).items()
    }
    return own, above


@functools.lru_cache(maxsize=2)
def _compiled(schema: Schema) -> tuple[_Shape, ...] | None:
    """Return the shapes with a target, or None if they hold what is not compiled here."""
    try:
        return tuple(_Compiler(schema.folder).shapes())
    except _Unknown:
        return None


class _Compiler:
    """The graph of the shapes, read once."""

    def __init__(self, folder: Path) -> None:
        try:
            parsed = ox.parse((folder / "shapes.ttl").read_bytes(), ox.RdfFormat.TURTLE)
        except OSError as error:
            raise ResourceMissing(
                "The shapes of the ontology cannot be read.", remedy="Install grappe again."
            ) from error
        self._said: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for quad in parsed:
            self._said[quad.subject][quad.predicate.value].append(quad.object)

    def shapes(self) -> Iterator[_Shape]:
        for node in [*self._said]:
            targets = {p for p in self._said[node] if p.startswith(f"{_SH}target")}
            if not targets:
                continue
            if targets - {f"{_SH}target{kind}" for kind in ("Class", "SubjectsOf", "ObjectsOf")}:
                raise _Unknown(targets)
            yield _Shape(
                frozenset(self._get(node, "targetClass")),
                tuple(_named(self._get(node, "targetSubjectsOf"))),
                tuple(_named(self._get(node, "targetObjectsOf"))),
                self._tests(node),
            )

    def _get(self, node: Node, name: str) -> list[Node]:
        return self._said[node].get(f"{_SH}{name}", [])

    def _list(self, node: Node) -> Iterator[Node]:
        while node != _NIL:
            (first,), (node,) = self._said[node][_FIRST.value], self._said[node][_REST.value]
            yield first

    def _tests(self, node: Node) -> tuple[Test, ...]:
        """Return the tests of a node shape or of a property shape."""
        paths = self._get(node, "path")
        made = tuple(self._constraints(node))
        if not paths:
            return made
        if len(paths) > 1 or not isinstance(path := paths[0], ox.NamedNode):
            raise _Unknown(paths)
        return (lambda facts, focus, _: all(test(facts, focus, facts.values(focus, path)) for test in made),)

    def _constraints(self, node: Node) -> Iterator[Test]:
        for predicate, objects in self._said[node].items():
            if not predicate.startswith(_SH):
                continue
            name = predicate.removeprefix(_SH)
            if name in ("path", "message", "name", "description", "severity") or name.startswith("target"):
                continue
            for value in objects:
                yield self._constraint(name, value)

    def _constraint(self, name: str, value: Node) -> Test:
        match name, value:
            case "property", _:
                inner = self._tests(value)
                return lambda facts, _, values: all(t(facts, v, [v]) for v in values for t in inner)
            case "or", _:
                choices = [self._tests(one) for one in self._list(value)]
                return lambda facts, _, values: all(
                    any(all(t(facts, v, [v]) for t in tests) for tests in choices) for v in values
                )
            case "and", _:
                together = [test for one in self._list(value) for test in self._tests(one)]
                return lambda facts, _, values: all(t(facts, v, [v]) for v in values for t in together)
            case "class", ox.NamedNode():
                return lambda facts, _, values: all(value in facts.classes.get(v, frozenset()) for v in values)
            case "datatype", ox.NamedNode(value=datatype):
                return lambda _, __, values: all(_well_formed(v, datatype) for v in values)
            case "nodeKind", ox.NamedNode(value=kind) if kind == f"{_SH}IRI":
                return lambda _, __, values: all(isinstance(v, ox.NamedNode) for v in values)
            case "in", _:
                allowed = frozenset(self._list(value))
                return lambda _, __, values: all(v in allowed for v in values)
            case "pattern", ox.Literal(value=pattern):
                compiled = re.compile(pattern)
                return lambda _, __, values: all(
                    isinstance(v, ox.Literal) and compiled.search(v.value) is not None for v in values
                )
            case (("minCount" | "maxCount" | "minLength" | "maxLength"), ox.Literal(value=number)):
                return _counting(name, int(number))
            case (("minInclusive" | "maxInclusive" | "minExclusive" | "maxExclusive"), ox.Literal(value=number)):
                return _measuring(name, Decimal(number))
            case (("lessThan" | "lessThanOrEquals" | "equals"), ox.NamedNode()):
                return _comparing(name, value)
        raise _Unknown(name)


def _named(nodes: Iterable[Node]) -> Iterator[ox.NamedNode]:
    for node in nodes:
        if not isinstance(node, ox.NamedNode):
            raise _Unknown(node)
        yield node


def _counting(name: str, number: int) -> Test:
    match name:
        case "minCount":
            return lambda _, __, values: len(values) >= number
        case "maxCount":
            return lambda _, __, values: len(values) <= number
        case "minLength":
            return lambda _, __, values: all(isinstance(v, ox.Literal) and len(v.value) >= number for v in values)
        case _:
            return lambda _, __, values: all(isinstance(v, ox.Literal) and len(v.value) <= number for v in values)


def _measuring(name: str, limit: Decimal) -> Test:
    def right(value: Node) -> bool:
        number = _number(value)
        if number is None:
            return False
        match name:
            case "minInclusive":
                return number >= limit
            case "maxInclusive":
                return number <= limit
            case "minExclusive":
                return number > limit
            case _:
                return number < limit

    return lambda _, __, values: all(right(v) for v in values)


def _comparing(name: str, path: ox.NamedNode) -> Test:
    def test(facts: _Facts, focus: Node, values: list[Node]) -> bool:
        others = facts.values(focus, path)
        if name == "equals":
            return {*values} == {*others}
        for value in values:
            for other in others:
                a, b = _number(value), _number(other)
                if a is None or b is None or not (a < b or (a == b and name == "lessThanOrEquals")):
                    return False
        return True

    return test


def _number(value: Node) -> Decimal | None:
    """Return a number, or a year of four figures, as a number."""
    if not isinstance(value, ox.Literal):
        return None
    known = {f"{_XSD}integer": _INTEGER, f"{_XSD}decimal": _DECIMAL, f"{_XSD}gYear": _YEAR}.get(value.datatype.value)
    return Decimal(value.value) if known is not None and known.fullmatch(value.value) else None


def _well_formed(value: Node, datatype: str) -> bool:
    if not isinstance(value, ox.Literal) or value.datatype.value != datatype:
        return False
    if datatype in _STRINGS:
        return True
    if datatype == f"{_XSD}date":
        try:
            return _DAY.fullmatch(value.value) is not None and bool(datetime.date.fromisoformat(value.value))
        except ValueError:
            return False
    pattern = {"integer": _INTEGER, "decimal": _DECIMAL, "gYear": _YEAR, "gYearMonth": _MONTH}
    known = pattern.get(datatype.removeprefix(_XSD))
    return known is not None and known.fullmatch(value.value) is not None
