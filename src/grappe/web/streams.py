"""Answers that stream from a worker to the socket."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping

from fastapi.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from grappe.store.pool import Answer
from grappe.store.query import Request
from grappe.web.negotiation import content_type
from grappe.web.service import Service

__all__ = ["streamed"]


async def streamed(service: Service, asking: Request, *, headers: Mapping[str, str] | None = None) -> Response:
    """Return a query's answer as a response that streams.

    A query that fails before its first piece has a status that says so; one that fails later breaks its stream off,
    and no client takes it for whole.
    """
    stack = contextlib.AsyncExitStack()
    try:
        answer = await stack.enter_async_context(service.pool.ask(asking, timeout=service.settings.query_timeout))
    except BaseException:
        await stack.aclose()
        raise
    said = {"Vary": "Accept", "Grappe-Generation": str(answer.generation), **(headers or {})}
    return _Streamed(answer, stack, content_type(answer.media_type), said)


class _Streamed(StreamingResponse):
    """A response that gives its worker back however it ends: sent whole, broken off, or never begun."""

    def __init__(
        self, answer: Answer, held: contextlib.AsyncExitStack, media_type: str, headers: Mapping[str, str]
    ) -> None:
        super().__init__(_pieces(answer), media_type=media_type, headers=headers)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._held.aclose()


async def _pieces(answer: Answer) -> AsyncIterator[bytes]:
    yield answer.first
    if answer.rest is not None:
        async for piece in answer.rest:
            yield piece
