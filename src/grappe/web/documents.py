"""``/id/document/ID``: the plain text of a document, which the offsets of its evidence count in."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from grappe.errors import NotFound
from grappe.iri import slug
from grappe.web.service import Service

__all__ = ["router"]


def router(service: Service) -> APIRouter:
    """Return the addresses of the documents."""
    routes, names = APIRouter(), service.settings.names

    @routes.get("/id/document/{id}", operation_id="document", summary="The plain text that offsets count in")
    async def document(id: str) -> PlainTextResponse:
        graph, about = names.evidence_graph(id), names.document(id)
        if slug(id) != id:
            raise NotFound(f"There is no document '{id}' here.", iri=about)
        text = f"SELECT ?text WHERE {{ GRAPH <{graph}> {{ <{about}> grp:plainText ?text }} }}"
        rows = (await service.rows(text))["results"]["bindings"]
        if not rows:
            raise NotFound(f"There is no document '{id}' here.", iri=about)
        return PlainTextResponse(rows[0]["text"]["value"])

    return routes
