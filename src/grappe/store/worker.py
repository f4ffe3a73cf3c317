"""A process that answers queries on the current generation, one after the other: ``python -m grappe.store.worker``.

It reads requests from standard input and writes results to standard output, as :mod:`grappe.store.frames` has it. A
query can end the process (deep nesting, memory) or have it ended (its deadline): it costs nobody else anything.
Evaluation and serialisation stay in one thread; results go from the engine to the pipe, never through Python rows.

A request is a JSON object: ``query``; ``results`` and ``graphs``, the names of the formats that will do, best first;
``default_graphs`` and ``named_graphs``, addresses, or null for the store's own; ``prefixes`` that need no declaration.
"""

from __future__ import annotations

import contextlib
import json
import re
import resource
import sys
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from grappe.errors import GrappeError
from grappe.store.federation import calls_service
from grappe.store.formats import GRAPHS, RESULTS, Format
from grappe.store.frames import DATA, END, ERROR, HEAD, MAX_PAYLOAD, read_frame, write_frame
from grappe.store.generations import Generation, current_number, open_generation
from grappe.store.home import Home

__all__ = ["main"]

_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}
_PREFIXED = frozenset({"turtle", "trig", "rdfxml", "jsonld"})
_PLACE = re.compile(r"\bat (\d+):(\d+)")
_REASON = re.compile(r"(?:one of |expected |, )([A-Z][a-z]+(?: [A-Za-z]+)+)")


class _Refused(Exception):
    """A query that is answered with an error: what kind it is, and the two sentences to say."""

    def __init__(self, kind: str, message: str, remedy: str = "", *, offset: int | None = None) -> None:
        super().__init__(message)
        self.report = {"kind": kind, "message": message, "remedy": remedy, "offset": offset}


class _Frames:
    """A writable that cuts what the engine writes into frames; the head goes before the first."""

    def __init__(self, stream: IO[bytes], head: dict[str, Any]) -> None:
        self._stream, self._head, self._held = stream, head, bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        while len(self._held) >= MAX_PAYLOAD:
            self._send(bytes(self._held[:MAX_PAYLOAD]))
            del self._held[:MAX_PAYLOAD]
        return len(data)

    def flush(self) -> None:
        """Do nothing: frames are sent when they are full, and at the end."""

    def close(self) -> None:
        self._send(bytes(self._held))
        write_frame(self._stream, END)

    def _send(self, payload: bytes) -> None:
        if self._head:
            write_frame(self._stream, HEAD, json.dumps(self._head).encode())
            self._head = {}
        if payload:
            write_frame(self._stream, DATA, payload)


def main(arguments: list[str] | None = None) -> None:
    """Serve requests until standard input ends. Arguments: the home, and the limit of memory in bytes (0: none)."""
    path, memory = (arguments or sys.argv[1:])[:2]
    if int(memory):
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    home, requests, answers = Home(Path(path)), sys.stdin.buffer, sys.stdout.buffer
    with contextlib.ExitStack() as held:
        generation: Generation | None = None
        while frame := read_frame(requests):
            try:
                if generation is None or generation.number != current_number(home):
                    held.pop_all().close()
                    generation = held.enter_context(open_generation(home))
                _answer(json.loads(frame[1]), generation, answers)
            except _Refused as refusal:
                write_frame(answers, ERROR, json.dumps(refusal.report).encode())
            except GrappeError as error:
                report = {"kind": "store", "message": error.message, "remedy": error.remedy}
                write_frame(answers, ERROR, json.dumps(report).encode())


def _answer(request: dict[str, Any], generation: Generation, stream: IO[bytes]) -> None:
    query: str = request["query"]
    if calls_service(query):
        raise _Refused(
            "service", "SERVICE is not allowed here.", "Ask the other endpoint yourself, and join the results."
        )
    try:
        results = generation.store.query(
            query,
            prefixes=request["prefixes"],
            default_graph=_graphs(request["default_graphs"], request["named_graphs"]),
            named_graphs=_graphs(request["named_graphs"], request["default_graphs"]),
        )
    except SyntaxError as error:
        raise _syntax_error(query, error) from None
    except (ValueError, OSError, RuntimeError) as error:
        raise _Refused("evaluation", f"The query cannot be evaluated: {error}.", "Change it and ask again.") from None
    head = {"generation": generation.number}
    try:
        if isinstance(results, ox.QueryTriples):
            chosen = _chosen(request["graphs"], GRAPHS, "CONSTRUCT and DESCRIBE")
            out = _Frames(stream, head | {"format": chosen.name, "media_type": chosen.media_types[0]})
            prefixes = request["prefixes"] if chosen.name in _PREFIXED else None
            ox.serialize(results, out, _GRAPHS[chosen.name], prefixes=prefixes)  # type: ignore[arg-type]
        else:
            chosen = _chosen(request["results"], RESULTS, "SELECT and ASK")
            out = _Frames(stream, head | {"format": chosen.name, "media_type": chosen.media_types[0]})
            results.serialize(out, _RESULTS[chosen.name])  # type: ignore[arg-type]
    except (ValueError, RuntimeError, OSError) as error:
        raise _Refused(
            "evaluation", f"The query could not be evaluated: {error}.", "Change it and ask again."
        ) from None
    out.close()


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
    """Return the refusal of a query that does not parse, with the place in code points from its beginning.

    The engine lists every sign that could stand there; what helps is the place, and a sentence where it has one.
    """
    said = str(error)
    place, reason = _PLACE.search(said), _REASON.search(said)
    why = f": {reason[1].strip().lower()}" if reason else ""
    remedy = "Mend it there; 'grappe query --help' shows an example."
    if not place:
        return _Refused("syntax", f"The query does not parse{why}.", remedy)
    lines, line, column = query.split("\n"), int(place[1]), int(place[2])
    if said.endswith("expected [_]"):  # only the end could stand there, and the engine looked at the sign that does
        column -= 1
    offset = sum(len(text) + 1 for text in lines[: line - 1]) + column - 1
    rest = query[offset : offset + 30].split("\n")[0].strip()
    near = f", before '{rest}'" if rest else ", at its end" if offset >= len(query.rstrip()) else ""
    return _Refused(
        "syntax", f"The query does not parse (line {line}, column {column}{near}){why}.", remedy, offset=offset
    )


if __name__ == "__main__":
    main()
