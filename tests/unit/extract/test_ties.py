"""Ties that a noun tells: each wording on a sentence of its own."""

from __future__ import annotations

import pytest

from tests.unit.extract.test_rules import told


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le consortium DELTA, composé de l'Inria, du CNRS et de la société Voltéa, avance.", ("DELTA", "involves", "Voltéa")),
        ("Le projet ALIZÉ, regroupant l'Inria et le CNRS, avance.", ("ALIZÉ", "involves", "Inria")),
        ("Le projet MISTRAL, auquel participent l'Inria et le CNRS, avance.", ("MISTRAL", "involves", "Inria")),
        ("Les partenaires du projet MISTRAL sont l'Inria et le CNRS.", ("MISTRAL", "involves", "CNRS")),
        ("Le projet SIROCCO est placé sous la houlette de l'Inria.", ("SIROCCO", "ledBy", "Inria")),
        ("Le pilotage du projet SIROCCO est assuré par le CNRS.", ("SIROCCO", "ledBy", "CNRS")),
        ("Le CNRS assure la coordination du projet BORA.", ("BORA", "ledBy", "CNRS")),
        ("Le projet BORA est dirigé par l'Inserm.", ("BORA", "ledBy", "Inserm")),
        ("La société Voltéa fait partie du pôle Medicen depuis 2019.", ("Voltéa", "memberOf", "Medicen Paris Region")),
        ("Le pôle Medicen compte parmi ses membres la société Voltéa.", ("Voltéa", "memberOf", "Medicen Paris Region")),
        ("Le pôle Medicen accueille un nouveau membre : la société Nordal.", ("Nordal", "memberOf", "Medicen Paris Region")),
        ("La société Voltéa, partenaire de l'Inria, grandit.", ("Voltéa", "partner", "Inria")),
        ("La société Voltéa et l'Inria ont signé un accord de partenariat.", ("Voltéa", "partner", "Inria")),
        ("La société Voltéa (Annecy) a signé le 4 mai 2022, à Annecy, une convention avec l'Inserm, représenté par sa directrice.", ("convention Voltéa/Inserm", "signatory", "Inserm")),
        ("Vu la convention du 12 février 2024 passée par le CNRS et l'Inserm en faveur de l'horlogerie ;", ("convention CNRS/Inserm", "signatory", "Inserm")),
        ("Le CNRS vient de conclure avec l'Université de Lille, l'Institut national de la recherche agronomique (INRAE) et l'Institut Pasteur de Lille une convention-cadre de trois ans.", ("convention-cadre de trois ans CNRS/Université de Lille/INRAE/Institut Pasteur de Lille", "signatory", "CNRS")),
        ("Le CNRS et l'Inserm ont signé ce lundi la convention « Bois 2030 ».", ("Bois 2030", "signatory", "Inserm")),
        ("La convention conclue entre le CNRS et l'Inserm, dite « Compétences atome », court.", ("convention « Compétences atome » CNRS/Inserm", "signatory", "Inserm")),
        ("La convention de recherche a été signée ce jour, à Rennes, par Paul Morel, président de l'Inserm, et Claire Giraud, directrice de la société Voltéa.", ("convention de recherche Inserm/Voltéa", "signatory", "Voltéa")),
        ("La société Voltéa, en partenariat avec l'Inria, teste des attelles.", ("Voltéa", "partner", "Inria")),
        ("La société Voltéa et l'Inria sont partenaires depuis l'origine.", ("Voltéa", "partner", "Inria")),
        ("La société Voltéa, qui fait des encres, œuvre main dans la main avec le CNRS et l'Inria.", ("Voltéa", "partner", "Inria")),
        ("Tous deux adhérents du pôle Medicen, la société Voltéa et l'Inria développent ensemble un ingrédient.", ("Voltéa", "partner", "Inria")),
        ("La société Voltéa est membre des pôles Images & Réseaux et Medicen.", ("Voltéa", "memberOf", "Medicen Paris Region")),
        ("Elle est membre du pôle Medicen, de même que la société Nordal.", ("Nordal", "memberOf", "Medicen Paris Region")),
        ("Deux entreprises ont rejoint le pôle Medicen : la société Voltéa et la coopérative Nordal.", ("Nordal", "memberOf", "Medicen Paris Region")),
        ("La société Voltéa et l'Inria viennent de conclure une convention de trois ans pour mener ensemble le projet BORA.", ("Voltéa", "partner", "Inria")),
        ("La société Voltéa (60 salariés) grandit.", ("Voltéa", "employeeCount", "60")),
        ("L'effectif de la société Voltéa atteint 80 salariés.", ("Voltéa", "employeeCount", "80")),
        ("La société Voltéa a vu le jour en 2017.", ("Voltéa", "foundedIn", "2017")),
        ("Le laboratoire MARECO (CNRS, Inria) grandit.", ("MARECO", "unitOf", "Inria")),
        ("Les tutelles du laboratoire MARECO sont le CNRS et l'Inria.", ("MARECO", "unitOf", "Inria")),
        ("Le laboratoire MARECO, sous tutelle du CNRS et de l'Inria, grandit.", ("MARECO", "unitOf", "Inria")),
    ],
)  # fmt: skip
def test_states(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(sentence)


@pytest.mark.parametrize(
    ("sentence", "predicate"),
    [
        ("La société Voltéa ne fait pas partie du pôle Medicen.", "memberOf"),
        ("La société Voltéa souhaite que le projet BORA soit dirigé par l'Inserm.", "ledBy"),
        ("Le pôle Medicen (60 salariés) grandit.", "employeeCount"),
    ],
)
def test_does_not_state(sentence: str, predicate: str) -> None:
    assert not {t for t in told(sentence) if t[1] == predicate}
