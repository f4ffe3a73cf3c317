"""What every request passes first: limits by client, other origins, metrics and the log.

Queries go straight on from here, past the routing of the framework.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send

from grappe.web.asgi import Headers, Unchunked, Watch, client_of, header, refuse, respond
from grappe.web.descriptions import DESCRIPTION
from grappe.web.limits import Limiter, TooMany
from grappe.web.logs import Log, digest
from grappe.web.metrics import KINDS, Metrics
from grappe.web.negotiation import wants_page
from grappe.web.routes import allowed, methods_of
from grappe.web.sparql import Sparql

__all__ = ["Front"]

#: What is noted of a request whose client left before it was answered, as other servers do.
_GONE = 499

#: Sends a whole answer, or returns False: :meth:`grappe.web.http.Guarded` offers that.
Answer = Callable[[int, Headers, bytes], bool]

_PREFLIGHT = [
    (b"access-control-allow-methods", b"GET, HEAD, OPTIONS, POST, PUT, DELETE, PATCH"),
    (b"access-control-allow-headers", b"Accept, Authorization, Content-Type, Grappe-Query, If-Match, If-None-Match"),
    (b"access-control-max-age", b"86400"),
]


@dataclass(slots=True)
class Front:
    """The way in, before the application."""

    app: FastAPI
    sparql: Sparql
    limiter: Limiter
    metrics: Metrics
    log: Log
    origins: frozenset[str] = frozenset({"*"})
    _cors: Headers = field(init=False)

    def __post_init__(self) -> None:
        exposed = (b"access-control-expose-headers", b"*")
        self._cors = [(b"access-control-allow-origin", b"*"), exposed] if "*" in self.origins else []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        client = client_of(scope)
        sent = _Sent(send, self._origin(scope), scope.get("grappe.answer"))
        counted = False
        start = time.perf_counter()
        try:
            counted = self.limiter.enter(client)
            if scope["method"] == "OPTIONS" and sent.headers and header(scope, b"access-control-request-method"):
                await respond(sent, 204, _PREFLIGHT)
            elif path == "/sparql" and _asks_nothing(scope):
                there = scope.get("root_path", "") + DESCRIPTION
                await self.app({**scope, "path": there, "raw_path": there.encode()}, receive, sent)
            elif path == "/sparql":
                await self.sparql(scope, receive, sent)
            else:
                await self._pass_on(scope, receive, sent)
        except TooMany as refusal:
            await refuse(sent, refusal)
        finally:
            if counted:
                self.limiter.leave(client)
            self._note(scope, path, client, sent, time.perf_counter() - start)

    async def _pass_on(self, scope: Scope, receive: Receive, sent: _Sent) -> None:
        """Have the application answer; what it reads for a client that leaves is ended."""
        method = scope["method"]
        if method in ("HEAD", "OPTIONS") and (methods := methods_of(self.app, scope)):
            if method == "OPTIONS":
                return await respond(sent, 204, [(b"allow", allowed(methods).encode())])
            if "HEAD" not in methods:
                scope = {**scope, "method": "GET"}  # the server leaves the body out
        send: Send = Unchunked(sent) if scope["http_version"] == "1.0" else sent
        if method not in ("GET", "HEAD"):
            return await self.app(scope, receive, send)
        watch = Watch(receive, self.sparql.service.pool.moments)
        try:
            return await self.app(scope, receive, send)
        except asyncio.CancelledError:
            # An answer that was sent whole ends a watch as one that nobody waits for.
            if not watch.gone:
                raise
        finally:
            watch.end()

    def _origin(self, scope: Scope) -> Headers:
        """Return the headers by which a page of another origin may read the answer."""
        if self._cors or not self.origins:
            return self._cors
        origin = header(scope, b"origin")
        vary = (b"vary", b"Origin")
        if origin in self.origins:
            exposed = (b"access-control-expose-headers", b"*")
            return [(b"access-control-allow-origin", str(origin).encode()), exposed, vary]
        return [vary]

    def _note(self, scope: Scope, path: str, client: str, sent: _Sent, seconds: float) -> None:
        kind = path.split("/", 2)[1]
        kind = kind if kind in KINDS else "other"
        status = sent.status or _GONE
        self.metrics.note(kind, status, seconds, sent.bytes)
        if self.log.wants(status, seconds):
            told: dict[str, Any] = {
                "client": client,
                "method": scope["method"],
                "path": path,
                "status": status,
                "seconds": round(seconds, 4),
                "bytes": sent.bytes,
                "whole": None if sent.whole else False,
            }
            if query := scope.get("grappe.query"):
                told["query"] = digest(query)
            self.log.tell(**told)


class _Sent:
    """What was sent of an answer; adds headers to its head."""

    __slots__ = ("answer", "bytes", "headers", "send", "status", "whole")

    def __init__(self, send: Send, headers: Headers, answer: Answer | None) -> None:
        self.send, self.headers, self.answer = send, headers, answer
        self.status, self.bytes, self.whole = 0, 0, False

    def at_once(self, status: int, headers: Headers, body: bytes) -> bool:
        """Send a whole answer past the framework's messages; return whether that could be done."""
        if self.answer is None or not self.answer(status, [*headers, *self.headers], body):
            return False
        self.status, self.bytes, self.whole = status, len(body), True
        return True

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if self.headers:
                message["headers"] = [*message.get("headers", ()), *self.headers]
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
            self.whole = not message.get("more_body", False)
        await self.send(message)


def _asks_nothing(scope: Scope) -> bool:
    """Return whether a program asks ``/sparql`` for nothing: it is told what the endpoint can do."""
    reads = scope["method"] in ("GET", "HEAD")
    return reads and not scope["query_string"] and not wants_page(header(scope, b"accept"))
