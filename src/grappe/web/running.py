"""``/queries``: what is being evaluated, for who operates the service; and its end, for that and for who sent it."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import Response

from grappe.errors import NotFound
from grappe.web.logs import digest
from grappe.web.service import Service

__all__ = ["router"]


def router(service: Service) -> APIRouter:
    """Return the addresses that list running queries and end them."""
    routes = APIRouter()

    @routes.get("/queries", operation_id="queries", summary="The queries that are evaluated (scope admin)")
    async def queries(request: Request) -> list[dict[str, object]]:
        service.keyring.authorise(request, "admin")
        return [
            {
                "id": one.id,
                "seconds": round(one.seconds, 3),
                "timeout": one.timeout,
                "client": one.client,
                "hash": digest(one.request.query),
                "query": one.request.query,
            }
            for one in service.pool.running.values()
        ]

    @routes.delete(
        "/queries/{name}",
        operation_id="cancel",
        summary="End a query: by its id (scope admin), or by the name that its client gave it in Grappe-Query",
        status_code=HTTPStatus.NO_CONTENT,
    )
    async def cancel(name: str, request: Request) -> Response:
        if name.isdecimal():
            service.keyring.authorise(request, "admin")
            ended = [one for one in service.pool.running.values() if one.id == int(name)]
        else:
            ended = [one for one in service.pool.running.values() if one.key == name]
        if not ended:
            raise NotFound(f"No query '{name}' is running.", iri=str(request.url), remedy="It may have ended.")
        for one in ended:
            one.end("cancelled")
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return routes
