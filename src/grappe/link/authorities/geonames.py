"""GeoNames: a country's file (``FR.zip``), of 19 tab-separated columns without a header."""

from __future__ import annotations

from collections.abc import Iterator

from grappe.link.authorities.clean import department
from grappe.link.dumps import Dump, bad
from grappe.link.records import Name, Record

__all__ = ["records"]

_WIDTH = 19
#: Divisions and inhabited places; hills, streams and stations are of no use here.
_CLASSES = {"A", "P"}
_DIVISIONS = {"ADM1", "ADM2", "ADM3", "ADM4", "PCLI"}


def records(dump: Dump) -> Iterator[Record]:
    """Yield the divisions and inhabited places of a file.

    Raises:
        InputError: if the file has other columns.
    """
    for number, row in enumerate(dump.lines(), 1):
        if len(row) != _WIDTH or not row[0].isdigit():
            remedy = "Give a country's file from download.geonames.org/export/dump, such as FR.zip."
            raise bad(dump.path, f"has no 19 columns of GeoNames in line {number}", remedy=remedy)
        feature, code = row[6], row[7]
        if feature and (feature not in _CLASSES or (feature == "A" and code not in _DIVISIONS)):
            continue
        # A commune is there twice, as a division (ADM4) and as a town (PPL); the division's code is INSEE's.
        names = [Name(row[1]), *(Name(text, "alias") for text in row[3].split(",") if _latin(text))][:30]
        insee = row[13] if code == "ADM4" or not feature else ""
        region, dep = row[10], row[11] or (department(insee) if insee else "")
        places = [f"commune:{insee}"] if insee else []
        places += [f"dep:{dep}"] if dep and code != "ADM1" else []
        places += [f"region:{region}"] if region else []
        same = {"ADM1": ("insee-region", region), "ADM2": ("insee-departement", row[11]), "ADM4": ("insee", insee)}.get(
            code
        )
        yield Record(
            "geonames",
            row[0],
            ("Place",),
            tuple(dict.fromkeys(names)),
            tuple(places),
            (same,) if same and same[1] else (),
            point=(float(row[4]), float(row[5])) if row[4] and row[5] else None,
        )


def _latin(text: str) -> bool:
    return bool(text) and all(ord(c) < 0x250 or c in "’‘" for c in text)
