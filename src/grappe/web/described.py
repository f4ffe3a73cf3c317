"""What the graph and the service say of themselves: VoID, DCAT (DCAT-AP), SPARQL Service Description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pyoxigraph as ox

from grappe.iri import PREFIXES
from grappe.store.formats import GRAPHS, RESULTS
from grappe.web.statistics import Counts

__all__ = ["PREFIXES_OF_DESCRIPTIONS", "Place", "catalogue", "service_description", "void"]

_SPACES = {
    **PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "fmt": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "eu": "http://publications.europa.eu/resource/authority/",
    "media": "https://www.iana.org/assignments/media-types/",
}
PREFIXES_OF_DESCRIPTIONS = {p: _SPACES[p] for p in ("dcat", "dct", "foaf", "rdf", "sd", "void", "xsd", "fmt")}

#: How the W3C and the Publications Office name the formats.
_W3C = {
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nquads": "N-Quads",
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
}
_EU = {
    "turtle": "RDF_TURTLE",
    "ntriples": "RDF_N_TRIPLES",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON_LD",
    "trig": "RDF_TRIG",
    "nquads": "RDF_N_QUADS",
}
_TITLE = {"fr": "Graphe de l’innovation", "en": "Graph of innovation"}
_ABOUT = {
    "fr": "Acteurs, laboratoires, équipements, projets, financements et événements de l’innovation, "
    "avec la phrase qui énonce chaque fait.",
    "en": "Actors, laboratories, facilities, projects, funding and events of innovation, with the sentence that states "
    "each fact.",
}
_Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Place:
    """The service: its public address, the base of its graphs, when its data changed, whether it takes updates."""

    origin: str
    base: str
    changed: datetime | None
    writable: bool

    @property
    def dataset(self) -> ox.NamedNode:
        """The address of the dataset."""
        return ox.NamedNode(f"{self.origin}/.well-known/void#dataset")


def _node(curie: str) -> ox.NamedNode:
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(_SPACES[prefix] + local)


def _say(subject: ox.NamedNode | ox.BlankNode, *pairs: tuple[str, _Term | int | str]) -> Iterator[ox.Triple]:
    """Yield triples of a subject: integers are numbers, strings addresses (absolute) or terms (a prefix and a name)."""
    for predicate, value in pairs:
        if isinstance(value, int):
            value = ox.Literal(value)
        elif isinstance(value, str):
            value = ox.NamedNode(value) if "://" in value else _node(value)
        yield ox.Triple(subject, _node(predicate), value)


def _both(texts: dict[str, str]) -> list[ox.Literal]:
    return [ox.Literal(text, language=language) for language, text in texts.items()]


def void(counts: Counts, place: Place) -> Iterator[ox.Triple]:
    """Yield the VoID description: counts, partitions by class and property, linksets, dumps."""
    dataset, origin = place.dataset, place.origin
    yield from _say(
        ox.NamedNode(f"{origin}/.well-known/void"),
        ("rdf:type", "void:DatasetDescription"),
        ("foaf:primaryTopic", dataset),
    )
    yield from _say(
        dataset,
        ("rdf:type", "void:Dataset"),
        *(("dct:title", title) for title in _both(_TITLE)),
        *(("dct:description", text) for text in _both(_ABOUT)),
        ("foaf:homepage", f"{origin}/"),
        ("void:sparqlEndpoint", f"{origin}/sparql"),
        *(("void:dataDump", f"{origin}/dump?format={format.name}") for format in GRAPHS),
        *(("void:feature", f"fmt:{_W3C[format.name]}") for format in GRAPHS),
        ("void:uriSpace", ox.Literal(f"{place.base}id/")),
        *(
            ("void:vocabulary", _SPACES[prefix])
            for prefix in ("grp", "org", "foaf", "skos", "prov", "oa", "dct", "schema")
        ),
        ("void:triples", counts.triples),
        ("void:distinctSubjects", counts.subjects),
        ("void:distinctObjects", counts.objects),
        ("void:documents", counts.documents),
        ("void:classes", len(counts.classes)),
        ("void:properties", len(counts.properties)),
    )
    if place.changed is not None:
        yield from _say(dataset, ("dct:modified", _moment(place.changed)))
    for number, (iri, entities) in enumerate(counts.classes):
        part = ox.NamedNode(f"{origin}/.well-known/void#class-{number}")
        yield from _say(dataset, ("void:classPartition", part))
        yield from _say(part, ("void:class", ox.NamedNode(iri)), ("void:entities", entities))
    for number, (iri, triples, subjects, objects) in enumerate(counts.properties):
        part = ox.NamedNode(f"{origin}/.well-known/void#property-{number}")
        yield from _say(dataset, ("void:propertyPartition", part))
        yield from _say(
            part,
            ("void:property", ox.NamedNode(iri)),
            ("void:triples", triples),
            ("void:distinctSubjects", subjects),
            ("void:distinctObjects", objects),
        )
    for number, (predicate, namespace, links) in enumerate(counts.linksets):
        linkset = ox.NamedNode(f"{origin}/.well-known/void#links-{number}")
        other = ox.BlankNode(f"other{number}")
        yield from _say(dataset, ("void:subset", linkset))
        yield from _say(
            linkset,
            ("rdf:type", "void:Linkset"),
            ("void:linkPredicate", ox.NamedNode(predicate)),
            ("void:subjectsTarget", dataset),
            ("void:objectsTarget", other),
            ("void:triples", links),
        )
        yield from _say(other, ("rdf:type", "void:Dataset"), ("void:uriSpace", ox.Literal(namespace)))


def service_description(counts: Counts, place: Place) -> Iterator[ox.Triple]:
    """Yield the SPARQL 1.1 Service Description, the dataset's VoID included."""
    origin = place.origin
    service, dataset, default = (
        ox.NamedNode(f"{origin}/sparql{part}") for part in ("#service", "#dataset", "#default-graph")
    )
    yield from _say(
        service,
        ("rdf:type", "sd:Service"),
        ("sd:endpoint", f"{origin}/sparql"),
        ("sd:supportedLanguage", "sd:SPARQL11Query"),
        *((("sd:supportedLanguage", "sd:SPARQL11Update"),) if place.writable else ()),
        *(("sd:resultFormat", f"fmt:{_W3C[format.name]}") for format in (*RESULTS, *GRAPHS)),
        *((("sd:inputFormat", f"fmt:{_W3C[format.name]}") for format in GRAPHS) if place.writable else ()),
        ("sd:defaultDataset", dataset),
        ("sd:availableGraphs", dataset),
    )
    yield from _say(
        dataset, ("rdf:type", "sd:Dataset"), ("rdf:type", "sd:GraphCollection"), ("sd:defaultGraph", default)
    )
    yield from _say(
        default,
        ("rdf:type", "sd:Graph"),
        ("rdf:type", "void:Dataset"),
        ("void:triples", counts.triples),
        ("void:inDataset", place.dataset),
    )
    for number, (iri, triples) in enumerate(counts.graphs):
        named, graph = (ox.NamedNode(f"{origin}/sparql#{kind}-{number}") for kind in ("named", "graph"))
        yield from _say(dataset, ("sd:namedGraph", named))
        yield from _say(named, ("rdf:type", "sd:NamedGraph"), ("sd:name", ox.NamedNode(iri)), ("sd:graph", graph))
        yield from _say(graph, ("rdf:type", "sd:Graph"), ("void:triples", triples))
    yield from void(counts, place)


def catalogue(place: Place) -> Iterator[ox.Triple]:
    """Yield the DCAT catalogue, in the DCAT-AP profile: the dataset, its dumps, the endpoint."""
    origin, dataset = place.origin, place.dataset
    record, publisher, service = (
        ox.NamedNode(f"{origin}/catalog#{part}") for part in ("catalog", "publisher", "sparql")
    )
    about = [*(("dct:title", t) for t in _both(_TITLE)), *(("dct:description", t) for t in _both(_ABOUT))]
    languages: list[tuple[str, _Term | int | str]] = [
        ("dct:language", f"{_SPACES['eu']}language/{code}") for code in ("FRA", "ENG")
    ]
    changed: list[tuple[str, _Term | int | str]] = (
        [] if place.changed is None else [("dct:modified", _moment(place.changed))]
    )
    yield from _say(
        record,
        ("rdf:type", "dcat:Catalog"),
        *about,
        *languages,
        *changed,
        ("dct:publisher", publisher),
        ("foaf:homepage", f"{origin}/"),
        ("dcat:dataset", dataset),
        ("dcat:service", service),
    )
    yield from _say(
        publisher,
        ("rdf:type", "foaf:Agent"),
        ("foaf:name", ox.Literal(origin.partition("://")[2])),
        ("foaf:homepage", f"{origin}/"),
    )
    yield from _say(
        dataset,
        ("rdf:type", "dcat:Dataset"),
        *about,
        *languages,
        *changed,
        ("dct:publisher", publisher),
        ("dct:identifier", ox.Literal(dataset.value)),
        ("dct:accessRights", f"{_SPACES['eu']}access-right/PUBLIC"),
        ("dcat:theme", f"{_SPACES['eu']}data-theme/TECH"),
        ("dcat:landingPage", f"{origin}/"),
        *(("dcat:keyword", ox.Literal(word, language="fr")) for word in ("innovation", "recherche", "financement")),
        *(("dcat:distribution", ox.NamedNode(f"{origin}/catalog#dump-{format.name}")) for format in GRAPHS),
    )
    for format in GRAPHS:
        dump = f"{origin}/dump?format={format.name}"
        yield from _say(
            ox.NamedNode(f"{origin}/catalog#dump-{format.name}"),
            ("rdf:type", "dcat:Distribution"),
            ("dct:title", ox.Literal(_W3C[format.name].replace("_", "/"), language="en")),
            ("dcat:accessURL", dump),
            ("dcat:downloadURL", dump),
            ("dct:format", f"{_SPACES['eu']}file-type/{_EU[format.name]}"),
            ("dcat:mediaType", f"{_SPACES['media']}{format.media_types[0]}"),
            ("dcat:accessService", service),
        )
    yield from _say(
        service,
        ("rdf:type", "dcat:DataService"),
        ("dct:title", ox.Literal("SPARQL", language="en")),
        ("dcat:endpointURL", f"{origin}/sparql"),
        ("dcat:endpointDescription", f"{origin}/openapi.json"),
        ("dct:conformsTo", "https://www.w3.org/TR/sparql11-protocol/"),
        ("dcat:servesDataset", dataset),
    )


def _moment(when: datetime) -> ox.Literal:
    return ox.Literal(when.isoformat(timespec="seconds"), datatype=_node("xsd:dateTime"))
