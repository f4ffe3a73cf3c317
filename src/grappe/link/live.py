"""Live services: what to ask them of our entities, and what their answers propose.

Two kinds are spoken to: reconciliation services (the Reconciliation Service API 0.2, as OpenRefine's and Wikidata's)
and SPARQL endpoints that name things by ``rdfs:label`` and ``skos:altLabel`` (Wikidata's, this project's own …). What
they propose are candidates: thresholds and people decide. No I/O here; :mod:`grappe.fetch` does the asking.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from grappe.errors import RemoteError
from grappe.iri import fold
from grappe.model import Candidate, Entity

__all__ = [
    "Service",
    "batches",
    "read_manifest",
    "read_names",
    "read_reconciliation",
    "reconciliation_batch",
    "sparql_query",
]

#: So many entities are asked for at once; Wikidata's services take no more kindly.
BATCH = 20

#: So many candidates of an entity are looked at.
_CANDIDATES = 5

#: Names shorter than this mean too many things to be asked for by themselves.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Service:
    """A reconciliation service: its address, its name, and what its identifiers are the end of."""

    address: str
    name: str
    space: str


def batches(entities: Sequence[Entity]) -> Iterator[tuple[Entity, ...]]:
    """Yield the entities that can be asked for, so many at once; those without a telling name are left out."""
    telling = [e for e in entities if e.label is not None and len(fold(e.label)) >= _SHORTEST]
    for first in range(0, len(telling), BATCH):
        yield tuple(telling[first : first + BATCH])


# --- reconciliation services ------------------------------------------------------------------------------------------


def read_manifest(address: str, body: bytes) -> Service:
    """Return what a service says of itself.

    Raises:
        RemoteError: if it is no reconciliation service.
    """
    manifest = _json(address, body)
    try:
        return Service(address, str(manifest["name"]), str(manifest["identifierSpace"]))
    except (KeyError, TypeError):
        raise RemoteError(
            f"{address} is no reconciliation service.", address=address, remedy="Give the address of its manifest."
        ) from None


def reconciliation_batch(entities: Sequence[Entity]) -> str:
    """Return the batch of queries, as JSON, that asks for entities by their best names."""
    asked = {f"q{n}": {"query": entity.label, "limit": _CANDIDATES} for n, entity in enumerate(entities)}
    return json.dumps(asked, ensure_ascii=False, sort_keys=True)


def read_reconciliation(service: Service, entities: Sequence[Entity], body: bytes) -> Iterator[Candidate]:
    """Yield the candidates that a service proposes for a batch of entities.

    The score is our own, by the names that both sides give; that the service is certain raises it a little.

    Raises:
        RemoteError: if the answer is not what the protocol says.
    """
    answer = _json(service.address, body)
    try:
        for number, entity in enumerate(entities):
            for found in answer[f"q{number}"]["result"][:_CANDIDATES]:
                score, reasons = _named(entity, [str(found["name"])])
                if found.get("match"):
                    score, reasons = min(1.0, score + 0.05), [*reasons, f"{service.name} is certain of it"]
                identifier = str(found["id"])
                iri = identifier if "://" in identifier else service.space + identifier
                yield Candidate(entity.key, service.address, iri, str(found["name"]), round(score, 3), tuple(reasons))
    except (KeyError, TypeError, AttributeError):
        raise RemoteError(
            f"{service.address} does not answer as the protocol says.",
            address=service.address,
            remedy="Leave this service out, and tell those who run it.",
        ) from None


# --- SPARQL endpoints -------------------------------------------------------------------------------------------------


def sparql_query(entities: Sequence[Entity]) -> str:
    """Return a query for the things that have a name of the entities, as a plain or a French or English label."""
    names = sorted({name for entity in entities for name in _names(entity)})
    values = " ".join(f"{_quoted(name)}{tag}" for name in names for tag in ("", "@fr", "@en"))
    return (
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        f"SELECT DISTINCT ?thing ?name WHERE {{\n  VALUES ?name {{ {values} }}\n"
        "  ?thing rdfs:label|skos:altLabel ?name .\n  FILTER(isIRI(?thing))\n} ORDER BY ?thing ?name LIMIT 1000"
    )


def read_names(address: str, entities: Sequence[Entity], body: bytes) -> Iterator[Candidate]:
    """Yield the candidates that an endpoint's answer (SPARQL results in JSON) proposes for a batch of entities.

    Raises:
        RemoteError: if the answer is not what the protocol says.
    """
    answer = _json(address, body)
    named: dict[str, dict[str, None]] = defaultdict(dict)
    try:
        for row in answer["results"]["bindings"]:
            named[row["name"]["value"]][row["thing"]["value"]] = None
    except (KeyError, TypeError):
        raise RemoteError(
            f"{address} does not answer as SPARQL's JSON results say.",
            address=address,
            remedy="Give the address of a SPARQL endpoint.",
        ) from None
    for entity in entities:
        forms: dict[str, list[str]] = defaultdict(list)
        for name in _names(entity):
            for thing in named.get(name, ()):
                forms[thing].append(name)
        for thing, met in sorted(forms.items()):
            score, reasons = _named(entity, met)
            if len(forms) > 1:
                score, reasons = score * 0.7, [*reasons, f"{len(forms)} things there have such a name"]
            yield Candidate(entity.key, address, thing, met[0], round(score, 3), tuple(reasons))


# --- what they share --------------------------------------------------------------------------------------------------


def _names(entity: Entity) -> tuple[str, ...]:
    forms = dict.fromkeys((*([entity.label] if entity.label else []), *entity.alt_labels))
    return tuple(name for name in forms if len(fold(name)) >= _SHORTEST)


def _named(entity: Entity, names: Sequence[str]) -> tuple[float, list[str]]:
    """Return how well names fit an entity's, in [0, 1], and why.

    A name alone never makes a match certain: it takes an identifier, a place or a person to be sure.
    """
    ours = [fold(name) for name in _names(entity)]
    best, score = max(
        ((theirs, max((fuzz.ratio(fold(theirs), name) / 100 for name in ours), default=0.0)) for theirs in names),
        key=lambda pair: pair[1],
    )
    if score == 1.0:
        return 0.85, [f"the same name, « {best} »"]
    return 0.8 * score, [f"a name like it, « {best} » ({score:.0%})"]


def _quoted(name: str) -> str:
    """Return a string of SPARQL."""
    return json.dumps(name, ensure_ascii=False)


def _json(address: str, body: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return json.loads(body)
    except ValueError:
        raise RemoteError(
            f"{address} does not answer in JSON.", address=address, remedy="Check the address of the service."
        ) from None
