"""Errors as a client reads them: problem details (RFC 9457)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from grappe.errors import (
    GrappeError,
    NotAllowed,
    NotFound,
    Overloaded,
    QueryCancelled,
    QueryError,
    QuerySyntaxError,
    QueryTimeout,
    ResultTooLarge,
    StoreError,
    StoreFull,
    UnknownFormat,
    WorkerDied,
)
from grappe.web.limits import TooMany
from grappe.web.routes import allowed, methods_of

__all__ = ["BadRequest", "install", "problem", "problem_of", "too_long"]

_STATUS: tuple[tuple[type[GrappeError], HTTPStatus], ...] = (
    (QuerySyntaxError, HTTPStatus.BAD_REQUEST),
    (UnknownFormat, HTTPStatus.NOT_ACCEPTABLE),
    (QueryTimeout, HTTPStatus.SERVICE_UNAVAILABLE),
    (WorkerDied, HTTPStatus.SERVICE_UNAVAILABLE),
    (QueryCancelled, HTTPStatus.SERVICE_UNAVAILABLE),
    (Overloaded, HTTPStatus.SERVICE_UNAVAILABLE),
    (QueryError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotFound, HTTPStatus.NOT_FOUND),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (StoreFull, HTTPStatus.INSUFFICIENT_STORAGE),
    (TooMany, HTTPStatus.TOO_MANY_REQUESTS),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
)


class BadRequest(GrappeError):
    """A request that cannot be read or is not allowed, with the status that says why and what headers go with it."""

    def __init__(
        self,
        message: str,
        *,
        remedy: str,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.status = status
        self.headers = headers or {}


def too_long() -> BadRequest:
    """Return the refusal of what a client of HTTP/1.0 could not tell from an answer that broke off."""
    return BadRequest(
        "This result is streamed, which HTTP/1.0 cannot tell from one that broke off.",
        remedy="Ask by HTTP/1.1.",
        status=HTTPStatus.HTTP_VERSION_NOT_SUPPORTED,
    )


def problem(status: int, detail: str, **more: object) -> JSONResponse:
    """Return a problem as a response."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail, **more}
    return JSONResponse(body, status_code=int(status), media_type="application/problem+json")


def problem_of(error: GrappeError) -> JSONResponse:
    """Return the problem that an error is, as a response."""
    if isinstance(error, BadRequest):
        response = problem(error.status, str(error))
        response.headers.update(error.headers)
        return response
    status = next((s for kind, s in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    more: dict[str, object] = {}
    if isinstance(error, QuerySyntaxError) and error.offset is not None:
        more["offset"] = error.offset
    if isinstance(error, QueryTimeout | Overloaded | TooMany):
        more["seconds"] = error.seconds
    if isinstance(error, ResultTooLarge):
        more["bytes"] = error.bytes
    # Where the disk is, and what to do about it, is the operator's business.
    full = "The service's disk is full; nothing of this was kept. Send it again later."
    response = problem(status, full if isinstance(error, StoreFull) else str(error), **more)
    if isinstance(error, Overloaded | TooMany):
        response.headers["Retry-After"] = str(math.ceil(error.seconds))
    return response


def install(app: FastAPI) -> None:
    """Make every error of an application a problem."""

    async def on_grappe_error(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, GrappeError)
        return problem_of(error)

    async def on_http_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        response = problem(error.status_code, str(error.detail))
        response.headers.update(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = allowed(methods_of(app, request.scope))
        return response

    async def on_any_error(_: Request, error: Exception) -> JSONResponse:
        return problem(500, f"The request failed ({type(error).__name__}). Please report it with the request.")

    app.add_exception_handler(GrappeError, on_grappe_error)
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(Exception, on_any_error)
