"""How many people bodies employ and when they were born, wherever the figures stand."""

from __future__ import annotations

import pytest

from tests.unit.extract.test_rules import told


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("La société Voltéa est née à Lyon. Treize personnes y travaillent.", {("Voltéa", "employeeCount", "13")}),
        ("La société Voltéa fait travailler 64 personnes.", {("Voltéa", "employeeCount", "64")}),
        ("La société Voltéa grandit. Deux cent dix collaborateurs la composaient en 2022.", {("Voltéa", "employeeCount", "210")}),
        ("La société Voltéa, dont les 17 salariés sont installés à Lyon, grandit.", {("Voltéa", "employeeCount", "17")}),
        ("La société Voltéa grandit. Ses 58 collaborateurs déposent dix brevets par an.", {("Voltéa", "employeeCount", "58")}),
        ("La société Voltéa grandit. Effectif : neuf personnes.", {("Voltéa", "employeeCount", "9")}),
        ("La société Voltéa, dont l'effectif s'élève à 21 salariés, grandit.", {("Voltéa", "employeeCount", "21")}),
        ("La société Voltéa rémunère 19 personnes.", {("Voltéa", "employeeCount", "19")}),
        ("Voltéa, c'est quatorze salariés, et une société de Lyon.", {("Voltéa", "employeeCount", "14")}),
        ("La société Voltéa grandit. Effectif : 72.", {("Voltéa", "employeeCount", "72")}),
        ("La société Voltéa recrutera 20 salariés.", set()),
        ("La société Voltéa espère employer 20 salariés.", set()),
        ("La société Voltéa grandit. Onze agents y sont affectés.", {("Voltéa", "employeeCount", "11")}),
        ("Forte de 46 salariés, la société Voltéa grandit.", {("Voltéa", "employeeCount", "46")}),
    ],
)  # fmt: skip
def test_staff(sentence: str, expected: set[tuple[str, str, str]]) -> None:
    assert {t for t in told(sentence) if t[1] == "employeeCount"} == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Essaimée en 2014 de l'Inria, la société Voltéa recrute.", {("Voltéa", "foundedIn", "2014")}),
        ("La société Voltéa, installée à Lyon depuis sa naissance en 2017, recrute.", {("Voltéa", "foundedIn", "2017")}),
        ("Depuis sa création en 2017, la société Voltéa recrute.", {("Voltéa", "foundedIn", "2017")}),
        ("La société Voltéa a été constituée en octobre 2020 et recrute.", {("Voltéa", "foundedIn", "2020-10")}),
        ("La société Voltéa a vu le jour à Lyon en 2019.", {("Voltéa", "foundedIn", "2019")}),
        ("La société Voltéa recrute. Née en 2009 d'une thèse, elle grandit.", {("Voltéa", "foundedIn", "2009")}),
        ("La société Voltéa (créée en 2014) recrute.", {("Voltéa", "foundedIn", "2014")}),
        ("La naissance, en janvier 2025, de l'association Femmes Voltéa a été saluée.", {("association Femmes Voltéa", "foundedIn", "2025-01")}),
        ("La création de la société Voltéa en 2018 a été saluée.", {("Voltéa", "foundedIn", "2018")}),
        ("La société Voltéa grandit. Année de création : 2019.", {("Voltéa", "foundedIn", "2019")}),
        ("La société Voltéa, jeune entreprise qui a vu le jour en 2019, recrute.", {("Voltéa", "foundedIn", "2019")}),
        ("2011 : l'année où est né le laboratoire MARECO.", {("MARECO", "foundedIn", "2011")}),
        ("La société Voltéa prévoit la création de l'institut MARECO en 2028.", set()),
    ],
)  # fmt: skip
def test_birth(sentence: str, expected: set[tuple[str, str, str]]) -> None:
    assert {t for t in told(sentence) if t[1] == "foundedIn"} == expected
