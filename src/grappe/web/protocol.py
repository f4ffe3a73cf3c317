"""The query operation of the SPARQL 1.1 Protocol: a request read, its answer streamed."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from http import HTTPStatus
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from grappe.errors import UnknownFormat
from grappe.store import query
from grappe.store.formats import GRAPHS, RESULTS
from grappe.store.pool import Pool
from grappe.web.negotiation import accepted, named
from grappe.web.problems import BadRequest

__all__ = ["MAX_BODY", "answer", "read_query"]

#: A request's body is at most so many bytes.
MAX_BODY = 1 << 20


async def read_query(request: Request) -> query.Request:
    """Return the query that a request carries.

    Raises:
        BadRequest: if it carries none, or several, or in a form that the protocol does not know.
        UnknownFormat: if no format that the client accepts is one that Grappe writes.
    """
    parameters = parse_qsl(request.url.query, keep_blank_values=True)
    if request.method == "POST":
        parameters += await _posted(request)
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    queries = values.get("query", [])
    if len(queries) != 1 or not queries[0].strip():
        said = "carries several queries" if len(queries) > 1 else "carries no query"
        raise BadRequest(f"The request {said}.", remedy="Send one, as /sparql?query=… or as the body of a POST.")
    results, graphs = _formats(request.headers.get("accept"), values.get("format", []))
    return query.Request(
        queries[0],
        results,
        graphs,
        default_graphs=_dataset(values, "default-graph-uri"),
        named_graphs=_dataset(values, "named-graph-uri"),
    )


def _dataset(values: Mapping[str, list[str]], name: str) -> Sequence[str] | None:
    iris = values.get(name)
    for iri in iris or ():
        if ":" not in iri or any(c in iri for c in ' <>"{}|\\^`'):
            raise BadRequest(f"'{iri}' is no address of a graph.", remedy=f"Give {name} as an absolute IRI.")
    return iris


async def _posted(request: Request) -> list[tuple[str, str]]:
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            message = f"The request is larger than {MAX_BODY} bytes."
            raise BadRequest(message, remedy="Send a shorter query.", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest("The request's body is no UTF-8.", remedy="Encode the query as UTF-8.") from None
    if content_type == "application/sparql-query":
        return [("query", text)]
    if content_type == "application/x-www-form-urlencoded":
        return parse_qsl(text, keep_blank_values=True)
    raise BadRequest(
        f"A query cannot be posted as '{content_type or 'nothing'}'.",
        remedy="Use application/sparql-query or application/x-www-form-urlencoded.",
        status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    )


def _formats(accept: str | None, asked: list[str]) -> tuple[list[str], list[str]]:
    if asked:
        results, graphs = named(asked[-1], RESULTS), named(asked[-1], GRAPHS)
        if asked[-1] in ("json", "xml"):
            graphs = ["jsonld" if asked[-1] == "json" else "rdfxml"]
        wanted = asked[-1]
    else:
        results, graphs, wanted = accepted(accept, RESULTS), accepted(accept, GRAPHS), accept or ""
    if not results and not graphs:
        known = ", ".join(f.media_types[0] for f in (*RESULTS, *GRAPHS))
        raise UnknownFormat(f"Grappe does not write '{wanted}'.", format=wanted, remedy=f"Ask for one of {known}.")
    return results, graphs


async def answer(pool: Pool, asked: query.Request, *, timeout: float) -> StreamingResponse:
    """Return a query's answer as a response that streams.

    The first piece is held back until it is there, so that a query that fails has a status that says so; one that
    fails later breaks its stream off, and no client takes it for whole.
    """
    stack = contextlib.AsyncExitStack()
    try:
        begun = await stack.enter_async_context(pool.ask(asked, timeout=timeout))
    except BaseException:
        await stack.aclose()
        raise

    headers = {"Vary": "Accept", "Grappe-Generation": str(begun.generation)}
    charset = "; charset=utf-8" if begun.media_type.startswith("text/") else ""
    return _Streamed(begun.pieces, stack, media_type=begun.media_type + charset, headers=headers)


class _Streamed(StreamingResponse):
    """A response that gives its worker back however it ends: sent whole, broken off, or never begun."""

    def __init__(
        self,
        pieces: AsyncIterator[bytes],
        held: contextlib.AsyncExitStack,
        *,
        media_type: str,
        headers: Mapping[str, str],
    ) -> None:
        super().__init__(pieces, media_type=media_type, headers=headers)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._held.aclose()
