"""A graph of 20,000 documents in the contract's shape, made by rule: more than a million quads, the same each time.

It is kept under ``build/bench`` and made again only when this file or the ontology has changed.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from grappe.config import Settings
from grappe.iri import PREFIXES, Names
from grappe.ontology import Schema
from grappe.store.derive import Base
from grappe.store.generations import make_generation
from grappe.store.home import Home

__all__ = ["BUILD", "DOCUMENTS", "PLACES", "made"]

BUILD = Path(__file__).parents[2] / "build" / "bench"
DOCUMENTS, COMPANIES, LABORATORIES, PLACES = 20_000, 5_000, 2_000, 200
_FUNDERS = 40
_NAMES = Names(Settings().base)
_ID = f"{_NAMES.base}id/"
_SPAN = 90


def made(folder: Path = BUILD, *, documents: int = DOCUMENTS) -> Path:
    """Return the folder that holds ``named.nq`` (what a peer loads) and ``home`` (what Grappe serves)."""
    settings = Settings()
    schema = Schema.load(settings.ontology)
    stamp = hashlib.sha256(Path(__file__).read_bytes() + f"{schema.digest} {documents}".encode()).hexdigest()
    if (folder / "made").is_file() and (folder / "made").read_text() == stamp:
        return folder
    for name in ("home", "oxigraph"):
        shutil.rmtree(folder / name, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    home = Home(folder / "home")
    home.store.mkdir(parents=True)
    store = ox.Store(str(home.store / "primary"))
    with (folder / "named.nq").open("w", encoding="utf-8") as file:
        for number in range(documents):
            file.writelines(_document(number))
    store.bulk_load(path=str(folder / "named.nq"), format=ox.RdfFormat.N_QUADS)
    _derive(store, schema, folder / "named.nq")
    store.optimize()
    store.flush()
    make_generation(home, store)
    (folder / "made").write_text(stamp)
    return folder


def _derive(store: ox.Store, schema: Schema, named: Path) -> None:
    """Load the ontology, what is inferred, and the default graph, as the writer would; the first also as a peer's."""
    base = Base.of(_NAMES)
    ontology = [*schema.graph(_NAMES)]
    facts = {
        (q.subject, q.predicate, q.object)
        for q in ox.parse(path=str(named), format=ox.RdfFormat.N_QUADS)
        if not str(q.graph_name).endswith("/evidence>")
    } | {(q.subject, q.predicate, q.object) for q in ontology}
    inferred = {conclusion for triple in facts for conclusion in schema.entail(triple)}  # type: ignore[arg-type]
    shared = [*ontology, *(ox.Quad(*triple, base.inferred) for triple in inferred)]
    with named.open("ab") as file:
        ox.serialize(shared, file, ox.RdfFormat.N_QUADS)
    store.bulk_extend(shared)
    store.bulk_extend(ox.Quad(*triple) for triple in (*facts, *inferred))
    sha256 = ox.NamedNode(f"{PREFIXES['grp']}sha256")
    store.add(ox.Quad(base.ontology, sha256, ox.Literal(schema.digest), base.catalogue))


def _document(number: int) -> Iterator[str]:
    """Yield the quads of a document: 30 of facts, and for a third of 12 facts where its text states them."""
    chance = random.Random(number)
    id = f"note-{number:05d}"
    graph, evidence = _NAMES.facts_graph(id), _NAMES.evidence_graph(id)
    about = f"<{_NAMES.document(id)}>"
    place = f"<{_ID}place/ville-{chance.randrange(PLACES)}>"
    company_number = chance.randrange(COMPANIES)
    company = f"<{_ID}organization/societe-{company_number}>"
    lab_number = chance.randrange(LABORATORIES)
    lab = f"<{_ID}organization/laboratoire-{lab_number}>"
    university = f"<{_ID}organization/universite-{lab_number % 50}>"
    funder = f"<{_ID}organization/financeur-{chance.randrange(_FUNDERS)}>"
    project, facility = f"<{_ID}project/projet-{number}>", f"<{_ID}facility/plateau-{lab_number}>"
    award = f"<{_ID}award/{hashlib.sha256(id.encode()).hexdigest()[:16]}>"
    stated = [
        *_named(place, "Place", f"Ville {place.rpartition('-')[2][:-1]}"),
        *_named(company, "Company", f"Société {company_number}"),
        *_named(lab, "Laboratory", f"Laboratoire {lab_number}"),
        *_named(university, "University", f"Université {lab_number % 50}"),
        *_named(funder, "FundingAgency", f"Financeur {funder.rpartition('-')[2][:-1]}"),
        *_named(project, "Project", f"Projet {number}"),
        *_named(facility, "TechnologyPlatform", f"plateau de Laboratoire {lab_number}"),
        (about, _term("rdf:type"), _term("grp:Document")),
        (about, _term("dct:title"), f'"Note {number} sur l’innovation"@fr'),
        (about, _term("dct:issued"), f'"20{number % 20 + 5:02d}-05-21"^^{_term("xsd:date")}'),
        (award, _term("rdf:type"), _term("grp:FundingAward")),
    ]
    facts = [
        (company, _term("grp:locatedIn"), place),
        (lab, _term("org:unitOf"), university),
        (lab, _term("grp:hasFacility"), facility),
        (facility, _term("grp:floorAreaM2"), f'"{lab_number + 50}"^^{_term("xsd:decimal")}'),
        (project, _term("grp:ledBy"), company),
        (project, _term("grp:involves"), lab),
        (company, _term("grp:partner"), university),
        (award, _term("grp:funder"), funder),
        (award, _term("grp:beneficiary"), company),
        (award, _term("grp:amount"), f'"{chance.randrange(50, 9000) * 1000}"^^{_term("xsd:decimal")}'),
        (award, _term("grp:currency"), '"EUR"'),
        (company, _term("grp:employeeCount"), f'"{company_number % 400 + 3}"^^{_term("xsd:integer")}'),
    ]
    for s, p, o in (*stated, *facts):
        yield f"{s} {p} {o} <{graph}> .\n"
    for place_in_text, (s, p, o) in enumerate(facts[::3]):
        start = place_in_text // 2 * _SPAN  # two facts a sentence
        span = f"{about[:-1]}#char={start},{start + _SPAN}>"
        node = f"<{_ID}evidence/{id}-{place_in_text}>"
        said = [
            (node, "rdf:type", _term("grp:Evidence")),
            (node, "rdf:subject", s),
            (node, "rdf:predicate", p),
            (node, "rdf:object", o),
            (node, "grp:extractor", '"rule"'),
            (node, "oa:hasTarget", span),
        ]
        if not place_in_text % 2:
            said += [
                (span, "oa:hasSource", about),
                (span, "oa:start", f'"{start}"^^{_term("xsd:integer")}'),
                (span, "oa:end", f'"{start + _SPAN}"^^{_term("xsd:integer")}'),
                (span, "oa:exact", f'"La phrase {place_in_text} de la note {number}."'),
            ]
        for subject, predicate, object in said:
            yield f"{subject} {_term(predicate)} {object} <{evidence}> .\n"


def _term(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def _named(thing: str, kind: str, label: str) -> Iterator[tuple[str, str, str]]:
    yield thing, _term("rdf:type"), _term(f"grp:{kind}")
    yield thing, _term("rdfs:label"), f'"{label}"'
