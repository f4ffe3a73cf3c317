"""Requests and responses as ASGI has them, for the addresses that have to be fast."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.types import Receive, Scope, Send

from grappe.web.problems import BadRequest

__all__ = ["ClientGone", "Headers", "client_of", "header", "read_body", "respond"]

Headers = list[tuple[bytes, bytes]]

#: A client has so many seconds to send a body.
BODY_SECONDS = 30.0


class ClientGone(Exception):
    """The client has closed its connection; there is nobody to answer."""


def header(scope: Scope, name: bytes) -> str | None:
    """Return a header of a request; of several of one name, joined by commas."""
    values = [value for key, value in scope["headers"] if key == name]
    return b", ".join(values).decode("latin-1") if values else None


def client_of(scope: Scope) -> str:
    """Return who sent a request, as a log shows it: an address, or ``unix`` for a socket of this machine."""
    return str(scope["client"][0]) if scope.get("client") else "unix"


async def respond(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    """Send a whole response."""
    length = (b"content-length", b"%d" % len(body))
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})


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
        raise BadRequest(
            f"The request's body did not come within {BODY_SECONDS:g} seconds.",
            remedy="Send it faster.",
            status=HTTPStatus.REQUEST_TIMEOUT,
        ) from None
    if more or len(body) > limit:
        raise BadRequest(
            f"The request is larger than {limit} bytes.",
            remedy="Send a shorter one.",
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    return bytes(body)
