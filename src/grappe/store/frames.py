"""The frames in which a query worker and its parent speak: one byte of kind, four of length, then the payload.

A worker answers a request with one ``WHOLE`` frame (two bytes of length, the head, the body), or with ``HEAD``, any
number of ``DATA`` and ``END``; or with ``ERROR``, which may also come after ``DATA``. Heads and errors are JSON.
``LOOK``, which has no answer, tells a worker that is asked nothing to let go of a generation that is not current.
"""

from __future__ import annotations

import socket
import struct
from typing import IO

__all__ = [
    "DATA",
    "END",
    "ERROR",
    "FIRST_PAYLOAD",
    "HEAD",
    "HEADER",
    "LENGTH",
    "LOOK",
    "MAX_PAYLOAD",
    "READY",
    "REQUEST",
    "WHOLE",
    "read_frame",
    "send_frame",
    "whole",
]

HEADER = struct.Struct(">cI")
LENGTH = struct.Struct(">H")
REQUEST, LOOK, READY, WHOLE, HEAD, DATA, END, ERROR = b"Q", b"L", b"R", b"W", b"H", b"D", b"E", b"X"

#: A result that is not over after so many bytes begins to travel, so that its first byte does not wait for its last.
FIRST_PAYLOAD = 1 << 14

#: Results travel in pieces of about so many bytes.
MAX_PAYLOAD = 1 << 18


def send_frame(stream: socket.socket, kind: bytes, *payload: bytes | bytearray) -> None:
    """Send one frame, its payload given in pieces."""
    said = b"".join(payload)
    stream.sendall(HEADER.pack(kind, len(said)) + said)


def read_frame(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Read one frame, or None where the stream ends."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, length = HEADER.unpack(header)
    payload = stream.read(length)
    return (kind, payload) if len(payload) == length else None


def whole(payload: bytes) -> tuple[bytes, bytes]:
    """Return the head and the body of a ``WHOLE`` frame.

    >>> whole(LENGTH.pack(2) + b"{}" + b"rows")
    (b'{}', b'rows')
    """
    (length,) = LENGTH.unpack_from(payload)
    return payload[2 : 2 + length], payload[2 + length :]
