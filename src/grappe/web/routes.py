"""Addresses that are read: what answers a GET answers a HEAD."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

__all__ = ["add_reading"]


def add_reading(
    routes: APIRouter,
    path: str,
    handler: Callable[..., Coroutine[Any, Any, Response]],
    *,
    name: str,
    summary: str,
    responses: dict[int | str, dict[str, Any]],
    parameters: Sequence[dict[str, Any]] = (),
) -> None:
    """Have a handler answer GET and HEAD of an address; OpenAPI describes the two apart, as ``name_get`` and so on."""
    for method in ("GET", "HEAD"):
        routes.add_api_route(
            path,
            handler,
            methods=[method],
            operation_id=f"{name}_{method.casefold()}",
            summary=summary,
            response_class=Response,
            responses=responses,
            openapi_extra={"parameters": [*parameters]} if parameters else None,
        )
