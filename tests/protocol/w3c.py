"""The W3C's tests that are written as HTTP messages, read from their manifests and sent to a server."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox

from grappe.iri import expand

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_SPACES = {
    "mf": "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#",
    "ht": "http://www.w3.org/2011/http#",
    "cnt": "http://www.w3.org/2011/content#",
    "ut": "http://www.w3.org/2009/sparql/tests/test-update#",
    "qt": "http://www.w3.org/2001/sw/DataAccess/tests/test-query#",
}
_STATUS = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}


def node(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(_SPACES[prefix] + local if prefix in _SPACES else expand(name))


@dataclass(frozen=True)
class Exchange:
    """A request, and what its answer has to be."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    boolean: bool | None
    form: str | None
    expects_type: str | None
    expects_graph: str | None
    binds: str | None


@dataclass(frozen=True)
class Case:
    """A test: what the store holds before, and the exchanges, in order."""

    name: str
    data: tuple[tuple[str, Path], ...]
    exchanges: tuple[Exchange, ...]
    bound: dict[str, str] = field(default_factory=dict)


class Manifest:
    """A manifest as a graph to walk in."""

    def __init__(self, path: Path) -> None:
        self.store, self.folder = ox.Store(), path.parent
        self.store.load(path=path, format=ox.RdfFormat.TURTLE, base_iri=path.as_uri())

    def all(self, subject: Term, name: str) -> list[Any]:
        return [q.object for q in self.store.quads_for_pattern(subject, node(name), None, None)]  # type: ignore[arg-type]

    def one(self, subject: Term, name: str) -> Any:
        return next(iter(self.all(subject, name)), None)

    def text(self, subject: Term, name: str) -> str | None:
        found = self.one(subject, name)
        return None if found is None else found.value

    def listed(self, head: Any) -> Iterator[Any]:
        while head is not None and head != node("rdf:nil"):
            yield self.one(head, "rdf:first")
            head = self.one(head, "rdf:rest")

    def cases(self) -> Iterator[Case]:
        for quad in self.store.quads_for_pattern(None, node("mf:action"), None, None):
            data = tuple(
                (self.text(d, "rdfs:label") or "", self.folder / self.one(d, "ut:graph").value.rsplit("/", 1)[-1])
                for d in self.all(quad.subject, "ut:graphData")
            )
            requests = self.listed(self.one(quad.object, "ht:requests"))
            name = str(quad.subject).rsplit("#", 1)[-1].rstrip(">")
            yield Case(name, data, tuple(self.exchange(request) for request in requests))

    def headers(self, subject: Term) -> dict[str, str]:
        listed = self.listed(self.one(subject, "ht:headers"))
        return {self.text(h, "ht:fieldName") or "": self.text(h, "ht:fieldValue") or "" for h in listed}

    def exchange(self, request: Term) -> Exchange:
        body, response = self.one(request, "ht:body"), self.one(request, "ht:resp")
        sent = None
        if body is not None:
            encoding = self.text(body, "cnt:characterEncoding") or "UTF-8"
            sent = (self.text(body, "cnt:chars") or "").encode(encoding)
        boolean, expected = self.text(response, "mf:expectedBoolean"), self.one(response, "ht:body")
        return Exchange(
            method=self.text(request, "ht:methodName") or "",
            path=self.text(request, "ht:absolutePath") or "",
            headers=self.headers(request),
            body=sent,
            statuses=tuple(s.value.rsplit("#", 1)[-1] for s in self.all(response, "mf:expectedStatus")),
            boolean=None if boolean is None else boolean == "true",
            form=self.text(response, "mf:expectedFormat"),
            expects_type=self.headers(response).get("content-type"),
            expects_graph=None if expected is None else self.text(expected, "cnt:chars"),
            binds=self.text(response, "mf:expectedLocation"),
        )


def run(case: Case, client: httpx.Client, paths: dict[str, str]) -> None:
    """Send the requests of a test, and hold each answer to what it says; ``paths`` map the tests' paths to ours."""
    bound: dict[str, str] = {}
    for exchange in case.exchanges:
        path, body = exchange.path, exchange.body
        for name, value in bound.items():
            path = path.replace(name, value)
            body = body and body.replace(name.encode(), value.encode())
        update = b"update" in (body or b"")[:7] or "sparql-update" in exchange.headers.get("content-type", "")
        update = update or "update=" in path
        for ours, theirs in paths.items():
            path = path.replace(theirs, "/update" if update and theirs == "/sparql/" else ours, 1)
        response = client.request(exchange.method, path, headers=exchange.headers, content=body)
        said = f"{exchange.method} {path}: {response.status_code} {response.text[:300]}"
        assert any(_matches(response.status_code, status) for status in exchange.statuses), said
        if exchange.boolean is not None:
            assert response.json()["boolean"] is exchange.boolean, said
        kind = response.headers.get("content-type", "").partition(";")[0]
        if exchange.form == "tabular":
            assert kind == "application/sparql-results+json" or kind.startswith("text/"), said
        elif exchange.form == "RDF":
            assert kind in ("text/turtle", "application/rdf+xml", "application/n-triples"), said
        if exchange.expects_type is not None:
            assert response.headers["content-type"].replace(" ", "") == exchange.expects_type.replace(" ", ""), said
        if exchange.expects_graph:
            assert same(response.text, exchange.expects_graph), said
        if exchange.binds is not None:
            bound[exchange.binds] = response.headers["location"]


def canonical(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Return quads with numbers as the engine keeps them and blank nodes named by what they say."""
    store = ox.Store()
    store.extend(quads)
    whole = ox.Dataset(store)
    whole.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {*whole}


def rows(results: Any) -> set[ox.Quad] | bool:
    """Return solutions as a graph, a node for each, so that they compare with blank nodes and repetitions."""
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    quads = []
    for solution in results:
        row = ox.BlankNode()
        quads.append(ox.Quad(row, ox.NamedNode("x:a"), ox.NamedNode("x:row")))
        for variable, value in zip(results.variables, solution, strict=True):
            if value is not None:
                quads.append(ox.Quad(row, ox.NamedNode(f"x:v/{variable.value}"), value))
    return canonical(quads)


def listed_rows(manifest: Manifest) -> set[ox.Quad]:
    """Return solutions that are written as a graph (``rs:ResultSet``), as :func:`rows` does."""
    rs = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
    quads = []
    for quad in manifest.store.quads_for_pattern(None, ox.NamedNode(f"{rs}solution"), None, None):
        row = ox.BlankNode()
        quads.append(ox.Quad(row, ox.NamedNode("x:a"), ox.NamedNode("x:row")))
        for found in manifest.store.quads_for_pattern(quad.object, ox.NamedNode(f"{rs}binding"), None, None):  # type: ignore[arg-type]
            said = {
                q.predicate.value.removeprefix(rs): q.object
                for q in manifest.store.quads_for_pattern(found.object, None, None, None)  # type: ignore[arg-type]
            }
            quads.append(ox.Quad(row, ox.NamedNode(f"x:v/{said['variable'].value}"), said["value"]))  # type: ignore[union-attr]
    return canonical(quads)


def _matches(status: int, expected: str) -> bool:
    if found := re.fullmatch(r"StatusCode(\d)xx", expected):
        return status // 100 == int(found[1])
    return status == _STATUS[expected]


def same(turtle: str, other: str) -> bool:
    """Return whether two texts in Turtle are the same graph."""
    graphs = []
    for text in (turtle, other):
        graph = ox.Dataset(ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri="http://example/"))
        graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        graphs.append({*graph})
    return graphs[0] == graphs[1]
