"""SERVICE and LOAD reach what the operator allows, and nothing else."""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from grappe.config import Settings
from grappe.store.tokens import Scope, create_token
from tests.protocol.conftest import serving

ROWS = {"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "literal", "value": "from afar"}}]}}


TURTLE = b"<> <x:b> 'loaded' ."
#: What the other server has under a path: a status, a media type (or where it is), a body.
FILES = {
    "/data": (200, "text/turtle; charset=utf-8", TURTLE),
    "/prefix/data.ttl": (200, "application/octet-stream", TURTLE),
    "/short": (200, "text/turtle", TURTLE),
    "/packed": (200, "text/turtle", TURTLE),
    "/picture": (200, "image/png", TURTLE),
    "/invalid": (200, "text/turtle", b"<> <x:b> ."),
    "/dataset": (200, "application/n-quads", b"<x:a> <x:b> <x:c> <x:g> ."),
    "/large": (200, "text/turtle", b"# " + b" " * (65 << 20)),
    "/moved": (302, "/data", b""),
    "/away": (302, "/other", b""),
    "/round": (302, "/round", b""),
}


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

        def do_GET(self) -> None:
            told.asked.append((self.path, self.headers["Accept"]))
            if self.path == "/slow":
                time.sleep(10)
            status, kind, body = FILES.get(self.path, (404, "text/plain", b""))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", kind)
            else:
                self.send_header("Content-Type", kind)
            if self.path == "/packed":
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body) + 1000 * (self.path == "/short")))
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(body)
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


def allowing_writes(other: Other, *options: str) -> list[str]:
    """Return options by which the other server's addresses are allowed, all but ``/other``."""
    paths = [*FILES, "/none", "/prefix/*", "/sparql", "/slow", "/redirect", "/broken"]
    return [word for path in paths for word in ("--allow-service", other.address + path)] + [
        "--allow-private-services",
        "--timeout",
        "3",
        *options,
    ]


@pytest.fixture(scope="module", params=["documents", "plain"])
def writing(
    request: pytest.FixtureRequest, genopole: Settings, other: Other, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """A client that may write, of a server that may call the other one: of documents, or a plain store."""
    home = tmp_path_factory.mktemp("writing") / "home"
    if request.param == "documents":
        shutil.copytree(genopole.home, home)
    options = allowing_writes(other, *(["--plain"] if request.param == "plain" else []))
    token = create_token(home, Scope("write"))
    with (
        serving(home, *options) as address,
        httpx.Client(base_url=address, timeout=30, headers={"Authorization": f"Bearer {token}"}) as client,
    ):
        yield client


def update(client: httpx.Client, text: str) -> httpx.Response:
    return client.post("/update", content=text, headers={"Content-Type": "application/sparql-update"})


def holds(client: httpx.Client, pattern: str) -> bool:
    return bool(ask(client, f"ASK {{ {pattern} }}").json()["boolean"])


@pytest.mark.parametrize("path", ["/data", "/prefix/data.ttl"])
@pytest.mark.parametrize("into", ["", "INTO GRAPH <x:loaded>"])
def test_what_is_allowed_is_loaded(writing: httpx.Client, other: Other, path: str, into: str) -> None:
    start = (
        f"INSERT DATA {{ <x:a> <x:b> 1 }}; load <{other.address}{path}> {into}; # <x>\nINSERT DATA {{ <x:a> <x:b> 2 }}"
    )
    assert update(writing, start).status_code == 204
    found = f"<{other.address}{path}> <x:b> 'loaded'"
    assert holds(writing, f"GRAPH <x:loaded> {{ {found} }}" if into else found)
    assert holds(writing, "<x:a> <x:b> 1, 2")


@pytest.mark.parametrize(
    "path", ["short", "packed", "picture", "invalid", "dataset", "large", "moved", "round", "none"]
)
def test_what_is_no_whole_graph_is_not_loaded_and_undoes_the_update(
    writing: httpx.Client, other: Other, path: str
) -> None:
    text = f"INSERT DATA {{ <x:undone> <x:b> 1 }}; LOAD <{other.address}/{path}> INTO GRAPH <x:not>"
    answer = update(writing, text)
    assert answer.status_code == 422, answer.text
    assert f"{other.address}/{path}" in answer.json()["detail"]
    assert not holds(writing, "<x:undone> ?p ?o")
    assert update(writing, f"LOAD SILENT <{other.address}/{path}> INTO GRAPH <x:not>").status_code == 204
    assert not holds(writing, "GRAPH <x:not> { ?s ?p ?o }")


@pytest.mark.parametrize(
    "load",
    [
        "LOAD <{}/other>",
        "LOAD <{}/data/>",
        "PREFIX ex: <{}/> LOAD ex:data",
        "BASE <{}/> LOAD <data>",
        "LO\\u0041D <{}/data>",
        "LOAD <{}/d\\u0061ta>",
        "LOAD <file:///etc/passwd>",
        "LOAD <FILE:/etc/passwd>",
        "LOAD<{}/other>",
        "INSERT {{ <x:a> <x:b> ?s }} WHERE {{ SERVICE <{}/other> {{ ?s ?p ?o }} }}",
        "INSERT {{ <x:a> <x:b> ?s }} WHERE {{ BIND(<{}/sparql> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        "INSERT {{ <x:a> <x:b> ?s }} WHERE {{ FILTER EXISTS {{ SERVICE <{}/other> {{ ?s ?p ?o }} }} }}",
        "DELETE {{ ?s ?p ?o }} USING <x:g> WHERE {{ ?s ?p ?o {{ SELECT * {{ SERVICE<{}/other>{{ ?s ?p ?o }} }} }} }}",
        "PREFIX ex: <{}/> INSERT {{ <x:a> <x:b> ?s }} WHERE {{ SERVICE SILENT ex:sparql {{ ?s ?p ?o }} }}",
        "DELETE WHERE {{ SERVICE <{}/sparql> {{ ?s ?p ?o }} }}",
        "INSERT {{ SERVICE <{}/sparql> {{ <x:a> <x:b> ?o }} }} WHERE {{ ?s ?p ?o }}",
        "INSERT DATA {{ SERVICE <{}/sparql> {{ <x:a> <x:b> <x:c> }} }}",
    ],
)
def test_an_update_reaches_nothing_else(writing: httpx.Client, other: Other, load: str) -> None:
    before = len(other.asked)
    answer = update(writing, load.format(other.address))
    assert answer.status_code in (400, 422)
    assert other.asked[before:] == []


def test_an_update_joins_what_another_endpoint_answers(writing: httpx.Client, other: Other) -> None:
    for graph in ("<x:joined>", ""):
        template = f"GRAPH {graph} {{ <x:joined> <x:b> ?s }}" if graph else "<x:joined> <x:b> ?s"
        text = f"INSERT {{ {template} }} WHERE {{ SERVICE # <x>\n <{other.address}/sparql> {{ ?s ?p ?o }} }}"
        before = len(other.asked)
        assert update(writing, text).status_code == 204
        assert len(other.asked) == before + 1
        assert holds(writing, template.replace("?s", "'from afar'"))
    failing = text.replace("/sparql", "/broken")
    answer = update(writing, failing)
    assert answer.status_code == 422
    assert f"{other.address}/broken" in answer.json()["detail"]
    assert "127.0.0.1" not in answer.json()["detail"].replace(other.address, "")
    assert update(writing, failing.replace("SERVICE", "SERVICE SILENT")).status_code == 204


def test_a_slow_server_holds_up_no_writer_longer_than_a_write_may_take(writing: httpx.Client, other: Other) -> None:
    with ThreadPoolExecutor(2) as threads:
        start = time.monotonic()
        loading = threads.submit(update, writing, f"LOAD <{other.address}/slow>")
        time.sleep(0.3)
        assert update(writing, "INSERT DATA { <x:a> <x:b> 3 }").status_code == 204
        assert time.monotonic() - start < 2.5
        assert loading.result().status_code == 422
        assert time.monotonic() - start < 5
        calls = f"INSERT {{ <x:a> <x:b> ?s }} WHERE {{ SERVICE <{other.address}/slow> {{ ?s ?p ?o }} }}"
        assert update(writing, calls).status_code in (422, 503)
        assert update(writing, "INSERT DATA { <x:a> <x:b> 4 }").status_code == 204


def test_redirects_are_followed_where_the_operator_says_so_to_what_is_allowed(other: Other, tmp_path: Path) -> None:
    token = create_token(tmp_path / "home", Scope("write"))
    options = allowing_writes(other, "--plain", "--allow-service-redirects")
    with (
        serving(tmp_path / "home", *options) as address,
        httpx.Client(base_url=address, timeout=30, headers={"Authorization": f"Bearer {token}"}) as client,
    ):
        assert update(client, f"LOAD <{other.address}/moved>").status_code == 204
        assert holds(client, f"<{other.address}/data> <x:b> 'loaded'")
        before = len(other.asked)
        for path in ("away", "round"):
            assert update(client, f"LOAD <{other.address}/{path}>").status_code == 422
        assert not [path for path, _ in other.asked[before:] if path == "/other"]
        found = ask(client, f"SELECT ?s {{ SERVICE <{other.address}/redirect> {{ ?s ?p ?o }} }}")
        assert found.json()["results"] == ROWS["results"]


def test_nothing_is_loaded_from_a_private_address_even_if_its_name_is_allowed(other: Other, tmp_path: Path) -> None:
    token, before = create_token(tmp_path / "home", Scope("write")), len(other.asked)
    port = other.address.rpartition(":")[2]
    iris = [f"http://{host}:{port}/data" for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:7f00:1]")]
    options = ["--plain", *(word for iri in iris for word in ("--allow-service", iri))]
    with (
        serving(tmp_path / "home", *options) as address,
        httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}) as client,
    ):
        for iri in iris:
            answer = update(client, f"LOAD <{iri}>")
            assert (answer.status_code, "private" in answer.text) == (422, True)
    assert other.asked[before:] == []
