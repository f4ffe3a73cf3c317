"""A record of an authority, whatever the file it came from, and the schemes of identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

__all__ = ["SCHEMES", "Name", "NameKind", "Record", "Scheme", "Status", "scheme_of"]

#: ``code`` is the number of a unit under its parent: « UMR 8030 », « US 35 ».
NameKind = Literal["label", "alias", "acronym", "code"]
Status = Literal["active", "inactive", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme of identifiers: its title, how an identifier becomes an address, and the property for the literal.

    ``relation`` is what joins a thing with the address: ``owl:sameAs`` where it names the thing in linked data,
    ``schema:sameAs`` where it is a register's page about it, ``rdfs:seeAlso`` where it only finds it.
    """

    title: str
    address: str
    property: str
    relation: str = "schema:sameAs"


#: All schemes, by the name that judgements, gazetteers and indexes use.
SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        "ror": Scheme("ROR", "https://ror.org/{}", "grp:rorId", "owl:sameAs"),
        "wikidata": Scheme("Wikidata", "http://www.wikidata.org/entity/{}", "grp:wikidataId", "owl:sameAs"),
        "insee-region": Scheme("INSEE COG", "http://id.insee.fr/geo/region/{}", "grp:inseeCode", "owl:sameAs"),
        "insee-departement": Scheme(
            "INSEE COG", "http://id.insee.fr/geo/departement/{}", "grp:inseeCode", "owl:sameAs"
        ),
        "insee": Scheme("INSEE COG", "http://id.insee.fr/geo/commune/{}", "grp:inseeCode", "owl:sameAs"),
        "geonames": Scheme("GeoNames", "https://sws.geonames.org/{}/", "grp:geonamesId", "owl:sameAs"),
        "nuts": Scheme("NUTS", "http://data.europa.eu/nuts/code/{}", "grp:nutsCode", "owl:sameAs"),
        "isni": Scheme("ISNI", "https://isni.org/isni/{}", "grp:isni", "owl:sameAs"),
        "idref": Scheme("IdRef", "http://www.idref.fr/{}/id", "grp:idref", "owl:sameAs"),
        "siren": Scheme("Sirene", "https://annuaire-entreprises.data.gouv.fr/entreprise/{}", "grp:siren"),
        "rnsr": Scheme("RNSR", "https://scanr.enseignementsup-recherche.gouv.fr/entite/{}", "grp:rnsr"),
        "uai": Scheme(
            "UAI", "https://scanr.enseignementsup-recherche.gouv.fr/search?query={}", "grp:uai", "rdfs:seeAlso"
        ),
        "paysage": Scheme(
            "Paysage", "https://paysage.enseignementsup-recherche.gouv.fr/structures/{}", "grp:paysageId"
        ),
        "grid": Scheme("GRID", "https://www.grid.ac/institutes/{}", "grp:gridId"),
        "fundref": Scheme("Crossref Funder", "https://doi.org/10.13039/{}", "grp:fundrefId", "owl:sameAs"),
    }
)


def scheme_of(address: str) -> tuple[str, str] | None:
    """Return the scheme and the identifier of an address, or None where no scheme fits.

    >>> scheme_of("https://ror.org/02vjkv261")
    ('ror', '02vjkv261')
    """
    for name, scheme in SCHEMES.items():
        head, _, tail = scheme.address.partition("{}")
        if address.startswith(head) and address.endswith(tail) and len(address) > len(head) + len(tail):
            identifier = address[len(head) : len(address) - len(tail)]
            if "/" not in identifier:
                return name, identifier
    return None


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a record."""

    text: str
    kind: NameKind = "label"


@dataclass(frozen=True, slots=True)
class Record:
    """What an authority says of one thing.

    ``kinds`` are classes of the ontology that the thing may have there, the likeliest first; ``places`` are codes of
    the territories it lies in (``commune:91228``, ``dep:91``, ``region:11``, and ``city:…`` with a folded name);
    ``parents`` are names, or identifiers as ``scheme:value``; ``identifiers`` those of the same thing in other schemes;
    ``point`` is latitude and longitude in degrees (WGS 84), of a place only.
    """

    scheme: str
    identifier: str
    kinds: tuple[str, ...]
    names: tuple[Name, ...]
    places: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    parents: tuple[str, ...] = ()
    status: Status = "active"
    successor: str | None = None
    point: tuple[float, float] | None = None

    @property
    def label(self) -> str:
        """Its first name."""
        return self.names[0].text

    @property
    def address(self) -> str:
        """Its address in the scheme."""
        return SCHEMES[self.scheme].address.format(self.identifier)
