"""Ask one query of a home and wait for the answer: what the command line does."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grappe.errors import GrappeError, QueryError, QuerySyntaxError, QueryTimeout, StoreError, UnknownFormat, WorkerDied
from grappe.iri import PREFIXES
from grappe.store.formats import GRAPHS, RESULTS
from grappe.store.frames import DATA, END, ERROR, HEAD, read_frame, write_frame

__all__ = ["Request", "ask", "died", "late", "refusal"]


@dataclass(frozen=True, slots=True)
class Request:
    """A query with the formats that will do (names, best first) and the dataset it is asked of (None: the store's)."""

    query: str
    results: Sequence[str] = tuple(f.name for f in RESULTS)
    graphs: Sequence[str] = tuple(f.name for f in GRAPHS)
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    prefixes: Mapping[str, str] = field(default_factory=lambda: dict(PREFIXES))

    def encode(self) -> bytes:
        """Return the request as a worker reads it."""
        record = {
            "query": self.query,
            "results": list(self.results),
            "graphs": list(self.graphs),
            "default_graphs": None if self.default_graphs is None else list(self.default_graphs),
            "named_graphs": None if self.named_graphs is None else list(self.named_graphs),
            "prefixes": dict(self.prefixes),
        }
        return json.dumps(record).encode("utf-8")


def ask(home: Path, request: Request, *, timeout: float, memory: int) -> Iterator[bytes]:
    """Yield the answer in pieces: first a JSON head (``format``, ``media_type``, ``generation``), then the results.

    Args:
        home: the folder of the graph.
        request: the query.
        timeout: seconds; parsing, planning and evaluation together.
        memory: bytes of address space for the query, 0 for no limit.

    Raises:
        QuerySyntaxError: if the query does not parse.
        UnknownFormat: if it cannot be answered in any format asked for.
        QueryTimeout: if it runs past its deadline.
        WorkerDied: if it ends the process that evaluates it.
        QueryError: if it is refused or cannot be evaluated.
        StoreError: if there is nothing to ask.
    """
    command = [sys.executable, "-m", "grappe.store.worker", str(home), str(memory)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        ended = threading.Event()

        def end() -> None:
            ended.set()
            worker.kill()

        timer = threading.Timer(timeout, end)
        timer.daemon = True
        timer.start()
        try:
            write_frame(worker.stdin, b"Q", request.encode())
            while frame := read_frame(worker.stdout):
                kind, payload = frame
                if kind == ERROR:
                    raise refusal(json.loads(payload))
                if kind == END:
                    return
                if kind in (HEAD, DATA):
                    yield payload
            raise late(timeout) if ended.is_set() else died()
        except BrokenPipeError:
            raise (late(timeout) if ended.is_set() else died()) from None
        finally:
            timer.cancel()
            worker.kill()


def late(seconds: float) -> QueryTimeout:
    """Return the error of a query that ran past its deadline."""
    return QueryTimeout(
        f"The query was ended after {seconds:g} seconds.",
        seconds=seconds,
        remedy="Ask for less (LIMIT, more specific patterns), or allow it more time.",
    )


def died() -> WorkerDied:
    """Return the error of a query that ended its process."""
    return WorkerDied(
        "The query needs more memory or is nested deeper than allowed.", remedy="Make it simpler or smaller."
    )


def refusal(report: Mapping[str, Any]) -> GrappeError:
    """Return the error that a worker reports."""
    message, remedy = report["message"], report["remedy"]
    match report["kind"]:
        case "syntax":
            return QuerySyntaxError(message, offset=report.get("offset"), remedy=remedy)
        case "format":
            return UnknownFormat(message, format="", remedy=remedy)
        case "store":
            return StoreError(message, remedy=remedy)
        case _:
            return QueryError(message, remedy=remedy)
