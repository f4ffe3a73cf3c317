"""Sirene: the stock of legal units (CSV in its zip, or Parquet), and CSV excerpts with a SIREN and a name.

Natural persons are left out: a text's company is none of them, and their names are nobody's business. So are units that
ask not to be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grappe.link.authorities.clean import department, town
from grappe.link.dumps import Dump, bad
from grappe.link.records import Name, Record

__all__ = ["records"]

_STOCK = (
    "siren", "denominationUniteLegale", "sigleUniteLegale", "denominationUsuelle1UniteLegale",
    "denominationUsuelle2UniteLegale", "denominationUsuelle3UniteLegale", "categorieJuridiqueUniteLegale",
    "etatAdministratifUniteLegale", "statutDiffusionUniteLegale",
)  # fmt: skip
#: What a legal category may be in the ontology, by the longest beginning of its code that is here.
_CATEGORIES = {
    "5": ("Company", "Cluster"),
    "6": ("Company",),
    "71": ("PublicAuthority", "FundingAgency"),
    "72": ("PublicAuthority",),
    "73": ("PublicAuthority", "FundingAgency", "ResearchOrganization", "University", "Hospital"),
    "7364": ("Hospital",),
    "7383": ("University", "ResearchOrganization"),
    "74": ("PublicAuthority", "Cluster", "FundingAgency", "ResearchNetwork", "ResearchOrganization"),
    "92": ("NonProfit", "Cluster", "ResearchNetwork"),
    "93": ("NonProfit", "ResearchOrganization", "ResearchNetwork"),
    "41": ("PublicAuthority", "FundingAgency", "ResearchOrganization", "Company"),
}  # fmt: skip


def records(dump: Dump) -> Iterator[Record]:
    """Yield the legal persons of a file.

    Raises:
        InputError: if the file is no stock of legal units.
    """
    header = {*dump.header()}
    if {"siren", "denominationUniteLegale"} <= header:
        for row in dump.rows(_STOCK):
            yield from _unit(row)
    elif {"siren", "entreprise"} <= header:
        yield from _excerpt(dump, "entreprise")
    elif {"siren", "name"} <= header:
        yield from _excerpt(dump, "name")
    else:
        raise bad(
            dump.path,
            "is no stock of legal units of Sirene",
            remedy="Give StockUniteLegale_utf8.zip or StockUniteLegale_utf8.parquet from data.gouv.fr.",
        )


def _unit(row: tuple[str, ...]) -> Iterator[Record]:
    siren, name, acronym, *usual = row[:6]
    category, state, shown = row[6:]
    if not name or name == "[ND]" or category == "1000" or shown in ("P", "N"):
        return
    names = [Name(name)]
    names += [Name(acronym, "acronym")] if acronym and acronym != "[ND]" else []
    names += [Name(text, "alias") for text in usual if text and text != "[ND]"]
    yield Record(
        "siren", siren, _kinds(category), tuple(dict.fromkeys(names)), status="inactive" if state == "C" else "active"
    )


def _excerpt(dump: Dump, column: str) -> Iterator[Record]:
    seen: set[str] = set()
    for siren, name, commune, city in dump.rows(("siren", column, "cog_commune", "commune")):
        if not re.fullmatch(r"\d{9}", siren) or not name or siren in seen:
            continue
        seen.add(siren)
        places = (f"commune:{commune}", f"dep:{department(commune)}") if commune else ()
        places = (*places, f"city:{town(city)}") if city else places
        yield Record("siren", siren, ("Company", "Cluster"), (Name(name),), places)


def _kinds(category: str) -> tuple[str, ...]:
    for length in (4, 3, 2, 1):
        if found := _CATEGORIES.get(category[:length]):
            return found
    return ("Organization",)
