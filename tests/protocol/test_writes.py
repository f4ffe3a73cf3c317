"""Writes over HTTP: who may, what comes of it, and what a hostile one costs the others."""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from grappe.config import Settings
from grappe.store.generations import current_number
from grappe.store.home import Home
from grappe.store.tokens import Scope, create_token
from tests.protocol.conftest import serving

G = "https://example.org/g"
TURTLE = {"Content-Type": "text/turtle"}
UPDATE = {"Content-Type": "application/sparql-update"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A plain home, served; ``base`` is the server's address."""
    home = tmp_path_factory.mktemp("plain") / "home"
    with serving(home, "--plain", "--timeout", "10") as address:
        yield replace(Settings(home=home), base=address)


@pytest.fixture
def writer(plain: Settings) -> Iterator[httpx.Client]:
    token = create_token(plain.home, Scope("write"))
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=plain.base, timeout=60, headers=headers) as client:
        yield client


@pytest.fixture
def reader(plain: Settings) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=plain.base, timeout=60) as client:
        yield client


def ask(client: httpx.Client, pattern: str) -> bool:
    found: bool = client.get("/sparql", params={"query": f"ASK {{ {pattern} }}"}).json()["boolean"]
    return found


def test_writing_wants_a_token_and_reading_none(reader: httpx.Client, writer: httpx.Client) -> None:
    for method, path, headers in (
        ("POST", "/update", UPDATE),
        ("PUT", f"/graphs?graph={G}", TURTLE),
        ("POST", "/graphs", TURTLE),
        ("DELETE", "/graphs?default", {}),
        ("PATCH", "/graphs/mine", UPDATE),
    ):
        refused = reader.request(method, path, headers=headers, content=b"")
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")
        wrong = reader.request(method, path, headers={**headers, "Authorization": "Bearer x"}, content=b"")
        assert wrong.status_code == 401
    assert reader.post("/update", data={"update": "CLEAR ALL", "access_token": "x"}).status_code == 401
    assert reader.get("/graphs?default").status_code == 200
    assert writer.post("/update", data={"update": "INSERT DATA {}"}).status_code == 204


def test_where_no_token_can_write_writing_is_off(endpoint: str) -> None:
    answer = httpx.post(f"{endpoint}/update", data={"update": "CLEAR ALL"}, timeout=30)
    assert answer.status_code == 403
    assert "token create" in answer.json()["detail"]


def test_a_write_is_seen_by_the_next_query(writer: httpx.Client) -> None:
    for number in range(5):
        text = f"INSERT DATA {{ GRAPH <{G}> {{ <x:a> <x:n> {number} }} }}"
        assert writer.post("/update", content=text, headers=UPDATE).status_code == 204
        assert ask(writer, f"GRAPH <{G}> {{ <x:a> <x:n> {number} }}")


def test_many_small_writes_share_generations(plain: Settings, writer: httpx.Client) -> None:
    before = current_number(Home(plain.home)) or 0
    statuses: list[int] = []

    def write(number: int) -> None:
        text = f"INSERT DATA {{ GRAPH <x:many> {{ <x:a> <x:n> {number} }} }}"
        statuses.append(writer.post("/update", content=text, headers=UPDATE).status_code)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [204] * 30
    assert (current_number(Home(plain.home)) or 0) - before < 20
    counted = writer.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { GRAPH <x:many> { ?s ?p ?o } }"})
    assert counted.json()["results"]["bindings"][0]["n"]["value"] == "30"


@pytest.mark.parametrize(
    ("path", "headers", "body"),
    [
        ("/update", UPDATE, "INSERT { ?s ?p ?o } WHERE " + "{" * 20_000 + "}" * 20_000),
        (f"/graphs?graph={G}", {"Content-Type": "application/ld+json"}, '{"@graph":' * 100_000 + "1" + "}" * 100_000),
    ],
)
def test_a_write_that_would_end_the_process_costs_its_own_request_only(
    writer: httpx.Client, path: str, headers: dict[str, str], body: str
) -> None:
    answers: list[int] = []
    hostile = threading.Thread(
        target=lambda: answers.append(writer.post(path, content=body, headers=headers).status_code)
    )
    hostile.start()
    for number in range(3):
        text = f"INSERT DATA {{ GRAPH <x:beside> {{ <x:a> <x:n> {number} }} }}"
        assert writer.post("/update", content=text, headers=UPDATE).status_code == 204
    hostile.join()
    assert answers[0] in (400, 422, 503)
    assert ask(writer, "GRAPH <x:beside> { <x:a> <x:n> 0, 1, 2 }")


def test_a_body_may_be_packed_and_a_bomb_is_refused(writer: httpx.Client) -> None:
    packed = {**TURTLE, "Content-Encoding": "gzip"}
    sent = writer.put("/graphs?graph=x:packed", content=gzip.compress(b"<x:a> <x:b> <x:c> ."), headers=packed)
    assert sent.status_code == 201
    assert ask(writer, "GRAPH <x:packed> { <x:a> <x:b> <x:c> }")
    members = gzip.compress(b"<x:a> <x:b> 1 .") + gzip.compress(b"<x:a> <x:b> 2 .")
    assert writer.put("/graphs?graph=x:packed", content=members, headers=packed).status_code == 204
    assert ask(writer, "GRAPH <x:packed> { <x:a> <x:b> 1, 2 }")
    assert writer.put("/graphs?graph=x:packed", content=members[:-4], headers=packed).status_code == 400
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join(bomb.compress(b" " * (1 << 20)) for _ in range(20)) + bomb.flush()
    update = {**UPDATE, "Content-Encoding": "gzip"}
    assert writer.post("/update", content=body, headers=update).status_code == 413
    assert writer.put("/graphs?graph=x:packed", content=b"\x1f\x8bno", headers=packed).status_code == 400
    unknown = {**packed, "Content-Encoding": "br"}
    assert writer.put("/graphs?graph=x:packed", content=b"", headers=unknown).status_code == 415


MIXED = {"Content-Type": "multipart/form-data; boundary=b"}


def test_parts_are_put_together(writer: httpx.Client) -> None:
    body = (
        b"preamble\r\n--b\r\nContent-Disposition: form-data; name=f; filename=a.ttl\r\n"
        b"Content-Type: application/octet-stream\r\n\r\n<x:a> <x:b> '''\r\n--' b''' .\r\n"
        b"--b\r\nContent-Type: application/n-triples\r\n\r\n<x:a> <x:b> <x:c> .\n\r\n--b--\r\nepilogue"
    )
    assert writer.put("/graphs?graph=x:parts", content=body, headers=MIXED).status_code == 201
    assert ask(writer, r"GRAPH <x:parts> { <x:a> <x:b> <x:c>, '\r\n--\' b' }")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"--b\r\nContent-Type: text/turtle\r\n\r\n<x:a> <x:b> 1 .", 400),
        (b"--b\r\nContent-Type: text/turtle\r\n\r\n<x:a> <x:b> 1 .\r\n--b", 400),
        (b"--b--", 400),
        (b"", 400),
        (b"--b\r\nX: " + b"y" * 9000 + b"\r\n\r\n\r\n--b--", 400),
        (b"--b\r\nContent-Type: text/turtle\r\nContent-Transfer-Encoding: base64\r\n\r\nPHg6\r\n--b--", 400),
        (b"--b\r\nContent-Type: text/turtle\r\n\r\n\r\n" * 200_000 + b"--b--", 413),
        (b"".join(b"--b\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % n for n in range(500)), 400),
        (b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\r\n--b--", 415),
    ],
    ids=range(9),
)
def test_parts_that_are_not_whole_or_too_many_are_refused(writer: httpx.Client, body: bytes, status: int) -> None:
    answer = writer.put("/graphs?graph=x:refused", content=body, headers=MIXED)
    assert answer.status_code == status, answer.text
    assert not ask(writer, "GRAPH <x:refused> {}")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/turtle", "<a> <b> 'é' ."),
        ("application/n-triples", '<x:h/a> <x:h/b> "é" .'),
        (
            "application/rdf+xml",
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:h/"><r:Description r:about="a">'
            "<x:b>é</x:b></r:Description></r:RDF>",
        ),
        ("application/ld+json", '{"@id": "a", "x:h/b": "é"}'),
        ("application/trig", "<a> <b> 'é' ."),
        ("application/n-quads", '<x:h/a> <x:h/b> "é" .'),
    ],
)
def test_every_format_goes_in_and_comes_out(writer: httpx.Client, kind: str, body: str) -> None:
    path = "/graphs?graph=x:h/"
    assert writer.put(path, content=body.encode(), headers={"Content-Type": kind}).status_code in (201, 204)
    answer = writer.get(path, headers={"Accept": kind})
    assert answer.headers["content-type"].startswith(kind)
    assert writer.put(path, content=answer.content, headers={"Content-Type": kind}).status_code == 204
    assert ask(writer, "GRAPH <x:h/> { <x:h/a> <x:h/b> 'é' }")


def test_what_cannot_be_read_has_a_status_that_says_why(writer: httpx.Client) -> None:
    for status, method, path, headers, body in (
        (415, "PUT", "/graphs?graph=x:g", {"Content-Type": "image/png"}, b""),
        (400, "PUT", "/graphs?graph=x:g", TURTLE, b"<a>"),
        (400, "PUT", "/graphs?graph=x:g", {"Content-Type": "application/n-quads"}, b"<x:a> <x:b> <x:c> <x:other> ."),
        (400, "PUT", "/graphs", TURTLE, b""),
        (400, "PUT", "/graphs?graph=x:g&default", TURTLE, b""),
        (400, "PUT", "/graphs?graph=relative", TURTLE, b""),
        (400, "PUT", "/graphs?graph=x:%ED%A0%80", TURTLE, b""),
        (400, "GET", "/sparql?query=ASK%7B%7D&default-graph-uri=http://x/%25zz", {}, b""),
        (404, "DELETE", "/graphs?graph=x:absent", {}, b""),
        (404, "GET", "/graphs?graph=x:absent", {}, b""),
        (406, "GET", "/graphs?default", {"Accept": "image/png"}, b""),
        (415, "PATCH", "/graphs?graph=x:g", TURTLE, b""),
        (405, "GET", "/update", {}, b""),
        (415, "POST", "/update", {"Content-Type": "text/plain"}, b"CLEAR ALL"),
        (422, "POST", "/update", UPDATE, b"CLEAR GRAPH <x:absent>"),
        (422, "POST", "/update", UPDATE, b"LOAD <http://127.0.0.1:9/>"),
    ):
        answer = writer.request(method, path, headers=headers, content=body)
        assert answer.status_code == status, (method, path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_home_with_documents_is_no_plain_store(genopole: Settings, tmp_path: Path) -> None:
    del tmp_path
    with pytest.raises(AssertionError, match="has documents"), serving(genopole.home, "--plain"):
        pass


def test_a_connection_goes_on_after_an_answer_that_did_not_wait_for_the_body(
    reader: httpx.Client, writer: httpx.Client
) -> None:
    for _ in range(3):
        assert reader.put("/graphs?graph=x:g", content=b" " * (2 << 20), headers=TURTLE).status_code == 401
        assert ask(reader, "")
    assert ask(writer, "")
