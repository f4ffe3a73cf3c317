"""What a heading or the head of an item says for what stands below it."""

from __future__ import annotations

import pytest

from grappe.extract import extract
from grappe.model import Facts
from grappe.read import read_bytes
from tests.unit.extract.test_rules import RESOURCES, triples

_HEAD = "PÔLE DES ALPES\nGrenoble, le 3 mars 2024\n\nAppel à projets : les entreprises retenues\n\nLe jury a choisi parmi trente candidats de toute la région.\n\n"


def facts(section: str) -> Facts:
    """Return what a section below a headline states."""
    text = read_bytes("essai", (_HEAD + section).encode(), media_type=None, name="essai.txt")
    return extract(text, resources=RESOURCES)


def kinds(section: str) -> dict[str, str]:
    """Return the class of each thing that a section names, by label."""
    return {e.label: e.kind for e in facts(section).entities if e.label}


@pytest.mark.parametrize(
    ("section", "label", "kind"),
    [
        ("2. BRUMAIRE BIOTECH\nInstallée à Brest et fondée en 2019, la start-up élabore des ferments.", "BRUMAIRE BIOTECH", "Company"),
        ("3. Rosa Calixo (Bourges, Cher)\nLa coopérative dispose d'une serre de 260 m².", "Rosa Calixo", "Company"),
        ("PROJET GALATRA\nThème : la filtration des eaux.", "GALATRA", "Project"),
        ("– Sel & Verre. PME de 47 salariés fondée en 2014.", "Sel & Verre", "Company"),
        ("1. Laboratoires Calixo (Blois)\nFondée en 1994, l'entreprise compte 140 salariés.", "Laboratoires Calixo", "Company"),
    ],
)  # fmt: skip
def test_a_name_at_the_head_of_a_section_is_what_its_first_sentence_calls_it(
    section: str, label: str, kind: str
) -> None:
    assert kinds(section)[label] == kind


@pytest.mark.parametrize(
    "section",
    [
        "VRAI OU FAUX\nLa société va déménager à Lyon dès le printemps prochain.",
        "Recrutement\nL'entreprise cherche des ingénieurs et des techniciens.",
        "NOS ACTIONS\nCette association aide les jeunes pousses de la vallée.",
    ],
)
def test_what_a_heading_says_of_its_section_is_no_name(section: str) -> None:
    assert not {label for label, kind in kinds(section).items() if label.split("\n")[0] == section.split("\n")[0]}


_SHEET = "FICHE 2 • Projet BRUMAL\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Porteur : Université de Rennes\nPartenaires : CEA", ("BRUMAL", "ledBy", "Université de Rennes")),
        ("Partenaires : Université de Rennes, CEA\nCheffe de projet : Anne Morel", ("Anne Morel", "headOf", "BRUMAL")),
        ("Porteur : Université de Rennes\nThème : robotique agricole\nDurée : 2022-2024", ("BRUMAL", "theme", "robotique agricole")),
    ],
)  # fmt: skip
def test_a_line_of_a_sheet_is_about_what_its_head_names(lines: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples(facts(_SHEET + lines))


def test_staff_told_by_a_line_is_of_the_head_of_the_section() -> None:
    section = "1. BRUMALIA\nSpécialiste des eaux, cette coopérative de Brest travaille avec la société Voltéa. Effectif : neuf personnes."
    assert ("BRUMALIA", "employeeCount", "9") in triples(facts(section))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Porteur : CEA\nAide de l'État : 2,6 M€, versés par Bpifrance pour son compte", ("État", "BRUMAL", "2600000")),
        ("Aides : 700 000 € (Région Bretagne), 550 000 € (ADEME)\nDurée : 2022-2024", ("Région Bretagne", "BRUMAL", "700000")),
        ("Autres financeurs : Région Bretagne (350 000 €), ADEME (120 000 €)", ("ADEME", "BRUMAL", "120000")),
    ],
)  # fmt: skip
def test_money_told_by_a_line_goes_to_the_head_of_its_sheet(lines: str, expected: tuple[str, str, str]) -> None:
    funder, beneficiary, amount = expected
    wanted = {("funder", funder), ("beneficiary", beneficiary), ("amount", amount)}
    assert wanted <= {(p, o) for award, p, o in triples(facts(_SHEET + lines)) if award == "FundingAward"}


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("– Sel & Verre. PME de 47 salariés fondée en 2014, membre du pôle Medicen.", ("Sel & Verre", "employeeCount", "47")),
        ("– Sel & Verre. PME de 47 salariés fondée en 2014, membre du pôle Medicen.", ("Sel & Verre", "foundedIn", "2014")),
        ("PROJET BRUMAL\nCoordonné par l'Université de Rennes en partenariat avec le CEA.", ("BRUMAL", "ledBy", "Université de Rennes")),
        ("PROJET BRUMAL\nCoordonné par l'Université de Rennes en partenariat avec le CEA.", ("BRUMAL", "partner", "CEA")),
        ("À propos de la société Voltéa\nBasée à Rennes, spécialiste de la fermentation, la société est née en 2017.", ("Voltéa", "locatedIn", "Rennes")),
    ],
)  # fmt: skip
def test_a_sentence_without_subject_is_about_the_head_of_its_section(
    section: str, expected: tuple[str, str, str]
) -> None:
    assert expected in triples(facts(section))


def test_a_sentence_with_a_subject_of_its_own_is_not_about_the_head() -> None:
    section = "PROJET BRUMAL\nCoordonné par l'Université de Rennes, le projet GALATRA démarre."
    assert ("BRUMAL", "ledBy", "Université de Rennes") not in triples(facts(section))


def page(words: str) -> set[tuple[str, str, str]]:
    """Return what a page of the firm Voltéa states."""
    content = f"VOLTÉA\n\nUne société qui avance\n\nLa société Voltéa est née à Rennes. {words}\n\nVoltéa, 6, rue des Lilas, 35170 Bruz"
    return triples(extract(read_bytes("p", content.encode(), media_type=None, name="p.txt"), resources=RESOURCES))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Nous employons 45 salariés.", ("Voltéa", "employeeCount", "45")),
        ("Nous sommes membres du pôle Medicen.", ("Voltéa", "memberOf", "Medicen Paris Region")),
        ("Nous disposons d'une halle de 900 m² à Vitré.", ("Voltéa", "hasFacility", "halle de Voltéa")),
        ("Nous allons ouvrir un atelier de 200 m².", ("Voltéa", "plans", "atelier de Voltéa")),
        ("Notre entreprise a rejoint le pôle Medicen.", ("Voltéa", "memberOf", "Medicen Paris Region")),
    ],
)
def test_we_is_who_publishes_a_page(words: str, expected: tuple[str, str, str]) -> None:
    assert expected in page(words)


@pytest.mark.parametrize(
    "words",
    [
        "« Nous employons 45 salariés, et nous en sommes fiers », dit Anne Morel, présidente du CNRS.",
        "Nous aimerions employer 45 salariés.",
    ],
)
def test_we_in_a_quotation_or_a_wish_tells_nothing_of_who_publishes(words: str) -> None:
    assert ("Voltéa", "employeeCount", "45") not in page(words)
