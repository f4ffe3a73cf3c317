"""The frames in which a query worker and its parent speak: one byte of kind, four of length, then the payload."""

from __future__ import annotations

import struct
from typing import IO

__all__ = ["DATA", "END", "ERROR", "HEAD", "HEADER", "MAX_PAYLOAD", "read_frame", "write_frame"]

HEADER = struct.Struct(">cI")
HEAD, DATA, END, ERROR = b"H", b"D", b"E", b"X"

#: Results travel in pieces of at most so many bytes.
MAX_PAYLOAD = 1 << 16


def write_frame(stream: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Write one frame and flush it."""
    stream.write(HEADER.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Read one frame, or None where the stream ends."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, length = HEADER.unpack(header)
    payload = stream.read(length)
    return (kind, payload) if len(payload) == length else None
