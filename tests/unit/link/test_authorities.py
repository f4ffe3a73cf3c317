"""From the dumps of registers to records: all names, codes and numbers here are invented, the layouts are real."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from grappe.errors import InputError
from grappe.link.authorities import AUTHORITIES
from grappe.link.dumps import Dump
from grappe.link.records import Record, scheme_of

Load = Callable[[str, str, str | bytes], list[Record]]

ROR_2: dict[str, Any] = {
    "id": "https://ror.org/00aaaaa01",
    "status": "active",
    "types": ["facility", "funder"],
    "names": [
        {"value": "IIX ", "types": ["acronym"], "lang": None},
        {"value": "Invented Institute of X", "types": ["alias"], "lang": "en"},
        {"value": "Institut inventé de X", "types": ["ror_display", "label"], "lang": "fr"},
    ],
    "external_ids": [
        {"type": "wikidata", "all": ["Q1", "Q2"], "preferred": "Q2"},
        {"type": "isni", "all": ["0000 0001 0000 000X"], "preferred": None},
    ],
    "locations": [
        {
            "geonames_details": {"name": "Évry", "country_code": "FR", "country_subdivision_code": "IDF"},
            "geonames_id": 1,
        }
    ],
    "relationships": [{"type": "parent", "id": "https://ror.org/00aaaaa02", "label": "X"}],
}
ROR_1: dict[str, Any] = {
    "id": "https://ror.org/00aaaaa03",
    "name": "Ancien institut",
    "status": "withdrawn",
    "types": ["Education"],
    "labels": [{"label": "Old institute", "iso639": "en"}],
    "acronyms": ["AI"],
    "aliases": [],
    "external_ids": {"GRID": {"preferred": "grid.1.1", "all": "grid.1.1"}},
    "addresses": [{"city": "Lyon", "geonames_city": {"geonames_admin1": {"code": "FR.84"}}}],
    "relationships": [{"type": "Successor", "id": "https://ror.org/00aaaaa01", "label": "X"}],
}
SIRENE = (
    "siren,statutDiffusionUniteLegale,sigleUniteLegale,nomUniteLegale,denominationUniteLegale,"
    "denominationUsuelle1UniteLegale,categorieJuridiqueUniteLegale,etatAdministratifUniteLegale\n"
    "000000018,O,SIU,,SOCIETE INVENTEE UN,MARQUE UN,5710,A\n"
    "000000026,O,,,GROUPEMENT INVENTE,,7410,C\n"
    "000000034,O,,INVENTEE,,,1000,A\n"
    "000000042,P,,[ND],[ND],,5710,A\n"
)


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def read(kind: str, name: str, body: str | bytes) -> list[Record]:
        path = tmp_path / name
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        return list(AUTHORITIES[kind].read(Dump(path)))

    return read


def test_ror_of_both_schemas_in_its_zip(tmp_path: Path) -> None:
    path = tmp_path / "v1.99-2026-01-01-ror-data.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("v1.99-ror-data.csv", "id,name\n" * 1000)
        archive.writestr("v1.99-ror-data_schema_v2.json", json.dumps([ROR_2, ROR_1], indent=4))
    two, one = AUTHORITIES["ror"].read(Dump(path))
    assert two.label == "Institut inventé de X"
    assert [(n.kind, n.text) for n in two.names[1:]] == [("acronym", "IIX"), ("alias", "Invented Institute of X")]
    assert two.identifiers == (("wikidata", "Q2"), ("isni", "000000010000000X"))
    assert two.places == ("city:evry", "region:11")
    assert two.parents == ("ror:00aaaaa02",)
    assert (one.status, one.successor, one.places) == ("withdrawn", "00aaaaa01", ("city:lyon", "region:84"))
    assert one.identifiers == (("grid", "grid.1.1"),)


def test_rnsr_with_semicolons_and_repeated_numbers(load: Load) -> None:
    head = (
        "numero_national_de_structure;libelle;sigle;type_de_structure;code_postal;commune;label_numero;"
        "tutelles;sigles_des_tutelles\n"
    )
    row = '202600001A;Unité inventée - EA 4178;UI;Unité mixte;91025;EVRY CEDEX;"UMR 1;UMR 1";"Corps un;Corps deux";C1\n'
    (record,) = load("rnsr", "rnsr.csv", "\ufeff" + head + row)
    assert [(n.kind, n.text) for n in record.names] == [
        ("label", "Unité inventée - EA 4178"),
        ("acronym", "UI"),
        ("code", "UMR 1"),
        ("alias", "Unité inventée"),
    ]
    assert record.places == ("city:evry", "dep:91")
    assert record.parents == ("Corps un", "Corps deux", "C1")


def test_sirene_without_natural_persons_and_without_the_hidden(load: Load) -> None:
    one, two = load("sirene", "StockUniteLegale_utf8.csv", SIRENE)
    assert (one.identifier, one.kinds[0], one.status) == ("000000018", "Company", "active")
    assert [n.text for n in one.names] == ["SOCIETE INVENTEE UN", "SIU", "MARQUE UN"]
    assert (two.identifier, two.status) == ("000000026", "inactive")


def test_sirene_as_parquet_and_gzipped(tmp_path: Path, load: Load) -> None:
    plain = load("sirene", "stock.csv", SIRENE)
    parquet = tmp_path / "stock.parquet"
    with duckdb.connect() as engine:
        engine.execute(
            f"COPY (FROM read_csv('{tmp_path / 'stock.csv'}', all_varchar=true)) TO '{parquet}' (FORMAT parquet)"
        )
    assert list(AUTHORITIES["sirene"].read(Dump(parquet))) == plain
    assert load("sirene", "stock.csv.gz", gzip.compress(SIRENE.encode())) == plain


def test_a_territory_and_the_body_that_governs_it_are_two(load: Load) -> None:
    head = "cog_commune,name,cog_departement,cog_region,siren_commune,siren_epci,epci_name\n"
    place, town, group = load("cog", "communes.csv", head + "91999,Aville,91,11,000000018,000000026,CA des Villes\n")
    assert (place.scheme, place.kinds, place.identifier) == ("insee", ("Place",), "91999")
    assert (town.scheme, town.kinds, town.identifier) == ("siren", ("PublicAuthority",), "000000018")
    assert [n.text for n in town.names] == ["Commune d'Aville", "Ville d'Aville", "Mairie d'Aville"]
    assert group.label == "CA des Villes"


@pytest.mark.parametrize(
    ("name", "body", "scheme", "identifier"),
    [
        ("v_commune.csv", "TYPECOM,COM,REG,DEP,LIBELLE\nCOM,91999,11,91,Aville\nCOMD,91998,,,B\n", "insee", "91999"),
        ("v_departement.csv", "DEP,REG,CHEFLIEU,LIBELLE\n91,11,X,Essonne\n", "insee-departement", "91"),
        ("v_region.csv", "REG,CHEFLIEU,TNCC,LIBELLE\n11,75056,1,Île-de-France\n", "insee-region", "11"),
    ],
)  # fmt: skip
def test_cog_as_insee_publishes_it(load: Load, name: str, body: str, scheme: str, identifier: str) -> None:
    (record,) = load("cog", name, body)
    assert (record.scheme, record.identifier, record.kinds) == (scheme, identifier, ("Place",))


def test_geonames_divisions_and_towns_with_coordinates(load: Load) -> None:
    town = "6\tAville\tAville\tAvilla,Авиль\t48.6\t2.4\tA\tADM4\tFR\t\t11\t91\t912\t91999\t0\t\t0\tX\t2026-01-01\n"
    hill = "1\tAmont\tAmont\t\t48.6\t2.4\tT\tMT\tFR\t\t11\t91\t\t\t0\t\t0\tEurope/Paris\t2026-01-01\n"
    (record,) = load("geonames", "FR.txt", town + hill)
    assert record.point == (48.6, 2.4)
    assert record.identifiers == (("insee", "91999"),)
    assert [n.text for n in record.names] == ["Aville", "Avilla"]


def test_wikidata_results_and_entities(load: Load) -> None:
    value = {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1"}}
    named = {
        **value,
        "itemLabel": {"type": "literal", "value": "Institut inventé"},
        "ror": {"type": "literal", "value": "00aaaaa01"},
    }
    unnamed = {
        "item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q2"},
        "itemLabel": {"type": "literal", "value": "Q2"},
    }
    answer = {"head": {"vars": ["item"]}, "results": {"bindings": [named, unnamed]}}
    (record,) = load("wikidata", "result.json", json.dumps(answer))
    assert (record.identifier, record.label, record.identifiers) == ("Q1", "Institut inventé", (("ror", "00aaaaa01"),))
    snak = {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q484170"}}}, "rank": "normal"}
    point = {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"latitude": 48.6, "longitude": 2.4}}}}
    entity = {"id": "Q3", "labels": {"fr": {"value": "Aville"}}, "claims": {"P31": [snak], "P625": [point]}}
    (place,) = load("wikidata", "dump.json", "[\n" + json.dumps(entity) + ",\n" + json.dumps({"id": "L1"}) + "\n]\n")
    assert (place.kinds, place.point) == (("Place",), (48.6, 2.4))


@pytest.mark.parametrize("kind", sorted(AUTHORITIES))
@pytest.mark.parametrize(
    ("name", "body"),
    [("other.csv", "a,b\n1,2\n"), ("empty.csv", ""),
        ("broken.zip", b"PK\x05\x06" + b"\0" * 18), ("cut.json", '{"id'), ("latin.csv", b"\xe9,b\n")],
)  # fmt: skip
def test_a_file_of_something_else_is_one_sentence_and_a_remedy(
    load: Load, kind: str, name: str, body: str | bytes
) -> None:
    with pytest.raises(InputError) as raised:
        load(kind, name, body)
    assert name in raised.value.message
    assert raised.value.remedy


def test_a_dump_that_breaks_off_says_where(load: Load) -> None:
    with pytest.raises(InputError, match=r"breaks off in line 3"):
        load("sirene", "stock.csv", SIRENE.splitlines()[0] + "\n" + SIRENE.splitlines()[1] + "\n000000018,O,\n")


@pytest.mark.parametrize(
    ("kind", "name", "count"),
    [
        ("ror", "ror_fr.csv", 4605),
        ("ror", "ror_seed_records.json", 20),
        ("ror", "shapes/ror_v1_record.json", 1),
        ("rnsr", "rnsr_structures_2022.csv", 4506),
        ("mesr", "mesr_etablissements.csv", 250),
        ("cog", "cog_regions.csv", 32),
        ("cog", "cog_departements.csv", 101),
        ("wikidata", "wikidata_fr_subdivisions.csv", 123),
        ("wikidata", "shapes/wikidata_sparql_results.json", 2),
        ("wikidata", "shapes/wikidata_entity_Q156616.json", 1),
        ("geonames", "shapes/geonames_FR_excerpt.tsv", 3),
        ("sirene", "inov_laureats.csv", 723),
        ("sirene", "ilab_laureats.csv", 1687),
        ("sirene", "shapes/sirene_stock_unite_legale_invented.csv", 2),
    ],
)
def test_real_excerpts_load(shared: Path, kind: str, name: str, count: int) -> None:
    records = list(AUTHORITIES[kind].read(Dump(shared / "authorities" / name)))
    assert len(records) == count
    assert all(r.names and r.kinds and scheme_of(r.address) == (r.scheme, r.identifier) for r in records)
