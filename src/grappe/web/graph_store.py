"""``/graphs``: the SPARQL 1.1 Graph Store HTTP Protocol, with indirect and direct addresses of graphs."""

from __future__ import annotations

import contextlib
import uuid
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from grappe.errors import NotFound
from grappe.store import query
from grappe.store.formats import GRAPHS, graph_format
from grappe.web.access import BEARER
from grappe.web.bodies import graph_name, media_type, read_text, spooled
from grappe.web.negotiation import content_type, wanted_graphs
from grappe.web.problems import BadRequest
from grappe.web.service import Service
from grappe.web.streams import streamed
from grappe.web.updates import WRITE_ANSWERS

__all__ = ["router"]

_GRAPH_PARAMETERS = [
    {
        "name": "graph",
        "in": "query",
        "schema": {"type": "string", "format": "iri"},
        "description": "The graph, by its address.",
    },
    {
        "name": "default",
        "in": "query",
        "schema": {"type": "string"},
        "allowEmptyValue": True,
        "description": "The default graph; what is written there is users' own triples only.",
    },
]
_BODY = {"content": {format.media_types[0]: {"schema": {"type": "string"}} for format in GRAPHS}}
_PATCH = {"content": {"application/sparql-update": {"schema": {"type": "string"}}}}
_READ_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The graph.", "content": {format.media_types[0]: {} for format in GRAPHS}},
    404: {"description": "There is no such graph.", "content": {"application/problem+json": {}}},
    406: {"description": "Grappe writes none of the formats accepted.", "content": {"application/problem+json": {}}},
}


def router(service: Service) -> APIRouter:
    """Return the addresses of the graph store: ``/graphs?graph=IRI``, ``/graphs?default``, ``/graphs/NAME``."""
    routes, store = APIRouter(), _GraphStore(service)
    for path, suffix in (("/graphs", ""), ("/graphs/{name:path}", "_direct")):
        parameters = _GRAPH_PARAMETERS if not suffix else []
        for method, handler, what, extra in (
            ("GET", store.get, "graph_get", {}),
            ("HEAD", store.get, "graph_head", {}),
            ("PUT", store.put, "graph_put", {"requestBody": _BODY}),
            ("POST", store.post, "graph_post", {"requestBody": _BODY}),
            ("DELETE", store.delete, "graph_delete", {}),
            ("PATCH", store.patch, "graph_patch", {"requestBody": _PATCH}),
        ):
            reads = method in ("GET", "HEAD")
            routes.add_api_route(
                path,
                handler,
                methods=[method],
                operation_id=what + suffix,
                summary=(handler.__doc__ or "").strip().splitlines()[0],
                response_class=Response,
                responses=_READ_ANSWERS if reads else WRITE_ANSWERS,
                dependencies=[] if reads else [BEARER],
                openapi_extra={"parameters": parameters, **extra},
            )
    return routes


class _GraphStore:
    def __init__(self, service: Service) -> None:
        self._service = service

    async def get(self, request: Request) -> Response:
        """Return a graph."""
        graph = self._graph(request)
        asked = [value for name, value in parse_qsl(request.url.query) if name == "format"]
        formats = wanted_graphs(asked[-1] if asked else None, request.headers.get("accept"))
        if graph is not None and not await self._exists(graph):
            raise NotFound(f"There is no graph <{graph}> here.", iri=graph, remedy="A query finds those there are.")
        if request.method == "HEAD":
            kind = graph_format(formats[0]).media_types[0]
            return Response(headers={"Content-Type": content_type(kind), "Vary": "Accept"})
        pattern = "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
        prefixes = self._service.prefixes
        asking = query.Request(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", [], formats, prefixes=prefixes)
        return await streamed(self._service, asking)

    async def put(self, request: Request) -> Response:
        """Replace a graph."""
        return await self._upload(request, self._graph(request), "put")

    async def post(self, request: Request) -> Response:
        """Add to a graph, or make one where none is named."""
        given = {name for name, _ in parse_qsl(request.url.query, keep_blank_values=True)}
        if given & {"graph", "default"} or request.path_params.get("name"):
            return await self._upload(request, self._graph(request), "post")
        made = f"{str(request.url).partition('?')[0].rstrip('/')}/{uuid.uuid4()}"
        response = await self._upload(request, made, "post")
        response.headers["Location"] = made
        return response

    async def delete(self, request: Request) -> Response:
        """Delete a graph."""
        scope = self._service.keyring.authorise(request, "write")
        write = {"do": "delete", "graph": self._graph(request), "scope": str(scope)}
        await self._service.writes.submit(write)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def patch(self, request: Request) -> Response:
        """Change a graph by a SPARQL update."""
        scope = self._service.keyring.authorise(request, "write")
        graph = self._graph(request)
        if media_type(request.headers.get("content-type")) != "application/sparql-update":
            raise BadRequest(
                "A graph is changed by an update.",
                remedy="Send it as application/sparql-update.",
                status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                headers={"Accept-Patch": "application/sparql-update"},
            )
        text = await read_text(request)
        write = {"do": "update", "text": text, "graph": graph, "base": graph, "scope": str(scope)}
        await self._service.writes.submit(write | {"prefixes": self._service.prefixes})
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def _upload(self, request: Request, graph: str | None, do: str) -> Response:
        scope = self._service.keyring.authorise(request, "write")
        base = graph or str(request.url).partition("?")[0]
        async with contextlib.aclosing(spooled(request, self._service.settings.home / "store" / "incoming")) as files:
            parts = await anext(files)
            uploads = [{"path": part.path, "format": part.format, "base": base} for part in parts]
            made = await self._service.writes.submit(
                {"do": do, "graph": graph, "uploads": uploads, "scope": str(scope)}
            )
        return Response(status_code=HTTPStatus.CREATED if made else HTTPStatus.NO_CONTENT)

    async def _exists(self, graph: str) -> bool:
        found: bool = (await self._service.rows(f"ASK {{ GRAPH <{graph}> {{}} }}"))["boolean"]
        return found

    def _graph(self, request: Request) -> str | None:
        """Return the graph that a request names; None is the default graph."""
        values = parse_qsl(request.url.query, keep_blank_values=True)
        graphs = [value for name, value in values if name == "graph"]
        default = any(name == "default" for name, _ in values)
        if request.path_params.get("name"):
            if graphs or default:
                raise BadRequest("The request names two graphs.", remedy="Name it by the path or by ?graph.")
            url = request.url
            return quote(f"{url.scheme}://{url.netloc}{url.path}", safe="!#$%&'()*+,/:;=?@[]~")
        if len(graphs) + default != 1:
            remedy = "Give one of ?graph=IRI and ?default, or a name as /graphs/NAME."
            raise BadRequest("The request does not name one graph.", remedy=remedy)
        return graph_name(graphs[0], "graph") if graphs else None
