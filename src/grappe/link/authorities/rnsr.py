"""RNSR: the open data set of public research structures, as CSV (commas or semicolons)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from grappe.link.authorities.clean import postal, split
from grappe.link.dumps import Dump, bad
from grappe.link.records import Name, Record

__all__ = ["records"]

_COLUMNS = (
    "numero_national_de_structure", "libelle", "sigle", "type_de_structure", "code_postal", "commune", "label_numero",
    "tutelles", "sigles_des_tutelles", "grid",
)  # fmt: skip

_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Structures Fédératives de Recherche": ("ResearchNetwork", "Laboratory"),
        "Groupements de Recherche": ("ResearchNetwork",),
        "Groupements d'Intérêt scientifique": ("ResearchNetwork",),
        "Groupements d'Intérêt Public": ("Organization", "ResearchNetwork", "Cluster"),
        "Fondations de coopération scientifique": ("NonProfit", "ResearchNetwork"),
        "Collaborations internationales de recherche": ("ResearchNetwork",),
        "Société privée": ("Company",),
    }
)
_UNIT = ("Laboratory", "TechnologyPlatform", "ResearchNetwork")


def records(dump: Dump) -> Iterator[Record]:
    """Yield the structures of a dump.

    Raises:
        InputError: if the file is no dump of the RNSR.
    """
    if "numero_national_de_structure" not in dump.header():
        raise bad(
            dump.path,
            "is no dump of the RNSR",
            remedy="Give the CSV of « Structures de recherche publiques actives » (MESR).",
        )
    for number, title, acronym, kind, code, city, codes, parents, short, grid in dump.rows(_COLUMNS):
        names = [Name(title.strip() or number)]
        names += [Name(acronym.strip(), "acronym")] if acronym.strip() else []
        names += [Name(code, "code") for code in split(codes)]
        # « Centre pluridisciplinaire textes et cultures - EA 4178 »: the number is no part of the name.
        bare = re.sub(r"\s*[-(,]\s*(?:UMR|UMS|UR|EA|FR|GDR|US|UAR)[ _]?[A-Z]?\s?\d+\)?\s*$", "", title).strip()
        names += [Name(bare, "alias")] if bare and bare != title.strip() else []
        yield Record(
            "rnsr",
            number.strip(),
            _KINDS.get(kind, _UNIT),
            tuple(dict.fromkeys(names)),
            postal(code.strip(), city),
            (("grid", grid.strip()),) if grid.strip() else (),
            tuple(dict.fromkeys([*split(parents), *split(short)])),
        )
