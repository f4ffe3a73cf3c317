"""Requests that mean no good, and too many of them: the service answers the others as before."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from grappe.config import Settings
from grappe.store.formats import GRAPHS
from tests.protocol.conftest import serving
from tests.protocol.processes import children, command, resident, server_of

QUICK = "ASK { ?x a grp:Cluster }"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def target(genopole: Settings) -> Iterator[str]:
    """A server of these tests' own."""
    with serving(genopole.home, "--timeout", "2", "--queue", "200") as address:
        yield address


@pytest.fixture
def connect(target: str) -> Iterator[Callable[[], socket.socket]]:
    """Give connections to that server."""
    host, port = target.removeprefix("http://").split(":")
    made: list[socket.socket] = []

    def new() -> socket.socket:
        made.append(socket.create_connection((host, int(port)), timeout=10))
        return made[-1]

    yield new
    for one in made:
        one.close()


def well(target: str) -> float:
    """Return the seconds that a harmless query takes."""
    start = time.monotonic()
    assert httpx.get(f"{target}/sparql", params={"query": f"{QUICK} # {start}"}, timeout=10).status_code == 200
    return time.monotonic() - start


def answered(sock: socket.socket) -> bytes:
    """Return what comes back on a connection, until it is closed or silent."""
    said = b""
    sock.settimeout(3)
    try:
        while piece := sock.recv(65536):
            said += piece
    except (TimeoutError, ConnectionError):
        pass
    return said


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET\r\n\r\n",
        b"GET /sparql HTTP/9.9\r\n\r\n",
        b"GET /sparql?query=%zz%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 300_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(50_000)) + b"\r\n",
        b"CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    ],
    ids=range(11),
)
def test_what_is_no_request_is_refused(connect: Callable[[], socket.socket], target: str, sent: bytes) -> None:
    with connect() as sock:
        try:
            sock.sendall(sent)
        except ConnectionError:
            pass
        else:
            said = answered(sock)
            assert not said or re.match(rb"HTTP/1\.1 4\d\d ", said), said[:200]
    assert well(target) < 3


def test_more_connections_than_files_are_usually_allowed_hold_nobody_up(genopole: Settings) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    usual = (
        f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (1024, {hard})); "
        "from grappe.cli import main; main()"
    )
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with serving(genopole.home, program=("-c", usual)) as address, contextlib.ExitStack() as opened:
            host, port = address.removeprefix("http://").split(":")
            for _ in range(1500):
                opened.enter_context(socket.create_connection((host, int(port)), timeout=10)).sendall(b"GET /spa")
            assert well(address) < 5
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_body_that_does_not_come_is_not_waited_for(genopole: Settings) -> None:
    """The server is told to be less patient than it is, so that the test is not as long."""
    impatient = "import grappe.web.http as http; http.BODY_SECONDS = 1; from grappe.cli import main; main()"
    with serving(genopole.home, program=("-c", impatient)) as address, contextlib.ExitStack() as opened:
        host, port = address.removeprefix("http://").split(":")
        for path in ("/sparql", "/reconcile", "/update", "/nothing"):
            sock = opened.enter_context(socket.create_connection((host, int(port)), timeout=10))
            sock.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nquery=".encode())
            while sock.recv(1000):
                pass


@pytest.mark.parametrize(
    ("start", "more"),
    [
        (b"6\r\nASK {}\r\n0\r\n", b"X: " + b"y" * 1000 + b"\r\n"),
        (b"6\r\nASK {}\r\n0\r\nX: ", b"y" * 1000),
        (b"6;", b"y" * 1000),
    ],
    ids=["trailers", "a trailer", "an extension of a chunk"],
)
def test_what_frames_a_body_ends_or_is_ended(
    connect: Callable[[], socket.socket], target: str, start: bytes, more: bytes
) -> None:
    before = resident(server_of(target))
    with connect() as sock:
        kind = b"Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
        sock.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\n" + kind + start)
        refused = False
        for _ in range(50_000):
            try:
                sock.sendall(more)
            except ConnectionError:
                refused = True
                break
        assert refused
    assert resident(server_of(target)) - before < 20e6
    assert well(target) < 3


def test_what_wants_another_protocol_is_answered_in_this_one(connect: Callable[[], socket.socket]) -> None:
    with connect() as sock:
        sock.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n")
        assert re.match(rb"HTTP/1\.1 (?:200|4\d\d) ", answered(sock))


def test_requests_that_never_end_hold_nobody_up(connect: Callable[[], socket.socket], target: str) -> None:
    for number in range(150):
        sock = connect()
        if number % 3 == 0:
            sock.sendall(b"GET /sparql?query=ASK HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        elif number % 3 == 1:
            head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            sock.sendall(head + b"Content-Length: 1000\r\n\r\nASK")
    assert well(target) < 3


def test_a_client_that_reads_nothing_costs_no_memory_and_its_worker_no_longer_than_its_time(
    connect: Callable[[], socket.socket], target: str
) -> None:
    for _ in range(4):
        connect().sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    time.sleep(0.3)
    before = resident(server_of(target))
    time.sleep(1)
    assert resident(server_of(target)) - before < 50e6
    time.sleep(3)
    assert well(target) < 3


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain home that holds more than a connection does."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "large.ttl").write_text(
        "".join(f"<x:s{n}> <x:p> 'something to be sent, number {n}' .\n" for n in range(150_000))
    )
    load = [sys.executable, "-m", "grappe", "--home", str(folder / "home"), "load", str(folder / "large.ttl")]
    subprocess.run(load, check=True, timeout=60)
    return folder / "home"


def slow_reader(address: str, path: str, *headers: str) -> socket.socket:
    """Return a connection on which an answer begins, and which holds little of it."""
    host, port = address.removeprefix("http://").split(":")
    sock = socket.socket()
    sock.settimeout(20)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.connect((host, int(port)))
    lines = [f"GET {path} HTTP/1.1", "Host: x", "Connection: close", *headers, "", ""]
    sock.sendall("\r\n".join(lines).encode())
    return sock


def test_what_breaks_off_is_never_taken_for_whole(large: Path) -> None:
    """Whatever the format: the process that makes an answer is killed in its middle."""
    construct = quote("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    with serving(large, "--plain", "--timeout", "60") as address:
        server = server_of(address)
        for format in GRAPHS:
            for path, headers, module in (
                (f"/dump?format={format.name}", (), "dump_worker"),
                (f"/dump?format={format.name}", ("Accept-Encoding: gzip",), "dump_worker"),
                (f"/graphs?default&format={format.name}", (), "store.worker"),
                (f"/sparql?query={construct}&format={format.name}", (), "store.worker"),
            ):
                with slow_reader(address, path, *headers) as sock:
                    begun = sock.recv(2000)
                    assert b" 200 " in begun
                    for child in children(server):
                        if module in command(child):
                            os.kill(child, signal.SIGKILL)
                    said = begun + answered(sock)
                assert b"chunked" in said
                assert not said.endswith(b"0\r\n\r\n"), (path, headers)


def test_a_client_that_stops_reading_is_let_go(large: Path) -> None:
    """The server is told to be less patient than it is, so that the test is not as long."""
    impatient = "import grappe.web.http as http; http.STALL_SECONDS = 1; from grappe.cli import main; main()"
    with serving(large, "--plain", "--timeout", "60", program=("-c", impatient)) as address:
        server = server_of(address)
        paths = ("/dump?format=nquads", "/dump?format=turtle", "/graphs?default", "/sparql?query=" + quote(ENDLESS))
        opened = [slow_reader(address, path) for path in paths]
        deadline = time.monotonic() + 15
        for sock in opened:
            sock.settimeout(max(0.1, deadline - time.monotonic()))
            wait_until_closed(sock)
            sock.close()
        while any("dump_worker" in command(child) for child in children(server)):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert httpx.get(f"{address}/health", timeout=3).status_code == 200


def wait_until_closed(sock: socket.socket) -> None:
    """Wait, without reading, until the other side has closed a connection."""
    hung_up = select.poll()
    hung_up.register(sock, select.POLLRDHUP | select.POLLHUP | select.POLLERR)
    assert hung_up.poll((sock.gettimeout() or 0) * 1000)


def test_a_connection_that_is_half_closed_frees_its_worker(connect: Callable[[], socket.socket], target: str) -> None:
    for _ in range(6):
        sock = connect()
        sock.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        sock.shutdown(socket.SHUT_WR)
    assert well(target) < 3


@pytest.mark.parametrize("depth", [1_000, 3_000, 50_000])
@pytest.mark.parametrize(("opening", "closing"), ["{}", "()", ("FILTER(", ")"), ("OPTIONAL{", "}"), ("[:p ", "]")])
def test_nesting_kills_at_most_its_own_query(target: str, opening: str, closing: str, depth: int) -> None:
    query = "PREFIX : <http://x/> SELECT * { ?s ?p " + opening * depth + " 1 " + closing * depth + " }"
    answer = httpx.post(
        f"{target}/sparql", content=query, headers={"Content-Type": "application/sparql-query"}, timeout=20
    )
    assert answer.status_code in (400, 413, 422, 503)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert well(target) < 3


def test_a_thousand_queries_at_once_are_answered_or_refused(target: str) -> None:
    host, port = target.removeprefix("http://").split(":")

    async def ask(number: int) -> int:
        reader, writer = await asyncio.open_connection(host, int(port))
        query = quote(f"{QUICK} # {number}")
        writer.write(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        said = await asyncio.wait_for(reader.read(), 40)
        writer.close()
        return int(said.split()[1])

    async def all_at_once() -> list[int]:
        return list(await asyncio.gather(*(ask(number) for number in range(1000))))

    statuses = asyncio.run(all_at_once())
    assert set(statuses) <= {200, 503}
    assert statuses.count(200) > 100
    assert well(target) < 3


@schemathesis.serializer(
    "application/sparql-query", "application/sparql-update", *(m for f in GRAPHS for m in f.media_types)
)
def as_text(context: schemathesis.SerializationContext, value: object) -> bytes:
    """Write a body of ours as it comes."""
    del context
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def test_no_request_that_fits_the_description_breaks_the_service(target: str) -> None:
    described = schemathesis.openapi.from_url(f"{target}/openapi.json")
    tried = 0
    for found in described.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]

        @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        @given(case=operation.as_strategy())
        def holds(case: schemathesis.Case[Any]) -> None:
            response = case.call(timeout=20)
            # A query may be too much, and then the service says so; but it never fails without a reason.
            assert response.status_code in range(200, 500) or response.status_code in (501, 503), response.text

        holds()
        tried += 1
    assert tried >= 10
