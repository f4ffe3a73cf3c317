"""``/dump``: the whole graph, a graph of it or a document, in each format, streamed from a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from grappe.errors import NotFound, StoreError
from grappe.store.dump_worker import ABSENT
from grappe.store.formats import GRAPHS, Format, graph_format
from grappe.web.bodies import graph_name
from grappe.web.negotiation import accepts_gzip, content_type, holds, wanted_graphs
from grappe.web.problems import BadRequest
from grappe.web.routes import add_reading
from grappe.web.service import Service

__all__ = ["graph_format_of", "router"]

#: So many dumps at once; one more is refused, and may come again after so many seconds.
_AT_ONCE, _AGAIN = 4, 10
_PIECE = 1 << 16

_PARAMETERS = [
    {"name": "graph", "in": "query", "schema": {"type": "string", "format": "iri"}, "description": "Only this graph."},
    {"name": "document", "in": "query", "schema": {"type": "string"}, "description": "Only what this document states."},
    {
        "name": "format",
        "in": "query",
        "schema": {"type": "string", "enum": [format.name for format in GRAPHS]},
        "description": "For people who type addresses: it wins over Accept.",
    },
]
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The dump.", "content": {format.media_types[0]: {} for format in GRAPHS}},
    304: {"description": "It has not changed."},
    404: {"description": "There is nothing of that name.", "content": {"application/problem+json": {}}},
    406: {"description": "Grappe writes none of the formats accepted.", "content": {"application/problem+json": {}}},
    503: {"description": "Too many dumps are under way.", "content": {"application/problem+json": {}}},
}


@dataclass(frozen=True, slots=True)
class _Dump:
    """What is asked for."""

    what: str
    name: str
    format: Format
    packed: bool


def router(service: Service) -> APIRouter:
    """Return the address of the dumps."""
    routes, slots = APIRouter(), asyncio.Semaphore(_AT_ONCE)

    async def dump(request: Request) -> Response:
        asked = _asked(request)
        headers = _headers(service, asked)
        if _unchanged(request, headers):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        media_type = content_type(asked.format.media_types[0])
        if slots.locked():
            raise BadRequest(
                "Too many dumps are under way.",
                remedy="Come again later.",
                status=HTTPStatus.SERVICE_UNAVAILABLE,
                headers={"Retry-After": str(_AGAIN)},
            )
        await slots.acquire()
        pieces = _pieces(service, asked, slots)
        try:
            await anext(pieces)
        except BaseException:
            await pieces.aclose()
            raise
        if request.method == "HEAD":
            await pieces.aclose()
            return Response(headers={**headers, "Content-Type": media_type})
        return _Closing(pieces, media_type=media_type, headers=headers)

    what = "The whole graph, a graph of it, or what a document states"
    add_reading(routes, "/dump", dump, name="dump", summary=what, responses=_ANSWERS, parameters=_PARAMETERS)
    return routes


def graph_format_of(request: Request, *, datasets_first: bool = False) -> Format:
    """Return the format of a graph that a request asks for, by ``?format`` or by Accept.

    Raises:
        UnknownFormat: if it is none that Grappe writes.
    """
    formats = (
        sorted(GRAPHS, key=lambda format: (format.name != "nquads", not format.datasets)) if datasets_first else GRAPHS
    )
    names = wanted_graphs(request.query_params.get("format"), request.headers.get("accept"), formats)
    return graph_format(names[0])


def _asked(request: Request) -> _Dump:
    graph, document = request.query_params.get("graph"), request.query_params.get("document")
    if graph is not None and document is not None:
        raise BadRequest("The request names a graph and a document.", remedy="Name one of the two.")
    packed = accepts_gzip(request.headers.get("accept-encoding"))
    if graph is not None:
        return _Dump("graph", graph_name(graph, "graph"), graph_format_of(request), packed)
    if document is not None:
        return _Dump("document", document, graph_format_of(request), packed)
    return _Dump("all", "", graph_format_of(request, datasets_first=True), packed)


def _headers(service: Service, asked: _Dump) -> dict[str, str]:
    mark = service.current.look()
    said = "\0".join((mark, asked.what, asked.name, asked.format.name, str(asked.packed)))
    headers = {
        "ETag": f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"',
        "Vary": "Accept, Accept-Encoding",
        "Cache-Control": "no-cache",
    }
    if (changed := service.current.changed()) is not None:
        headers["Last-Modified"] = formatdate(changed, usegmt=True)
    if asked.packed:
        headers["Content-Encoding"] = "gzip"
    return headers


def _unchanged(request: Request, headers: dict[str, str]) -> bool:
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return holds(tags, headers["ETag"])
    since = request.headers.get("if-modified-since")
    if since is None or "Last-Modified" not in headers:
        return False
    try:
        return parsedate_to_datetime(headers["Last-Modified"]) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False


async def _pieces(service: Service, asked: _Dump, slots: asyncio.Semaphore) -> AsyncGenerator[bytes, None]:
    """Yield the number of the generation once there is something to dump, then the dump.

    A dump that breaks off raises, so that its stream is broken off too and nobody takes it for whole.
    """
    settings = service.settings
    coding = "gzip" if asked.packed else "identity"
    command = (str(settings.home), settings.base, asked.format.name, coding, asked.what, asked.name)
    process = None
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "grappe.store.dump_worker", *command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        first = await process.stdout.readline()
        if not first:
            if await process.wait() == ABSENT:
                raise NotFound(
                    f"There is no {asked.what} '{asked.name}' here.", iri=asked.name, remedy="Look for its name."
                )
            message = (await process.stderr.read()).decode() or "The dump cannot be made."
            raise StoreError(message)
        yield first
        while piece := await process.stdout.read(_PIECE):
            yield piece
        if await process.wait():
            raise StoreError("The dump broke off.", remedy="Ask again.")
    finally:
        slots.release()
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


class _Closing(StreamingResponse):
    """A response whose process ends however it ends."""

    def __init__(self, pieces: AsyncGenerator[bytes, None], *, media_type: str, headers: dict[str, str]) -> None:
        super().__init__(pieces, media_type=media_type, headers=headers)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._pieces.aclose()
