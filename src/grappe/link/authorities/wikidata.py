"""Wikidata: a SPARQL result (JSON or CSV), entity JSON (one, or a dump's lines), and CSV excerpts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from grappe.iri import KINDS
from grappe.link.authorities.clean import split
from grappe.link.dumps import Dump, bad
from grappe.link.records import Name, Record

__all__ = ["records"]

#: The variables of a SPARQL result that carry identifiers, and the properties of an entity that do.
_VARIABLES = ("ror", "isni", "siren", "grid", "idref", "rnsr", "uai", "geonames", "fundref")
_PROPERTIES: Mapping[str, str] = MappingProxyType(
    {
        "P6782": "ror",
        "P213": "isni",
        "P1616": "siren",
        "P2427": "grid",
        "P269": "idref",
        "P3016": "rnsr",
        "P3202": "uai",
        "P1566": "geonames",
        "P3153": "fundref",
        "P374": "insee",
        "P2585": "insee-region",
        "P2586": "insee-departement",
    }
)
#: Classes of Wikidata that say what a thing is here (P31).
_CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Q5": ("Person",),
        "Q484170": ("Place",),
        "Q6465": ("Place",),
        "Q36784": ("Place",),
        "Q22670030": ("Place",),
        "Q3918": ("University",),
        "Q38723": ("University",),
        "Q31855": ("ResearchOrganization", "Laboratory"),
        "Q4830453": ("Company",),
        "Q6881511": ("Company",),
        "Q783794": ("Company",),
        "Q163740": ("NonProfit",),
        "Q16917": ("Hospital",),
        "Q192350": ("PublicAuthority",),
        "Q327333": ("PublicAuthority", "FundingAgency"),
    }
)
_ANY = ("Organization",)
_POINT = re.compile(r"Point\((-?[\d.]+) (-?[\d.]+)\)", re.IGNORECASE)
_REMEDY = (
    "Give a SPARQL result in JSON or CSV with the variable ?item, entity JSON, or a list with the column wikidata."
)


def records(dump: Dump) -> Iterator[Record]:
    """Yield the items of a file; an item without a name is left out.

    Raises:
        InputError: if the file holds no item of Wikidata.
    """
    header = dump.header()
    if "iso3166_2" in header:
        yield from _subdivisions(dump)
    elif "item" in header:
        yield from _result_csv(dump, header)
    elif header:
        raise bad(dump.path, "has no column of Wikidata items", remedy=_REMEDY)
    else:
        yield from _json(dump)


def _subdivisions(dump: Dump) -> Iterator[Record]:
    for name, iso, code, kind, item, lat, lng in dump.rows(
        ("name", "iso3166_2", "local_code", "type", "wikidata", "lat", "lng")
    ):
        if not item:
            continue
        places: tuple[str, ...] = ()
        same: tuple[tuple[str, str], ...] = ()
        if "department" in kind and re.fullmatch(r"\d{2,3}|2[AB]", code):
            places, same = (f"dep:{code}",), (("insee-departement", code),)
        point = (float(lat), float(lng)) if lat and lng else None
        yield Record("wikidata", item, ("Place",), (Name(name), Name(iso, "code")), places, same, point=point)


def _result_csv(dump: Dump, header: tuple[str, ...]) -> Iterator[Record]:
    rows = ({k: v for k, v in zip(header, row, strict=True) if v} for row in dump.rows(header))
    yield from _merged(rows)


def _merged(rows: Iterator[dict[str, str]]) -> Iterator[Record]:
    """Join rows of one item that follow each other: a query gives one row for each combination of values."""
    held: list[dict[str, str]] = []
    for row in rows:
        if held and held[0]["item"] != row["item"]:
            yield from _row(held)
            held = []
        held.append(row)
    if held:
        yield from _row(held)


def _row(rows: list[dict[str, str]]) -> Iterator[Record]:
    first = rows[0]
    item = first["item"].rsplit("/", 1)[-1]
    names: list[Name] = []
    for row in rows:
        label = row.get("itemLabel", "")
        # Where an item has no label, the label service gives the item's number.
        names += [Name(label)] if label and label != item else []
        names += [
            Name(text, "alias")
            for column in ("itemAltLabel", "alias", "altLabel")
            for text in split(row.get(column, "").replace(", ", ";"))
        ]
        names += [Name(row["acronym"], "acronym")] if row.get("acronym") else []
    identifiers = {
        (v, row[v].replace(" ", "") if v == "isni" else row[v]) for row in rows for v in _VARIABLES if row.get(v)
    }
    said = (kind for row in rows for kind in split(row.get("kind", "")) if kind in KINDS)
    classes = (row.get("class", "").rsplit("/", 1)[-1] for row in rows)
    kinds = tuple(dict.fromkeys([*said, *(kind for c in classes for kind in _CLASSES.get(c, ()))]))
    point = _POINT.match(first.get("coord", ""))
    place = (float(point[2]), float(point[1])) if point else None
    if names:
        yield Record(
            "wikidata",
            item,
            kinds or (("Place",) if place and not identifiers else _ANY),
            tuple(dict.fromkeys(names)),
            (),
            tuple(sorted(identifiers)),
            point=place,
        )


def _json(dump: Dump) -> Iterator[Record]:
    found = False
    for one in dump.objects():
        if "results" in one and "bindings" in one.get("results", {}):
            found = True
            rows = ({k: str(v["value"]) for k, v in b.items()} for b in one["results"]["bindings"])
            yield from _merged(row for row in rows if row.get("item"))
            continue
        items = one["entities"].values() if isinstance(one.get("entities"), dict) else [one]
        for item in items:
            if isinstance(item, dict) and re.fullmatch(r"Q\d+", str(item.get("id", ""))):
                found = True
                yield from _entity(item)
    if not found:
        raise bad(dump.path, "holds no item of Wikidata", remedy=_REMEDY)


def _entity(item: dict[str, Any]) -> Iterator[Record]:
    labels, aliases = item.get("labels") or {}, item.get("aliases") or {}
    names = [Name(labels[language]["value"]) for language in ("fr", "mul", "en") if language in labels]
    names += [Name(a["value"], "alias") for language in ("fr", "mul", "en") for a in aliases.get(language, [])]
    claims = item.get("claims") or {}
    identifiers = [
        (scheme, v.replace(" ", "") if scheme == "isni" else v)
        for p, scheme in _PROPERTIES.items()
        for v in _values(claims, p)[:1]
        if isinstance(v, str)
    ]
    classes = [v.get("id", "") for v in _values(claims, "P31") if isinstance(v, dict)]
    kinds = tuple(dict.fromkeys(k for c in classes for k in _CLASSES.get(c, ()))) or _ANY
    where = next((v for v in _values(claims, "P625") if isinstance(v, dict)), None)
    point = (float(where["latitude"]), float(where["longitude"])) if where and kinds == ("Place",) else None
    if names:
        yield Record("wikidata", item["id"], kinds, tuple(dict.fromkeys(names)), (), tuple(identifiers), point=point)


def _values(claims: dict[str, Any], prop: str) -> list[Any]:
    kept = [c for c in claims.get(prop, []) if c.get("rank") != "deprecated"]
    kept.sort(key=lambda c: c.get("rank") != "preferred")
    return [c["mainsnak"]["datavalue"]["value"] for c in kept if c.get("mainsnak", {}).get("snaktype") == "value"]
