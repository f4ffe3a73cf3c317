"""The way out for SERVICE: a proxy on loopback that alone calls other endpoints, and only those that are allowed.

A worker asks it, never the endpoint itself. It bounds the time and the bytes; :mod:`grappe.web.outside` has the rest.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field

from grappe.web.outside import Ask, Outside, Refused

__all__ = ["ServiceProxy"]

_MAX_HEAD, _MAX_ASKED = 16 << 10, 1 << 20


@dataclass(slots=True)
class ServiceProxy:
    """Calls allowed endpoints for the workers.

    Args:
        outside: what may be called.
        timeout: seconds that a call may take.
    """

    outside: Outside
    timeout: float
    _secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _listening: socket.socket | None = None
    _server: asyncio.Server | None = None

    @property
    def address(self) -> str:
        """Return the address that workers put before the encoded address of an endpoint; empty if none is allowed."""
        if not self.outside.allowed:
            return ""
        if self._listening is None:
            self._listening = socket.create_server(("127.0.0.1", 0))
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}/{self._secret}/"

    async def start(self) -> None:
        """Take calls."""
        if self.address:
            self._server = await asyncio.start_server(self._serve, sock=self._listening, limit=_MAX_HEAD)

    async def stop(self) -> None:
        """Take no more calls."""
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            # What has begun is broken off before its last chunk, so that the engine does not take it for whole.
            with contextlib.suppress(TimeoutError, OSError, ValueError, Refused, asyncio.IncompleteReadError):
                async with asyncio.timeout(self.timeout):
                    await self._answer(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            raise Refused("its head is too long.") from None
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.strip().casefold(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", "0"))
        _, secret, target = first.split(" ")[1].split("/")
        if not secrets.compare_digest(secret, self._secret) or length > _MAX_ASKED:
            raise Refused("it is no call of a worker.")
        body = await reader.readexactly(length)
        iri = base64.urlsafe_b64decode(target).decode()
        relay = _Relay(writer)
        kind = headers.get("content-type", "application/sparql-query")
        ask = Ask("POST", {"Accept": headers.get("accept", "*/*"), "Content-Type": kind}, body)
        try:
            await self.outside.call(iri, ask, relay)
            await relay.end()
        except (Refused, OSError) as error:
            if not relay.begun:
                message = f"The endpoint {iri} was not asked, or did not answer: {error}".encode()
                status = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nConnection: close\r\n"
                writer.write(status + b"Content-Length: %d\r\n\r\n" % len(message) + message)
            raise


class _Relay:
    """Passes an endpoint's answer on, chunk by chunk."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer, self.begun = writer, False

    async def begin(self, headers: Mapping[str, str]) -> None:
        """Begin the answer."""
        self.begun = True
        kind = headers.get("content-type", "application/sparql-results+json").encode("latin-1")
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\nContent-Type: "
        self._writer.write(head + kind + b"\r\n\r\n")

    async def take(self, piece: bytes) -> None:
        """Pass a piece on."""
        if piece:
            self._writer.write(b"%x\r\n" % len(piece) + piece + b"\r\n")
            await self._writer.drain()

    async def end(self) -> None:
        """End the answer."""
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()
