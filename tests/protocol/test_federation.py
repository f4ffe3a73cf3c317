"""The example queries that join this graph with others, both ways; Oxigraph's server on loopback stands for theirs."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from grappe import pipeline
from grappe.config import Settings
from tests.protocol.conftest import serving
from tests.protocol.test_comunica import ask

EXAMPLES = Path(__file__).parents[2] / "ontology" / "federated"
OXIGRAPH = Path(sys.executable).with_name("oxigraph")

#: What the others say: two items as Wikidata has them, and a data set of a funder as data.europa.eu has it.
EXCERPT = """
PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX wd: <http://www.wikidata.org/entity/> PREFIX wdt: <http://www.wikidata.org/prop/direct/>
wd:Q1474517 wdt:P6782 "02vjkv261" ; wdt:P17 wd:Q142 ; wdt:P571 "1964-07-18T00:00:00Z"^^xsd:dateTime ;
  wdt:P856 <https://www.inserm.fr/> .
wd:Q1531014 wdt:P6782 "00e96v939" ; wdt:P17 wd:Q142 .
<https://example.org/set> a dcat:Dataset ; dct:title "Aides à l'innovation"@fr ; dct:publisher <https://example.org/r> ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/TECH> .
<https://example.org/r> foaf:name "REGION ILE-DE-FRANCE", "Région Île-de-France" .
"""


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of another SPARQL endpoint, which holds the excerpt."""
    folder = tmp_path_factory.mktemp("theirs")
    (folder / "excerpt.ttl").write_text(EXCERPT, encoding="utf-8")
    where = ["--location", str(folder / "store")]
    subprocess.run(
        [str(OXIGRAPH), "load", *where, "--file", str(folder / "excerpt.ttl")],
        check=True,
        capture_output=True,
        timeout=60,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        bind = f"127.0.0.1:{free.getsockname()[1]}"
    command = [str(OXIGRAPH), "serve-read-only", *where, "--bind", bind]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://{bind}/query?query=ASK%7B%7D")
            yield f"http://{bind}/query"
        finally:
            server.terminate()
            server.wait(timeout=15)


@pytest.fixture(scope="module")
def ours(genopole: Settings, theirs: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the linked graph of the press release, which may call the other endpoint."""
    settings = replace(genopole, home=tmp_path_factory.mktemp("linked") / "home")
    shutil.copytree(genopole.home, settings.home)
    assert pipeline.link(settings, at="2026-01-31T12:00:00Z")
    with serving(settings.home, "--allow-service", theirs, "--allow-private-services") as address:
        yield address


def _wait(address: str) -> None:
    for _ in range(100):
        try:
            httpx.get(address, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{address} does not answer")


def answered(address: str, name: str, **others: str) -> list[list[str]]:
    """Return the rows of an example, put to an endpoint, with the services of the text replaced by ones on loopback."""
    query = (EXAMPLES / name).read_text(encoding="utf-8")
    for service in others.values():
        query = "".join(
            line.replace(line.partition("<")[2].partition(">")[0], service) if "SERVICE <" in line else line
            for line in query.splitlines(keepends=True)
        )
    answer = httpx.post(address, data={"query": query}, headers={"Accept": "text/tab-separated-values"}, timeout=60)
    assert answer.status_code == 200, answer.text
    return [line.split("\t") for line in answer.text.splitlines()[1:]]


def test_the_graph_is_joined_with_wikidata(ours: str, theirs: str) -> None:
    rows = answered(f"{ours}/sparql", "01-wikidata-founding.rq", service=theirs)
    assert ['"Inserm"', '"02vjkv261"'] in [row[:2] for row in rows]
    assert any("1964-07-18" in row[2] and "https://www.inserm.fr/" in row[3] for row in rows)


def test_the_graph_is_joined_with_the_catalogue_of_europe(ours: str, theirs: str) -> None:
    rows = answered(f"{ours}/sparql", "02-europa-datasets.rq", service=theirs)
    assert rows == [['"Région Île-de-France"', "<https://example.org/set>", '"Aides à l\'innovation"@fr']]


def test_another_endpoint_joins_its_graph_with_this_one(ours: str, theirs: str) -> None:
    rows = answered(theirs, "03-from-elsewhere.rq", service=f"{ours}/sparql")
    assert rows == [["<https://www.inserm.fr/>", '"MAGENTA"']]


def test_a_client_joins_both(ours: str, theirs: str) -> None:
    query = (
        "PREFIX grp: <https://w3id.org/grappe/ontology#> PREFIX owl: <http://www.w3.org/2002/07/owl#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX wdt: <http://www.wikidata.org/prop/direct/> "
        "SELECT ?project ?site { ?led grp:ledBy ?body ; rdfs:label ?project . ?body owl:sameAs ?item . "
        "?item wdt:P856 ?site }"
    )
    found = ask(query, f"sparql@{ours}/sparql", f"sparql@{theirs}")
    assert found == [{"project": "MAGENTA", "site": "https://www.inserm.fr/"}]


@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.glob("*.rq")))
def test_no_service_is_called_that_is_not_allowed(ours: str, example: str) -> None:
    query = (EXAMPLES / example).read_text(encoding="utf-8")
    answer = httpx.post(f"{ours}/sparql", data={"query": query}, timeout=60)
    assert answer.status_code == 422
    assert "SERVICE" in answer.json()["detail"]
