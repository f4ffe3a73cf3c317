"""Areas of floors and grounds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from grappe.extract.values import Area, find_areas


def only(text: str) -> Area:
    (found,) = find_areas(text)
    return found


@pytest.mark.parametrize(
    ("text", "surface", "metres"),
    [
        ("une halle de 350 m² neuve", "350 m²", 350),
        ("une halle de 1200m2, refaite", "1200m2", 1200),
        ("une halle de 1 200m²", "1 200m²", 1200),
        ("une halle de 1.200 m²", "1.200 m²", 1200),
        ("une halle de 1\u202f200\u00a0m²", "1\u202f200\u00a0m²", 1200),
        ("une halle de 350 m 2 neuve", "350 m 2", 350),
        ("une halle de 12,5 m² SHON", "12,5 m²", Decimal("12.5")),
        ("une halle de 350 mètres carrés", "350 mètres carrés", 350),
        ("une halle de mille deux cents mètres carrés", "mille deux cents mètres carrés", 1200),
        ("une halle de 350 mètres\ncarrés", "350 mètres\ncarrés", 350),
        ("un parc de 2,5 hectares", "2,5 hectares", 25_000),
        ("un parc de 3 ha", "3 ha", 30_000),
        ("un parc d'un hectare", "un hectare", 10_000),
        ("un jardin de 5 ares", "5 ares", 500),
        ("une réserve de 2 km²", "2 km²", 2_000_000),
    ],
)
def test_an_area_is_read_in_square_metres(text: str, surface: str, metres: Decimal | int) -> None:
    found = only(text)
    assert (found.surface, found.square_metres, found.each, found.range) == (surface, metres, False, False)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("deux salles de 35 m² chacune", "35 m² chacune"),
        ("trois plateaux de 80 m² chacun", "80 m² chacun"),
        ("quatre salles, 35 m² par salle", "35 m² par salle"),
        ("deux salles de chacune 35 m²", "35 m²"),
    ],
)
def test_an_area_of_one_among_several_says_so(text: str, surface: str) -> None:
    found = only(text)
    assert (found.surface, found.each) == (surface, True)


@pytest.mark.parametrize("text", ["35 m² par la ville", "35 m² par les agents", "35 m² par Nexa", "35 m² par an"])
def test_who_acts_is_not_one_among_several(text: str) -> None:
    found = only(text)
    assert (found.surface, found.each) == ("35 m²", False)


@pytest.mark.parametrize(
    ("text", "surface", "metres"),
    [
        ("de 300 à 400 m²", "300 à 400 m²", 400),
        ("entre 3 500 et 4 000 m²", "3 500 et 4 000 m²", 4000),
        ("entre 300 m² et 400 m²", "300 m² et 400 m²", 400),
        ("1 à 2 hectares", "1 à 2 hectares", 20_000),
    ],
)
def test_a_range_is_one_area_that_says_so(text: str, surface: str, metres: int) -> None:
    found = only(text)
    assert (found.surface, int(found.square_metres), found.range) == (surface, metres, True)


def test_several_areas_come_in_order_and_apart() -> None:
    found = list(find_areas("un laboratoire de 1200 m2, avec 350 m2 de salles et 40 m² de bureaux"))
    assert [(int(area.square_metres), area.range) for area in found] == [(1200, False), (350, False), (40, False)]


@pytest.mark.parametrize("text", ["350 m de long", "350 m³", "12 haies", "45 arestes", "m²", "campus 2 : 3 M€"])
def test_what_is_no_area_is_left_alone(text: str) -> None:
    assert list(find_areas(text)) == []
