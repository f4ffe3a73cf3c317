"""What addresses answer: GET and HEAD alike, OPTIONS by what there is."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import Response
from starlette.routing import Match
from starlette.types import Scope

__all__ = ["add_reading", "allowed", "methods_of"]

_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")


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


def methods_of(app: FastAPI, scope: Scope) -> frozenset[str]:
    """Return the methods that a handler of its own answers at the address of a request."""

    def answers(method: str) -> bool:
        asked = {**scope, "method": method}
        return any(route.matches(asked)[0] is Match.FULL for route in app.router.routes)

    return frozenset(filter(answers, _METHODS))


def allowed(methods: frozenset[str]) -> str:
    """Return the ``Allow`` of an address: what its handlers answer, and what is answered for them.

    >>> allowed(frozenset({"GET"}))
    'GET, HEAD, OPTIONS'
    """
    return ", ".join(sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))
