"""Dumps, descriptions and linked data: what others fetch."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from grappe.config import Settings
from grappe.store.formats import GRAPHS, Format
from grappe.store.generations import open_generation
from grappe.store.home import Home
from grappe.store.rdf_formats import RDF_FORMATS
from tests.protocol.conftest import serving

BASE = "https://w3id.org/grappe/"
GENOPOLE = "organization/genopole"


def triples(answer: httpx.Response, format: Format) -> set[ox.Triple]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(format.media_types[0])
    parsed = ox.parse(answer.content, format=RDF_FORMATS[format.name], base_iri="http://example/")
    return {quad.triple for quad in parsed}


@pytest.mark.parametrize("format", GRAPHS, ids=lambda format: format.name)
def test_the_whole_a_graph_and_a_document_come_in_each_format(
    client: httpx.Client, genopole: Settings, format: Format
) -> None:
    with open_generation(Home(genopole.home)) as generation:
        store = generation.store
        facts = {
            q.triple
            for q in store.quads_for_pattern(None, None, None, ox.NamedNode(f"{BASE}graph/document/00-genopole"))
        }
        whole = {q.triple for q in store if format.datasets or isinstance(q.graph_name, ox.DefaultGraph)}
    accept = {"Accept": format.media_types[0]}
    assert len(triples(client.get("/dump", headers=accept), format)) == len(whole)
    graph = {"graph": f"{BASE}graph/document/00-genopole"}
    assert triples(client.get("/dump", params=graph, headers=accept), format) == facts
    assert facts <= triples(client.get("/dump", params={"document": "00-genopole"}, headers=accept), format)
    assert triples(client.get("/graph/document/00-genopole." + format.ending), format) == facts


def test_a_dump_is_packed_and_is_not_sent_again_where_nothing_changed(client: httpx.Client) -> None:
    with client.stream("GET", "/dump?format=nquads", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        packed = b"".join(answer.iter_raw())
    plain = client.get("/dump?format=nquads", headers={"Accept-Encoding": "identity"})
    assert sorted(gzip.decompress(packed).splitlines()) == sorted(plain.content.splitlines())
    assert plain.headers["etag"] != answer.headers["etag"]
    for header, value in (
        ("If-None-Match", plain.headers["etag"]),
        ("If-Modified-Since", plain.headers["last-modified"]),
    ):
        again = client.get("/dump?format=nquads", headers={"Accept-Encoding": "identity", header: value})
        assert again.status_code == 304
    with client.stream("GET", "/dump?format=nquads", headers={"Accept-Encoding": "gzip;q=0.0, *"}) as unpacked:
        assert "content-encoding" not in unpacked.headers
    head = client.head("/dump?format=nquads", headers={"Accept-Encoding": "identity"})
    assert head.headers["etag"] == plain.headers["etag"]
    assert client.get("/dump", params={"graph": "x:absent"}).status_code == 404
    assert client.get("/dump?format=docx").status_code == 406
    assert client.get("/dump?graph=x:a&document=b").status_code == 400


def described(client: httpx.Client, path: str, query: str) -> list[list[str]]:
    answer = client.get(path, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200, answer.text
    store = ox.Store()
    store.load(answer.content, format=ox.RdfFormat.TURTLE)
    prefixes = {
        "void": "http://rdfs.org/ns/void#",
        "sd": "http://www.w3.org/ns/sparql-service-description#",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "grp": f"{BASE}ontology#",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
    }
    found = store.query(query, prefixes=prefixes)
    assert isinstance(found, ox.QuerySolutions)
    return [[term.value for term in row] for row in found]


def count(client: httpx.Client, pattern: str) -> str:
    answer = client.get("/sparql", params={"query": f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", "format": "csv"})
    return answer.text.split()[1]


def test_void_counts_what_queries_count(client: httpx.Client) -> None:
    path = "/.well-known/void"
    (row,) = described(client, path, "SELECT ?n ?e { ?d a void:Dataset ; void:triples ?n ; void:sparqlEndpoint ?e }")
    assert row == [count(client, "?s ?p ?o"), f"{client.base_url}/sparql".replace("//sparql", "/sparql")]
    labs = "SELECT ?n { ?d void:classPartition [ void:class grp:Laboratory ; void:entities ?n ] }"
    assert described(client, path, labs) == [[count(client, "?s a grp:Laboratory")]]
    funders = "SELECT ?n { ?d void:propertyPartition [ void:property grp:funder ; void:triples ?n ] }"
    assert described(client, path, funders) == [[count(client, "?s grp:funder ?o")]]


def test_the_endpoint_describes_itself_where_it_is_asked_nothing(client: httpx.Client) -> None:
    asked = "SELECT ?g { ?s a sd:Service ; sd:endpoint ?e ; sd:defaultDataset [ sd:namedGraph [ sd:name ?g ] ] }"
    graphs = {row[0] for row in described(client, "/sparql", asked)}
    assert {f"{BASE}graph/ontology", f"{BASE}graph/document/00-genopole"} <= graphs
    assert client.get("/sparql", headers={"Accept": "text/html"}, follow_redirects=False).status_code == 303


def test_the_catalogue_is_dcat_with_every_dump(client: httpx.Client) -> None:
    both = "dct:title ?t ; dct:description ?x"
    asked = (
        f"SELECT ?url {{ ?c a dcat:Catalog ; {both} ; dct:publisher ?p ; dcat:dataset ?d . "
        f"?d a dcat:Dataset ; {both} ; "
        "dcat:distribution [ a dcat:Distribution ; dcat:accessURL ?url ; dct:format ?f ] "
        "FILTER(LANG(?t) = 'fr' && LANG(?x) = 'fr') }"
    )
    urls = [row[0] for row in described(client, "/catalog", asked)]
    assert len(urls) == len(GRAPHS)
    assert all(client.head(url).status_code == 200 for url in urls)


ABOUT = """
title = { fr = "Clusters de Normandie" }
licence = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
frequency = "WEEKLY"
spatial = "http://publications.europa.eu/resource/authority/country/FRA"
[publisher]
name = "Agence d'exemple"
homepage = "https://agence.example/"
[contact]
name = "L'équipe"
email = "donnees@agence.example"
"""


@pytest.fixture(scope="module")
def about(genopole: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server whose operator says what the data are."""
    home = tmp_path_factory.mktemp("about") / "home"
    shutil.copytree(genopole.home, home)
    (home / "about.toml").write_text(ABOUT, encoding="utf-8")
    with serving(home) as address, httpx.Client(base_url=address) as client:
        yield client


def test_the_catalogue_is_valid_dcat_ap(client: httpx.Client, about: httpx.Client) -> None:
    shapes = Path(__file__).with_name("dcat_ap.ttl").read_text(encoding="utf-8")
    for one in (client, about):
        catalogue = one.get("/catalog", headers={"Accept": "text/turtle"}).text
        conforms, _, report = pyshacl.validate(
            rdflib.Graph().parse(data=catalogue), shacl_graph=rdflib.Graph().parse(data=shapes, format="turtle")
        )
        assert conforms, report


def test_licence_publisher_contact_and_title_are_the_operators(about: httpx.Client) -> None:
    licence = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    said = f"dct:title 'Clusters de Normandie'@fr ; dct:license <{licence}> ; dct:publisher ?p . ?p foaf:name ?n"
    for path, kind in (
        ("/catalog", "dcat:Catalog"),
        ("/catalog", "dcat:Dataset"),
        ("/.well-known/void", "void:Dataset"),
        ("/sparql", "void:Dataset"),
    ):
        assert described(about, path, f"SELECT ?n {{ ?x a {kind} ; {said} }}") == [["Agence d'exemple"]]
    licensed = f"SELECT ?x {{ ?x a dcat:Distribution ; dct:license <{licence}> }}"
    assert len(described(about, "/catalog", licensed)) == len(GRAPHS)
    reached = "SELECT ?m { ?d a dcat:Dataset ; dcat:contactPoint/vcard:hasEmail ?m }"
    assert described(about, "/catalog", reached) == [["mailto:donnees@agence.example"]]


def test_the_endpoint_tells_its_limits(client: httpx.Client) -> None:
    asked = "SELECT ?t ?m ?r { ?s a sd:Service ; grp:timeLimit ?t ; grp:memoryLimit ?m ; grp:resultLimit ?r }"
    assert described(client, "/sparql", asked) == [["2", str(4 << 30), str(16 << 30)]]


@pytest.mark.parametrize("path", ["/.well-known/void", "/catalog", "/sparql"])
@pytest.mark.parametrize("format", GRAPHS, ids=lambda format: format.name)
def test_descriptions_come_in_each_format(client: httpx.Client, path: str, format: Format) -> None:
    assert triples(client.get(path, headers={"Accept": format.media_types[0]}), format)


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/html", "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/rdf+xml", "rdf"),
        ("application/n-triples", "nt"),
        ("text/html;q=0.4, text/turtle;q=0.6", "ttl"),
        ("*/*", "html"),
    ],
)
@pytest.mark.parametrize("path", [f"/id/{GENOPOLE}", "/graph/ontology", "/ontology"])
def test_an_address_leads_to_what_the_client_reads(client: httpx.Client, path: str, accept: str, ending: str) -> None:
    answer = client.get(path, headers={"Accept": accept}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{path}.{ending}"
    there = client.get(answer.headers["location"])
    assert there.status_code == 200
    assert there.content


def test_a_thing_says_what_is_said_of_it_and_what_points_to_it(client: httpx.Client) -> None:
    said = triples(client.get(f"/id/{GENOPOLE}.nt"), GRAPHS[1])
    thing = ox.NamedNode(f"{BASE}id/{GENOPOLE}")
    assert {t for t in said if t.subject == thing}
    assert {t for t in said if t.object == thing}
    page = client.get(f"/id/{GENOPOLE}.html")
    assert "<h1>Genopole</h1>" in page.text
    assert "script" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_document_gives_its_text_and_its_passages(client: httpx.Client) -> None:
    text = client.get("/id/document/00-genopole", headers={"Accept": "text/plain"})
    assert text.text == client.get("/id/document/00-genopole.txt").text == client.get("/id/document/00-genopole").text
    data = client.get("/id/document/00-genopole.nt").text
    assert "#char=" in data
    assert "plainText" not in data
    for path in (
        "/id/document/absent",
        "/id/organization/absent.ttl",
        "/graph/absent",
        f"/id/{GENOPOLE}.txt",
        "/id/a%3Eb",
    ):
        assert client.get(path).status_code == 404


@pytest.fixture(scope="module")
def merged(genopole: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a home in which one thing has become another."""
    import shutil

    from grappe.model import Judgement
    from grappe.store.ledger import append

    home = tmp_path_factory.mktemp("merged") / "home"
    shutil.copytree(genopole.home, home)
    append(Home(home), [Judgement("organization/genopole-evry", GENOPOLE, "same", "ada", "2026-01-01", "one body")])
    with serving(home) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def test_what_has_become_another_leads_there(merged: httpx.Client) -> None:
    for ending in ("", ".ttl"):
        answer = merged.get(f"/id/organization/genopole-evry{ending}", follow_redirects=False)
        assert answer.status_code == 301
        assert answer.headers["location"] == f"/id/{GENOPOLE}{ending}"
    assert Path(merged.get(f"/id/{GENOPOLE}.ttl").url.path).suffix == ".ttl"
