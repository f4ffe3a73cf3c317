"""What a heading or the head of an item says for what stands below it."""

from __future__ import annotations

import pytest

from grappe.extract import extract
from grappe.model import Facts
from grappe.read import read_bytes
from tests.unit.extract.test_rules import RESOURCES

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
