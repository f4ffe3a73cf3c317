"""``/id/…``, ``/graph/…``, ``/ontology``: every thing answers at its own address, people in HTML, machines in RDF.

The address of a thing leads (303) to a page about it or to its data, by what the client accepts; an ending (``.html``,
``.ttl``, ``.jsonld`` …) names one of them. A thing that has become another leads (301) to that one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from grappe.errors import NotFound
from grappe.iri import slug
from grappe.link.resolution import resolve
from grappe.store import query
from grappe.store.formats import GRAPHS, Format
from grappe.store.home import Home, stamp
from grappe.store.ledger import read_ledger
from grappe.web.linked_page import POLICY, Facts, page_of
from grappe.web.negotiation import PAGE, accepted
from grappe.web.routes import add_reading
from grappe.web.service import Service
from grappe.web.streams import streamed

__all__ = ["router"]

#: The plain text of a document, as a format among the others.
_TEXT = Format("text", ("text/plain",), "txt")
_ENDING = re.compile(r"\.(html|txt|" + "|".join(format.ending for format in GRAPHS) + r")\Z")

#: What may stand in an address without being escaped: enough for every key and every graph.
_SAFE = re.compile(r"[^\s<>\"{}|\\^`]+")

_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The page, or the data.", "content": {f.media_types[0]: {} for f in (PAGE, *GRAPHS)}},
    301: {"description": "It has become another, which is there."},
    303: {"description": "The page about it, or its data, is there."},
    404: {"description": "Nothing is known of it.", "content": {"application/problem+json": {}}},
}


def router(service: Service) -> APIRouter:
    """Return the addresses of things, graphs and the ontology."""
    routes, linked = APIRouter(), _Linked(service)
    for path, handler, name, what in (
        ("/id/{key:path}", linked.thing, "thing", "A thing, a document, a passage's document"),
        ("/graph/{key:path}", linked.graph, "named_graph", "A graph"),
        ("/ontology", linked.ontology, "ontology", "The ontology"),
        ("/ontology.{ending}", linked.ontology, "ontology_in", "The ontology in a format"),
    ):
        add_reading(routes, path, handler, name=name, summary=what, responses=_ANSWERS)
    return routes


@dataclass(slots=True)
class _Merged:
    """What has become another: the ledger's answer, read again when the ledger changes."""

    service: Service
    _stamp: tuple[int, int, int] | None = field(default=None)
    _canonical: dict[str, str] = field(default_factory=dict)

    def of(self, key: str) -> str:
        home = Home(self.service.settings.home)
        now = stamp(home.ledger)
        if now != self._stamp:
            self._canonical = dict(resolve(read_ledger(home)).canonical)
            self._stamp = now
        return self._canonical.get(key, key)


class _Linked:
    def __init__(self, service: Service) -> None:
        self._service, self._names = service, service.settings.names
        self._merged = _Merged(service)

    async def thing(self, request: Request, key: str) -> Response:
        bare, ending = _split(key)
        canonical = self._merged.of(bare)
        if canonical != bare:
            return _to(request, f"id/{canonical}{ending}", HTTPStatus.MOVED_PERMANENTLY)
        iri = self._names.entity(bare)
        document = bare.removeprefix("document/") if bare.startswith("document/") else None
        if document is not None and (ending == ".txt" or (not ending and self._wants_text(request))):
            return PlainTextResponse(await self._text(document, iri))
        await self._known(f"{{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }}", iri)
        if not ending:
            return self._see(request, f"id/{bare}")
        if ending == ".html":
            return await self._page(request, iri)
        parts = [
            f"{{ <{iri}> ?p ?o BIND(<{iri}> AS ?s) }}",
            f"{{ ?s ?p <{iri}> BIND(<{iri}> AS ?o) }}",
            f"{{ <{iri}> ?any ?s . ?s rdfs:label ?o BIND(rdfs:label AS ?p) }}",
            f"{{ ?s ?any <{iri}> . ?s rdfs:label ?o BIND(rdfs:label AS ?p) }}",
        ]
        if document is not None:
            parts.append(
                f"{{ GRAPH <{self._names.evidence_graph(document)}> {{ ?s ?p ?o }} FILTER(?p != grp:plainText) }}"
            )
            parts.append(f"{{ GRAPH <{self._names.graph('catalogue')}> {{ <{iri}> ?p ?o BIND(<{iri}> AS ?s) }} }}")
        return await self._data(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {' UNION '.join(parts)} }}", ending, iri)

    async def graph(self, request: Request, key: str) -> Response:
        bare, ending = _split(key)
        iri = self._names.graph(bare)
        await self._known(f"GRAPH <{iri}> {{ ?s ?p ?o }}", iri)
        if not ending:
            return self._see(request, f"graph/{bare}")
        if ending == ".html":
            says = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o LIMIT 500"
            return self._html(request, Facts(iri, await self._bindings(says), []))
        return await self._data(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}", ending, iri)

    async def ontology(self, request: Request, ending: str = "") -> Response:
        iri = self._names.graph("ontology")
        await self._known(f"GRAPH <{iri}> {{ ?s ?p ?o }}", iri)
        if not ending:
            return self._see(request, "ontology")
        if ending == "html":
            text = (
                f"SELECT ?s ?p ?o WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o FILTER(ISIRI(?s) && "
                "?p IN (rdf:type, rdfs:label, skos:definition, rdfs:subClassOf, rdfs:subPropertyOf)) } } "
                "ORDER BY ?s ?p ?o"
            )
            return self._html(request, Facts("https://w3id.org/grappe/ontology", await self._bindings(text), []))
        return await self._data(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}", f".{ending}", iri)

    async def _known(self, pattern: str, iri: str) -> None:
        if not _SAFE.fullmatch(iri) or not (await self._service.rows(f"ASK {{ {pattern} }}"))["boolean"]:
            raise NotFound(f"Nothing is known of <{iri}> here.", iri=iri, remedy="A query finds what there is.")

    def _wants_text(self, request: Request) -> bool:
        """Return whether a client that names no format, or plain text, asks for a document: it gets the text itself."""
        return accepted(request.headers.get("accept"), (_TEXT, PAGE, *GRAPHS))[:1] == ["text"]

    def _see(self, request: Request, path: str) -> Response:
        names = accepted(request.headers.get("accept"), (PAGE, *GRAPHS)) or ["html"]
        format = next(f for f in (PAGE, *GRAPHS) if f.name == names[0])
        return _to(request, f"{path}.{format.ending}", HTTPStatus.SEE_OTHER)

    async def _data(self, text: str, ending: str, iri: str) -> Response:
        format = next((f.name for f in GRAPHS if f".{f.ending}" == ending), None)
        if format is None:
            raise NotFound(
                f"<{iri}> has no form '{ending}'.", iri=iri, remedy="Ask for .ttl, .jsonld, .nt, .rdf or .html."
            )
        return await streamed(self._service, query.Request(text, [], [format]))

    async def _text(self, document: str, iri: str) -> str:
        found: list[dict[str, Any]] = []
        if slug(document) == document:
            graph = self._names.evidence_graph(document)
            text = f"SELECT ?text WHERE {{ GRAPH <{graph}> {{ <{iri}> grp:plainText ?text }} }}"
            found = (await self._service.rows(text))["results"]["bindings"]
        if not found:
            raise NotFound(f"There is no document '{document}' here.", iri=iri)
        return str(found[0]["text"]["value"])

    async def _page(self, request: Request, iri: str) -> Response:
        out = (
            f"SELECT ?p ?o ?name WHERE {{ <{iri}> ?p ?o OPTIONAL {{ ?o rdfs:label ?name }} }} ORDER BY ?p ?o LIMIT 500"
        )
        back = (
            f"SELECT ?s ?p ?name WHERE {{ ?s ?p <{iri}> OPTIONAL {{ ?s rdfs:label ?name }} }} ORDER BY ?p ?s LIMIT 500"
        )
        return self._html(request, Facts(iri, await self._bindings(out), await self._bindings(back)))

    async def _bindings(self, text: str) -> list[dict[str, dict[str, str]]]:
        found: list[dict[str, dict[str, str]]] = (await self._service.rows(text))["results"]["bindings"]
        return found

    def _html(self, request: Request, facts: Facts) -> Response:
        root = request.scope.get("root_path", "")
        body = page_of(
            facts, base=self._names.base, root=root, endings=[f.ending for f in GRAPHS], path=request.url.path
        )
        return HTMLResponse(body, headers={"Content-Security-Policy": POLICY, "Vary": "Accept"})


def _split(key: str) -> tuple[str, str]:
    """Return a key without its ending, and the ending."""
    found = _ENDING.search(key)
    return (key[: found.start()], found[0]) if found else (key, "")


def _to(request: Request, path: str, status: HTTPStatus) -> Response:
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}/{quote(path)}", status_code=status, headers={"Vary": "Accept"})
