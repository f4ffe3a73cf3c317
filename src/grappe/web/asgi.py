"""Requests and responses as ASGI has them, for the addresses that have to be fast."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.types import Message, Receive, Scope, Send

from grappe.errors import GrappeError
from grappe.store.moments import Moments
from grappe.web.problems import BadRequest, problem_of, too_long

__all__ = [
    "BODY_SECONDS",
    "MAX_UNCHUNKED",
    "ClientGone",
    "Headers",
    "Unchunked",
    "Watch",
    "client_of",
    "header",
    "read_body",
    "refuse",
    "respond",
    "too_slow",
]

Headers = list[tuple[bytes, bytes]]

#: A client has so many seconds to send a body.
BODY_SECONDS = 30.0

#: HTTP/1.0 cannot tell a result that was broken off from a whole one, so it gets small ones only, with their length.
MAX_UNCHUNKED = 32 * 1024**2


class ClientGone(Exception):
    """The client has closed its connection; there is nobody to answer."""


def header(scope: Scope, name: bytes) -> str | None:
    """Return a header of a request; of several of one name, joined by commas."""
    found = None
    for key, value in scope["headers"]:
        if key == name:
            found = value if found is None else found + b", " + value
    return None if found is None else str(found, "latin-1")


def client_of(scope: Scope) -> str:
    """Return who sent a request, as a log shows it: an address, or ``unix`` for a socket of this machine."""
    return str(scope["client"][0]) if scope.get("client") else "unix"


def too_slow() -> BadRequest:
    """Return the refusal of a body that does not come."""
    return BadRequest(
        f"The request's body did not come within {BODY_SECONDS:g} seconds.",
        remedy="Send it faster.",
        status=HTTPStatus.REQUEST_TIMEOUT,
    )


async def respond(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    """Send a whole response; at once, where ``send`` can (:class:`grappe.web.front.Front` gives such ones)."""
    length = (b"content-length", b"%d" % len(body))
    at_once = getattr(send, "at_once", None)
    if at_once is not None and at_once(status, [*headers, length], body):
        return
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, error: GrappeError, headers: Headers | None = None) -> None:
    """Send an error as a problem, with other headers beside its own."""
    problem = problem_of(error)
    said = problem.raw_headers[1:]  # without its length, which is counted again
    await respond(send, problem.status_code, [*said, *(headers or ())], bytes(problem.body))


async def read_body(scope: Scope, receive: Receive, *, limit: int) -> bytes:
    """Return the body of a request.

    Raises:
        BadRequest: if it is larger than ``limit`` bytes, compressed, or sent too slowly.
        ClientGone: if the client leaves before its end.
    """
    if (encoding := header(scope, b"content-encoding")) and encoding.strip().casefold() != "identity":
        raise BadRequest(
            f"A body encoded as '{encoding}' is not taken here.",
            remedy="Send it as it is.",
            status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        )
    said = header(scope, b"content-length")
    body = bytearray()
    more = True
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while more and len(body) <= limit and not (said and said.isdecimal() and int(said) > limit):
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGone
                body += message.get("body", b"")
                more = message.get("more_body", False)
    except TimeoutError:
        raise too_slow() from None
    if more or len(body) > limit:
        raise BadRequest(
            f"The request is larger than {limit} bytes.",
            remedy="Send a shorter one.",
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    return bytes(body)


class Watch:
    """Cancels the task that answers when the client leaves, from a moment after the request; before, nobody looks."""

    __slots__ = ("_looking", "_moments", "_receive", "_task", "gone")

    def __init__(self, receive: Receive, moments: Moments) -> None:
        self.gone = False
        self._receive, self._task, self._moments = receive, asyncio.current_task(), moments
        self._looking: asyncio.Task[None] | None = None
        moments.add(self._begin)

    def _begin(self) -> None:
        self._looking = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        assert self._task is not None
        self._task.cancel()

    def end(self) -> None:
        """Look no longer."""
        self._moments.drop(self._begin)
        if self._looking is not None:
            self._looking.cancel()


class Unchunked:
    """Sends an answer to a client of HTTP/1.0 in one piece, with its length, once all of it is there."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: Message = {}
        self._body = bytearray()
        self._refused = False

    async def __call__(self, message: Message) -> None:
        """Take what the application sends."""
        if message["type"] == "http.response.start":
            self._head = message
            return
        self._body += message.get("body", b"")
        if self._refused:
            return
        if len(self._body) > MAX_UNCHUNKED:
            self._refused = True
            self._body.clear()
            await refuse(self._send, too_long())
        elif not message.get("more_body", False):
            headers = [(name, value) for name, value in self._head["headers"] if name.lower() != b"content-length"]
            await respond(self._send, self._head["status"], headers, bytes(self._body))
