"""``/health`` and ``/ready``, for those who operate the service."""

from __future__ import annotations

from fastapi import APIRouter

from grappe.web.service import Service

__all__ = ["router"]


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
