"""A load generator that costs little: a few kept connections, one process, requests written as they go on the wire."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

__all__ = ["GRAPH", "RESULTS", "Stream", "rate", "request", "stream"]

#: An answer may take so many seconds: rdflib-endpoint needs a minute for four aggregates at once.
_PATIENCE = 300

RESULTS, GRAPH = "application/sparql-results+json", "text/turtle"


def request(path: str, query: str, accept: str = RESULTS) -> bytes:
    """Return a query as it goes on the wire."""
    head = f"GET {path}?{urlencode({'query': query})} HTTP/1.1\r\nHost: bench\r\nAccept: {accept}\r\n\r\n"
    return head.encode()


def rate(port: int, make: Callable[[int], bytes], *, seconds: float, connections: int = 4, first: int = 0) -> float:
    """Return how many requests a second a server answers, each with a number of its own from ``first`` on.

    Raises:
        RuntimeError: if one is not answered by 200.
    """
    with selectors.DefaultSelector() as selector:
        number = first
        answered = 0
        for _ in range(connections):
            sock = socket.create_connection(("127.0.0.1", port))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(sock, selectors.EVENT_READ, bytearray())
            sock.sendall(make(number))
            number += 1
        start = time.perf_counter()
        while (now := time.perf_counter()) < start + seconds or not answered:
            if now > start + _PATIENCE + seconds:
                raise RuntimeError("nothing is answered")
            for key, _ in selector.select(1):
                assert isinstance(key.fileobj, socket.socket)
                held: bytearray = key.data
                held += key.fileobj.recv(1 << 18)
                if _whole(held):
                    if not held.startswith(b"HTTP/1.1 200"):
                        raise RuntimeError(held[:500].decode())
                    held.clear()
                    answered += 1
                    key.fileobj.sendall(make(number))
                    number += 1
        took = time.perf_counter() - start
        for key in list(selector.get_map().values()):
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.close()
        return answered / took


def _whole(held: bytearray) -> bool:
    end = held.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = bytes(held[:end]).lower()
    place = head.find(b"content-length:")
    if place >= 0:
        return len(held) >= end + 4 + int(head[place + 15 :].split(b"\r\n")[0])
    return held.endswith(b"\r\n0\r\n\r\n")


@dataclass(frozen=True, slots=True)
class Stream:
    """How a large answer came: seconds to its first byte and to its last, and its size."""

    first: float
    last: float
    bytes: int


def stream(port: int, sent: bytes, each: Callable[[], None]) -> Stream:
    """Read a large answer to its end, calling ``each`` now and then."""
    with socket.create_connection(("127.0.0.1", port)) as sock:
        start = time.perf_counter()
        sock.sendall(sent)
        tail, size, first, looked = b"", 0, 0.0, start
        while not tail.endswith(b"\r\n0\r\n\r\n"):
            piece = sock.recv(1 << 20)
            if not piece:
                raise RuntimeError("the answer broke off")
            if not size and not piece.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(piece[:500].decode())
            size += len(piece)
            # The head may come before the first byte of the result.
            if not first and size > piece.find(b"\r\n\r\n") + 4:
                first = time.perf_counter() - start
            tail = (tail + piece)[-8:]
            if time.perf_counter() > looked + 0.25:
                each()
                looked = time.perf_counter()
        return Stream(first, time.perf_counter() - start, size)
