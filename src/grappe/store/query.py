"""Ask one query of a home and wait for the answer: what the command line does."""

from __future__ import annotations

import json
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from grappe.config import engine_environment
from grappe.errors import (
    GrappeError,
    QueryError,
    QuerySyntaxError,
    QueryTimeout,
    ResultTooLarge,
    StoreError,
    UnknownFormat,
    WorkerDied,
)
from grappe.store.formats import GRAPHS, RESULTS
from grappe.store.frames import END, ERROR, READY, REQUEST, WHOLE, read_frame, send_frame, whole

__all__ = ["Request", "Services", "ask", "command", "decoded", "died", "late", "refusal"]

#: How long the terms of an encoded request are.
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Request:
    """A query with the formats that will do (names, best first) and the dataset it is asked of (None: the store's).

    ``prefixes`` need no declaration (None: those of :data:`grappe.iri.PREFIXES`); ``result_bytes`` is how large the
    result may be, 0 for any size; ``mark`` is that of the generation to ask (:class:`grappe.store.current.Current`),
    empty for the current one; ``base`` is what relative addresses in it refer to. A graph is written with prefixes
    where its format has them, unless not ``abbreviated``: then the engine writes it alone, which is faster.
    """

    query: str
    results: Sequence[str] = tuple(f.name for f in RESULTS)
    graphs: Sequence[str] = tuple(f.name for f in GRAPHS)
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    prefixes: Mapping[str, str] | None = None
    result_bytes: int = 0
    mark: str = ""
    base: str = ""
    abbreviated: bool = True

    def encode(self) -> bytes:
        """Return the request as a worker reads it (:func:`decoded`): its terms as JSON, then the query.

        Terms are often the same from one request to the next, so both sides keep them; those with their usual values
        are left out.
        """
        terms = _terms(
            tuple(self.results),
            tuple(self.graphs),
            None if self.default_graphs is None else tuple(self.default_graphs),
            None if self.named_graphs is None else tuple(self.named_graphs),
            None if self.prefixes is None else tuple(self.prefixes.items()),
            self.result_bytes,
            self.mark,
            self.base,
            self.abbreviated,
        )
        return terms + self.query.encode("utf-8", "surrogatepass")


@lru_cache(maxsize=64)
def _terms(
    results: tuple[str, ...],
    graphs: tuple[str, ...],
    default_graphs: tuple[str, ...] | None,
    named_graphs: tuple[str, ...] | None,
    prefixes: tuple[tuple[str, str], ...] | None,
    result_bytes: int,
    mark: str,
    base: str,
    abbreviated: bool,
) -> bytes:
    record: dict[str, Any] = {"results": results, "graphs": graphs}
    if default_graphs is not None:
        record["default_graphs"] = default_graphs
    if named_graphs is not None:
        record["named_graphs"] = named_graphs
    if prefixes is not None:
        record["prefixes"] = dict(prefixes)
    if result_bytes:
        record["result_bytes"] = result_bytes
    if mark:
        record["mark"] = mark
    if base:
        record["base"] = base
    if not abbreviated:
        record["abbreviated"] = False
    said = json.dumps(record).encode("ascii")
    return _LENGTH.pack(len(said)) + said


def decoded(payload: bytes) -> tuple[str, Mapping[str, Any]]:
    """Return the query and the terms of an encoded request.

    >>> decoded(Request("ASK {}", ["json"], []).encode())
    ('ASK {}', {'results': ['json'], 'graphs': []})
    """
    end = _LENGTH.size + _LENGTH.unpack_from(payload)[0]
    return payload[end:].decode("utf-8", "surrogatepass"), _read_terms(payload[_LENGTH.size : end])


@lru_cache(maxsize=64)
def _read_terms(said: bytes) -> Mapping[str, Any]:
    record: dict[str, Any] = json.loads(said)
    return record


@dataclass(frozen=True, slots=True)
class Services:
    """Which other endpoints a query may call, and the address of the proxy that calls them; by default none."""

    allowed: tuple[str, ...] = ()
    proxy: str = ""

    @property
    def arguments(self) -> tuple[str, ...]:
        """What says so on a worker's command line."""
        return (self.proxy, *self.allowed) if self.proxy else ()


def command(home: Path, memory: int, services: Services | None = None) -> list[str]:
    """Return the command line of a worker; its standard input is the socket that it speaks on."""
    given = services.arguments if services else ()
    return [sys.executable, "-m", "grappe.store.worker", str(home), str(memory), *given]


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
        ResultTooLarge: if its result is larger than the request allows.
        WorkerDied: if it ends the process that evaluates it.
        QueryError: if it is refused or cannot be evaluated.
        StoreError: if there is nothing to ask.
    """
    ours, theirs = socket.socketpair()
    with (
        ours,
        ours.makefile("rb") as answers,
        subprocess.Popen(
            command(home, memory),
            stdin=theirs.fileno(),
            env=engine_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as worker,
    ):
        theirs.close()
        ended = threading.Event()

        def end() -> None:
            ended.set()
            worker.kill()

        timer = threading.Timer(timeout, end)
        timer.daemon = True
        timer.start()
        try:
            send_frame(ours, REQUEST, request.encode())
            while frame := read_frame(answers):
                kind, payload = frame
                if kind == ERROR:
                    raise refusal(json.loads(payload))
                if kind == END:
                    return
                if kind == WHOLE:
                    yield from whole(payload)
                    return
                if kind != READY:
                    yield payload
            raise late(timeout) if ended.is_set() else died(memory)
        except ConnectionError:
            raise (late(timeout) if ended.is_set() else died(memory)) from None
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


def died(memory: int) -> WorkerDied:
    """Return the error of a query that ended its process, which had so many bytes of memory (0: any)."""
    most = f" (at most {memory} bytes)" if memory else ""
    return WorkerDied(
        f"The query needs more memory{most} or is nested deeper than allowed.", remedy="Make it simpler or smaller."
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
        case "size":
            return ResultTooLarge(message, bytes=report["bytes"], remedy=remedy)
        case _:
            return QueryError(message, remedy=remedy)
