"""What the graph and the service say of themselves: VoID, DCAT (DCAT-AP), SPARQL Service Description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import pyoxigraph as ox

from grappe.config import About
from grappe.iri import PREFIXES
from grappe.store.formats import GRAPHS, RESULTS
from grappe.web.statistics import Counts

__all__ = ["PREFIXES_OF_DESCRIPTIONS", "Limits", "Place", "catalogue", "service_description", "void"]

_SPACES = {
    **PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "fmt": "http://www.w3.org/ns/formats/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "eu": "http://publications.europa.eu/resource/authority/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "media": "https://www.iana.org/assignments/media-types/",
}
PREFIXES_OF_DESCRIPTIONS = {
    p: _SPACES[p] for p in ("dcat", "dct", "foaf", "grp", "rdf", "sd", "vcard", "void", "xsd", "fmt")
}

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
_LANGUAGES = {"fr": "FRA", "en": "ENG"}
_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
_Term = ox.NamedNode | ox.BlankNode | ox.Literal


_Value = _Term | int | str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds, bytes of memory, bytes of a result (0: any)."""

    seconds: float
    memory: int
    result: int

    @property
    def said(self) -> list[tuple[str, _Value]]:
        """What is said of the service; what has no limit is left out."""
        seconds = ox.Literal(f"{self.seconds:f}".rstrip("0").rstrip("."), datatype=_node("xsd:decimal"))
        sizes = (("grp:memoryLimit", self.memory), ("grp:resultLimit", self.result))
        return [("grp:timeLimit", seconds), *((name, size) for name, size in sizes if size)]


@dataclass(frozen=True, slots=True)
class Place:
    """The service: its public address, the base of its graphs, when its data changed, whether it takes updates, what
    its operator says of it, and its limits (seconds; bytes, 0 for none).
    """

    origin: str
    base: str
    changed: datetime | None
    writable: bool
    about: About
    limits: Limits

    @property
    def texts(self) -> list[tuple[str, _Value]]:
        """The title and the description, in each language."""
        named = (("dct:title", self.about.title), ("dct:description", self.about.description))
        return [(name, text) for name, texts in named for text in _each(texts)]

    @property
    def rights(self) -> list[tuple[str, _Value]]:
        """The licence, where there is one."""
        return [("dct:license", ox.NamedNode(self.about.licence))] if self.about.licence else []

    @property
    def publisher(self) -> ox.NamedNode:
        """The address of who publishes."""
        return ox.NamedNode(self.about.publisher.get("address") or f"{self.origin}/catalog#publisher")

    @property
    def dataset(self) -> ox.NamedNode:
        """The address of the dataset."""
        return ox.NamedNode(f"{self.origin}/.well-known/void#dataset")


def _node(curie: str) -> ox.NamedNode:
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(_SPACES[prefix] + local)


def _say(subject: ox.NamedNode | ox.BlankNode, *pairs: tuple[str, _Value]) -> Iterator[ox.Triple]:
    """Yield triples of a subject: integers are numbers, strings addresses (absolute) or terms (a prefix and a name)."""
    for predicate, value in pairs:
        if isinstance(value, int):
            value = ox.Literal(value)
        elif isinstance(value, str):
            value = ox.NamedNode(value) if "://" in value else _node(value)
        yield ox.Triple(subject, _node(predicate), value)


def _each(texts: Mapping[str, str]) -> list[ox.Literal]:
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
        *place.texts,
        *place.rights,
        ("dct:publisher", place.publisher),
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
    yield from _publisher(place)
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
        *place.limits.said,
        *place.rights,
        ("dct:publisher", place.publisher),
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
    record, service = (ox.NamedNode(f"{origin}/catalog#{part}") for part in ("catalog", "sparql"))
    about, home, eu = place.about, ox.NamedNode(f"{origin}/"), _SPACES["eu"]
    theirs: dict[str, str] = {}  # what is described elsewhere, and its class

    def of(space: str, code: str, kind: str) -> str:
        theirs[f"{eu}{space}/{code}"] = kind
        return f"{eu}{space}/{code}"

    shared: list[tuple[str, _Value]] = [
        *place.texts,
        *(("dct:language", of("language", _LANGUAGES[code], "dct:LinguisticSystem")) for code in ("fr", "en")),
        *([] if place.changed is None else [("dct:modified", _moment(place.changed))]),
        ("dct:publisher", place.publisher),
        *place.rights,
    ]
    if about.spatial:
        theirs[about.spatial] = "dct:Location"
        shared.append(("dct:spatial", about.spatial))
    if about.licence:
        theirs[about.licence] = "dct:LicenseDocument"
    theirs |= {home.value: "foaf:Document", _PROTOCOL: "dct:Standard"}
    themes = [("dcat:theme", of("data-theme", code, "skos:Concept")) for code in about.themes]
    public = of("access-right", "PUBLIC", "dct:RightsStatement")
    yield from _say(
        record,
        ("rdf:type", "dcat:Catalog"),
        *shared,
        ("foaf:homepage", home),
        ("dcat:dataset", dataset),
        ("dcat:service", service),
    )
    yield from _publisher(place)
    contact = ox.NamedNode(f"{origin}/catalog#contact")
    reached = [("dcat:contactPoint", contact)] if about.contact else []
    yield from _say(
        dataset,
        ("rdf:type", "dcat:Dataset"),
        *shared,
        *reached,
        *themes,
        ("dct:identifier", ox.Literal(dataset.value)),
        ("dct:accessRights", public),
        ("dcat:landingPage", home),
        *([("dct:accrualPeriodicity", of("frequency", about.frequency, "dct:Frequency"))] if about.frequency else ()),
        *(("dcat:keyword", ox.Literal(w, language=code)) for code, words in about.keywords.items() for w in words),
        *(("dcat:distribution", ox.NamedNode(f"{origin}/catalog#dump-{format.name}")) for format in GRAPHS),
    )
    if about.contact:
        yield from _say(
            contact,
            ("rdf:type", "vcard:Kind"),
            ("vcard:fn", ox.Literal(about.contact["name"])),
            *([("vcard:hasEmail", ox.NamedNode(f"mailto:{mail}"))] if (mail := about.contact.get("email")) else ()),
            *([("vcard:hasURL", ox.NamedNode(page))] if (page := about.contact.get("page")) else ()),
        )
    for format in GRAPHS:
        dump, media = f"{origin}/dump?format={format.name}", f"{_SPACES['media']}{format.media_types[0]}"
        theirs[media] = "dct:MediaType"
        yield from _say(
            ox.NamedNode(f"{origin}/catalog#dump-{format.name}"),
            ("rdf:type", "dcat:Distribution"),
            ("dct:title", ox.Literal(_W3C[format.name].replace("_", "/"), language="en")),
            ("dcat:accessURL", dump),
            ("dcat:downloadURL", dump),
            ("dct:format", of("file-type", _EU[format.name], "dct:MediaTypeOrExtent")),
            ("dcat:mediaType", media),
            ("dcat:accessService", service),
            *place.rights,
        )
    yield from _say(
        service,
        ("rdf:type", "dcat:DataService"),
        ("dct:title", ox.Literal("SPARQL", language="en")),
        *(("dct:description", text) for text in _each(about.description)),
        ("dcat:endpointURL", f"{origin}/sparql"),
        ("dcat:endpointDescription", f"{origin}/openapi.json"),
        ("dct:conformsTo", _PROTOCOL),
        ("dcat:servesDataset", dataset),
        ("dct:publisher", place.publisher),
        ("dct:accessRights", public),
        *reached,
        *themes,
        *place.rights,
    )
    for iri, kind in theirs.items():
        yield from _say(ox.NamedNode(iri), ("rdf:type", kind))


def _publisher(place: Place) -> Iterator[ox.Triple]:
    said = place.about.publisher
    yield from _say(
        place.publisher,
        ("rdf:type", "foaf:Agent"),
        ("foaf:name", ox.Literal(said.get("name") or place.origin.partition("://")[2])),
        ("foaf:homepage", said.get("homepage") or f"{place.origin}/"),
    )


def _moment(when: datetime) -> ox.Literal:
    return ox.Literal(when.isoformat(timespec="seconds"), datatype=_node("xsd:dateTime"))
