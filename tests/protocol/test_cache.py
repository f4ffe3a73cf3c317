"""Answers that are kept, and their tags."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from grappe import pipeline
from grappe.config import Settings
from grappe.model import Origin
from tests.protocol.conftest import serving

LABELS = "SELECT ?label { ?x a grp:Company ; rdfs:label ?label }"


def test_an_answer_has_a_strong_tag_that_spares_its_sending(client: httpx.Client) -> None:
    for _ in range(2):  # evaluated, then from the cache
        answer = client.get("/sparql", params={"query": LABELS})
        tag = answer.headers["ETag"]
        assert tag.startswith('"')
        for held in (f'"other", {tag}', f"W/{tag}", "*"):
            again = client.get("/sparql", params={"query": LABELS}, headers={"If-None-Match": held})
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        other = client.get("/sparql", params={"query": LABELS}, headers={"If-None-Match": f'"x{tag[1:]}'})
        assert other.status_code == 200


def test_query_dataset_limits_and_format_are_told_apart(client: httpx.Client) -> None:
    graph = "https://w3id.org/grappe/graph/catalogue"
    asked: list[dict[str, str]] = [
        {"query": LABELS},
        {"query": LABELS + " LIMIT 1"},
        {"query": LABELS, "format": "csv"},
        {"query": LABELS, "timeout": "1"},
        {"query": LABELS, "default-graph-uri": graph},
        {"query": LABELS, "named-graph-uri": graph},
    ]
    tags = {client.get("/sparql", params=params).headers["ETag"] for params in asked}
    assert len(tags) == len(asked)


@pytest.mark.parametrize("expression", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "sTrUuId()"])
def test_what_passes_is_not_kept(client: httpx.Client, expression: str) -> None:
    query = f"SELECT ({expression} AS ?x) {{}}"
    first, second = (client.get("/sparql", params={"query": query}) for _ in range(2))
    assert "ETag" not in first.headers
    assert first.headers["Cache-Control"] == "no-store"
    assert first.text != second.text or expression == "BNODE()"


def test_the_same_by_get_and_by_post_is_one_answer(client: httpx.Client) -> None:
    got = client.get("/sparql", params={"query": LABELS})
    sent = client.post("/sparql", content=LABELS, headers={"Content-Type": "application/sparql-query"})
    assert (got.headers["ETag"], got.content) == (sent.headers["ETag"], sent.content)


def test_head_is_get_without_the_body(client: httpx.Client) -> None:
    got = client.get("/sparql", params={"query": LABELS})
    head = client.head("/sparql", params={"query": LABELS})
    assert head.content == b""
    for name in ("ETag", "Content-Type", "Content-Length", "Vary"):
        assert head.headers[name] == got.headers[name]


def test_a_new_generation_has_new_answers_and_tags(home: Settings, tmp_path: Path) -> None:
    document = tmp_path / "exemplum.txt"
    document.write_text("La société Exemplum, basée à Lyon, emploie 12 salariés.\n", encoding="utf-8")
    with serving(home.home) as address, httpx.Client(base_url=address, timeout=30) as client:
        before = client.get("/sparql", params={"query": LABELS})
        assert client.get("/sparql", params={"query": LABELS}).content == before.content
        (added,) = pipeline.add(home, pipeline.sources(pipeline.find_files([document]), about=Origin("")))
        assert added.outcome == "added"
        after = client.get("/sparql", params={"query": LABELS}, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "Exemplum" in after.text
    assert int(after.headers["Grappe-Generation"]) == int(before.headers["Grappe-Generation"]) + 1
