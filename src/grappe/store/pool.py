"""Query workers kept at hand for a service: each evaluates one query at a time, and is replaced when it dies."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

from grappe.errors import GrappeError, Overloaded, QueryCancelled
from grappe.store.channel import Channel, Lost
from grappe.store.frames import DATA, ERROR, HEAD, WHOLE, whole
from grappe.store.moments import MOMENT, Moments
from grappe.store.query import Request, Services, died, late, refusal

__all__ = ["Answer", "Pool", "Running"]

#: A worker that dies before it was ready is replaced after so many seconds, so that a broken home costs no CPU.
_PATIENCE = 0.5


@dataclass(slots=True, eq=False)
class Running:
    """A query on its way: for who operates the service, and for who sent it under a ``key`` of its own.

    ``timeout`` is in seconds: parsing, planning, evaluation and sending together. ``client`` is who sent it. ``sender``
    is the task that passes the answer on, cancelled with the query: it may wait for a client that reads nothing.
    """

    request: Request
    timeout: float
    key: str = ""
    client: str = ""
    id: int = 0
    since: float = 0.0
    channel: Channel | None = None
    timer: asyncio.TimerHandle | None = None
    sender: asyncio.Task[Any] | None = None

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self.since

    def limit(self) -> None:
        """End it at its deadline."""
        left = max(0.0, self.timeout - self.seconds)
        self.timer = asyncio.get_running_loop().call_later(left, self.end, "late")

    def end(self, why: str) -> None:
        """End it, and free its processor at once."""
        if self.channel is not None:
            self.channel.end(why)
            if self.sender is not None:
                self.sender.cancel()


@dataclass(slots=True)
class Answer:
    """A result that has begun: what it is, its first piece, and the others (None: there are no others).

    ``lasting``: the same query has the same answer as long as the generation is the same. A stream that fails later
    is broken off by an error.
    """

    format: str
    media_type: str
    generation: int
    lasting: bool
    first: bytes
    rest: AsyncIterator[bytes] | None

    async def body(self) -> bytes:
        """Return all of it."""
        return self.first if self.rest is None else b"".join([self.first, *[piece async for piece in self.rest]])


@dataclass(slots=True)
class Pool:
    """At most ``size`` queries at once on the graph of a home, each in a process of its own.

    Args:
        home: the folder of the graph.
        size: how many queries are evaluated at once; the others wait their turn.
        memory: bytes of address space for each worker, 0 for no limit.
        queue: how many may wait; one more is refused at once.
        wait: how many seconds one may wait.
        spare: how many processes stand by for one that dies.
        services: which other endpoints queries may call.
    """

    home: Path
    size: int
    memory: int
    queue: int = 64
    wait: float = 5.0
    spare: int = 1
    services: Services = field(default_factory=Services)
    running: dict[int, Running] = field(default_factory=dict)
    deaths: dict[str, int] = field(default_factory=dict)
    moments: Moments = field(default_factory=Moments)
    _idle: list[Channel] = field(default_factory=list)
    _all: set[Channel] = field(default_factory=set)
    _starting: set[asyncio.Task[None]] = field(default_factory=set)
    _turn: deque[asyncio.Future[Channel]] = field(default_factory=deque)
    _busy: int = 0
    _stopped: bool = False
    _ids: count[int] = field(default_factory=lambda: count(1))

    async def start(self) -> None:
        """Start the workers, and wait until the first can be asked."""
        for _ in range(self.size + self.spare):
            self._spawn()
        await asyncio.wait(self._starting, return_when=asyncio.FIRST_COMPLETED, timeout=10)

    def look(self) -> None:
        """Have the workers that are asked nothing let go of a generation that is not current."""
        for channel in self._idle:
            channel.look()

    async def stop(self) -> None:
        """End the workers, whatever they do."""
        self._stopped = True
        for task in self._starting:
            task.cancel()
        for channel in self._all:
            channel.end("stopped")
        await asyncio.gather(*(c.process.wait() for c in self._all if c.process is not None))
        self._all.clear()

    @property
    def waiting(self) -> int:
        """How many queries wait for their turn."""
        return len(self._turn)

    @contextlib.asynccontextmanager
    async def ask(self, request: Request, *, timeout: float) -> AsyncIterator[Answer]:
        """Give the answer to a query; leaving the block before its end frees the worker at once.

        Raises:
            Overloaded: if too many wait already, or it has waited too long.
            QueryCancelled: if it was cancelled.
            GrappeError: as :func:`grappe.store.query.ask` does.
        """
        running = Running(request, timeout)
        try:
            yield await self.begin(running)
        finally:
            self.leave(running)

    async def begin(self, running: Running) -> Answer:
        """Return the answer to a query once its first piece is there; whoever begins one has to leave it.

        Raises:
            GrappeError: as :meth:`ask` does.
        """
        channel = await self._take()
        running.channel, running.since, running.id = channel, time.monotonic(), next(self._ids)
        self.running[running.id] = running
        if running.timeout > 2 * MOMENT:  # most have been answered by then, and need no timer
            self.moments.add(running.limit)
        else:
            running.limit()
        try:
            channel.ask(running.request.encode())
            kind, payload = await channel.receive()
            if kind == WHOLE:
                self._done(running)
                head, body = whole(payload)
                return _answer(head, body, None)
            if kind == HEAD:
                head = payload
                kind, payload = await channel.receive()
            if kind == ERROR:
                self._done(running)
                raise refusal(json.loads(payload))
        except Lost:
            raise self._why(running, channel) from None
        return _answer(head, payload, self._rest(running, channel))

    def leave(self, running: Running) -> None:
        """Have no more to do with a query: its worker is killed unless the answer was whole."""
        if running.channel is not None:
            running.channel.end("left")
            self._done(running)

    async def _rest(self, running: Running, channel: Channel) -> AsyncIterator[bytes]:
        try:
            while True:
                kind, payload = await channel.receive()
                if kind == DATA:
                    yield payload
                    continue
                self._done(running)
                if kind == ERROR:
                    raise refusal(json.loads(payload))
                return
        except Lost:
            raise self._why(running, channel) from None

    def _done(self, running: Running) -> None:
        """Give a query's worker back, or bury it."""
        channel, running.channel = running.channel, None
        assert channel is not None
        self.moments.drop(running.limit)
        if running.timer is not None:
            running.timer.cancel()
        del self.running[running.id]
        self._give_back(channel)

    def _why(self, running: Running, channel: Channel) -> GrappeError:
        """Return the error that tells why a query's worker is no more."""
        match channel.ended:
            case "late":
                return late(running.timeout)
            case "cancelled":
                return QueryCancelled("The query was cancelled.", remedy="Ask again if that was not meant.")
            case "stopped":
                return Overloaded("The service is being stopped.", seconds=1, remedy="Ask again in a moment.")
            case _:
                return died(self.memory)

    async def _take(self) -> Channel:
        while self._idle and self._busy < self.size and not self._turn:
            channel = self._idle.pop()
            if not channel.lost:
                self._busy += 1
                return channel
            self._bury(channel)
        if len(self._turn) >= self.queue:
            raise _overloaded("Too many queries wait already.")
        turn: asyncio.Future[Channel] = asyncio.get_running_loop().create_future()
        self._turn.append(turn)
        timer = asyncio.get_running_loop().call_later(self.wait, _too_late, turn)
        try:
            return await turn
        except BaseException:
            if turn.done() and not turn.cancelled() and turn.exception() is None:  # it came as the task was cancelled
                self._give_back(turn.result())
            with contextlib.suppress(ValueError):
                self._turn.remove(turn)
            raise
        finally:
            timer.cancel()

    def _give_back(self, channel: Channel) -> None:
        self._busy -= 1
        if channel.lost:
            self._bury(channel)
        else:
            self._idle.append(channel)
        self._next()

    def _bury(self, channel: Channel) -> None:
        if channel in self._all:
            self._all.discard(channel)
            why = channel.ended or "died"
            self.deaths[why] = self.deaths.get(why, 0) + 1
            self._spawn()

    def _look_after(self, channel: Channel) -> None:
        """Replace a worker that died while it was asked nothing; of others, who asks them finds out."""
        if channel in self._idle:
            self._idle.remove(channel)
            self._bury(channel)

    def _next(self) -> None:
        """Give free workers to those whose turn it is."""
        while self._turn and self._idle and self._busy < self.size:
            channel = self._idle.pop()
            if channel.lost:
                self._bury(channel)
                continue
            turn = self._turn.popleft()
            if turn.done():
                self._idle.append(channel)
                continue
            self._busy += 1
            turn.set_result(channel)

    def _spawn(self) -> None:
        if not self._stopped:
            task = asyncio.get_running_loop().create_task(self._begin())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _begin(self) -> None:
        while not self._stopped:
            try:
                channel = await Channel.start(self.home, self.memory, self.services)
            except OSError:  # no process or file to be had at the moment
                await asyncio.sleep(_PATIENCE)
                continue
            self._all.add(channel)
            try:
                await channel.receive()
            except Lost:
                self._all.discard(channel)
                await asyncio.sleep(_PATIENCE)
                continue
            channel.on_lost = self._look_after
            self._idle.append(channel)
            self._next()
            return


def _answer(head: bytes, first: bytes, rest: AsyncIterator[bytes] | None) -> Answer:
    return Answer(*_read_head(head), first, rest)


@lru_cache(maxsize=64)
def _read_head(head: bytes) -> tuple[str, str, int, bool]:
    record = json.loads(head)
    return record["format"], record["media_type"], record["generation"], record["lasting"]


def _too_late(turn: asyncio.Future[Channel]) -> None:
    if not turn.done():
        turn.set_exception(_overloaded("The service is busy: the query's turn did not come in time."))


def _overloaded(message: str) -> Overloaded:
    return Overloaded(message, seconds=1, remedy="Ask again in a second; the service does what it can.")
