"""The endpoint beside what people would pick instead: Oxigraph's server and rdflib-endpoint, on the same documents.

``make bench-service`` (``python -m tests.bench.service [--rounds N] [--seconds S] [--without-rdflib] [--large]``). The
three are measured in turn, in short rounds, and the best round of each counts, so that what else the machine does
falls on all alike. Both peers see the default graph as the union of all, as their options offer it. rdflib-endpoint
keeps all in memory: it is started first, and reads for minutes (and takes 3 GB).
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from grappe.iri import PREFIXES
from tests.bench.dataset import BUILD, COMPANIES, DOCUMENTS, PLACES, made
from tests.bench.load import GRAPH, RESULTS, rate, request, stream
from tests.protocol.processes import resident

__all__ = ["main"]

_ID = "https://w3id.org/grappe/id/"
_GRAPH = "https://w3id.org/grappe/graph/document/"
_HEAD = f"PREFIX grp: <{PREFIXES['grp']}>\n"
_INFERRED = "GRAPH <https://w3id.org/grappe/graph/inferred>"

#: Both servers have the same to do in one named graph. Over their default graphs they would not: where it is a union,
#: the second pattern is looked up in 20,000 graphs again for each solution of the first, which takes many minutes.
_LARGE = (
    f"PREFIX org: <{PREFIXES['org']}> SELECT ?a ?b {{ {_INFERRED} {{ ?a a org:Organization }} "
    f"{_INFERRED} {{ ?b a org:OrganizationalUnit }} }} LIMIT 10000000"
)

Make = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of query, made from a number; the least ratios to rdflib-endpoint and to Oxigraph's server."""

    name: str
    make: Make
    rdflib: float | None
    oxigraph: float


def _lookup(number: int) -> str:
    return f"SELECT ?p ?o {{ <{_ID}organization/societe-{number % COMPANIES}> ?p ?o }} # {number}"


def _describe(number: int) -> str:
    return f"DESCRIBE <{_ID}organization/societe-{number % COMPANIES}> # {number}"


def _join(number: int) -> str:
    place = f"<{_ID}place/ville-{number % PLACES}>"
    where = f"?c grp:locatedIn {place} . ?award grp:beneficiary ?c ; grp:funder ?funder ; grp:amount ?amount"
    return f"{_HEAD}SELECT ?c ?funder ?amount {{ {where} }} # {number}"


def _construct(number: int) -> str:
    return f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{_GRAPH}note-{number * 7 % DOCUMENTS:05d}> {{ ?s ?p ?o }} }} # {number}"


def _classes(number: int) -> str:
    return f"SELECT ?class (COUNT(*) AS ?n) {{ ?x a ?class }} GROUP BY ?class # {number}"


def _sums(number: int) -> str:
    where = f"?award grp:funder ?funder ; grp:amount ?amount FILTER(?amount > {number})"
    return f"{_HEAD}SELECT ?funder (SUM(?amount) AS ?sum) {{ {where} }} GROUP BY ?funder"


def _years(number: int) -> str:
    where = f"?document dct:issued ?day FILTER(?day > '1{number % 1000:03d}-01-01'^^xsd:date)"
    return (
        f"PREFIX dct: <{PREFIXES['dct']}> PREFIX xsd: <{PREFIXES['xsd']}>\n"
        f"SELECT ?year (COUNT(*) AS ?n) {{ {where} }} GROUP BY (YEAR(?day) AS ?year) # {number}"
    )


def _places(number: int) -> str:
    where = f"?c grp:locatedIn ?place . ?award grp:beneficiary ?c ; grp:amount ?amount FILTER(?amount > {number})"
    return f"{_HEAD}SELECT ?place (AVG(?amount) AS ?mean) {{ {where} }} GROUP BY ?place"


QUESTIONS = (
    Question("lookup", _lookup, 8, 0.2),
    Question("lookup, repeated", lambda _: _lookup(7), 8, 0.6),
    Question("describe", _describe, 8, 0.2),
    Question("describe, repeated", lambda _: _describe(7), 8, 0.6),
    Question("join", _join, 10, 0.6),
    Question("construct", _construct, 10, 0.6),
    Question("aggregate: classes", _classes, 10, 2.5),
    Question("aggregate: sums", _sums, 10, 2.5),
    Question("aggregate: places", _places, 10, 2.5),
    Question("aggregate: years", _years, 10, 2.5),
    Question("aggregate, repeated", lambda _: _sums(7), None, 50),
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its port, the path that takes queries, its process, how long it took to answer."""

    name: str
    port: int
    path: str
    process: subprocess.Popen[bytes]
    started: float

    def memory(self) -> int:
        """Return the resident bytes of the process that takes the connections."""
        return int(resident(self.process.pid))

    @contextmanager
    def awake(self) -> Iterator[None]:
        """Let the process run for the block, and no longer: it goes on with queries whose clients have left."""
        self.process.send_signal(signal.SIGCONT)
        before, now = -1.0, self._seconds()
        while now - before > 0.02:
            time.sleep(0.5)
            before, now = now, self._seconds()
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGSTOP)

    def _seconds(self) -> float:
        """Return how many seconds of processor the process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(name: str, path: str, command: Callable[[int], list[str]], *, patience: float = 30) -> Iterator[Server]:
    """Run a server until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = time.perf_counter()
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command(port), stdout=subprocess.DEVNULL, stderr=said) as process,
    ):
        try:
            while True:
                try:
                    rate(port, lambda _: request(path, "ASK {}"), seconds=0, connections=1)
                    break
                except OSError:
                    if process.poll() is not None or time.perf_counter() > start + patience:
                        said.seek(0)
                        raise RuntimeError(f"{name} does not start: {said.read()[-2000:].decode()}") from None
                    time.sleep(0.02)
            yield Server(name, port, path, process, time.perf_counter() - start)
        finally:
            process.terminate()
            process.send_signal(signal.SIGCONT)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def peers(folder: Path) -> Path:
    """Return the peers' Python, in an environment that holds what peers.txt pins."""
    pins = Path(__file__).with_name("peers.txt")
    environment = folder / "peers"
    stamp = environment / "made"
    if not stamp.is_file() or stamp.read_bytes() != pins.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-qq", "install"]
        subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(pins)], check=True)
        stamp.write_bytes(pins.read_bytes())
    return environment / "bin" / "python"


def _servers(stack: ExitStack, folder: Path, *, with_rdflib: bool) -> dict[str, Server]:
    python = peers(folder)
    oxigraph = str(python.with_name("oxigraph"))
    if not (folder / "oxigraph").is_dir():
        loading = folder / "oxigraph.loading"
        shutil.rmtree(loading, ignore_errors=True)
        where = ["--location", str(loading)]
        subprocess.run([oxigraph, "load", *where, "--file", str(folder / "named.nq")], check=True, capture_output=True)
        subprocess.run([oxigraph, "optimize", *where], check=True, capture_output=True)
        loading.rename(folder / "oxigraph")

    def ours(port: int) -> list[str]:
        grappe = str(Path(sys.executable).with_name("grappe"))
        return [grappe, "--home", str(folder / "home"), "serve", "--port", str(port), "--timeout", "600"]

    def theirs(port: int) -> list[str]:
        where = ["--location", str(folder / "oxigraph"), "--bind", f"127.0.0.1:{port}"]
        return [oxigraph, "serve-read-only", *where, "--union-default-graph"]

    def rdflib(port: int) -> list[str]:
        return [str(python), str(Path(__file__).with_name("rdflib_peer.py")), str(folder / "named.nq"), str(port)]

    last = [stack.enter_context(running("rdflib-endpoint", "/", rdflib, patience=1800))] if with_rdflib else []
    for server in last:
        server.process.send_signal(signal.SIGSTOP)
    servers = [
        stack.enter_context(running("Grappe", "/sparql", ours)),
        stack.enter_context(running("Oxigraph", "/query", theirs)),
    ]
    return {server.name: server for server in (*servers, *last)}


def _measure(question: Question, servers: dict[str, Server], *, rounds: int, seconds: float) -> dict[str, float]:
    best = dict.fromkeys(servers, 0.0)
    for turn in range(rounds):
        for name, server in servers.items():
            if name == "rdflib-endpoint" and turn and best[name] < 1 / seconds:
                continue  # it takes longer than a round for one answer; once is enough

            def make(number: int, server: Server = server) -> bytes:
                query = question.make(number)
                # rdflib-endpoint answers by the first type of several, whatever the query's form.
                return request(server.path, query, GRAPH if query.startswith(("DESCRIBE", "CONSTRUCT")) else RESULTS)

            with server.awake() if name == "rdflib-endpoint" else nullcontext():
                best[name] = max(best[name], rate(server.port, make, seconds=seconds, first=turn * 1_000_000))
    return best


def _line(question: Question, best: dict[str, float]) -> str:
    line = f"{question.name:<22} {best['Grappe']:>9.1f} {best['Oxigraph']:>9.1f}"
    ratios = f"{best['Grappe'] / best['Oxigraph']:>8.2f} (at least {question.oxigraph:g})"
    if "rdflib-endpoint" in best:
        line += f" {best['rdflib-endpoint']:>9.1f}"
        least = "" if question.rdflib is None else f"(at least {question.rdflib:g})"
        ratios += f" {best['Grappe'] / best['rdflib-endpoint']:>8.1f} {least}"
    return f"{line}  {ratios}"


def _large(servers: dict[str, Server]) -> Iterator[str]:
    """Yield how ten million rows came from both, twice each, the better counting; and what it cost in memory."""
    best: dict[str, tuple[float, float]] = {}
    for _ in range(2):
        for name in ("Grappe", "Oxigraph"):
            server = servers[name]
            before, peak = server.memory(), [0]
            came = stream(
                server.port,
                request(server.path, _LARGE, "text/csv"),
                lambda server=server, peak=peak: peak.append(server.memory()),  # type: ignore[misc]
            )
            first, last = best.get(name, (came.first, came.last))
            best[name] = min(first, came.first), min(last, came.last)
            grown = (max(peak) - before) / 1e6
            yield (
                f"10 million rows, {name}: first byte {came.first * 1000:.1f} ms, whole {came.last:.1f} s, "
                f"{came.bytes / 1e6:.0f} MB, memory of the serving process {grown:+.0f} MB"
            )
    first, last = (best["Grappe"][i] / best["Oxigraph"][i] for i in (0, 1))
    yield f"10 million rows, ratio: first byte {first:.2f} (at most 2), whole {last:.2f} (at most 1.3)"


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of a round")
    parser.add_argument("--only", default="", help="kinds of query whose names begin so")
    parser.add_argument("--without-rdflib", action="store_true", help="it loads for minutes")
    parser.add_argument("--large", action="store_true", help="a result of 10 million rows too")
    options = parser.parse_args()
    folder = made(BUILD)
    with ExitStack() as stack:
        servers = _servers(stack, folder, with_rdflib=not options.without_rdflib)
        print(f"start-up on a built store: {servers['Grappe'].started:.2f} s (at most 1)", flush=True)
        print(f"{'requests a second':<22} " + " ".join(f"{name[:9]:>9}" for name in servers) + "  ratios", flush=True)
        for question in QUESTIONS:
            if question.name.startswith(options.only):
                best = _measure(question, servers, rounds=options.rounds, seconds=options.seconds)
                print(_line(question, best), flush=True)
        if options.large:
            for line in _large(servers):
                print(line, flush=True)


if __name__ == "__main__":
    main()
