"""The way out for SERVICE: a proxy on loopback that alone calls other endpoints, and only those that are allowed.

A worker asks it, never the endpoint itself. It looks a name up once, refuses an address that is not public (unless
private ones are allowed), connects to that very address, follows no redirect, and bounds the time and the bytes. It is
a client of its own, apart from :mod:`grappe.fetch`, because that one does not let the address be pinned.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import ipaddress
import secrets
import socket
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httptools

from grappe import __version__
from grappe.store.federation import is_allowed

__all__ = ["ServiceProxy"]

_MAX_HEAD, _MAX_ASKED, _MAX_ANSWER = 16 << 10, 1 << 20, 64 << 20


class _Refused(Exception):
    """A call is not made, or its answer not passed on; why."""


@dataclass(slots=True)
class ServiceProxy:
    """Calls allowed endpoints for the workers.

    Args:
        allowed: addresses of endpoints; one that ends in ``*`` stands for all that begin so.
        private: whether they may have private addresses.
        timeout: seconds that a call may take.
    """

    allowed: tuple[str, ...]
    private: bool
    timeout: float
    calls: int = 0
    refusals: int = 0
    _secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    _listening: socket.socket | None = None
    _server: asyncio.Server | None = None

    @property
    def address(self) -> str:
        """Return the address that workers put before the encoded address of an endpoint; empty if none is allowed."""
        if not self.allowed:
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
            async with asyncio.timeout(self.timeout):
                await self._answer(reader, writer)
        except (TimeoutError, OSError, ValueError, _Refused, httptools.HttpParserError, asyncio.IncompleteReadError):
            # What has begun is broken off before its last chunk, so that the engine does not take it for whole.
            self.refusals += 1
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            raise _Refused from None
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.strip().casefold(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", "0"))
        _, secret, target = first.split(" ")[1].split("/")
        if not secrets.compare_digest(secret, self._secret) or length > _MAX_ASKED:
            raise _Refused
        body = await reader.readexactly(length)
        iri = base64.urlsafe_b64decode(target).decode()
        if not is_allowed(iri, self.allowed):
            raise _Refused
        self.calls += 1
        try:
            await self._call(iri, headers, body, writer)
        except (_Refused, OSError) as error:
            message = f"The endpoint {iri} was not asked, or did not answer: {error}".encode()
            status = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nConnection: close\r\n"
            writer.write(status + b"Content-Length: %d\r\n\r\n" % len(message) + message)
            raise

    async def _call(self, iri: str, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter) -> None:
        parts = urlsplit(iri)
        host, secure = parts.hostname, parts.scheme == "https"
        if not host or parts.scheme not in ("http", "https") or parts.username is not None:
            raise _Refused("its address cannot be called.")
        port = parts.port or (443 if secure else 80)
        address = await self._address(host, port)
        context = ssl.create_default_context() if secure else None
        upstream, out = await asyncio.open_connection(
            address, port, ssl=context, server_hostname=host if secure else None
        )
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            asked = [
                f"POST {path} HTTP/1.1",
                f"Host: {parts.netloc}",
                f"User-Agent: Grappe/{__version__}",
                f"Accept: {headers.get('accept', '*/*')}",
                f"Content-Type: {headers.get('content-type', 'application/sparql-query')}",
                f"Content-Length: {len(body)}",
                "Connection: close",
            ]
            out.write("\r\n".join([*asked, "", ""]).encode("latin-1") + body)
            await out.drain()
            await _Relay(writer).pass_on(upstream)
        finally:
            out.close()

    async def _address(self, host: str, port: int) -> str:
        """Return the address of a host, looked up once."""
        loop = asyncio.get_running_loop()
        found = [str(entry[4][0]) for entry in await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        for one in found if not self.private else ():
            ip = ipaddress.ip_address(one.partition("%")[0])
            mapped = getattr(ip, "ipv4_mapped", None)
            if not (mapped or ip).is_global or (mapped or ip).is_multicast:
                raise _Refused("its address is private.")
        if not found:
            raise _Refused("its name has no address.")
        return found[0]


class _Relay:
    """Passes an endpoint's answer on, chunk by chunk."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer, self._bytes = writer, 0
        self._type, self._complete = b"application/sparql-results+json", False
        self._parser = httptools.HttpResponseParser(self)

    async def pass_on(self, upstream: asyncio.StreamReader) -> None:
        """Read the answer to its end.

        Raises:
            _Refused: if it is no answer, too large, or breaks off.
        """
        while not self._complete:
            data = await upstream.read(1 << 16)
            self._bytes += len(data)
            if not data or self._bytes > _MAX_ANSWER:
                raise OSError("the answer broke off, or is too large.")
            self._parser.feed_data(data)
            await self._writer.drain()
        self._writer.write(b"0\r\n\r\n")
        await self._writer.drain()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note the type of the answer."""
        if name.lower() == b"content-type" and not any(sign in value for sign in b"\r\n"):
            self._type = value

    def on_headers_complete(self) -> None:
        """Begin the answer; what is no 200 is no answer, and a redirect is not followed."""
        if (status := self._parser.get_status_code()) != 200:
            raise _Refused(f"it answered {status}.")
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\nContent-Type: "
        self._writer.write(head + self._type + b"\r\n\r\n")

    def on_body(self, body: bytes) -> None:
        """Pass a piece on."""
        self._writer.write(b"%x\r\n" % len(body) + body + b"\r\n")

    def on_message_complete(self) -> None:
        """Note the end."""
        self._complete = True
