"""``/update``: the update operation of the SPARQL 1.1 Protocol."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.responses import Response

from grappe.web.access import BEARER
from grappe.web.bodies import graph_name, media_type, read_text
from grappe.web.problems import BadRequest
from grappe.web.service import Service

__all__ = ["WRITE_ANSWERS", "router"]

#: How OpenAPI describes what a write may be answered with.
WRITE_ANSWERS: dict[int | str, dict[str, Any]] = {
    status: {"description": why, "content": {"application/problem+json": {}}}
    for status, why in (
        (400, "The request cannot be read, or what it carries does not parse."),
        (401, "Writing needs a token, as `Authorization: Bearer TOKEN`."),
        (403, "Writing is off, or this token may not write there."),
        (413, "The request is too large."),
        (415, "The body is of a type that Grappe does not read."),
        (422, "The update is refused, or cannot be evaluated."),
        (503, "The write took too long, needs too much memory, or another process is writing."),
        (507, "The disk is full."),
    )
}
_BODY = {
    "content": {
        "application/sparql-update": {"schema": {"type": "string"}},
        "application/x-www-form-urlencoded": {
            "schema": {"type": "object", "required": ["update"], "properties": {"update": {"type": "string"}}}
        },
    }
}


def router(service: Service) -> APIRouter:
    """Return the address that takes updates."""
    routes = APIRouter()

    @routes.post(
        "/update",
        operation_id="update",
        summary="Update",
        status_code=204,
        response_class=Response,
        responses=WRITE_ANSWERS,
        openapi_extra={"requestBody": _BODY},
        dependencies=[BEARER],
    )
    async def update(request: Request) -> Response:
        scope = service.keyring.authorise(request, "write")
        text, values = await _read(request)
        write = {
            "do": "update",
            "text": text,
            "scope": str(scope),
            "default_graphs": [graph_name(v, "using-graph-uri") for k, v in values if k == "using-graph-uri"],
            "named_graphs": [graph_name(v, "using-named-graph-uri") for k, v in values if k == "using-named-graph-uri"],
            "base": service.settings.base,
            "prefixes": service.prefixes,
        }
        async with service.loads.fetched(text) as loaded:
            await service.writes.submit(write | {"loaded": loaded})
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return routes


async def _read(request: Request) -> tuple[str, list[tuple[str, str]]]:
    """Return the update that a request carries, and its other parameters."""
    values = parse_qsl(request.url.query, keep_blank_values=True)
    match media_type(request.headers.get("content-type")):
        case "application/sparql-update":
            texts = [await read_text(request)]
            if any(name == "update" for name, _ in values):
                raise BadRequest("The request carries two updates.", remedy="Send one, in the body.")
        case "application/x-www-form-urlencoded":
            try:
                values += parse_qsl(await read_text(request), keep_blank_values=True, errors="strict")
            except UnicodeDecodeError:
                raise BadRequest("The update is no UTF-8.", remedy="Encode it as UTF-8.") from None
            texts = [value for name, value in values if name == "update"]
        case other:
            raise BadRequest(
                f"An update cannot be posted as '{other or 'nothing'}'.",
                remedy="Use application/sparql-update or application/x-www-form-urlencoded.",
                status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            )
    if len(texts) != 1:
        said = "several updates" if texts else "no update"
        raise BadRequest(f"The request carries {said}.", remedy="Send one, as the body of a POST.")
    return texts[0], values
