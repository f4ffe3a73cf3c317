"""A home with one document, a small ontology, and a way to write to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from grappe.iri import Names
from grappe.ontology import Schema
from grappe.store.generations import open_generation
from grappe.store.home import Home
from grappe.store.tokens import Scope
from grappe.store.updating import Update, perform
from grappe.store.writer import Writer, writing

NAMES = Names()
P = {
    "": "https://example.org/",
    "doc": NAMES.facts_graph("one"),
    "grp": "https://w3id.org/grappe/ontology#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "id": f"{NAMES.base}id/",
}
ONTOLOGY = """
@prefix grp: <https://w3id.org/grappe/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
grp:Company rdfs:subClassOf grp:Organization . grp:ledBy rdfs:subPropertyOf grp:linked .
"""
FACTS = "id:p grp:ledBy id:o . id:o a grp:Company ; rdfs:label 'O'"


@dataclass
class Store:
    """A home to write to and look into."""

    home: Home
    schema: Schema

    def write(self, do: Callable[[Writer], object], *, plain: bool = True) -> None:
        with writing(self.home, names=NAMES, schema=self.schema, wait=1, plain=plain) as writer:
            do(writer)

    def update(self, text: str, scope: str = "write", **more: object) -> None:
        update = Update(text, prefixes=P, **more)  # type: ignore[arg-type]
        self.write(lambda writer: perform(writer, update, scope=Scope.parse(scope)))

    def state(self, facts: str, id: str = "one") -> None:
        """Have a document state facts, or withdraw it where there are none."""
        aside = ox.Store()
        aside.update(f"INSERT DATA {{ GRAPH <{NAMES.facts_graph(id)}> {{ {facts} }} }}", prefixes=P)
        self.write(lambda writer: writer.publish(id, facts=[*aside], evidence=(), catalogue=()), plain=False)

    def ask(self, pattern: str) -> bool:
        with open_generation(self.home) as generation:
            return bool(generation.store.query(f"ASK {{ {pattern} }}", prefixes=P))


@pytest.fixture(scope="session")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Schema:
    folder = tmp_path_factory.mktemp("ontology")
    for name in ("grappe.ttl", "alignments.ttl", "themes.ttl"):
        (folder / name).write_text(ONTOLOGY if name == "grappe.ttl" else "", encoding="utf-8")
    return Schema.load(folder)


@pytest.fixture
def empty(tmp_path: Path, schema: Schema) -> Store:
    """A home that holds nothing."""
    return Store(Home(tmp_path / "home"), schema)


@pytest.fixture
def documented(empty: Store) -> Store:
    """A home with a document."""
    empty.state(FACTS)
    return empty
