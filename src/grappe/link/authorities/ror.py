"""ROR: the JSON dump (schema 1 or 2, in its zip), its CSV, and CSV excerpts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from grappe.errors import InputError
from grappe.iri import fold
from grappe.link.authorities.clean import named, split
from grappe.link.dumps import Dump, bad
from grappe.link.records import Name, Record, Status

__all__ = ["records"]

#: What a type of ROR may be in the ontology, the likeliest first. Its « facility » is a laboratory or a research body,
#: its « company » whatever has an address and sells.
_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "education": ("University", "ResearchOrganization"),
        "facility": ("Laboratory", "ResearchOrganization", "TechnologyPlatform", "ResearchNetwork"),
        "company": ("Company", "Cluster"),
        "healthcare": ("Hospital",),
        "nonprofit": ("NonProfit", "Cluster", "ResearchOrganization", "ResearchNetwork", "Laboratory"),
        "government": ("PublicAuthority", "FundingAgency", "ResearchOrganization"),
        "funder": ("FundingAgency",),
        "other": ("Organization",),
        "archive": ("Organization",),
    }
)

#: Regions of France by the code of ISO 3166-2 that ROR gives.
_REGIONS = {
    "IDF": "11", "CVL": "24", "BFC": "27", "NOR": "28", "HDF": "32", "GES": "44", "PDL": "52", "BRE": "53",
    "NAQ": "75", "OCC": "76", "ARA": "84", "PAC": "93", "20R": "94", "COR": "94",
}  # fmt: skip

_CSV = (
    "ror_id", "name", "labels", "acronyms", "aliases", "status", "types", "city", "country_subdivision_code",
    "wikidata", "grid", "isni", "fundref", "parent_ror", "successor_ror",
)  # fmt: skip


def records(dump: Dump) -> Iterator[Record]:
    """Yield the records of a dump.

    Raises:
        InputError: if the file is none of ROR's.
    """
    header = dump.header()
    if not header:
        yield from _from_json(dump)
    elif {"ror_id", "name", "status"} <= {*header}:
        yield from _from_csv(dump)
    else:
        raise bad(
            dump.path,
            "is no dump of ROR",
            remedy="Give the zip or the JSON file of a release from zenodo.org/records/6347574.",
        )


def _from_csv(dump: Dump) -> Iterator[Record]:
    for row in dump.rows(_CSV):
        (ror, name, labels, acronyms, aliases, status, types, city, region) = row[:9]
        names = [Name(name), *(Name(text) for text in named(labels))]
        names += [Name(text, "acronym") for text in split(acronyms)] + [Name(text, "alias") for text in split(aliases)]
        identifiers = [
            (scheme, value)
            for scheme, cell in zip(("wikidata", "grid", "isni", "fundref"), row[9:13], strict=True)
            for value in split(cell)[:1]
        ]
        yield _record(ror, names, types.split(";"), (city, region), identifiers, split(row[13]), status, row[14])


def _from_json(dump: Dump) -> Iterator[Record]:
    found = False
    for one in dump.objects():
        held = one.get("records")
        for item in held if isinstance(held, list) else [one]:
            body = item.get("record", item)
            if not isinstance(body, dict) or not str(body.get("id", "")).startswith("https://ror.org/"):
                continue
            found = True
            try:
                yield _from_2(body) if isinstance(body.get("names"), list) else _from_1(body)
            except (KeyError, TypeError, AttributeError) as error:
                why = f"holds a record that cannot be read ({body.get('id')})"
                raise bad(dump.path, why, remedy="Download the release again.") from error
    if not found:
        raise bad(dump.path, "holds no record of ROR", remedy="Give the zip or the JSON file of a release.")


def _from_2(body: dict[str, Any]) -> Record:
    names: list[Name] = []
    for one in sorted(body["names"], key=lambda n: "ror_display" not in n["types"]):
        kinds = {*one["types"]}
        names.append(
            Name(
                one["value"].strip(),
                "label" if kinds & {"ror_display", "label"} else "acronym" if "acronym" in kinds else "alias",
            )
        )
    identifiers = [(e["type"], e.get("preferred") or e["all"][0]) for e in body.get("external_ids", []) if e.get("all")]
    place = _first(body.get("locations")).get("geonames_details", {})
    where = (
        (place.get("name") or "", place.get("country_subdivision_code") or "")
        if place.get("country_code") == "FR"
        else (place.get("name") or "", "")
    )
    parents, successor = _related(body)
    return _record(
        body["id"], names, body.get("types", []), where, identifiers, parents, body.get("status", "active"), successor
    )


def _from_1(body: dict[str, Any]) -> Record:
    names = [Name(body["name"].strip()), *(Name(one["label"].strip()) for one in body.get("labels", []))]
    names += [Name(text.strip(), "acronym") for text in body.get("acronyms", [])]
    names += [Name(text.strip(), "alias") for text in body.get("aliases", [])]
    identifiers = []
    for scheme, held in (body.get("external_ids") or {}).items():
        every = held.get("all") or []
        value = held.get("preferred") or (every if isinstance(every, str) else next(iter(every), None))
        if value:
            identifiers.append((scheme.casefold(), value))
    address = _first(body.get("addresses"))
    region = str(((address.get("geonames_city") or {}).get("geonames_admin1") or {}).get("code") or "")
    parents, successor = _related(body)
    where = (address.get("city") or "", f"code:{region.removeprefix('FR.')}" if region.startswith("FR.") else "")
    return _record(
        body["id"], names, body.get("types", []), where, identifiers, parents, body.get("status", "active"), successor
    )


def _first(held: list[dict[str, Any]] | None) -> dict[str, Any]:
    return held[0] if held else {}


def _related(body: dict[str, Any]) -> tuple[list[str], str]:
    related = body.get("relationships") or []
    parents = [r["id"] for r in related if r["type"].casefold() == "parent"]
    return parents, next((r["id"] for r in related if r["type"].casefold() == "successor"), "")


def _record(
    ror: str,
    names: list[Name],
    types: list[str],
    where: tuple[str, str],
    identifiers: list[tuple[str, str]],
    parents: list[str],
    status: str,
    successor: str,
) -> Record:
    city, region = where
    kinds = dict.fromkeys(kind for one in types for kind in _KINDS.get(one.strip().casefold(), ("Organization",)))
    code = region.removeprefix("code:") if region.startswith("code:") else _REGIONS.get(region, "")
    places = [f"city:{fold(city)}"] if city else []
    places += [f"region:{code}"] if code else []
    known = {"wikidata", "grid", "isni", "fundref"}
    return Record(
        "ror",
        ror.rsplit("/", 1)[-1],
        tuple(kinds) or ("Organization",),
        tuple(dict.fromkeys(name for name in names if name.text)),
        tuple(places),
        tuple((s, v.replace(" ", "") if s == "isni" else v) for s, v in identifiers if s in known and v),
        tuple(f"ror:{parent.rsplit('/', 1)[-1]}" for parent in parents),
        _status(status),
        successor.rsplit("/", 1)[-1] or None,
    )


def _status(text: str) -> Status:
    match text.strip().casefold():
        case "active" | "":
            return "active"
        case "inactive":
            return "inactive"
        case "withdrawn":
            return "withdrawn"
        case other:
            raise InputError(
                f"ROR has no status '{other}' that Grappe knows.", remedy="Use a release of schema 1 or 2."
            )
