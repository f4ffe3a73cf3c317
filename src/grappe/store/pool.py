"""Query workers kept at hand for a service: each evaluates one query at a time, and is replaced when it dies."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grappe.store.frames import DATA, END, ERROR, HEAD, HEADER
from grappe.store.query import Request, died, late, refusal

__all__ = ["Answer", "Pool"]


@dataclass(slots=True)
class Answer:
    """A result that has begun: what it is, and its pieces. A stream that fails later is broken off by an error."""

    format: str
    media_type: str
    generation: int
    pieces: AsyncIterator[bytes]


@dataclass(slots=True, eq=False)
class _Worker:
    process: asyncio.subprocess.Process

    async def send(self, payload: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(HEADER.pack(b"Q", len(payload)) + payload)
        await self.process.stdin.drain()

    async def receive(self) -> tuple[bytes, bytes]:
        assert self.process.stdout is not None
        kind, length = HEADER.unpack(await self.process.stdout.readexactly(HEADER.size))
        return kind, await self.process.stdout.readexactly(length)

    def end(self) -> None:
        """Kill the process; it does not wait, for who ends a query may himself be cancelled."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()


@dataclass(slots=True)
class Pool:
    """At most ``size`` workers on the graph of a home.

    Args:
        home: the folder of the graph.
        size: how many queries are evaluated at once; the others wait their turn.
        memory: bytes of address space for each worker, 0 for no limit.
    """

    home: Path
    size: int
    memory: int
    _free: asyncio.LifoQueue[_Worker | None] = field(default_factory=asyncio.LifoQueue)
    _all: set[_Worker] = field(default_factory=set)

    async def start(self) -> None:
        """Start the workers."""
        for _ in range(self.size):
            self._free.put_nowait(await self._new())

    async def stop(self) -> None:
        """End the workers, whatever they do."""
        for worker in self._all:
            worker.end()
        await asyncio.gather(*(worker.process.wait() for worker in self._all))
        self._all.clear()

    @contextlib.asynccontextmanager
    async def ask(self, request: Request, *, timeout: float) -> AsyncIterator[Answer]:
        """Give the answer to a query; leaving the block before its end frees the worker at once.

        Raises:
            GrappeError: as :func:`grappe.store.query.ask` does.
        """
        worker = await self._free.get()
        whole = False
        deadline = asyncio.get_running_loop().time() + timeout
        try:
            if worker is None or worker.process.returncode is not None:
                worker = await self._replace(worker)
            pieces = self._converse(worker, request, deadline=deadline, timeout=timeout)
            head = json.loads(await anext(pieces))
            first = await anext(pieces, None)

            async def rest() -> AsyncIterator[bytes]:
                nonlocal whole
                if first is not None:
                    yield first
                async for piece in pieces:
                    yield piece
                whole = True

            yield Answer(head["format"], head["media_type"], head["generation"], rest())
        except _Refusal as refused:
            whole = True
            raise refusal(refused.report) from None
        finally:
            if not whole and worker is not None:
                self._all.discard(worker)
                worker.end()
                worker = None
            self._free.put_nowait(worker)

    async def _converse(
        self, worker: _Worker, request: Request, *, deadline: float, timeout: float
    ) -> AsyncIterator[bytes]:
        begun = False
        try:
            async with asyncio.timeout_at(deadline):
                await worker.send(request.encode())
            while True:
                async with asyncio.timeout_at(deadline):
                    kind, payload = await worker.receive()
                if kind == END:
                    return
                if kind == ERROR and not begun:
                    raise _Refusal(json.loads(payload))
                if kind == ERROR:
                    raise refusal(json.loads(payload))
                begun = begun or kind in (HEAD, DATA)
                yield payload
        except TimeoutError:
            raise late(timeout) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise died() from None

    async def _new(self) -> _Worker:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "grappe.store.worker",
            str(self.home),
            str(self.memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        worker = _Worker(process)
        self._all.add(worker)
        return worker

    async def _replace(self, worker: _Worker | None) -> _Worker:
        if worker is not None:
            self._all.discard(worker)
        return await self._new()


class _Refusal(Exception):
    """A worker said no before it had answered anything, and is fit for the next query."""

    def __init__(self, report: dict[str, Any]) -> None:
        super().__init__(report)
        self.report = report
