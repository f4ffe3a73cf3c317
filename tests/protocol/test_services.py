"""SERVICE reaches what the operator allows, and nothing else."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from grappe.config import Settings
from tests.protocol.conftest import serving

ROWS = {"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "literal", "value": "from afar"}}]}}


@dataclass
class Other:
    """Another endpoint; what it answers is by its path."""

    address: str
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture(scope="module")
def other() -> Iterator[Other]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            told.asked.append((self.path, body))
            if self.path == "/redirect":
                self.send_response(302)
                self.send_header("Location", "/sparql")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            if self.path == "/slow":
                time.sleep(10)
            answer = json.dumps(ROWS).encode()
            self.send_response(500 if self.path == "/broken" else 200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(answer) + 1000 * (self.path == "/short")))
            self.end_headers()
            self.wfile.write(answer)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        told = Other(f"http://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield told
        server.shutdown()


@pytest.fixture(scope="module")
def allowing(genopole: Settings, other: Other) -> Iterator[httpx.Client]:
    allowed = [f"{other.address}/sparql", f"{other.address}/prefix/*"]
    allowed += [f"{other.address}/{name}" for name in ("redirect", "broken", "short", "slow")]
    options = [word for iri in allowed for word in ("--allow-service", iri)]
    with (
        serving(genopole.home, *options, "--allow-private-services", "--timeout", "3") as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def ask(client: httpx.Client, query: str) -> httpx.Response:
    return client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"})


@pytest.mark.parametrize("path", ["/sparql", "/prefix/any"])
@pytest.mark.parametrize("word", ["SERVICE", "service silent", "SERVICE # <http://x>\n"])
def test_an_allowed_endpoint_is_asked(allowing: httpx.Client, other: Other, path: str, word: str) -> None:
    before = len(other.asked)
    answer = ask(allowing, f"SELECT ?s {{ {word} <{other.address}{path}> {{ ?s ?p ?o }} }}")
    assert answer.json()["results"] == ROWS["results"]
    assert [p for p, _ in other.asked[before:]] == [path]
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    "call",
    [
        "SERVICE <{}/other> {{ ?s ?p ?o }}",
        "SERVICE <{}/sparql/> {{ ?s ?p ?o }}",
        "SERVICE ex:sparql {{ ?s ?p ?o }}",
        "SERVICE :x{{ ?s ?p ?o }}",
        "SERVICE <sparql> {{ ?s ?p ?o }}",
        "SERVICE ?x {{ ?s ?p ?o }}",
        "SERVICESILENT<{}/sparql>{{ ?s ?p ?o }}",
        "FILTER EXISTS {{ SERVICE <{}/other> {{ ?s ?p ?o }} }}",
        "{{ SELECT * {{ SERVICE <{}/other> {{ ?s ?p ?o }} }} }}",
        "SERVICE <{}/\\u0073parql> {{ ?s ?p ?o }}",
        "SERVICE <{}/sparql> {{ SERVICE <{}/other> {{ ?s ?p ?o }} }}",
        "SERVICE <file:///etc/passwd> {{ ?s ?p ?o }}",
        "SERVICE <{}/sparql> {{ ?s ?p ?o }} SERVICE:x{{ ?s ?p ?o }}",
    ],
)
def test_any_other_spelling_or_endpoint_is_refused(allowing: httpx.Client, other: Other, call: str) -> None:
    before = len(other.asked)
    prefixes = f"BASE <{other.address}/> PREFIX ex: <{other.address}/> PREFIX : <{other.address}/> "
    answer = ask(allowing, f"{prefixes} SELECT * {{ {call.format(other.address, other.address)} }}")
    assert answer.status_code == 422
    assert "SERVICE" in answer.json()["detail"]
    assert other.asked[before:] == []


@pytest.mark.parametrize("path", ["/redirect", "/broken", "/short"])
def test_what_is_no_whole_answer_is_none(allowing: httpx.Client, other: Other, path: str) -> None:
    before = len(other.asked)
    answer = ask(allowing, f"SELECT ?s {{ SERVICE <{other.address}{path}> {{ ?s ?p ?o }} }}")
    assert answer.status_code == 422
    assert "127.0.0.1" not in answer.json()["detail"].replace(other.address, "")
    silent = ask(allowing, f"SELECT ?s {{ SERVICE SILENT <{other.address}{path}> {{ ?s ?p ?o }} }}")
    assert silent.status_code == 200 or path == "/short"
    assert {p for p, _ in other.asked[before:]} == {path}


def test_an_endpoint_that_does_not_answer_takes_no_longer_than_a_query_may(
    allowing: httpx.Client, other: Other
) -> None:
    start = time.monotonic()
    answer = ask(allowing, f"SELECT ?s {{ SERVICE <{other.address}/slow> {{ ?s ?p ?o }} }}")
    assert answer.status_code in (422, 503)
    assert time.monotonic() - start < 5


def test_a_private_address_is_refused_even_if_its_name_is_allowed(genopole: Settings, other: Other) -> None:
    before = len(other.asked)
    hosts = ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]")
    iris = [f"http://{host}:{other.address.rpartition(':')[2]}/sparql" for host in hosts]
    options = [word for iri in iris for word in ("--allow-service", iri)]
    with serving(genopole.home, *options) as address, httpx.Client(base_url=address) as client:
        for iri in iris:
            answer = ask(client, f"SELECT ?s {{ SERVICE <{iri}> {{ ?s ?p ?o }} }}")
            assert answer.status_code == 422
            assert "private" in answer.json()["detail"]
    assert other.asked[before:] == []
