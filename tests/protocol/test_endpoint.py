"""The query operation of the SPARQL 1.1 Protocol, asked by real clients of a real server."""

from __future__ import annotations

import csv
import io
import shutil
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from grappe import pipeline
from grappe.config import Settings
from grappe.model import Origin
from grappe.store.formats import GRAPHS, RESULTS
from tests.conftest import Run
from tests.protocol.conftest import serving

AREA = "SELECT ?m2 WHERE { ?f a grp:CleanRoom ; grp:floorAreaM2 ?m2 }"
ROOMS = "CONSTRUCT WHERE { ?f a grp:CleanRoom ; grp:floorAreaM2 ?m2 }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


def test_a_query_is_taken_by_get_by_form_and_directly(client: httpx.Client) -> None:
    answers = [
        client.get("/sparql", params={"query": AREA}),
        client.post("/sparql", content=urlencode({"query": AREA}), headers=FORM),
        client.post("/sparql", content=AREA, headers=DIRECT),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.json()["results"]["bindings"] == [
            {"m2": {"type": "literal", "value": "350", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"}}
        ]


@pytest.mark.parametrize("media_type", [m for f in RESULTS for m in f.media_types])
def test_results_come_in_the_format_that_the_client_accepts(client: httpx.Client, media_type: str) -> None:
    answer = client.get("/sparql", params={"query": AREA}, headers={"Accept": media_type})
    assert answer.status_code == 200
    assert "350" in answer.text
    assert "Accept" in answer.headers["Vary"]
    kind = answer.headers["Content-Type"]
    if "csv" in kind:
        assert list(csv.reader(io.StringIO(answer.text))) == [["m2"], ["350"]]
    elif "xml" in kind:
        assert ET.fromstring(answer.text).tag.endswith("sparql")
    elif "json" in kind:
        assert answer.json()["head"]["vars"] == ["m2"]
    else:
        assert answer.text.startswith("?m2\n")


@pytest.mark.parametrize(("media_type", "format"), [(f.media_types[0], f.name) for f in GRAPHS])
def test_a_graph_comes_in_the_format_that_the_client_accepts(
    client: httpx.Client, media_type: str, format: str
) -> None:
    answer = client.get("/sparql", params={"query": ROOMS}, headers={"Accept": media_type})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].split(";")[0] == media_type
    kind = ox.RdfFormat.from_media_type(media_type)
    assert kind is not None, format
    assert len(list(ox.parse(answer.content, format=kind))) == 2


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("text/html, text/tab-separated-values;q=0.2", "text/tab-separated-values"),
    ],
)
def test_weights_and_wildcards_are_obeyed(client: httpx.Client, accept: str, media_type: str) -> None:
    answer = client.get("/sparql", params={"query": AREA}, headers={"Accept": accept})
    assert answer.headers["Content-Type"].split(";")[0] == media_type


def test_a_format_in_the_address_wins(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": AREA, "format": "csv"}, headers={"Accept": "application/json"})
    assert answer.text.split() == ["m2", "350"]


def test_programs_get_turtle_without_prefixes_and_people_with(client: httpx.Client) -> None:
    plain = client.get("/sparql", params={"query": ROOMS}, headers={"Accept": "text/turtle"})
    short = client.get("/sparql", params={"query": ROOMS, "format": "turtle"})
    assert "@prefix" not in plain.text
    assert "@prefix grp: " in short.text
    assert plain.headers["ETag"] != short.headers["ETag"]
    triples = [set(ox.parse(answer.content, format=ox.RdfFormat.TURTLE)) for answer in (plain, short)]
    assert triples[0] == triples[1]


def test_ask_is_answered(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?x a grp:Cluster }"}).json()["boolean"] is True


def test_the_dataset_of_a_request_is_obeyed(client: httpx.Client) -> None:
    base = "https://w3id.org/grappe/graph/"
    clusters = "SELECT (COUNT(*) AS ?n) WHERE { ?x a grp:Cluster }"
    in_graphs = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?x a grp:Cluster } }"

    def count(query: str, **dataset: str) -> int:
        answer = client.get("/sparql", params={"query": query, **dataset})
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    assert count(clusters) == count(clusters, **{"default-graph-uri": f"{base}document/00-genopole"}) > 0
    assert count(clusters, **{"default-graph-uri": f"{base}catalogue"}) == 0
    assert count(clusters, **{"named-graph-uri": f"{base}document/00-genopole"}) == 0
    assert count(in_graphs, **{"named-graph-uri": f"{base}document/00-genopole"}) > 0
    assert count(in_graphs, **{"default-graph-uri": f"{base}document/00-genopole"}) == 0


@pytest.mark.parametrize(
    ("request_", "status", "says"),
    [
        ({"method": "GET", "url": "/sparql?query="}, 400, "no query"),
        ({"method": "GET", "url": "/sparql?query=ASK%7B%7D&query=ASK%7B%7D"}, 400, "several queries"),
        ({"method": "GET", "url": "/sparql?" + urlencode({"query": "SELECT * { ?s ?p }"})}, 400, "line 1, column 19"),
        ({"method": "GET", "url": "/sparql?" + urlencode({"query": "ASK { ?s foo:bar 1 }"})}, 400, "prefix not found"),
        ({"method": "GET", "url": "/sparql?query=ASK%7B%7D&format=docx"}, 406, "does not write 'docx'"),
        ({"method": "GET", "url": "/sparql?query=ASK%7B%7D&format=turtle"}, 406, "cannot be answered in the format"),
        ({"method": "GET", "url": "/sparql?query=ASK%7B%7D&default-graph-uri=here"}, 400, "no address of a graph"),
        (
            {"method": "POST", "url": "/sparql", "content": b"x", "headers": {"Content-Type": "text/plain"}},
            415,
            "text/plain",
        ),
        ({"method": "POST", "url": "/sparql", "content": b"\xff", "headers": DIRECT}, 400, "UTF-8"),
        (
            {"method": "POST", "url": "/sparql", "content": b"#" * (1 << 20) + b"##", "headers": DIRECT},
            413,
            "larger than",
        ),
        ({"method": "DELETE", "url": "/sparql"}, 405, "Method Not Allowed"),
        ({"method": "GET", "url": "/nowhere"}, 404, "Not Found"),
        ({"method": "GET", "url": "/id/document/nothing"}, 404, "no document 'nothing'"),
        ({"method": "GET", "url": "/id/document/a%22b"}, 404, "There is no document"),
    ],
)
def test_an_error_is_a_problem_that_says_what_to_do(
    client: httpx.Client, request_: dict[str, object], status: int, says: str
) -> None:
    answer = client.request(**request_)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert says in problem["detail"]


def test_a_syntax_error_tells_its_offset(client: httpx.Client) -> None:
    query = "SELECT *\n{ ?s ?p 'é' }}"
    assert client.get("/sparql", params={"query": query}).json()["offset"] == query.rindex("}")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { ServicE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }",
    ],
)
def test_other_endpoints_are_not_called(client: httpx.Client, query: str) -> None:
    answer = client.post("/sparql", content=query, headers=DIRECT)
    assert answer.status_code == 422
    assert "SERVICE is not allowed" in answer.json()["detail"]


def test_a_query_past_its_time_is_ended_and_others_go_on(client: httpx.Client) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with ThreadPoolExecutor(2) as threads:
        late = threads.submit(client.get, "/sparql", params={"query": slow})
        quick = client.get("/sparql", params={"query": AREA})
        assert quick.status_code == 200
        answer = late.result()
    assert answer.status_code == 503
    assert answer.json()["seconds"] == 2
    assert client.get("/sparql", params={"query": AREA}).status_code == 200


def test_a_query_that_kills_its_worker_costs_nobody_else_anything(client: httpx.Client) -> None:
    deep = "SELECT * " + "{" * 20_000 + "}" * 20_000
    with ThreadPoolExecutor(8) as threads:
        deadly = [threads.submit(client.post, "/sparql", content=deep, headers=DIRECT) for _ in range(4)]
        quick = [threads.submit(client.get, "/sparql", params={"query": AREA}) for _ in range(12)]
        assert {one.result().status_code for one in quick} == {200}
        assert {one.result().status_code for one in deadly} == {503}


def test_a_large_result_streams_whole(client: httpx.Client) -> None:
    query = "SELECT * { ?a ?b ?c . ?d a grp:Company }"
    with client.stream("GET", "/sparql", params={"query": query, "format": "csv"}) as answer:
        rows = sum(1 for _ in answer.iter_lines()) - 1
    count = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d a grp:Company }"
    assert rows == int(client.get("/sparql", params={"query": count, "format": "csv"}).text.split()[1]) > 10_000


def test_a_client_that_leaves_frees_its_worker(client: httpx.Client) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    for _ in range(6):
        with client.stream("GET", "/sparql", params={"query": endless}) as answer:
            next(answer.iter_raw())
    start = time.monotonic()
    assert client.get("/sparql", params={"query": AREA}).status_code == 200
    assert time.monotonic() - start < 10


def test_rdflib_as_a_client_reads_the_graph(endpoint: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{endpoint}/sparql"))
    rows = list(
        graph.query(
            "SELECT ?m2 WHERE { ?f a grp:CleanRoom ; grp:floorAreaM2 ?m2 }",
            initNs={"grp": "https://w3id.org/grappe/ontology#"},
        )
    )
    assert [str(row[0]) for row in rows] == ["350"]  # type: ignore[index]


def test_the_text_of_a_document_is_what_its_offsets_count_in(client: httpx.Client) -> None:
    answer = client.get("/id/document/00-genopole")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.text
    spans = "SELECT ?i ?j ?quote { GRAPH ?g { ?s oa:start ?i ; oa:end ?j ; oa:exact ?quote } }"
    rows = client.get("/sparql", params={"query": spans}).json()["results"]["bindings"]
    assert len(rows) > 50
    assert all(text[int(r["i"]["value"]) : int(r["j"]["value"])] == r["quote"]["value"] for r in rows)


def test_the_service_describes_itself(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert {"/sparql", "/health", "/ready", "/id/{key}"} <= set(described["paths"])
    assert {"get", "post"} == set(described["paths"]["/sparql"])
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json() == {"status": "ready"}


def test_every_address_says_what_it_answers_and_has_a_head(client: httpx.Client) -> None:
    for path, methods in (
        ("/sparql", "GET, HEAD, OPTIONS, POST"),
        ("/graphs?default", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"),
        ("/update", "OPTIONS, POST"),
        ("/health", "GET, HEAD, OPTIONS"),
        ("/id/document/00-genopole", "GET, HEAD, OPTIONS"),
        ("/reconcile", "GET, HEAD, OPTIONS, POST"),
    ):
        told = client.options(path)
        assert (told.status_code, told.headers["Allow"]) == (204, methods)
        refused = client.request("TRACE", path)
        assert (refused.status_code, refused.headers["Allow"]) == (405, methods)
        if "GET" in methods:
            whole, head = (client.request(m, path, params={"query": "ASK {}"}) for m in ("GET", "HEAD"))
            assert (head.status_code, head.content) == (whole.status_code, b"")
            assert head.headers["Content-Type"] == whole.headers["Content-Type"]
    assert client.options("/nothing").status_code == 404


def test_pages_of_other_origins_may_ask(client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": AREA}, headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_page_for_people_asks_and_answers_without_scripts(client: httpx.Client) -> None:
    page = client.get("/", params={"query": AREA})
    assert "<td>350</td>" in page.text
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    broken = client.get("/", params={"query": "SELECT <b>"})
    assert 'role="alert"' in broken.text
    assert "<b>" not in broken.text
    assert client.get("/sparql", headers={"Accept": "text/html"}, follow_redirects=False).headers["Location"] == "/"


def test_a_server_moves_to_the_next_generation_whole(home: Settings, tmp_path: Path) -> None:
    document = tmp_path / "exemplum.txt"
    document.write_text("La société Exemplum, basée à Lyon, emploie 12 salariés.\n", encoding="utf-8")
    staff = {"query": "SELECT ?n { ?x rdfs:label 'Exemplum' ; grp:employeeCount ?n }", "format": "csv"}
    with serving(home.home) as address, httpx.Client(base_url=address, timeout=30) as client:
        assert client.get("/sparql", params=staff).text.split() == ["n"]
        files = pipeline.find_files([document])
        (added,) = pipeline.add(home, pipeline.sources(files, about=Origin("")))
        assert added.outcome == "added"
        assert client.get("/sparql", params=staff).text.split() == ["n", "12"]
        time.sleep(1.5)  # a worker that is asked nothing lets go of the old generation; the next write removes it
        pipeline.remove(home, "exemplum")
        assert client.get("/sparql", params=staff).text.split() == ["n"]
    assert len(list((home.home / "store" / "generations").glob("[0-9]*[0-9]"))) <= 2
    shutil.rmtree(home.home)


def test_a_port_that_is_taken_is_a_sentence(endpoint: str, run: Run, genopole: Settings) -> None:
    port = endpoint.rpartition(":")[2]
    result = run("serve", "--port", port, home=genopole.home)
    assert result.exit_code == 1
    assert "--port" in result.stderr
