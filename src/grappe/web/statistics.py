"""What the graph holds, counted once for each generation: what VoID, DCAT and the service description say."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from grappe.web.service import Service

__all__ = ["Counts", "Statistics"]

#: So many classes, properties, graphs and linksets are described, the largest first.
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of one generation: of ``linksets`` by predicate and namespace, of the others by address."""

    triples: int
    subjects: int
    objects: int
    documents: int
    classes: tuple[tuple[str, int], ...]
    properties: tuple[tuple[str, int, int, int], ...]
    graphs: tuple[tuple[str, int], ...]
    linksets: tuple[tuple[str, str, int], ...]


@dataclass(slots=True)
class Statistics:
    """The counts of the generation that is served."""

    service: Service
    _made: tuple[str, Counts] | None = field(default=None)
    _making: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def counts(self) -> Counts:
        """Return the counts, of the current generation."""
        async with self._making:
            mark = self.service.current.look()
            if self._made is None or self._made[0] != mark:
                self._made = mark, await self._count()
            return self._made[1]

    async def _count(self) -> Counts:
        names = self.service.settings.names
        whole = (
            await self._rows(
                "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?a) (COUNT(DISTINCT ?o) AS ?b) { ?s ?p ?o }"
            )
        )[0]
        documents = await self._rows(
            "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <https://w3id.org/grappe/ontology#Document> }"
        )
        classes = await self._rows(_grouped("?x", "(COUNT(DISTINCT ?s) AS ?n)", "{ ?s a ?x FILTER(ISIRI(?x)) }"))
        properties = await self._rows(
            _grouped("?x", "(COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?a) (COUNT(DISTINCT ?o) AS ?b)", "{ ?s ?x ?o }")
        )
        graphs = await self._rows(_grouped("?x", "(COUNT(*) AS ?n)", "{ GRAPH ?x { ?s ?p ?o } FILTER(ISIRI(?x)) }"))
        links = await self._rows(f"SELECT ?p ?o {{ GRAPH <{names.graph('links')}> {{ ?s ?p ?o FILTER(ISIRI(?o)) }} }}")
        joined = Counter((row["p"], _namespace(row["o"])) for row in links if _joins(row["p"]))
        return Counts(
            triples=int(whole["n"]),
            subjects=int(whole["a"]),
            objects=int(whole["b"]),
            documents=int(documents[0]["n"]),
            classes=tuple((row["x"], int(row["n"])) for row in classes),
            properties=tuple((row["x"], int(row["n"]), int(row["a"]), int(row["b"])) for row in properties),
            graphs=tuple((row["x"], int(row["n"])) for row in graphs),
            linksets=tuple((p, ns, n) for (p, ns), n in sorted(joined.items())),
        )

    async def _rows(self, text: str) -> list[dict[str, str]]:
        answer: dict[str, Any] = await self.service.rows(text)
        return [{name: term["value"] for name, term in row.items()} for row in answer["results"]["bindings"]]


def _grouped(by: str, counted: str, pattern: str) -> str:
    return f"SELECT {by} {counted} WHERE {pattern} GROUP BY {by} ORDER BY DESC(?n) {by} LIMIT {_MOST}"


def _joins(predicate: str) -> bool:
    return predicate.rpartition("#")[2] in (
        "sameAs",
        "exactMatch",
        "closeMatch",
        "broadMatch",
        "narrowMatch",
        "relatedMatch",
    )


def _namespace(iri: str) -> str:
    """Return the beginning of an address that others of its kind share.

    >>> _namespace("http://www.wikidata.org/entity/Q90"), _namespace("https://sws.geonames.org/2988507/")
    ('http://www.wikidata.org/entity/', 'https://sws.geonames.org/')
    """
    trimmed = iri.rstrip("/")
    return trimmed[: max(trimmed.rfind("/"), trimmed.rfind("#")) + 1]
