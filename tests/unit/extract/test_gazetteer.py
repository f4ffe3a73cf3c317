"""What reads as a name of a public list, and what does not."""

from __future__ import annotations

import csv
import functools
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.extract.gazetteer import Gazetteer
from grappe.iri import KINDS

FOLDER = Path(__file__).parents[3] / "data" / "gazetteer"


@functools.cache
def loaded() -> Gazetteer:
    return Gazetteer.load(FOLDER)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return loaded()


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("la région Bretagne soutient", "PublicAuthority", "Région Bretagne"),
        ("le conseil régional d'Île-de-France", "PublicAuthority", "Région Île-de-France"),
        ("la Région Ile de France", "PublicAuthority", "Région Île-de-France"),
        ("le département de l’Essonne", "PublicAuthority", "Département de l'Essonne"),
        ("la préfecture du Bas-Rhin", "PublicAuthority", "préfecture du Bas-Rhin"),
        ("la mairie du Havre", "PublicAuthority", "Ville du Havre"),
        ("à Villeurbanne", "Place", "Villeurbanne"),
        ("l'INSERM", "ResearchOrganization", "Inserm"),
        ("l'Agence Nationale de la Recherche", "FundingAgency", "Agence nationale de la recherche"),
        ("l’Université Paris Saclay", "University", "Université Paris-Saclay"),
        ("le CHU de Lille", "Hospital", "CHU de Lille"),
        ("le pôle Minalogic", "Cluster", "Minalogic"),
        ("un financement FEDER", "Programme", "FEDER"),
        ("PM’up", "AidScheme", "PM'up"),
        ("labellisé intégrateur industriel", "Accreditation", "intégrateur industriel"),
    ],
)
def test_a_public_name_is_found_as_texts_write_it(gazetteer: Gazetteer, text: str, kind: str, label: str) -> None:
    found = [(e.kind, e.label) for match in gazetteer.find(text) for e in match.entries]
    assert (kind, label) in found


@pytest.mark.parametrize(
    "text",
    ["deux tours jumelles", "un fonds vert pomme", "il feder la communauté", "l'état de l'art", "au nord de la ville"],
)
def test_common_words_are_no_names(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == []


@pytest.mark.parametrize("text", ["Tours", "Nord", "Lot"])
def test_names_that_are_also_words_are_flagged(gazetteer: Gazetteer, text: str) -> None:
    (match,) = gazetteer.find(text)
    assert match.ambiguous


def test_the_longest_name_wins(gazetteer: Gazetteer) -> None:
    (match,) = gazetteer.find("l'Université Grenoble Alpes")
    assert match.surface == "Université Grenoble Alpes"


def test_of_homonyms_the_largest_commune_comes_first_and_has_no_code(gazetteer: Gazetteer) -> None:
    (match,) = gazetteer.find("Saint-Denis")
    assert len(match.entries) > 1
    assert all(not e.identifiers for e in match.entries)


def test_a_departement_is_known_by_its_number(gazetteer: Gazetteer) -> None:
    entries = [gazetteer.departement_by_number(number) for number in ("91", "2A", "974")]
    assert [e.label for e in entries if e] == ["Essonne", "Corse-du-Sud", "La Réunion"]
    assert gazetteer.departement_by_number("99") is None


def test_a_demonym_leads_to_its_place(gazetteer: Gazetteer) -> None:
    entries = [gazetteer.demonym(word) for word in ("lyonnaise", "Francilien", "girondins")]
    assert [e.label for e in entries if e] == ["Lyon", "Île-de-France", "Gironde"]


@given(text=st.text(st.sampled_from("aàe Éç'’-.CNRS  \nLyonParis"), max_size=60))
def test_matches_lie_in_the_text_in_order_and_apart(text: str) -> None:
    matches = loaded().find(text)
    assert all(text[m.start : m.end] == m.surface and m.entries for m in matches)
    assert all(a.end <= b.start for a, b in itertools.pairwise(matches))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda p: p.name)
def test_every_list_is_whole(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
    if "kind" in rows[0]:
        assert {row["kind"] for row in rows} <= set(KINDS)
        keys = [(row["id"], row["kind"]) for row in rows]
        assert len(keys) == len(set(keys))
