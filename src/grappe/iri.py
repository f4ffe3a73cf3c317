"""Prefixes, IRIs and folded names."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["DEFAULT_BASE", "GRP", "KINDS", "PREFIXES", "Names", "expand", "fold", "key", "shorten", "slug"]

DEFAULT_BASE = "https://w3id.org/grappe/"
GRP = "https://w3id.org/grappe/ontology#"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "geof": "http://www.opengis.net/def/function/geosparql/",
        "grp": GRP,
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "qudt": "http://qudt.org/schema/qudt/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "semapv": "https://w3id.org/semapv/vocab/",
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "sssom": "https://w3id.org/sssom/",
        "unit": "http://qudt.org/vocab/unit/",
        "uom": "http://www.opengis.net/def/uom/OGC/1.0/",
        "void": "http://rdfs.org/ns/void#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

#: The first step of an entity's address, by class. It is coarse on purpose: a body that one text shows to be a
#: company and another only as an organisation keeps one IRI.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "Person": "person",
        "Organization": "organization",
        "PublicAuthority": "organization",
        "FundingAgency": "organization",
        "ResearchOrganization": "organization",
        "University": "organization",
        "Hospital": "organization",
        "Company": "organization",
        "Cluster": "organization",
        "ResearchNetwork": "organization",
        "NonProfit": "organization",
        "Laboratory": "organization",
        "Facility": "facility",
        "Building": "facility",
        "LaboratoryFacility": "facility",
        "CleanRoom": "facility",
        "ProductionLine": "facility",
        "TechnologyPlatform": "facility",
        "Biofoundry": "facility",
        "Project": "project",
        "Programme": "programme",
        "Accreditation": "accreditation",
        "FundingInstrument": "instrument",
        "FundingContract": "instrument",
        "AidScheme": "instrument",
        "Event": "event",
        "Visit": "event",
        "Signing": "event",
        "Inauguration": "event",
        "Conference": "event",
        "Place": "place",
        "Theme": "theme",
        "Document": "document",
        "FundingAward": "award",
        "AccreditationAward": "accreditation-award",
        "Membership": "membership",
        "Role": "role",
        "Quotation": "quotation",
    }
)

_ARTICLES = re.compile(r"^(?:le|la|les|l|un|une|des|the|du|de la|de l|d)\s+")
_NOT_WORD = re.compile(r"[^\w+&]+")


@functools.lru_cache(maxsize=4_096)
def expand(curie: str) -> str:
    """Return the IRI of a CURIE.

    >>> expand("org:headOf")
    'http://www.w3.org/ns/org#headOf'
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def shorten(iri: str) -> str:
    """Return the CURIE of an IRI, or the IRI itself where no prefix fits.

    >>> shorten("http://www.w3.org/ns/org#headOf")
    'org:headOf'
    """
    for prefix, namespace in PREFIXES.items():
        local = iri[len(namespace) :]
        if iri.startswith(namespace) and re.fullmatch(r"[A-Za-z_][\w-]*", local):
            return f"{prefix}:{local}"
    return iri


@functools.lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return a name with case, accents, hyphens, apostrophes, spaces and leading articles folded.

    >>> fold("L’École normale  supérieure")
    'ecole normale superieure'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
        text = "".join([c for c in text if not unicodedata.combining(c)])
    text = text.casefold()
    text = _NOT_WORD.sub(" ", text).strip()
    while (cut := _ARTICLES.sub("", text)) != text:
        text = cut
    return text


def slug(text: str) -> str:
    """Return a name as a step of an address: ``[a-z0-9-]``, accents folded, at most 80 characters.

    >>> slug("Région Île-de-France")
    'region-ile-de-france'
    """
    text = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("&", " et "))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold().replace("ß", "ss").replace("+", " plus ")
    text = re.sub(r"[^a-z0-9]+", "-", text).strip("-")
    return text[:80].rstrip("-")


def key(kind: str, name: str) -> str:
    """Return the key of an entity of a class: its kind of address and the slug of its folded name.

    >>> key("Cluster", "Genopole")
    'organization/genopole'
    """
    return f"{KINDS[kind]}/{slug(fold(name)) or slug(name)}"


@dataclass(frozen=True, slots=True)
class Names:
    """The addresses of a graph under its base IRI (a setting; the ontology's own address never moves)."""

    base: str = DEFAULT_BASE

    def entity(self, key: str) -> str:
        """Return the IRI of an entity's key."""
        return f"{self.base}id/{key}"

    def document(self, id: str) -> str:
        """Return the IRI of a document."""
        return f"{self.base}id/document/{id}"

    def span(self, id: str, start: int, end: int) -> str:
        """Return the IRI of a passage: the document's with an RFC 5147 fragment, offsets in code points."""
        return f"{self.base}id/document/{id}#char={start},{end}"

    def evidence(self, id: str, digest: str) -> str:
        """Return the IRI of a piece of evidence in a document."""
        return f"{self.base}id/document/{id}#evidence={digest}"

    def facts_graph(self, id: str) -> str:
        """Return the graph that holds what a document states."""
        return f"{self.base}graph/document/{id}"

    def evidence_graph(self, id: str) -> str:
        """Return the graph that holds where a document states it."""
        return f"{self.base}graph/document/{id}/evidence"

    def graph(self, name: str) -> str:
        """Return a graph of the whole: ``links``, ``ontology``, ``catalogue`` or ``inferred``."""
        return f"{self.base}graph/{name}"

    def key_of(self, iri: str) -> str | None:
        """Return the key of an entity's IRI, or None for an IRI of another namespace."""
        start = f"{self.base}id/"
        return iri[len(start) :] if iri.startswith(start) else None
