"""``/health`` and ``/ready``, for those who operate the service."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from grappe.web.metrics import Metrics
from grappe.web.service import Service

__all__ = ["metrics", "router"]


def metrics(metrics: Metrics) -> APIRouter:
    """Return the address that Prometheus asks."""
    routes = APIRouter()

    @routes.get(
        "/metrics", operation_id="metrics", summary="Counters, for Prometheus", response_class=PlainTextResponse
    )
    async def page() -> Response:
        return Response(metrics.page(), media_type=CONTENT_TYPE_LATEST)

    return routes


def router(service: Service) -> APIRouter:
    """Return the addresses that say how the service does."""
    routes = APIRouter()

    @routes.get("/health", operation_id="health", summary="Is the service alive?")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @routes.get("/ready", operation_id="ready", summary="Does it answer queries?")
    async def ready() -> dict[str, str]:
        await service.rows("ASK {}")
        return {"status": "ready"}

    return routes
