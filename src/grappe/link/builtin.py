"""The small authority that Grappe comes with: territories, councils, national bodies, universities."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from grappe.errors import ResourceMissing
from grappe.link.authorities import wikidata
from grappe.link.dumps import Dump
from grappe.link.records import Name, Record

__all__ = ["DATE", "LICENCE", "TITLE", "builtin", "digest"]

TITLE, DATE, LICENCE = "built-in", "2026-11-23", "CC0-1.0, etalab-2.0, ODbL-1.0 (data/authorities/README.md)"
_LISTS = ("councils.csv", "universities.csv", "bodies.csv")
_FILES = ("territories.csv", *_LISTS, "subdivisions.csv")


def digest(data: Path) -> str:
    """Return what changes with the files.

    Raises:
        ResourceMissing: if a file is absent.
    """
    whole = hashlib.sha256()
    for name in _FILES:
        try:
            whole.update((data / "authorities" / name).read_bytes())
        except OSError as error:
            raise ResourceMissing(
                f"{name} of the authorities cannot be read.", remedy="Install grappe again."
            ) from error
    return whole.hexdigest()[:16]


def builtin(data: Path) -> Iterator[Record]:
    """Yield the records."""
    folder = data / "authorities"
    for row in _rows(folder / "territories.csv"):
        same = (("nuts", row["nuts"]),) if row["nuts"] else ()
        level = "dep" if row["scheme"] == "insee-departement" else "region"
        places = tuple(dict.fromkeys((f"{level}:{row['code']}", f"region:{row['region']}")))
        names: tuple[Name, ...] = (Name(row["name"]),)
        names += (Name(f"région {row['name']}", "alias"),) if level == "region" else ()
        yield Record(row["scheme"], row["code"], ("Place",), names, places, same)
    for name in _LISTS:
        for row in _rows(folder / name):
            more = [Name(text, "alias") for text in _split(row["other_names"])]
            more += [Name(text, "acronym") for text in _split(row["acronyms"])]
            yield Record(
                row["scheme"],
                row["id"],
                _split(row["kinds"]),
                (Name(row["name"]), *more),
                _split(row["places"]),
                tuple(
                    (scheme, value) for scheme, _, value in (pair.partition(":") for pair in _split(row["identifiers"]))
                ),
                _split(row["parents"]),
            )
    yield from wikidata.records(Dump(folder / "subdivisions.csv"))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
