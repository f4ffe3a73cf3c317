"""A process that answers queries on the current generation, one after the other: ``python -m grappe.store.worker``.

Its standard input is a socket, on which it reads requests and writes results as :mod:`grappe.store.frames` has it. A
query can end the process (deep nesting, memory) or have it ended (its deadline): it costs nobody else anything.
Evaluation and serialisation stay in one thread; results go from the engine to the socket, never through Python rows.

A request is what :meth:`grappe.store.query.Request.encode` makes.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from grappe.errors import GrappeError
from grappe.iri import PREFIXES
from grappe.store.current import Current
from grappe.store.federation import ServiceRefused, calls_service, is_lasting, redirected, restored
from grappe.store.formats import GRAPHS, RESULTS, Format
from grappe.store.frames import (
    DATA,
    END,
    ERROR,
    FIRST_PAYLOAD,
    HEAD,
    LENGTH,
    LOOK,
    MAX_PAYLOAD,
    READY,
    WHOLE,
    read_frame,
    send_frame,
)
from grappe.store.garbage import settle
from grappe.store.generations import Generation, open_generation
from grappe.store.home import Home
from grappe.store.plans import Planner
from grappe.store.query import Services, decoded
from grappe.store.rdf_formats import PREFIXED, RDF_FORMATS
from grappe.store.sandbox import confine
from grappe.store.syntax import said_of

__all__ = ["main"]

_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_PREFIXES = dict(PREFIXES)
_NAMES = [(f"{prefix}:", prefix, iri) for prefix, iri in _PREFIXES.items()]
_WORDY = frozenset({"rdfxml", "jsonld"})


class _Refused(Exception):
    """A query that is answered with an error: what kind it is, and the two sentences to say."""

    def __init__(self, kind: str, message: str, remedy: str = "", **more: int) -> None:
        super().__init__(message)
        self.report = {"kind": kind, "message": message, "remedy": remedy, **more}


class _Frames:
    """A writable that sends what the engine writes as frames: one for a small result, several for a large one."""

    def __init__(self, stream: socket.socket, head: bytes, limit: int) -> None:
        self._stream, self._head, self._limit = stream, head, limit
        self._held = bytearray()
        self._bytes, self._enough, self._begun = 0, FIRST_PAYLOAD, False

    def write(self, data: bytes) -> int:
        self._held += data
        if len(self._held) >= self._enough:
            self._send()
        return len(data)

    def flush(self) -> None:
        """Do nothing: frames are sent when they are full, and at the end."""

    def close(self) -> None:
        """Send what is left, and the end."""
        if self._begun:
            self._send()
            self._frame(END)
        else:
            self._count()
            self._frame(WHOLE, self._head, self._held)

    def _send(self) -> None:
        self._count()
        if not self._begun:
            self._frame(HEAD, self._head[LENGTH.size :])
            self._begun, self._enough = True, MAX_PAYLOAD
        if self._held:
            self._frame(DATA, self._held)
            self._held = bytearray()

    def _frame(self, kind: bytes, *payload: bytes | bytearray) -> None:
        try:
            send_frame(self._stream, kind, *payload)
        except ConnectionError:  # told apart from one that an evaluation meets
            raise _Parted from None

    def _count(self) -> None:
        self._bytes += len(self._held)
        if self._limit and self._bytes > self._limit:
            raise _TooLarge


class _TooLarge(Exception):
    """A result has grown past its limit."""


class _Parted(Exception):
    """The parent is no more."""


def main(arguments: list[str] | None = None) -> None:
    """Serve requests until the socket ends.

    Arguments: the home, the limit of memory in bytes (0: none), and, where queries may call other endpoints, the
    address of the proxy and the endpoints.
    """
    path, memory, *calls = arguments or sys.argv[1:]
    services = Services(tuple(calls[1:]), calls[0]) if calls else Services()
    if int(memory):
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for ending in (signal.SIGINT, signal.SIGTERM):  # they are for the parent, which lets queries end
        signal.signal(ending, signal.SIG_IGN)
    confine(network=bool(services.proxy))
    stream = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    with stream, stream.makefile("rb") as requests, contextlib.suppress(ConnectionError, _Parted):
        _serve(Home(Path(path)), services, requests, stream)


@dataclass(frozen=True, slots=True)
class _Open:
    """The generation that is asked, and what says queries on it in another way."""

    generation: Generation
    planner: Planner


def _open(home: Home, held: contextlib.ExitStack) -> _Open:
    generation = held.enter_context(open_generation(home))
    return _Open(generation, Planner(generation.store))


def _serve(home: Home, services: Services, requests: IO[bytes], answers: socket.socket) -> None:
    current, held_mark = Current(home), ""
    with contextlib.ExitStack() as held:
        opened: _Open | None = None
        if current.look():
            with contextlib.suppress(GrappeError):
                opened, held_mark = _open(home, held), current.mark
        settle()
        send_frame(answers, READY)
        while frame := read_frame(requests):
            if frame[0] == LOOK:
                if current.look() != held_mark:
                    opened = None
                    held.pop_all().close()
                continue
            query, terms = decoded(frame[1])
            try:
                if opened is None or (terms.get("mark") or current.look()) != held_mark:
                    opened = None
                    held.pop_all().close()
                    held_mark = current.look()
                    opened = _open(home, held)
                _answer(query, terms, opened, services, answers)
            except _Refused as refusal:
                send_frame(answers, ERROR, json.dumps(refusal.report).encode())
            except GrappeError as error:
                report = {"kind": "store", "message": error.message, "remedy": error.remedy}
                send_frame(answers, ERROR, json.dumps(report).encode())


def _answer(query: str, terms: Mapping[str, Any], opened: _Open, services: Services, stream: socket.socket) -> None:
    prefixes: dict[str, str] = terms.get("prefixes", _PREFIXES)
    default, named = terms.get("default_graphs"), terms.get("named_graphs")
    asked = query
    if calls_service(query):
        if not services.proxy:
            raise _Refused(
                "service", "SERVICE is not allowed here.", "Ask the other endpoint yourself, and join the results."
            )
        try:
            asked = redirected(query, allowed=services.allowed, proxy=services.proxy)
        except ServiceRefused as error:
            raise _Refused("service", error.message, error.remedy) from None
    known, base = _needed(prefixes, asked), terms.get("base")
    try:
        results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | None = None
        if default is None and named is None:
            results = opened.planner.answer(asked, prefixes=known, base=base)
        if results is None:
            results = opened.generation.store.query(
                asked,
                prefixes=known,
                base_iri=base,
                default_graph=_graphs(default, named),
                named_graphs=_graphs(named, default),
            )
    except SyntaxError as error:
        raise _syntax_error(query, error) from None
    except (ValueError, OSError, RuntimeError) as error:
        said = restored(str(error), services.proxy)
        raise _Refused("evaluation", f"The query cannot be evaluated: {said}.", "Change it and ask again.") from None
    graph = isinstance(results, ox.QueryTriples)
    chosen = (
        _chosen(terms["graphs"], GRAPHS, "CONSTRUCT and DESCRIBE")
        if graph
        else _chosen(terms["results"], RESULTS, "SELECT and ASK")
    )
    limit = terms.get("result_bytes", 0)
    out = _Frames(stream, _head(chosen, opened.generation.number, lasting=is_lasting(query)), limit)
    try:
        if graph:
            form = RDF_FORMATS[chosen.name]
            if chosen.name in (PREFIXED if terms.get("abbreviated", True) else _WORDY):
                ox.serialize(results, out, form, prefixes=prefixes)  # type: ignore[arg-type]
            else:
                results.serialize(out, form)  # type: ignore[arg-type]
        else:
            results.serialize(out, _RESULTS[chosen.name])  # type: ignore[arg-type]
        out.close()
    except _TooLarge:
        raise _Refused(
            "size",
            f"The result is larger than {limit} bytes.",
            "Ask for less (LIMIT and OFFSET, more specific patterns), or take a dump.",
            bytes=limit,
        ) from None
    except (ValueError, RuntimeError, OSError) as error:
        said = restored(str(error), services.proxy)
        raise _Refused("evaluation", f"The query could not be evaluated: {said}.", "Change it and ask again.") from None


def _needed(prefixes: dict[str, str], query: str) -> dict[str, str]:
    """Return the prefixes that a query may use: the engine reads each that it is given, for each query."""
    if not prefixes or "\\" in query:  # an escape may hide a colon
        return prefixes
    names = _NAMES if prefixes is _PREFIXES else [(f"{prefix}:", prefix, iri) for prefix, iri in prefixes.items()]
    return {prefix: iri for name, prefix, iri in names if name in query}


@lru_cache(maxsize=64)
def _head(chosen: Format, generation: int, *, lasting: bool) -> bytes:
    """Return what is said of an answer before it, as a ``WHOLE`` frame has it: after its length."""
    head = {
        "format": chosen.name,
        "media_type": chosen.media_types[0],
        "generation": generation,
        "lasting": lasting,
    }
    said = json.dumps(head).encode()
    return LENGTH.pack(len(said)) + said


def _graphs(own: list[str] | None, other: list[str] | None) -> list[Any] | None:
    """Return the graphs of a dataset; where a request names graphs of one kind only, it has none of the other."""
    if own is None:
        return None if other is None else []
    return [ox.NamedNode(iri) for iri in own]


def _chosen(names: list[str], formats: tuple[Format, ...], forms: str) -> Format:
    for name in names:
        for one in formats:
            if one.name == name:
                return one
    known = ", ".join(one.media_types[0] for one in formats)
    raise _Refused("format", f"{forms} cannot be answered in the format asked for.", f"Ask for one of {known}.")


def _syntax_error(query: str, error: SyntaxError) -> _Refused:
    """Return the refusal of a query that does not parse, with the place in code points from its beginning."""
    place, why = said_of(error)
    remedy = "Mend it there; 'grappe query --help' shows an example."
    if place is None:
        return _Refused("syntax", f"The query does not parse{why}.", remedy)
    lines, (line, column) = query.split("\n"), place
    if str(error).endswith(
        "expected [_]"
    ):  # only the end could stand there, and the engine looked at the sign that does
        column -= 1
    offset = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1
    rest = query[offset : offset + 30].split("\n")[0].strip()
    near = f", before '{rest}'" if rest else ", at its end" if offset >= len(query.rstrip()) else ""
    return _Refused(
        "syntax", f"The query does not parse (line {line}, column {column}{near}){why}.", remedy, offset=offset
    )


if __name__ == "__main__":
    main()
