"""The application: its addresses and what stands behind each."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from grappe import __version__
from grappe.config import Settings
from grappe.errors import GrappeError, NotFound
from grappe.iri import slug
from grappe.store import query
from grappe.store.formats import GRAPHS, RESULTS
from grappe.store.pool import Pool
from grappe.web import problems
from grappe.web.page import CONTENT_POLICY, page, questions
from grappe.web.protocol import answer, read_query

__all__ = ["create_app"]

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


def create_app(settings: Settings) -> FastAPI:
    """Return the application that serves the graph of a home."""
    pool = Pool(settings.home, settings.workers, settings.query_memory)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await pool.start()
        try:
            yield
        finally:
            await pool.stop()

    app = FastAPI(
        title="Grappe",
        version=__version__,
        summary="A knowledge graph of innovation clusters, with the sentence that states each fact.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "POST"], allow_headers=["*"])
    problems.install(app)
    asked_questions = questions(settings.ontology / "questions")

    async def ask(request: Request) -> Response:
        return await answer(pool, await read_query(request), timeout=settings.query_timeout)

    @app.get(
        "/sparql",
        operation_id="query_get",
        summary="Query",
        responses=_ANSWERS,
        openapi_extra={"parameters": _PARAMETERS},
    )
    async def query_get(request: Request) -> Response:
        if "query" not in request.query_params and "text/html" in request.headers.get("accept", ""):
            return RedirectResponse("/", status_code=303)
        return await ask(request)

    @app.post(
        "/sparql",
        operation_id="query_post",
        summary="Query",
        responses=_ANSWERS,
        openapi_extra={"parameters": _PARAMETERS[1:], "requestBody": _BODY},
    )
    async def query_post(request: Request) -> Response:
        return await ask(request)

    @app.get("/id/document/{id}", operation_id="document", summary="The plain text that offsets count in")
    async def document(id: str) -> PlainTextResponse:
        if slug(id) != id:
            raise NotFound(f"There is no document '{id}' here.", iri=settings.names.document(id))
        graph, about = settings.names.evidence_graph(id), settings.names.document(id)
        text = f"SELECT ?text WHERE {{ GRAPH <{graph}> {{ <{about}> grp:plainText ?text }} }}"
        rows = (await _rows(pool, text, settings))["results"]["bindings"]
        if not rows:
            raise NotFound(f"There is no document '{id}' here.", iri=about)
        return PlainTextResponse(rows[0]["text"]["value"])

    @app.get("/health", operation_id="health", summary="Is the service alive?")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/ready", operation_id="ready", summary="Does it answer queries?")
    async def ready() -> JSONResponse:
        await _rows(pool, "ASK {}", settings)
        return JSONResponse({"status": "ready"})

    @app.get("/", include_in_schema=False)
    async def home(query: str = "") -> HTMLResponse:
        result: dict[str, Any] | None = None
        error: GrappeError | None = None
        if query.strip():
            try:
                result = await _rows(pool, query, settings)
            except GrappeError as raised:
                error = raised
        body = page(query, result, error, asked_questions)
        return HTMLResponse(body, headers={"Content-Security-Policy": CONTENT_POLICY})

    return app


async def _rows(pool: Pool, text: str, settings: Settings) -> dict[str, Any]:
    """Return the results of a query of our own as JSON; of a graph, its Turtle under ``turtle``."""
    asked = query.Request(text, ["json"], ["turtle"])
    async with pool.ask(asked, timeout=settings.query_timeout) as begun:
        body = b"".join([piece async for piece in begun.pieces])
    answered: dict[str, Any] = {"turtle": body.decode()} if begun.format == "turtle" else json.loads(body)
    return answered
