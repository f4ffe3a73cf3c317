"""Clients' writes in a service: queued, done in batches by a process of their own, acknowledged once they are kept.

While one batch is done the next one gathers, so that many small writes share the cost of a generation. A write that
ends the process costs itself only: the others of its batch are done again.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grappe.errors import (
    GrappeError,
    NotAllowed,
    NotFound,
    QueryError,
    QuerySyntaxError,
    QueryTimeout,
    StoreBusy,
    StoreError,
    StoreFull,
    WorkerDied,
)
from grappe.store.frames import HEADER
from grappe.store.query import Services
from grappe.store.write_worker import COMMIT, DONE, START

__all__ = ["Writes"]

#: At most so many writes share a generation, and at most so many wait; and so many characters of updates.
BATCH, QUEUE = 200, 2000
BATCH_SIZE, QUEUE_SIZE = 32 << 20, 256 << 20

#: A batch that has been done is synced and copied in that many seconds at most.
COMMIT_TIME = 120.0


@dataclass(slots=True, eq=False)
class _Pending:
    write: dict[str, Any]
    done: asyncio.Future[bool]

    @property
    def size(self) -> int:
        """How many characters it holds; what is uploaded waits in files."""
        return len(self.write.get("text", ""))


@dataclass(slots=True)
class Writes:
    """The writes of a service.

    Args:
        home: the folder of the graph.
        base: the base of its addresses.
        ontology: the folder of the ontology.
        wait: how many seconds to wait for another process that writes.
        memory: bytes of address space for the process, 0 for no limit.
        timeout: how many seconds one write may take.
        services: which other endpoints updates may call.
    """

    home: Path
    base: str
    ontology: Path
    wait: float
    memory: int
    timeout: float
    services: Services = field(default_factory=Services)
    _queue: deque[_Pending] = field(default_factory=deque)
    _task: asyncio.Task[None] | None = None
    _process: asyncio.subprocess.Process | None = None

    async def submit(self, write: dict[str, Any]) -> bool:
        """Do a write, and return whether it made a graph, once it survives a crash and the next query sees it.

        Raises:
            GrappeError: if it was not done.
        """
        held = sum(pending.size for pending in self._queue)
        if len(self._queue) >= QUEUE or held + len(write.get("text", "")) > QUEUE_SIZE:
            raise StoreBusy("Too many writes wait already.", remedy="Send it again later.")
        pending = _Pending(write, asyncio.get_running_loop().create_future())
        self._queue.append(pending)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        return await asyncio.shield(pending.done)

    @property
    def waiting(self) -> int:
        """How many writes wait for their batch."""
        return len(self._queue)

    async def stop(self) -> None:
        """Let the writes that wait be done, for some seconds; then end the process."""
        if self._task is not None and not self._task.done():
            await asyncio.wait([self._task], timeout=5)
            self._task.cancel()
            await asyncio.wait([self._task])
        await self._end()
        for pending in self._queue:
            _fail(pending, StoreError("The service is ending.", remedy="Send it again later."))
        self._queue.clear()

    async def _work(self) -> None:
        while self._queue:
            batch = [self._queue.popleft()]
            size = batch[0].size
            while self._queue and len(batch) < BATCH and size + self._queue[0].size <= BATCH_SIZE:
                batch.append(self._queue.popleft())
                size += batch[-1].size
            try:
                again = await self._do(batch)
            except BaseException as error:
                for pending in batch:
                    _fail(pending, StoreError(f"The write was broken off ({type(error).__name__}).", remedy="Look."))
                raise
            self._queue.extendleft(reversed(again))

    async def _do(self, batch: list[_Pending]) -> list[_Pending]:
        """Do a batch; return those of it that are to be done again, for one of the others ended the process."""
        at: int | None = None
        late = False
        try:
            process = await self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            payload = json.dumps([pending.write for pending in batch]).encode()
            process.stdin.write(HEADER.pack(b"B", len(payload)) + payload)
            await process.stdin.drain()
            allowed = self.timeout + self.wait
            while True:
                async with asyncio.timeout(allowed):
                    kind, length = HEADER.unpack(await process.stdout.readexactly(HEADER.size))
                    payload = await process.stdout.readexactly(length)
                if kind == DONE:
                    for pending, report in zip(batch, json.loads(payload), strict=True):
                        _settle(pending, report)
                    return []
                assert kind == START
                at = int(payload)
                allowed = COMMIT_TIME if at == COMMIT else self.timeout
        except TimeoutError:
            late = True
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        await self._end()
        return self._blame(batch, at, late=late)

    def _blame(self, batch: list[_Pending], at: int | None, *, late: bool) -> list[_Pending]:
        if at is None or at == COMMIT:
            error = StoreError(
                "The process that writes ended before it could say whether the write was kept.",
                remedy="Look whether it was; then send it again.",
            )
            for pending in batch:
                _fail(pending, error)
            return []
        if late:
            _fail(
                batch[at],
                QueryTimeout(
                    f"The write was ended after {self.timeout:g} seconds; nothing of it was kept.",
                    seconds=self.timeout,
                    remedy="Send less at once, or use 'grappe load'.",
                ),
            )
        else:
            _fail(
                batch[at],
                WorkerDied(
                    "The write needs more memory or is nested deeper than allowed; nothing of it was kept.",
                    remedy="Make it simpler or smaller.",
                ),
            )
        return [pending for place, pending in enumerate(batch) if place != at]

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "grappe.store.write_worker",
                *(str(self.home), self.base, str(self.ontology), str(self.wait), str(self.memory)),
                *self.services.arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=1 << 24,
            )
        return self._process

    async def _end(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
            self._process = None


def _fail(pending: _Pending, error: GrappeError) -> None:
    if not pending.done.done():
        pending.done.set_exception(error)


def _settle(pending: _Pending, report: dict[str, Any]) -> None:
    if pending.done.done():
        return
    if "kind" in report:
        pending.done.set_exception(_error(report))
    else:
        pending.done.set_result(bool(report["created"]))


def _error(report: dict[str, Any]) -> GrappeError:
    message, remedy = report["message"], report["remedy"]
    match report["kind"]:
        case "syntax":
            return QuerySyntaxError(message, offset=report["offset"], remedy=remedy)
        case "forbidden":
            return NotAllowed(message, iri=report["iri"], remedy=remedy)
        case "missing":
            return NotFound(message, iri=report["iri"], remedy=remedy)
        case "full":
            return StoreFull(message, remedy=remedy)
        case "busy":
            return StoreBusy(message, remedy=remedy)
        case "store":
            return StoreError(message, remedy=remedy)
        case _:
            return QueryError(message, remedy=remedy)
