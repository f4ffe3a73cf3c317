"""INSEE's Code officiel géographique: regions, départements, communes; as INSEE publishes them, and CSV excerpts.

A territory and the body that governs it are two things: a row gives the territory its code, and the body its SIREN.
"""

from __future__ import annotations

from collections.abc import Iterator

from grappe.iri import fold
from grappe.link.authorities.clean import department
from grappe.link.dumps import Dump, bad
from grappe.link.records import Name, Record

__all__ = ["records"]


def records(dump: Dump) -> Iterator[Record]:
    """Yield the territories of a file, and the bodies that it names with a SIREN.

    Raises:
        InputError: if the file is none of the COG's.
    """
    header = {name.upper() for name in dump.header()}
    for needed, read in (
        ({"COG_COMMUNE", "NAME"}, _communes_excerpt),
        ({"COG_REGION", "NAME", "CHEF_LIEU_COG"}, _excerpt),
        ({"COM", "TYPECOM", "LIBELLE"}, _communes),
        ({"DEP", "REG", "CHEFLIEU", "LIBELLE"}, _departements),
        ({"REG", "CHEFLIEU", "LIBELLE"}, _regions),
    ):
        if needed <= header:
            yield from read(dump)
            return
    raise bad(
        dump.path,
        "is no file of the Code officiel géographique",
        remedy="Give v_commune, v_departement or v_region (CSV) from insee.fr.",
    )


def _excerpt(dump: Dump) -> Iterator[Record]:
    if "cog_departement" in dump.header():
        for code, name, region, nuts in dump.rows(("cog_departement", "name", "cog_region", "nuts3_2021")):
            yield _departement(code, name, region, nuts)
        return
    for code, name, nuts, siren, doubt in dump.rows(
        ("cog_region", "name", "nuts_2021", "siren_of_regional_authority", "siren_note")
    ):
        yield _region(code, name, nuts)
        if siren and not doubt:
            names = (
                Name(f"Région {name}"),
                Name(f"Conseil régional {name}", "alias"),
                Name(f"Conseil régional de {name}", "alias"),
            )
            yield Record("siren", siren, ("PublicAuthority",), names, (f"region:{code}",))


def _communes_excerpt(dump: Dump) -> Iterator[Record]:
    seen: set[str] = set()
    columns = ("cog_commune", "name", "cog_departement", "cog_region", "siren_commune", "siren_epci", "epci_name")
    for code, name, dep, region, siren, group, group_name in dump.rows(columns):
        yield _commune(code, name, dep, region)
        if siren:
            yield Record(
                "siren",
                siren,
                ("PublicAuthority",),
                _municipality(name),
                (f"commune:{code}", f"dep:{dep}", f"region:{region}"),
            )
        if group and group not in seen:
            seen.add(group)
            yield Record("siren", group, ("PublicAuthority",), (Name(group_name),), (f"dep:{dep}", f"region:{region}"))


def _communes(dump: Dump) -> Iterator[Record]:
    for kind, code, region, dep, name in dump.rows(("TYPECOM", "COM", "REG", "DEP", "LIBELLE")):
        if kind == "COM":
            yield _commune(code, name, dep, region)


def _departements(dump: Dump) -> Iterator[Record]:
    for code, region, name in dump.rows(("DEP", "REG", "LIBELLE")):
        yield _departement(code, name, region, "")


def _regions(dump: Dump) -> Iterator[Record]:
    for code, name in dump.rows(("REG", "LIBELLE")):
        yield _region(code, name, "")


def _region(code: str, name: str, nuts: str) -> Record:
    more = (("nuts", nuts),) if nuts else ()
    return Record(
        "insee-region", code, ("Place",), (Name(name), Name(f"région {name}", "alias")), (f"region:{code}",), more
    )


def _departement(code: str, name: str, region: str, nuts: str) -> Record:
    more = (("nuts", nuts),) if nuts else ()
    return Record("insee-departement", code, ("Place",), (Name(name),), (f"dep:{code}", f"region:{region}"), more)


def _commune(code: str, name: str, dep: str, region: str) -> Record:
    places = (f"commune:{code}", f"dep:{dep or department(code)}", f"region:{region}")
    return Record("insee", code, ("Place",), (Name(name),), (*places, f"city:{fold(name)}"))


def _municipality(name: str) -> tuple[Name, ...]:
    named = f"d'{name}" if fold(name)[:1] in "aeiouyh" else f"de {name}"
    return (Name(f"Commune {named}"), Name(f"Ville {named}", "alias"), Name(f"Mairie {named}", "alias"))
