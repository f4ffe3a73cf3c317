"""``/sparql`` as a plain ASGI application: the way of a query through Python is as short as it can be."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus

from starlette.types import Receive, Scope, Send

from grappe.errors import GrappeError
from grappe.store.pool import Answer, Running
from grappe.web.asgi import MAX_UNCHUNKED, ClientGone, Headers, Watch, client_of, header, read_body, refuse, respond
from grappe.web.cache import Cache, Kept, tag
from grappe.web.negotiation import content_type, holds, wants_page
from grappe.web.problems import BadRequest, too_long
from grappe.web.protocol import Asked, parameters_of, posted, read_query
from grappe.web.service import Service

__all__ = ["Sparql"]

#: What a client may call its query, to cancel it by: enough signs that nobody guesses it.
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")

_METHODS = "GET, HEAD, OPTIONS, POST"


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of an answer before it is there: the mark of the generation, the key, the entity tag."""

    mark: str
    key: tuple[str, str]
    etag: bytes


@dataclass(slots=True)
class Sparql:
    """The address that takes queries."""

    service: Service
    cache: Cache = field(init=False)
    rows: int = 0
    _said: Headers = field(init=False)

    def __post_init__(self) -> None:
        settings = self.service.settings
        self.cache = Cache(settings.serving.cache_bytes)
        self._said = [
            (b"vary", b"Accept"),
            (b"grappe-limits", f"memory={settings.query_memory}, result={settings.serving.result_bytes}".encode()),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            await self._serve(scope, receive, send)
        except ClientGone:
            return
        except GrappeError as error:
            await refuse(send, error, self._said)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, accept = scope["method"], header(scope, b"accept")
        mark = self.service.current.look()
        raw = (scope["query_string"], accept, method)
        if method == "GET" and (kept := self.cache.get(mark, raw)) is not None:
            return await self._send_kept(scope, send, kept)
        match method:
            case "GET" | "HEAD":
                parameters = parameters_of(scope["query_string"])
            case "POST":
                body = await read_body(scope, receive, limit=self.service.settings.serving.request_bytes)
                parameters = parameters_of(scope["query_string"]) + posted(header(scope, b"content-type"), body)
            case "OPTIONS":
                return await respond(send, 204, [(b"allow", _METHODS.encode()), *self._said])
            case _:
                raise BadRequest(
                    f"Method Not Allowed: {method} has no meaning here.",
                    remedy="Send a query by GET or POST.",
                    status=HTTPStatus.METHOD_NOT_ALLOWED,
                    headers={"Allow": _METHODS},
                )
        if method == "GET" and not parameters and wants_page(accept):
            home = f"{scope.get('root_path', '')}/"
            return await respond(send, 303, [(b"location", home.encode()), *self._said])
        scope["grappe.query"] = next((value for name, value in parameters if name == "query"), "")
        asked = read_query(parameters, accept, self.service.settings, mark=mark)
        key = asked.key
        if (kept := self.cache.get(mark, key)) is not None:
            if method == "GET":
                self.cache.put(mark, raw, kept)
            return await self._send_kept(scope, send, kept)
        self.cache.misses += 1
        etag = tag(mark, key)
        # Whether there is an answer at all is not known of a query that was not evaluated.
        if holds(header(scope, b"if-none-match"), etag.decode(), exists=False):
            return await respond(send, 304, [(b"etag", etag), *self._said])
        return await self._evaluate(scope, receive, send, asked, _Known(mark, key, etag))

    async def _send_kept(self, scope: Scope, send: Send, kept: Kept) -> None:
        self.cache.hits += 1
        if holds(header(scope, b"if-none-match"), kept.etag.decode()):
            await respond(send, 304, [(b"etag", kept.etag), *self._said])
        else:
            await respond(send, 200, kept.headers, kept.body)

    async def _evaluate(self, scope: Scope, receive: Receive, send: Send, asked: Asked, known: _Known) -> None:
        pool = self.service.pool
        running = Running(asked.request, asked.timeout, _name(scope), client_of(scope))
        watch = Watch(receive, pool.moments)
        try:
            answer = await pool.begin(running)
            headers = self._headers(answer, asked, known.etag)
            if answer.rest is None:
                watch.end()
                self.rows += _rows(answer.format, answer.first)
                await respond(send, 200, headers, answer.first)
                self._keep(answer, headers, answer.first, known)
            else:
                if scope["http_version"] != "1.0":  # to which nothing is sent before all of it is there
                    running.sender = asyncio.current_task()
                await self._stream(scope, send, answer, headers, known)
        except asyncio.CancelledError:
            if watch.gone:
                raise ClientGone from None
            if running.channel is not None and running.channel.ended and running.sender is not None:
                # Its time is over, and its client does not read what was sent: nothing more will be.
                scope.get("grappe.abort", _nothing)()
                raise ClientGone from None
            raise
        finally:
            watch.end()
            pool.leave(running)

    async def _stream(self, scope: Scope, send: Send, answer: Answer, headers: Headers, known: _Known) -> None:
        assert answer.rest is not None
        if scope["http_version"] == "1.0":
            body = bytearray(answer.first)
            async for piece in answer.rest:
                body += piece
                if len(body) > MAX_UNCHUNKED:
                    raise too_long()
            return await respond(send, 200, headers, bytes(body))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if scope["method"] == "HEAD":
            return await send({"type": "http.response.body"})
        self.rows += _rows(answer.format, answer.first)
        held: bytearray | None = bytearray(answer.first) if answer.lasting else None
        await send({"type": "http.response.body", "body": answer.first, "more_body": True})
        try:
            async for piece in answer.rest:
                self.rows += _rows(answer.format, piece)
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                if held is not None:
                    held += piece
                    held = held if len(held) <= self.cache.room() else None
        except GrappeError:
            # The headers are out. The connection is closed before the last chunk, so nobody takes this for whole.
            return None
        await send({"type": "http.response.body"})
        if held is not None:
            self._keep(answer, headers, bytes(held), known)
        return None

    def _keep(self, answer: Answer, headers: Headers, body: bytes, known: _Known) -> None:
        # A generation that became current in between is another's answer.
        if answer.lasting and known.mark.startswith(f"{answer.generation}-"):
            self.cache.put(known.mark, known.key, Kept(headers, body, known.etag))

    def _headers(self, answer: Answer, asked: Asked, etag: bytes) -> Headers:
        told = _told(answer.media_type, answer.generation, asked.timeout, answer.lasting)
        return [*told, (b"etag", etag), *self._said] if answer.lasting else [*told, *self._said]


@lru_cache(maxsize=64)
def _told(media_type: str, generation: int, timeout: float, lasting: bool) -> Headers:
    """Return the headers that one answer has like the next."""
    return [
        (b"content-type", content_type(media_type).encode()),
        (b"grappe-generation", b"%d" % generation),
        (b"grappe-timeout", b"%g" % timeout),
        (b"cache-control", b"no-cache" if lasting else b"no-store"),
    ]


#: What stands between two rows, where a format shows it.
_BETWEEN = {"json": b"}},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}


def _rows(format: str, piece: bytes) -> int:
    """Return about how many rows a piece of a result holds."""
    between = _BETWEEN.get(format)
    return piece.count(between) if between else 0


def _name(scope: Scope) -> str:
    given = header(scope, b"grappe-query") or ""
    if given and not _KEY.fullmatch(given):
        raise BadRequest(
            "The name in Grappe-Query cannot be used.",
            remedy="Give 16 to 64 letters, digits, - and _ that nobody guesses.",
        )
    return given


def _nothing() -> None:
    """Stand for what a server does not offer."""
