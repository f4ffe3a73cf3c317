"""``/sparql``: the query operation of the SPARQL 1.1 Protocol, and how OpenAPI describes it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

from grappe.store.formats import GRAPHS, RESULTS
from grappe.web.sparql import Sparql

__all__ = ["router"]

_FORMATS = sorted({f.name for f in (*RESULTS, *GRAPHS)})
_MEDIA_TYPES: dict[str, dict[str, Any]] = {f.media_types[0]: {} for f in (*RESULTS, *GRAPHS)}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The results, or the graph, in the format asked for.", "content": _MEDIA_TYPES},
    **{
        status: {"description": why, "content": {"application/problem+json": {}}}
        for status, why in (
            (400, "No query, several, or one that does not parse; `offset` counts code points."),
            (406, "No format that the client accepts is one that Grappe writes."),
            (413, "The request is too large."),
            (415, "The body is of a type that the protocol does not know."),
            (422, "The query is refused, or cannot be evaluated."),
            (503, "The query ran past its limit of time or memory, or nothing is built yet."),
        )
    },
}
_PARAMETERS = [
    {
        "name": "query",
        "in": "query",
        "required": True,
        "schema": {"type": "string"},
        "description": "A SPARQL 1.1 query.",
    },
    {
        "name": "default-graph-uri",
        "in": "query",
        "schema": {"type": "array", "items": {"type": "string", "format": "iri"}},
        "description": "A graph of the default graph to ask.",
    },
    {
        "name": "named-graph-uri",
        "in": "query",
        "schema": {"type": "array", "items": {"type": "string", "format": "iri"}},
        "description": "A named graph to ask.",
    },
    {
        "name": "format",
        "in": "query",
        "schema": {"type": "string", "enum": _FORMATS},
        "description": "For people who type addresses: it wins over Accept.",
    },
]
_BODY = {
    "content": {
        "application/sparql-query": {"schema": {"type": "string"}},
        "application/x-www-form-urlencoded": {
            "schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
        },
    }
}


def router(sparql: Sparql) -> APIRouter:
    """Return the addresses that take queries; OpenAPI describes them here, ``sparql`` answers."""
    routes = APIRouter()

    class Answer(Response):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await sparql(scope, receive, send)

    @routes.get(
        "/sparql",
        operation_id="query_get",
        summary="Query",
        responses=_ANSWERS,
        openapi_extra={"parameters": _PARAMETERS},
    )
    async def query_get() -> Response:
        return Answer()

    @routes.post(
        "/sparql",
        operation_id="query_post",
        summary="Query",
        responses=_ANSWERS,
        openapi_extra={"parameters": _PARAMETERS[1:], "requestBody": _BODY},
    )
    async def query_post() -> Response:
        return Answer()

    return routes
