"""A worker's process and the socket that its parent speaks with it on."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from grappe.config import engine_environment
from grappe.store.frames import DATA, HEADER, LOOK, REQUEST
from grappe.store.query import Services, command

__all__ = ["Channel", "Lost"]

#: Reading pauses while so many bytes wait to be sent on, so that a slow client costs no memory.
_HIGH = 1 << 19


class Lost(Exception):
    """The worker is no more."""


@dataclass(slots=True, eq=False)
class Channel(asyncio.Protocol):
    """One worker. ``ended`` says why it was killed, where somebody did so; ``on_lost`` is called when it is no more."""

    process: asyncio.subprocess.Process | None = None
    ended: str = ""
    lost: bool = False
    on_lost: Callable[[Channel], None] | None = None
    _transport: asyncio.Transport | None = None
    _frames: deque[tuple[bytes, bytes]] = field(default_factory=deque)
    _held: bytearray = field(default_factory=bytearray)
    _rest: int = 0
    _waiting: int = 0
    _paused: bool = False
    _waiter: asyncio.Future[None] | None = None

    @classmethod
    async def start(cls, home: Path, memory: int, services: Services) -> Channel:
        """Start a worker; it says READY once it can be asked."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *command(home, memory, services),
                stdin=theirs.fileno(),
                env=engine_environment(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
        channel = cls(process)
        ours.setblocking(False)
        await asyncio.get_running_loop().create_connection(lambda: channel, sock=ours)
        return channel

    def end(self, why: str) -> None:
        """Kill the process; it does not wait, for who ends a query may himself be cancelled."""
        self.ended = self.ended or why
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        if self._transport is not None:
            self._transport.abort()
        self._lose()

    def ask(self, payload: bytes) -> None:
        """Send a request."""
        if self._transport is None or self.lost:
            raise Lost
        self._transport.write(HEADER.pack(REQUEST, len(payload)) + payload)

    def look(self) -> None:
        """Have it let go of a generation that is not current."""
        if self._transport is not None and not self.lost:
            self._transport.write(HEADER.pack(LOOK, 0))

    async def receive(self) -> tuple[bytes, bytes]:
        """Return the next frame; of data, as much as has come.

        Raises:
            Lost: if the worker is no more.
        """
        while not self._frames:
            if self.lost:
                raise Lost
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        kind, payload = self._frames.popleft()
        self._waiting -= len(payload)
        if self._paused and self._waiting < _HIGH // 2 and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return kind, payload

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note the transport."""
        assert isinstance(transport, asyncio.Transport) or hasattr(transport, "write")
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the worker is no more."""
        del exc
        self._lose()

    def data_received(self, data: bytes) -> None:
        """Take frames apart; data is passed on as it comes."""
        if not self._held and not self._rest and data[0] != DATA[0] and len(data) >= HEADER.size:
            kind, length = HEADER.unpack_from(data)
            if len(data) == HEADER.size + length:  # one whole frame, as a small answer comes
                self._frames.append((kind, data[HEADER.size :]))
                self._waiting += length
                self._wake()
                return
        self._waiting += len(data)
        if self._rest and not self._held:
            data = self._pass_on(data)
        if data:
            self._held += data
            self._parse()
        if self._waiting > _HIGH and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        if self._frames:
            self._wake()

    def _pass_on(self, data: bytes) -> bytes:
        piece, data = data[: self._rest], data[self._rest :]
        self._rest -= len(piece)
        self._frames.append((DATA, piece))
        return data

    def _parse(self) -> None:
        held = self._held
        while len(held) >= HEADER.size:
            kind, length = HEADER.unpack_from(held)
            if kind == DATA:
                self._rest = length
                left = self._pass_on(bytes(memoryview(held)[HEADER.size :]))
                self._waiting -= HEADER.size
                held[:] = left
                if self._rest:
                    return
                continue
            if len(held) < HEADER.size + length:
                return
            self._frames.append((kind, bytes(memoryview(held)[HEADER.size : HEADER.size + length])))
            self._waiting -= HEADER.size
            del held[: HEADER.size + length]

    def _lose(self) -> None:
        if not self.lost:
            self.lost = True
            if self.on_lost is not None:
                self.on_lost(self)
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
