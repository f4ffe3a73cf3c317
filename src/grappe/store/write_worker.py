"""A process that does clients' writes, batch by batch: ``python -m grappe.store.write_worker``.

It reads batches from standard input and writes reports to standard output, as :mod:`grappe.store.frames` has it. What a
client sends is parsed and evaluated here, so that deep nesting or a lack of memory ends this process and no other; the
primary is put back from the current generation then.

A batch is a JSON list of writes. Each begins with a frame ``S`` and its place (-1: the commit); one frame ``C`` with a
report for each (whether it made its graph, or what is wrong) ends the batch once all of it is synced and readable.
"""

from __future__ import annotations

import json
import resource
import select
import signal
import sys
import time
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from grappe.errors import (
    GrappeError,
    NotAllowed,
    NotFound,
    QuerySyntaxError,
    StoreBusy,
    StoreError,
    StoreFull,
)
from grappe.iri import Names
from grappe.ontology import Schema
from grappe.store.changes import Upload, delete_graph, put_graph
from grappe.store.frames import HEADER, read_frame
from grappe.store.home import Home
from grappe.store.query import Services
from grappe.store.sandbox import confine
from grappe.store.tokens import Scope
from grappe.store.updating import Update, perform
from grappe.store.writer import Writer, writing

__all__ = ["COMMIT", "DONE", "START", "main"]

START, DONE = b"S", b"C"
COMMIT = -1

_KINDS: tuple[tuple[type[GrappeError], str], ...] = (
    (QuerySyntaxError, "syntax"),
    (NotAllowed, "forbidden"),
    (NotFound, "missing"),
    (StoreFull, "full"),
    (StoreBusy, "busy"),
    (StoreError, "store"),
)
_Report = dict[str, Any]
_Batch = list[dict[str, Any]]

#: The primary stays open, under the lock, so many seconds for a batch that follows; at most so many altogether; then
#: others who wait for the lock, and look every 20 milliseconds, have their turn.
_LINGER, _LONGEST, _PAUSE = 0.05, 1.0, 0.03


class _Spoilt(Exception):
    """A write failed when it had changed something: what the batch did is undone, and done again without it."""


def main(arguments: list[str] | None = None) -> None:
    """Do batches until standard input ends.

    Arguments: the home, the base of its addresses, the folder of the ontology, seconds to wait for another writer, the
    limit of memory in bytes (0: none), and, where updates may call other endpoints, the address of the proxy and the
    endpoints.
    """
    path, base, ontology, wait, memory, *calls = arguments or sys.argv[1:]
    services = Services(tuple(calls[1:]), calls[0]) if calls else Services()
    if int(memory):
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which lets writes end
    confine(network=bool(services.proxy))
    worker = _Worker(Home(Path(path)), Names(base), Schema.load(Path(ontology)), float(wait), services)
    while frame := read_frame(sys.stdin.buffer):
        worker.session(json.loads(frame[1]), sys.stdin.buffer)


class _Worker:
    def __init__(self, home: Home, names: Names, schema: Schema, wait: float, services: Services) -> None:
        self._home, self._names, self._schema, self._wait, self._services = home, names, schema, wait, services
        self._out = sys.stdout.buffer

    def session(self, writes: _Batch, requests: IO[bytes]) -> None:
        """Do a batch, and those that follow it at once, on one open primary."""
        begun = time.monotonic()
        reports: list[_Report] = [{} for _ in writes]
        more = True
        while more:
            try:
                with writing(self._home, names=self._names, schema=self._schema, wait=self._wait, plain=True) as writer:
                    while more:
                        self._apply(writer, writes, reports)
                        self._start(COMMIT)
                        writer.commit()
                        self._done(reports)
                        frame = _next(requests) if time.monotonic() - begun < _LONGEST else None
                        more = frame is not None
                        if frame is not None:
                            writes = json.loads(frame[1])
                            reports = [{} for _ in writes]
            except _Spoilt:
                reports = [report if "kind" in report else {} for report in reports]
            except GrappeError as error:
                self._done([report if "kind" in report else _report(error) for report in reports])
                return
        if time.monotonic() - begun >= _LONGEST:
            time.sleep(_PAUSE)

    def _apply(self, writer: Writer, writes: _Batch, reports: list[_Report]) -> None:
        """Do the writes that have no report of a failure yet."""
        for place, write in enumerate(writes):
            if "kind" in reports[place]:
                continue
            self._start(place)
            before = writer.edits
            try:
                reports[place] = {"created": _do(writer, write, self._services)}
            except StoreError:
                raise
            except GrappeError as error:
                reports[place] = _report(error)
                if writer.edits != before:
                    raise _Spoilt from None

    def _done(self, reports: list[_Report]) -> None:
        _send(self._out, DONE, json.dumps(reports).encode())

    def _start(self, place: int) -> None:
        _send(self._out, START, str(place).encode())


def _next(requests: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Return the batch that follows at once, if one does."""
    return read_frame(requests) if select.select([requests], [], [], _LINGER)[0] else None


def _do(writer: Writer, write: dict[str, Any], services: Services) -> bool:
    scope = Scope.parse(write["scope"])
    graph = ox.DefaultGraph() if write.get("graph") is None else ox.NamedNode(write["graph"])
    match write["do"]:
        case "update":
            fields = {name: write.get(name) for name in ("default_graphs", "named_graphs", "graph", "base")}
            loaded = {iri: one.get("why") or _upload(one) for iri, one in write.get("loaded", {}).items()}
            update = Update(write["text"], prefixes=write["prefixes"], loaded=loaded, services=services, **fields)
            perform(writer, update, scope=scope)
            return False
        case "delete":
            delete_graph(writer, graph, scope=scope)
            return False
        case done:
            uploads = [_upload(one) for one in write["uploads"]]
            return put_graph(writer, graph, uploads, scope=scope, replace=done == "put")


def _upload(one: dict[str, str]) -> Upload:
    return Upload(Path(one["path"]), one["format"], one["base"])


def _report(error: GrappeError) -> _Report:
    kind = next((name for known, name in _KINDS if isinstance(error, known)), "evaluation")
    report: _Report = {"kind": kind, "message": error.message, "remedy": error.remedy}
    if isinstance(error, NotAllowed | NotFound):
        report["iri"] = error.iri
    if isinstance(error, QuerySyntaxError):
        report["offset"] = error.offset
    return report


def _send(stream: IO[bytes], kind: bytes, payload: bytes) -> None:
    stream.write(HEADER.pack(kind, len(payload)) + payload)
    stream.flush()


if __name__ == "__main__":
    main()
