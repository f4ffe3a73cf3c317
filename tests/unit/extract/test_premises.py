"""Facilities without a name: the phrases that are some, and what takes one up again."""

from __future__ import annotations

from collections import Counter

import pytest

from grappe.extract import extract
from tests.unit.extract.test_rules import RESOURCES, text_of, told


def kinds(content: str) -> Counter[str]:
    """Return the classes of the facilities of a text, each as often as it has one."""
    facts = extract(text_of(content), resources=RESOURCES)
    return Counter(e.kind for e in facts.entities if e.key.startswith("facility/"))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("La société Voltéa exploite une serre de 2,5 hectares.", {"Facility": 1}),
        ("La société Voltéa exploite un simulateur de 120 m².", {"Facility": 1}),
        ("La société Voltéa exploite une plateforme numérique.", {}),
        ("Le parc attenant, d'une surface de 2 hectares, restera protégé.", {}),
    ],
)
def test_phrases(content: str, expected: dict[str, int]) -> None:
    assert kinds(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        "La société Voltéa exploite une usine de 900 m². L'usine compte 12 salles blanches. L'équipement a ouvert en 2020.",
        "La société Voltéa a ouvert en 2020 un atelier, extension de 900 m² de son siège.",
        "La Ville ouvrira une centrale de stockage à Niort. La centrale s'étend sur 900 m².",
        "Le CNRS loue un bâtiment. Ancien entrepôt de papeterie, le bâtiment mesure 900 m².",
    ],
)
def test_one_building_however_often_it_is_named(content: str) -> None:
    assert kinds(content) - Counter(("CleanRoom",)) in (Counter(("Building",)), Counter(("Facility",)))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("La Ville construit une halle de 900 m² à Roanne, baptisée La Passerelle.", "La Passerelle"),
        ("Le Bastion, 900 m² en plein centre de Niort, a été inauguré en 2023.", "Bastion"),
        ("Le Creuset, 900 m² de bancs d'essais, ouvrira à Niort.", "Creuset"),
        ("Le Labo des Dunes a ouvert en 2021 à Dunkerque. Ce plateau d'essais mesure 900 m².", "Labo des Dunes"),
        ("À Brest sera créé le Hangar Nérée : 900 m² de plain-pied et un bassin.", "Hangar Nérée"),
        ("Le Hub de l'énergie a été inauguré en 2020 à Niort. Le Hub, c'est 900 m².", "Hub de l'énergie"),
        ("Le CRBV, centre de biotechnologies de 900 m² que la société Voltéa exploite, a ouvert.", "CRBV"),
    ],
)
def test_premises_with_a_name_of_their_own(content: str, name: str) -> None:
    assert {(s, o) for s, p, o in told(content) if p == "floorAreaM2"} == {(name, "900")}


@pytest.mark.parametrize(
    "content",
    [
        "La société Voltéa, dont l'usine occupe 900 m², a été baptisée Nérée.",
        "La Ville soutient la start-up de l'usine, baptisée Nérée.",
        "Le Département : 900 m² de bureaux à Niort.",
    ],
)
def test_other_names_are_none_of_premises(content: str) -> None:
    facts = extract(text_of(content), resources=RESOURCES)
    assert not {e.label for e in facts.entities if e.key.startswith("facility/")} & {"Nérée", "Département"}


def test_a_second_building_is_another() -> None:
    content = "La société Voltéa exploite une usine de 900 m². Elle exploite une seconde usine de 400 m²."
    assert {o for _, p, o in told(content) if p == "floorAreaM2"} == {"900", "400"}
    assert kinds(content) == Counter({"Building": 2})
