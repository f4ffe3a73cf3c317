"""``/.well-known/void``, ``/catalog``, and the service's description at ``/sparql`` without a query."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pyoxigraph as ox
from fastapi import APIRouter, Request
from fastapi.responses import Response

from grappe.store.formats import GRAPHS
from grappe.store.rdf_formats import PREFIXED, RDF_FORMATS
from grappe.store.tokens import Scope, read_tokens
from grappe.web.described import PREFIXES_OF_DESCRIPTIONS, Limits, Place, catalogue, service_description, void
from grappe.web.dumps import graph_format_of
from grappe.web.negotiation import content_type, holds
from grappe.web.routes import add_reading
from grappe.web.service import Service
from grappe.web.statistics import Statistics

__all__ = ["DESCRIPTION", "origin_of", "router"]

#: Where the front sends ``/sparql`` without a query.
DESCRIPTION = "/service-description"

_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The description.", "content": {format.media_types[0]: {} for format in GRAPHS}},
    406: {"description": "Grappe writes none of the formats accepted.", "content": {"application/problem+json": {}}},
}


def router(service: Service) -> APIRouter:
    """Return the addresses at which the service describes itself."""
    routes, statistics = APIRouter(), Statistics(service)

    async def of_graph(request: Request) -> Response:
        place = _place(service, request)
        return _answer(request, void(await statistics.counts(), place))

    async def of_data_set(request: Request) -> Response:
        return _answer(request, catalogue(_place(service, request)))

    async def of_service(request: Request) -> Response:
        place = _place(service, request)
        return _answer(request, service_description(await statistics.counts(), place))

    for path, describe, name, what in (
        ("/.well-known/void", of_graph, "void", "What the graph holds, in VoID"),
        ("/catalog", of_data_set, "dcat", "The data set, its dumps and its endpoint, in DCAT-AP"),
        (DESCRIPTION, of_service, "service_description", "What the endpoint can do (also at /sparql without a query)"),
    ):
        add_reading(routes, path, describe, name=name, summary=what, responses=_ANSWERS)
    return routes


def origin_of(request: Request) -> str:
    """Return the public address of the service, without a slash at its end."""
    return str(request.base_url).rstrip("/")


def _place(service: Service, request: Request) -> Place:
    modified = service.current.changed()
    changed = None if modified is None else datetime.fromtimestamp(modified, UTC)
    writable = any(Scope.parse(token.scope).covers("write") for token in read_tokens(service.settings.home))
    settings = service.settings
    limits = Limits(settings.query_timeout, settings.query_memory, settings.serving.result_bytes)
    return Place(origin_of(request), settings.base, changed, writable, settings.about, limits)


def _answer(request: Request, triples: Iterator[ox.Triple]) -> Response:
    format = graph_format_of(request)
    prefixes = PREFIXES_OF_DESCRIPTIONS if format.name in PREFIXED else None
    body = ox.serialize(triples, format=RDF_FORMATS[format.name], prefixes=prefixes)
    assert body is not None
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"Vary": "Accept", "ETag": etag, "Cache-Control": "no-cache"}
    if holds(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=content_type(format.media_types[0]), headers=headers)
