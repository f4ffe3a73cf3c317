"""The way out of the service: to what the operator allows, and nothing else.

A name is looked up once, an address that is not public is refused (unless private ones are allowed), and the connection
goes to that very address. It is a client of its own, apart from :mod:`grappe.fetch`, because that one does not let the
address be pinned.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urljoin, urlsplit

import httptools

from grappe import __version__
from grappe.store.federation import is_allowed

__all__ = ["MAX_ANSWER", "Ask", "Outside", "Refused", "Taker"]

#: An answer is at most so many bytes, and at most so many redirects lead to it.
MAX_ANSWER = 64 << 20
_MAX_HOPS = 5

#: What an address may hold as it is; other characters of an IRI are escaped.
_KEPT = "%/:?#[]@!$&'()*+,;=~"


class Refused(Exception):
    """A call is not made, or its answer not taken; why."""


class _Elsewhere(Exception):
    """The answer is at another address."""


class Taker(Protocol):
    """What takes an answer: its headers once, then its body in pieces."""

    async def begin(self, headers: Mapping[str, str]) -> None:
        """Take the headers of a 200."""

    async def take(self, piece: bytes) -> None:
        """Take a piece of the body."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: its method, headers and body."""

    method: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Outside:
    """What may be called.

    Args:
        allowed: addresses; one that ends in ``*`` stands for all that begin so.
        private: whether they may have private addresses.
        redirects: whether redirects are followed, to what is allowed too.
    """

    allowed: tuple[str, ...]
    private: bool = False
    redirects: bool = False

    async def call(self, iri: str, ask: Ask, taker: Taker) -> str:
        """Have an answer taken, whole; return the address that gave it.

        Raises:
            Refused: if the address may not be called, or its answer is none, or too large.
            OSError: if it cannot be reached, or breaks off.
        """
        for _ in range(_MAX_HOPS):
            if not is_allowed(iri, self.allowed):
                raise Refused("it is not allowed here.")
            try:
                await self._call(iri, ask, taker)
            except _Elsewhere as elsewhere:
                if not self.redirects:
                    raise Refused("it redirects, which is not followed.") from None
                iri = urljoin(iri, str(elsewhere))
            except httptools.HttpParserError:
                raise Refused("what it answers is no HTTP.") from None
            else:
                return iri
        raise Refused("it redirects too often.")

    async def _call(self, iri: str, ask: Ask, taker: Taker) -> None:
        parts = urlsplit(iri)
        host, secure = parts.hostname, parts.scheme == "https"
        if not host or parts.scheme not in ("http", "https") or parts.username is not None:
            raise Refused("its address cannot be called.")
        path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_KEPT)
        headers = {"Host": parts.netloc, "User-Agent": f"Grappe/{__version__}", **ask.headers, "Connection": "close"}
        if ask.body:
            headers["Content-Length"] = str(len(ask.body))
        lines = [f"{ask.method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        try:
            head = "\r\n".join([*lines, "", ""]).encode("ascii")
            port = parts.port or (443 if secure else 80)
        except ValueError:
            raise Refused("its address cannot be called.") from None
        async with self._connected(host, port, secure=secure) as (upstream, out):
            out.write(head + ask.body)
            await out.drain()
            await _Answer(taker).read(upstream)

    @contextlib.asynccontextmanager
    async def _connected(
        self, host: str, port: int, *, secure: bool
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        address = await self._address(host, port)
        context = ssl.create_default_context() if secure else None
        upstream, out = await asyncio.open_connection(
            address, port, ssl=context, server_hostname=host if secure else None
        )
        try:
            yield upstream, out
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
                raise Refused("its address is private.")
        if not found:
            raise Refused("its name has no address.")
        return found[0]


class _Answer:
    """Reads an answer and hands it on."""

    def __init__(self, taker: Taker) -> None:
        self._taker, self._bytes = taker, 0
        self._headers: dict[str, str] = {}
        self._held: list[bytes] = []
        self._begun = self._complete = False
        self._parser = httptools.HttpResponseParser(self)

    async def read(self, upstream: asyncio.StreamReader) -> None:
        begun = False
        while not self._complete:
            data = await upstream.read(1 << 16)
            self._bytes += len(data)
            if self._bytes > MAX_ANSWER:
                raise Refused("its answer is too large.")
            if not data:  # one that says no length is not known to be whole
                raise OSError("its answer broke off.")
            self._parser.feed_data(data)
            if self._begun and not begun:
                begun = True
                self._look()
                await self._taker.begin(self._headers)
            held, self._held = self._held, []
            for piece in held:
                await self._taker.take(piece)

    def _look(self) -> None:
        """Refuse what is no answer."""
        status = self._parser.get_status_code()
        if status in (301, 302, 303, 307, 308) and "location" in self._headers:
            raise _Elsewhere(self._headers["location"])
        if status != 200:
            raise Refused(f"it answered {status}.")
        if self._headers.get("content-encoding", "identity").strip().casefold() != "identity":
            raise Refused("its answer is packed, which nobody asked for.")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note a header."""
        if not any(sign in value for sign in b"\r\n\0"):
            self._headers[name.decode("latin-1").casefold()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        """Note that the headers are there."""
        self._begun = True

    def on_body(self, body: bytes) -> None:
        """Note a piece of the body."""
        self._held.append(body)

    def on_message_complete(self) -> None:
        """Note the end."""
        self._complete = True
