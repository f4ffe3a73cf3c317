"""One module an authority: from its dump to records. Each says which files it knows by their columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from grappe.link.authorities import cog, geonames, mesr, rnsr, ror, sirene, wikidata
from grappe.link.dumps import Dump
from grappe.link.records import Record

__all__ = ["AUTHORITIES", "Authority"]


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority: its title, the licence of its data, and how its dumps are read.

    ``read`` raises an InputError for a file that is none of its dumps.
    """

    title: str
    licence: str
    read: Callable[[Dump], Iterator[Record]]


#: The kinds of ``grappe authority add``.
AUTHORITIES: Mapping[str, Authority] = MappingProxyType(
    {
        "ror": Authority("Research Organization Registry", "CC0-1.0", ror.records),
        "rnsr": Authority("Répertoire national des structures de recherche", "etalab-2.0", rnsr.records),
        "sirene": Authority("Sirene (INSEE)", "etalab-2.0", sirene.records),
        "cog": Authority("Code officiel géographique (INSEE)", "etalab-2.0", cog.records),
        "mesr": Authority("Établissements d'enseignement supérieur (MESR)", "etalab-2.0", mesr.records),
        "geonames": Authority("GeoNames", "CC-BY-4.0", geonames.records),
        "wikidata": Authority("Wikidata", "CC0-1.0", wikidata.records),
    }
)
