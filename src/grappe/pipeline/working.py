"""Many documents through the stages, in order, on one core or on several.

What comes out depends on neither: a document is made from itself, the judgements and the resources of the installation.
Only so many documents are under way at a time that memory does not grow with their number.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path

from grappe.config import Settings
from grappe.errors import InputError, ReadError, ShapeViolation
from grappe.extract import PRELOAD
from grappe.model import Document, Facts, Origin
from grappe.pipeline.making import make, make_again
from grappe.pipeline.values import Added, Made, Source
from grappe.project import Projection, dump_quads, load_quads
from grappe.read import read_bytes
from grappe.store.home import Home

__all__ = ["Task", "in_order"]

#: A file, the identifier of a kept original, or what is known already.
Task = Source | str | Added

#: So many documents are under way for each process.
_AHEAD = 4


def in_order(settings: Settings, tasks: Iterable[Task], *, jobs: int) -> Iterator[Made | Added]:
    """Yield what becomes of each document, in order; several processes work on them if ``jobs`` is more than one.

    A document that ends the process which reads it is refused, and stops no other.
    """
    if jobs < 2:
        for task in tasks:
            yield task if isinstance(task, Added) else _work(settings, task)
        return
    todo, crew = iter(tasks), _Crew(settings, jobs)
    under_way: deque[tuple[Task, Future[_Parcel | Added] | None]] = deque()
    with contextlib.closing(crew):
        while True:
            for task in islice(todo, _AHEAD * jobs - len(under_way)):
                under_way.append((task, None if isinstance(task, Added) else crew.submit(task)))
            if not under_way:
                return
            task, future = under_way.popleft()
            if isinstance(task, Added):
                yield task
                continue
            try:
                assert future is not None
                yield _unpacked(future.result())
            except BrokenProcessPool:
                # One of those under way did it, and which, nobody knows: each is tried alone.
                crew.close()
                alone = [task, *(one for one, _ in under_way)]
                under_way.clear()
                yield from (one if isinstance(one, Added) else _alone(settings, one) for one in alone)


def _alone(settings: Settings, task: Source | str) -> Made | Added:
    id = task if isinstance(task, str) else task.id
    with contextlib.closing(_Crew(settings, 1)) as crew:
        try:
            return _unpacked(crew.submit(task).result())
        except BrokenProcessPool:
            error = ReadError(
                f"'{id}' ended the process that read it.",
                document=id,
                remedy="Save it as plain text and add that file; please report it with the document.",
            )
            return Added(id, "refused", error=error)


def _work(settings: Settings, task: Source | str) -> Made | Added:
    """Take one document through the stages."""
    if isinstance(task, str):
        return make_again(settings, Home(settings.home), task)
    try:
        text = read_bytes(task.id, task.body, media_type=task.media_type, name=Path(task.origin.path).name)
        return make(settings, text, task.origin)
    except (InputError, ShapeViolation) as error:
        return Added(task.id, "refused", error=error)


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What a process hands back; quads as text, which takes a tenth of the time."""

    document: Document
    origin: Origin
    facts: Facts
    quads: tuple[bytes, bytes, bytes]


def _packed(settings: Settings, task: Source | str) -> _Parcel | Added:
    made = _work(settings, task)
    if isinstance(made, Added):
        return made
    quads = made.projection.facts, made.projection.evidence, made.catalogue
    facts, evidence, catalogue = map(dump_quads, quads)
    return _Parcel(made.document, made.origin, made.facts, (facts, evidence, catalogue))


def _unpacked(parcel: _Parcel | Added) -> Made | Added:
    if isinstance(parcel, Added):
        return parcel
    facts, evidence, catalogue = map(load_quads, parcel.quads)
    projection = Projection(parcel.document.id, facts, evidence)
    return Made(parcel.document, parcel.origin, parcel.facts, projection, catalogue)


class _Crew:
    """Processes that are started when there is work, and again when one of them has died."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._settings, self._jobs = settings, jobs
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, task: Source | str) -> Future[_Parcel | Added]:
        if self._pool is None:
            # A copy of this process would share its open store; these are copies of one that holds nothing but modules.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([__name__, *PRELOAD])
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_begin)
        try:
            return self._pool.submit(_packed, self._settings, task)
        except BrokenProcessPool as error:
            failed: Future[_Parcel | Added] = Future()
            failed.set_exception(error)
            return failed

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _begin() -> None:
    """Leave Ctrl-C to the process that gives the work, and end with it, even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
