"""Writes ``data/authorities/*.csv`` from open data sets: ``python -m tests.links.make_builtin FOLDER``.

FOLDER holds the excerpts that ``data/authorities/README.md`` names (ROR, COG, MESR, ISO 3166-2 subdivisions), as CSV.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from grappe.iri import fold
from grappe.link.authorities import cog, mesr, ror
from grappe.link.dumps import Dump
from grappe.link.records import Record

OUT = Path(__file__).parents[2] / "data" / "authorities"
COLUMNS = ("scheme", "id", "kinds", "name", "other_names", "acronyms", "places", "identifiers", "parents")
GAZETTEER = Path(__file__).parents[2] / "data" / "gazetteer"


def main(folder: Path) -> None:
    regions = list(cog.records(Dump(folder / "cog_regions.csv")))
    departments = list(cog.records(Dump(folder / "cog_departements.csv")))
    with (OUT / "territories.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("scheme", "code", "name", "region", "nuts"))
        for r in [*regions, *departments]:
            if r.scheme != "siren":
                region = next(p[7:] for p in r.places if p.startswith("region:"))
                out.writerow((r.scheme, r.identifier, r.label, region, dict(r.identifiers).get("nuts", "")))
    write("councils.csv", (r for r in regions if r.scheme == "siren"))
    write("universities.csv", mesr.records(Dump(folder / "mesr_etablissements.csv")))
    write("bodies.csv", (r for r in ror.records(Dump(folder / "ror_fr.csv")) if is_national(r, gazetteer())))
    with (OUT / "subdivisions.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("name", "iso3166_2", "local_code", "type", "wikidata", "lat", "lng"))
        rows = Dump(folder / "wikidata_fr_subdivisions.csv").rows(
            ("name", "iso3166_2", "local_code", "type", "wikidata", "lat", "lng")
        )
        out.writerows(row for row in rows if row[4])


def gazetteer() -> frozenset[str]:
    """Return the folded names of the research bodies, agencies and authorities of the gazetteers."""
    names = set()
    for name in ("research.csv", "funders.csv", "state.csv"):
        with (GAZETTEER / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names |= {fold(n) for n in (row["label"], *row["aliases"].split("|")) if n}
    return frozenset(names)


def is_national(record: Record, known: frozenset[str]) -> bool:
    """Return whether a record is of the State, or of a body that the gazetteers name."""
    if record.status != "active":
        return False
    return "PublicAuthority" in record.kinds or any(fold(n.text) in known for n in record.names if n.kind != "code")


def write(name: str, records: Iterable[Record]) -> None:
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for r in sorted(records, key=lambda r: (r.scheme, r.identifier)):
            others = [n.text for n in r.names[1:] if n.kind in ("label", "alias")]
            acronyms = [n.text for n in r.names if n.kind == "acronym"]
            identifiers = [f"{scheme}:{value}" for scheme, value in r.identifiers]
            cells = ("|".join(part) for part in (r.kinds, others, acronyms, r.places, identifiers, r.parents))
            kinds, *rest = cells
            out.writerow((r.scheme, r.identifier, kinds, r.label, *rest))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
