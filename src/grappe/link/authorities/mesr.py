"""MESR: the data set of the main institutions of higher education, as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from grappe.link.authorities.clean import department, split, town
from grappe.link.dumps import Dump, bad
from grappe.link.records import Name, Record

__all__ = ["records"]

_SCHEMES = (
    "siren", "uai", "identifiant_wikidata", "identifiant_ror", "identifiant_grid", "identifiant_isni",
    "identifiant_idref", "element_fundref",
)  # fmt: skip
_COLUMNS = (
    "etablissement_id_paysage", "uo_lib", "nom_court", "sigle", "com_code", "com_nom", "reg_id", "date_fermeture",
    *_SCHEMES,
)  # fmt: skip


def records(dump: Dump) -> Iterator[Record]:
    """Yield the institutions of a dump.

    Raises:
        InputError: if the file is no dump of this data set.
    """
    if not {"etablissement_id_paysage", "uo_lib"} <= {*dump.header()}:
        raise bad(
            dump.path,
            "is no list of institutions of the MESR",
            remedy="Give the CSV of « Principaux établissements d'enseignement supérieur » (MESR).",
        )
    for row in dump.rows(_COLUMNS):
        paysage, title, short, acronym, commune, city, region, closed = row[:8]
        names = [Name(title.strip())]
        names += [Name(text, "alias") for text in split(short)] + [Name(text, "acronym") for text in split(acronym)]
        identifiers = []
        for column, cell in zip(_SCHEMES, row[8:], strict=True):
            scheme = column.rsplit("_", 1)[-1]
            identifiers += [
                (scheme, value.replace(" ", "") if scheme == "isni" else value) for value in split(cell)[:1]
            ]
        places = [f"commune:{commune}", f"dep:{department(commune)}"] if commune else []
        places += [f"region:{region.removeprefix('R')}"] if region else []
        places += [f"city:{town(city)}"] if city else []
        yield Record(
            "paysage",
            paysage.strip(),
            ("University", "ResearchOrganization"),
            tuple(dict.fromkeys(names)),
            tuple(places),
            tuple(identifiers),
            status="inactive" if closed.strip() else "active",
        )
