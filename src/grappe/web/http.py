"""HTTP/1.1 as uvicorn speaks it, with bounds on what a client may send before it is known who it is."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from functools import partial
from typing import Any

from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

__all__ = ["Guarded"]

#: The first line and the headers of a request are at most so many bytes ...
MAX_HEAD = 128 * 1024

#: ... and have to be there after so many seconds; a connection that sends nothing at all is closed as early.
HEAD_SECONDS = 20.0

#: What frames a body (sizes and extensions of chunks, trailers) is at most so many bytes, and so many times the body's.
_MAX_FRAME, _FRAMES = MAX_HEAD, 16

#: A body comes at such a rate: so many bytes in so many seconds, or it ends.
_LEAST_BODY, BODY_SECONDS = 10_000, 30.0

#: A client that takes nothing of what is sent for so many seconds has its connection closed.
STALL_SECONDS = 60.0

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\ncontent-length: 31\r\nconnection: close\r\n\r\n"
    b"The request's head is too long."
)


class Guarded(HttpToolsProtocol):
    """A connection whose requests begin within bounds, and whose answers leave in as few pieces as they can."""

    _head_bytes = 0
    _head_timer: asyncio.TimerHandle | None = None
    _in_body = False
    _frame_bytes = 0
    _body_bytes = 0
    _body_timer: asyncio.TimerHandle | None = None
    _stall_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(_Joining(transport, self.loop))  # type: ignore[arg-type]
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._have_head()
        self._have_body()
        self._take()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what the client sends, and refuse a head that does not end.

        A request mostly comes in one piece: no time has to be kept of it then.
        """
        # A request may be answered before its body is whole; what is left of that is no head.
        in_head = not self._in_body and (self.cycle is None or self.cycle.response_complete)
        if in_head or self._head_timer is not None:
            self._head_bytes += len(data)
        if self._in_body:
            self._frame_bytes += len(data)
        super().data_received(data)
        if self._in_body:
            if self._body_timer is None:
                self._body_timer = self.loop.call_later(BODY_SECONDS, self._look_at_body)
        elif in_head and self._head_bytes and self._head_timer is None:
            self._await_head()
        long_head = self._head_timer is not None and self._head_bytes > MAX_HEAD
        long_frame = self._in_body and self._frame_bytes > _MAX_FRAME
        if (long_head or long_frame) and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header of the head; trailers mean nothing here."""
        if not self._in_body:
            super().on_header(name, value)

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._frame_bytes -= (_FRAMES + 1) * len(body)
        self._body_bytes += len(body)
        super().on_body(body)

    def on_headers_complete(self) -> None:
        """Note that the head is there."""
        self._have_head()
        self.scope["grappe.abort"] = self.transport.abort  # type: ignore[typeddict-unknown-key]
        self._in_body, self._frame_bytes, self._body_bytes = True, 0, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that the body is whole."""
        self._have_body()
        super().on_message_complete()

    def pause_writing(self) -> None:
        """Note that the client takes nothing at the moment."""
        super().pause_writing()
        self._stall_timer = self.loop.call_later(STALL_SECONDS, self._break_off)

    def resume_writing(self) -> None:
        """Note that it does again."""
        self._take()
        super().resume_writing()

    def _break_off(self) -> None:
        """Close the connection, and have the kernel throw away at once what it still holds for the client."""
        self._stall_timer = None
        with contextlib.suppress(OSError):
            linger = struct.pack("ii", 1, 0)
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.transport.abort()

    def _take(self) -> None:
        if self._stall_timer is not None:
            self._stall_timer.cancel()
            self._stall_timer = None

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        cycle.scope["grappe.answer"] = partial(_answer, cycle)  # type: ignore[typeddict-unknown-key]
        super()._start_asgi_task(cycle, app)

    def _look_at_body(self) -> None:
        """End a body that does not come, but for one that nobody takes at the moment."""
        if self._body_bytes >= _LEAST_BODY or self.flow.read_paused:
            self._body_bytes = 0
            self._body_timer = self.loop.call_later(BODY_SECONDS, self._look_at_body)
        else:
            self._body_timer = None
            self.transport.close()

    def _have_body(self) -> None:
        self._in_body = False
        if self._body_timer is not None:
            self._body_timer.cancel()
            self._body_timer = None

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._too_slow)

    def _have_head(self) -> None:
        self._head_bytes = 0
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _too_slow(self) -> None:
        self._head_timer = None
        if not self.transport.is_closing():
            self.transport.close()


def _answer(cycle: RequestResponseCycle, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> bool:
    """Send a whole answer in one piece, and be done with its request: the usual case, in a quarter of the time.

    Returns:
        False, with nothing sent, where the case is another: the messages of ASGI are the way then.
    """
    unusual = cycle.response_started or cycle.disconnected or cycle.flow.write_paused or not cycle.keep_alive
    if unusual or cycle.scope["method"] == "HEAD":
        return False
    cycle.response_started, cycle.waiting_for_100_continue = True, False
    pieces = [STATUS_LINE[status]]
    for name, value in (*cycle.default_headers, *headers):
        pieces += (name, b": ", value, b"\r\n")
    pieces += (b"\r\n", body)
    cycle.transport.write_whole(b"".join(pieces))  # type: ignore[attr-defined]
    cycle.response_complete = True
    cycle.message_event.set()
    cycle.on_response()
    return True


class _Joining:
    """A transport that sends the head of an answer together with what follows it at once."""

    __slots__ = ("_held", "_loop", "_transport")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop, self._held = transport, loop, b""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write now, or, of an answer's head, a moment later."""
        if self._held:
            data, self._held = self._held + data, b""
            self._transport.write(data)
        elif data.startswith(b"HTTP/1.1 "):
            self._held = data
            self._loop.call_soon(self._send)
        else:
            self._transport.write(data)

    def write_whole(self, data: bytes) -> None:
        """Write an answer that nothing follows."""
        self._send()
        self._transport.write(data)

    def close(self) -> None:
        """Send what is held, and close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._held:
            held, self._held = self._held, b""
            self._transport.write(held)
