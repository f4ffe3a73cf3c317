"""``/``: the page for people."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from grappe.errors import GrappeError
from grappe.web.page import CONTENT_POLICY, page, questions
from grappe.web.service import Service

__all__ = ["router"]


def router(service: Service) -> APIRouter:
    """Return the address of the page."""
    routes = APIRouter()
    asked = questions(service.settings.ontology / "questions")

    @routes.get("/", include_in_schema=False)
    async def home(request: Request, query: str = "") -> HTMLResponse:
        result: dict[str, Any] | None = None
        error: GrappeError | None = None
        if query.strip():
            try:
                result = await service.rows(query)
            except GrappeError as raised:
                error = raised
        root = request.scope.get("root_path", "")
        body = page(query, result, error, asked, root=root)
        return HTMLResponse(body, headers={"Content-Security-Policy": CONTENT_POLICY})

    return routes
