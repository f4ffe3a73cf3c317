"""What one client, one query or one request may cost the others: nothing."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from grappe.config import Settings
from grappe.store.tokens import Scope, create_token
from tests.protocol.conftest import serving
from tests.protocol.processes import alive, children, command, server_of

QUICK = "ASK { ?x a grp:Cluster }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
#: Rows come at once, and for a long time.
STREAMED = "SELECT ?a ?i { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
#: It takes the engine's planner for ever, before a single row.
PLANNED = "SELECT * { ?s ?p " + "(" * 300 + "1" + ")" * 300 + " }"


@pytest.fixture(scope="module")
def guarded(genopole: Settings) -> Iterator[str]:
    """A server with small limits, of this machine's clients too."""
    options = ["--rate", "5", "--burst", "20", "--per-client", "3", "--limit-loopback", "--timeout", "5"]
    with serving(genopole.home, *options) as address:
        yield address


def busy_workers(address: str) -> int:
    """Return how many queries a server evaluates."""
    page = httpx.get(f"{address}/metrics").text
    found = re.search(r"^grappe_queries_running (\d+)", page, re.MULTILINE)
    assert found
    return int(found[1])


def seconds_until_idle(address: str) -> float:
    start = time.monotonic()
    while busy_workers(address):
        assert time.monotonic() - start < 5
        time.sleep(0.01)
    return time.monotonic() - start


def test_limits_are_announced_and_a_client_may_lower_its_own(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": QUICK, "timeout": "1.5"})
    assert answer.headers["Grappe-Timeout"] == "1.5"
    assert re.fullmatch(r"memory=\d+, result=\d+", answer.headers["Grappe-Limits"])
    assert client.get("/sparql", params={"query": QUICK, "timeout": "900"}).headers["Grappe-Timeout"] == "2"
    assert client.get("/sparql", params={"query": QUICK, "timeout": "soon"}).status_code == 400
    start = time.monotonic()
    late = client.get("/sparql", params={"query": SLOW, "timeout": "0.2"})
    assert (late.status_code, late.json()["seconds"]) == (503, 0.2)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("how", ["late", "gone"])
@pytest.mark.parametrize("query", [SLOW, PLANNED, STREAMED], ids=["evaluated", "planned", "streamed"])
def test_a_query_that_is_over_frees_its_processor_within_a_tenth_of_a_second(
    endpoint: str, query: str, how: str
) -> None:
    """Measured from outside: of the server's processes one is no more. The median, for others use this machine too."""
    tries = sorted(_seconds_until_freed(endpoint, query, late=how == "late") for _ in range(5))
    assert tries[2] < 0.1, tries


def test_whatever_is_read_for_a_client_that_has_gone_is_ended(endpoint: str) -> None:
    host, port = endpoint.removeprefix("http://").split(":")
    path = httpx.URL("/", params={"query": SLOW}).raw_path.decode()
    with socket.create_connection((host, int(port))) as sock:
        sock.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        while not busy_workers(endpoint):
            time.sleep(0.01)
    assert seconds_until_idle(endpoint) < 1


def _seconds_until_freed(endpoint: str, query: str, *, late: bool, limit: float = 0.6) -> float:
    server = server_of(endpoint)
    wait_for_workers(server)
    time.sleep(0.2)
    before = wait_for_workers(server)
    host, port = endpoint.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as sock:
        target = "/sparql?" + (f"timeout={limit}" if late else "timeout=30")
        kind = "Content-Type: application/sparql-query"
        head = f"POST {target} HTTP/1.1\r\nHost: x\r\n{kind}\r\nContent-Length: {len(query)}\r\n\r\n"
        asked = time.monotonic()
        sock.sendall((head + query).encode())
        if late:
            over = asked + limit
            threading.Thread(target=_read_all, args=(sock.dup(),), daemon=True).start()
        else:
            time.sleep(0.3)
            assert busy_workers(endpoint) == 1
    if not late:
        over = time.monotonic()
    while all(map(alive, before)):
        assert time.monotonic() - over < 5
        time.sleep(0.001)
    ended = time.monotonic()
    assert ended >= over
    return ended - over


def _read_all(sock: socket.socket) -> None:
    with sock, contextlib.suppress(OSError):
        while sock.recv(1 << 16):
            pass


def test_a_worker_that_dies_while_it_is_asked_nothing_is_replaced(genopole: Settings) -> None:
    with serving(genopole.home) as address:
        server = server_of(address)
        assert httpx.get(f"{address}/ready", timeout=30).status_code == 200
        before = wait_for_workers(server)
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        assert not before & wait_for_workers(server, unlike=before)
        assert httpx.get(f"{address}/sparql", params={"query": QUICK}, timeout=10).status_code == 200
        assert re.search(r'grappe_worker_restarts_total{cause="died"} [1-3]', httpx.get(f"{address}/metrics").text)


def wait_for_workers(server: int, *, unlike: frozenset[int] = frozenset()) -> frozenset[int]:
    """Return a server's workers once all are there: two that work, and one that stands by."""
    deadline = time.monotonic() + 30
    while len(found := children(server) - unlike) < 3:
        assert time.monotonic() < deadline, [command(child) for child in children(server)]
        time.sleep(0.01)
    return found


def test_many_abandoned_requests_leave_no_worker_behind(endpoint: str) -> None:
    for number in range(40):
        with socket.create_connection(httpx.URL(endpoint).netloc.decode().split(":")) as sock:  # type: ignore[arg-type]
            path = httpx.URL("/sparql", params={"query": f"{ENDLESS} # {number}"}).raw_path.decode()
            sock.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            if number % 2:
                time.sleep(0.01)
    seconds_until_idle(endpoint)
    for _ in range(4):
        assert httpx.get(f"{endpoint}/sparql", params={"query": QUICK}, timeout=10).status_code == 200


def test_a_truncated_result_is_never_taken_for_whole(client: httpx.Client) -> None:
    for format in ("json", "csv", "tsv", "xml"):
        params = {"query": ENDLESS, "format": format, "timeout": "0.5"}
        with client.stream("GET", "/sparql", params=params) as answer:
            assert answer.status_code == 200
            with pytest.raises(httpx.RemoteProtocolError):
                for _ in answer.iter_raw():
                    pass


def test_http_1_0_gets_whole_results_with_their_length_or_none(endpoint: str) -> None:
    def ask(query: str, path: str = "/sparql", **others: str) -> bytes:
        with socket.create_connection(httpx.URL(endpoint).netloc.decode().split(":"), timeout=20) as sock:  # type: ignore[arg-type]
            path = httpx.URL(path, params={"query": query, "format": "csv", **others}).raw_path.decode()
            sock.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
            with sock.makefile("rb") as answer:
                return answer.read()

    head, _, body = ask("SELECT * { ?s ?p ?o } LIMIT 2000").partition(b"\r\n\r\n")
    assert b"200 OK" in head
    assert f"content-length: {len(body)}".encode() in head.lower()
    for others in ({"path": "/dump", "format": "nquads"}, {"path": "/graphs", "format": "turtle", "default": ""}):
        head, _, body = ask("", **others).partition(b"\r\n\r\n")
        assert f"content-length: {len(body)}".encode() in head.lower()
        assert b"chunked" not in head
    assert ask(ENDLESS).split()[1] in (b"503", b"505")
    assert ask(ENDLESS, timeout="0.1").split()[1] in (b"503", b"505")


def test_a_result_past_its_size_is_broken_off(genopole: Settings) -> None:
    with serving(genopole.home, "--max-result", "100K") as address:
        small = httpx.get(f"{address}/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 10"})
        assert small.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{address}/sparql", params={"query": ENDLESS})
    with serving(genopole.home, "--max-result", "1K") as address:
        answer = httpx.get(f"{address}/sparql", params={"query": ENDLESS})
        assert (answer.status_code, answer.json()["bytes"]) == (422, 1024)


def test_a_query_that_wants_too_much_memory_is_ended(genopole: Settings) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(32))
    hungry = f"SELECT (STRLEN(?a32) AS ?n) {{ BIND('12345678' AS ?a0) {doubled} }}"
    with serving(genopole.home, "--memory", "512M") as address:
        answer = httpx.get(f"{address}/sparql", params={"query": hungry}, timeout=40)
        assert answer.status_code == 503
        assert "memory" in answer.json()["detail"]
        assert httpx.get(f"{address}/sparql", params={"query": QUICK}).status_code == 200


def test_the_excess_is_refused_quickly(genopole: Settings) -> None:
    with (
        serving(genopole.home, "--queue", "2", "--workers", "1", "--timeout", "1.5") as address,
        ThreadPoolExecutor(12) as threads,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        assert client.get("/ready").status_code == 200

        def ask(number: int) -> tuple[int, float]:
            start = time.monotonic()
            answer = client.get("/sparql", params={"query": f"{SLOW} # {number}"})
            assert "Retry-After" in answer.headers or "ended after" in answer.text
            return answer.status_code, time.monotonic() - start

        answers = list(threads.map(ask, range(12)))
        assert {status for status, _ in answers} == {503}
        assert sorted(seconds for _, seconds in answers)[8] < 1


def test_one_client_is_held_to_its_share(guarded: str) -> None:
    with httpx.Client(base_url=guarded) as client:
        answers = [client.get("/health") for _ in range(30)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 5
    assert refused[0].headers["Content-Type"] == "application/problem+json"
    assert int(refused[0].headers["Retry-After"]) >= 1


def test_queries_at_once_are_counted_by_client(genopole: Settings) -> None:
    options = ["--per-client", "2", "--limit-loopback", "--timeout", "1"]
    with serving(genopole.home, *options) as address, ThreadPoolExecutor(6) as threads:
        asked = [threads.submit(httpx.get, f"{address}/sparql", params={"query": f"{SLOW} # {n}"}) for n in range(6)]
        assert sorted(one.result().status_code for one in asked) == [429] * 4 + [503] * 2


def test_running_queries_are_listed_and_cancelled(home: Settings) -> None:
    admin = {"Authorization": f"Bearer {create_token(home.home, Scope('admin'))}"}
    with serving(home.home) as address, ThreadPoolExecutor(2) as threads, httpx.Client(base_url=address) as client:
        name = "a-name-that-nobody-guesses"
        asked = threads.submit(
            httpx.get, f"{address}/sparql", params={"query": SLOW}, headers={"Grappe-Query": name}, timeout=30
        )
        while not busy_workers(address):
            time.sleep(0.01)
        assert client.get("/queries").status_code == 401
        (one,) = client.get("/queries", headers=admin).json()
        assert one["query"] == SLOW
        assert name not in json.dumps(one)
        assert client.delete(f"/queries/{one['id']}").status_code == 401
        assert client.delete("/queries/another-name-altogether").status_code == 404
        assert client.delete(f"/queries/{name}").status_code == 204
        assert asked.result().status_code == 503
        assert "cancelled" in asked.result().json()["detail"]
        asked = threads.submit(httpx.get, f"{address}/sparql", params={"query": SLOW}, timeout=30)
        while not busy_workers(address):
            time.sleep(0.01)
        (one,) = client.get("/queries", headers=admin).json()
        assert client.delete(f"/queries/{one['id']}", headers=admin).status_code == 204
        assert asked.result().status_code == 503
        assert client.get("/queries", headers=admin).json() == []


def test_what_was_done_is_counted_and_logged(genopole: Settings) -> None:
    command = [sys.executable, "-m", "grappe", "--home", str(genopole.home), "serve", "--port", "0", "--log", "all"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = re.search(r"http://[\d.]+:\d+", server.stderr.readline())
        assert address
        with httpx.Client(base_url=address[0]) as client:
            for _ in range(2):
                client.get("/sparql", params={"query": QUICK})
            client.get("/sparql", params={"query": "SELECT"})
            page = client.get("/metrics").text
        server.send_signal(signal.SIGTERM)
        lines = [json.loads(line) for line in server.stderr.read().splitlines()]
        assert server.wait(10) == 0 or server.returncode == -signal.SIGTERM
    for line in (
        'grappe_requests_total{kind="sparql",status="200"} 2.0',
        'grappe_requests_total{kind="sparql",status="400"} 1.0',
        'grappe_cache_total{outcome="hit"} 1.0',
        'grappe_request_seconds_count{kind="sparql"} 3.0',
    ):
        assert line in page
    assert [line["status"] for line in lines] == [200, 200, 400, 200]
    assert len({line["query"] for line in lines[:2]}) == 1
    assert all(QUICK not in json.dumps(line) for line in lines)


def test_a_server_that_is_told_to_end_lets_queries_end(genopole: Settings) -> None:
    command = [sys.executable, "-m", "grappe", "--home", str(genopole.home), "serve", "--port", "0", "--timeout", "20"]
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as server:
        assert server.stderr is not None
        address = re.search(r"http://[\d.]+:\d+", server.stderr.readline())
        assert address
        with ThreadPoolExecutor(1) as threads:
            asked = threads.submit(httpx.get, f"{address[0]}/sparql", params={"query": query}, timeout=30)
            while not busy_workers(address[0]):
                time.sleep(0.01)
            os.killpg(server.pid, signal.SIGTERM)  # as an init system does, workers too
            assert asked.result().status_code == 200
        server.wait(15)


def test_workers_end_with_a_server_that_is_killed(genopole: Settings) -> None:
    command = [sys.executable, "-m", "grappe", "--home", str(genopole.home), "serve", "--port", "0", "--timeout", "60"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server, ThreadPoolExecutor(1) as threads:
        assert server.stderr is not None
        address = re.search(r"http://[\d.]+:\d+", server.stderr.readline())
        assert address
        asked = threads.submit(httpx.get, f"{address[0]}/sparql", params={"query": SLOW}, timeout=30)
        while not busy_workers(address[0]):
            time.sleep(0.01)
        workers = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        assert workers
        server.kill()
        assert isinstance(asked.exception(), httpx.HTTPError)
    deadline = time.monotonic() + 3
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_unix_socket_behind_a_path(genopole: Settings, tmp_path: Path) -> None:
    path = tmp_path / "grappe.sock"
    command = [sys.executable, "-m", "grappe", "--home", str(genopole.home), "serve", "--unix-socket", str(path)]
    options = ["--root-path", "/graph", "--trust-proxies", "*", "--per-client", "1", "--rate", "0.01", "--burst", "8"]
    with subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        assert f"unix:{path}" in server.stderr.readline()
        with httpx.Client(transport=httpx.HTTPTransport(uds=str(path)), base_url="http://x") as client:
            assert client.get("/sparql", params={"query": QUICK}).json()["boolean"] is True
            home = client.get("/sparql", headers={"Accept": "text/html"}, follow_redirects=False)
            assert home.headers["Location"] == "/graph/"
            links = re.findall(r'(?:href|action)="([^"]*)"', client.get("/").text)
            assert links
            assert all(link.startswith("/graph/") for link in links)
            told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9", "Host": "data.example"}
            catalogue = client.get("/catalog", headers=told).text
            assert "<https://data.example/graph/sparql>" in catalogue
            # Who makes up addresses before the proxy's is known by the proxy's.
            made_up = [client.get("/health", headers={"X-Forwarded-For": f"10.0.0.{n}, 203.0.113.9"}) for n in range(9)]
            assert [answer.status_code for answer in made_up[-2:]] == [429, 429]
            assert client.get("/health", headers={"X-Forwarded-For": "203.0.113.10"}).status_code == 200
        server.terminate()
        server.wait(15)
    assert not path.exists()


@pytest.mark.parametrize(
    ("origin", "cors", "allowed"),
    [
        ("https://a.example", (), "*"),
        ("https://a.example", ("--cors", "https://a.example"), "https://a.example"),
        ("https://b.example", ("--cors", "https://a.example"), None),
        ("https://a.example", ("--cors", "none"), None),
    ],
)
def test_pages_of_other_origins_read_what_the_operator_lets_them(
    genopole: Settings, origin: str, cors: tuple[str, ...], allowed: str | None
) -> None:
    with serving(genopole.home, *cors) as address, httpx.Client(base_url=address) as client:
        for path in ("/sparql?query=ASK%20%7B%7D", "/health"):
            answer = client.get(path, headers={"Origin": origin})
            assert answer.headers.get("Access-Control-Allow-Origin") == allowed
            asks = {"Origin": origin, "Access-Control-Request-Method": "GET"}
            before = client.options(path, headers=asks)
            assert before.headers.get("Access-Control-Allow-Origin") == allowed
